import { describe, expect, it } from 'vitest';
import { qualityChecks } from './quality-checks.ts';
import { lockedSession, predictionOf, REFUSED, trialsOf } from './testing/specimen-results.ts';

const cells = (left: readonly string[]) => ({
  'lateral-pinch/right/1': '7.2',
  ...Object.fromEntries(left.map((value, index) => [`lateral-pinch/left/${index + 1}`, value])),
});
const checksOf = (left: readonly string[], change: Parameters<typeof predictionOf>[0] = {}) =>
  qualityChecks({ ...lockedSession(), trials: trialsOf(cells(left)) }, predictionOf(change));
const troubles = (...args: Parameters<typeof checksOf>) =>
  checksOf(...args).flatMap(({ name, isFine }) => (isFine ? [] : [name]));

describe('quality before the answer', () => {
  it('looks at trials, spread, unit and range of the judged hand, each in words', () => {
    expect(checksOf(['4.0', '4.2', '4.1']).map(({ text }) => text)).toEqual([
      '3 trials of the left hand',
      'spread 2.0 % (population SD ÷ mean)',
      'pinch in one unit (kg)',
      'within the range of the training people',
    ]);
    expect(troubles(['4.0', '4.2', '4.1'])).toEqual([]);
  });
  it('says what to know: few trials, a wide spread, out of range, and a range nobody looked at', () => {
    expect(troubles(['4.0', '4.1'])).toEqual(['trials']);
    expect(troubles(['3.0', '4.2', '4.1'])).toEqual(['spread']);
    expect(troubles(['4.0', '4.2', '4.1'], REFUSED)).toEqual(['range']);
    const early = checksOf(['4.0'], { ...REFUSED, refusals: ['too-few-trials'], inRangeP: null });
    expect(early.at(-1)?.text).toBe('range not looked at');
  });
});
