import { describe, expect, it } from 'vitest';
import { twinProblem } from './law.ts';
import { LAWS, RUNNERS } from './registry.ts';
import { ABOUT_KEYS, runFile } from './run-folder.ts';

const CASES = 'scripts/vectors/cases';

describe('reference cases', () => {
  for (const stem of RUNNERS.keys()) {
    it(stem, async () => {
      const report = await runFile(`${CASES}/${stem}.json`);
      expect(report.problems).toEqual([]);
      expect(report.total).toBeGreaterThan(0);
      // A comparison that somebody takes out leaves its key unread.
      expect(report.unreadKeys.filter((key) => !ABOUT_KEYS.has(key))).toEqual([]);
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
