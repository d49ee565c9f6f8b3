import { describe, expect, it } from 'vitest';
import { FEATURE_NAMES } from '../../core/clinical/answer-names.ts';
import { readExpectations } from '../../core/explain/physiology-expectations.ts';
import file from '../../resources/physiology/expectations.json' with { type: 'json' };
import { MUSCLE_PARAMETER_TARGETS } from '../dataset/muscle-parameters-targets.ts';
import { readableName } from './readable-names.ts';

/** An id of the code, or one that lost its hyphens and nothing else where a unit or an abbreviation is part of it. */
const looksLikeCode = (name: string) =>
  /\w-\w|_|\b(?:nm|log|DI|MC1)\b/.test(name.replaceAll('four-corner', ''));

describe('readable names', () => {
  it('say every input and output of the list of expectations, and every muscle parameter, in words', () => {
    const ids = readExpectations(file).flatMap((each) => [
      each.output,
      ...(each.kind === 'sign' ? [each.input] : [each.more, each.less]),
    ]);
    for (const id of [...ids, ...MUSCLE_PARAMETER_TARGETS.map(({ name }) => name)])
      expect(looksLikeCode(readableName(id)), id).toBe(false);
    // The test can fail: ids as they are.
    expect(['hold-level', 'log-max-force-FPL', '1stDI_MC1'].map(looksLikeCode)).toEqual([true, true, true]);
  });

  it('are the names that the app shows, and differ where the ids do', () => {
    expect(readableName('pinch-percent-expected')).toBe(FEATURE_NAMES['pinch-percent-expected']);
    expect(readableName('nonimpaired rather than four-corner-fusion')).toBe(
      'nonimpaired rather than four-corner fusion',
    );
    const names = MUSCLE_PARAMETER_TARGETS.map(({ name }) => readableName(name));
    expect(new Set(names).size).toBe(names.length);
    expect(readableName('earlier-visit-3')).toBe('key pinch 3 before the last');
    expect(readableName('not-in-any-list')).toBe('not in any list');
  });
});
