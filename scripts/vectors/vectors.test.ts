import { describe, expect, it } from 'vitest';
import { twinProblem } from './law.ts';
import { LAWS, RUNNERS } from './registry.ts';
import { runFile } from './run-folder.ts';

const CASES = 'scripts/vectors/cases';
/** Keys that say something about a case, or what another library returns: nothing to compare with. */
const ABOUT = new Set([
  ...['name', 'kind', 'provenance', 'note', 'atol', 'invariant', 'groupNote', 'infidelityNote', 'classes'],
  ...['analyzer', 'layer', 'graph', 'activationHandling', 'relevanceStart', 'saabas_not_shapley'],
  ...['captumReturns', 'crepesReturns', 'others', 'naiveFloatCeil', 'mapieQuantile', 'mapieRule'],
  ...['mapieSetsIncludeLast', 'expectedFlag'],
]);

describe('reference cases', () => {
  for (const stem of RUNNERS.keys()) {
    it(stem, async () => {
      const report = await runFile(`${CASES}/${stem}.json`);
      expect(report.problems).toEqual([]);
      expect(report.total).toBeGreaterThan(0);
      // A comparison that somebody takes out leaves its key unread.
      expect(report.unreadKeys.filter((key) => !ABOUT.has(key))).toEqual([]);
    });
  }
});

describe('laws', () => {
  for (const { id, holds, twins } of LAWS) {
    it(id, async () => holds());
    for (const [name, twin] of Object.entries(twins)) {
      it(`${id} notices the twin: ${name}`, async () => {
        expect(await twinProblem(twin)).toBeNull();
      });
    }
  }
});
