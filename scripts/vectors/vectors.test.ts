import { describe, expect, it } from 'vitest';
import { LAWS, RUNNERS } from './registry.ts';
import { runFile } from './run-folder.ts';

const CASES = 'scripts/vectors/cases';

describe('reference cases', () => {
  for (const stem of RUNNERS.keys()) {
    it(stem, async () => {
      const report = await runFile(`${CASES}/${stem}.json`);
      expect(report.problems).toEqual([]);
      expect(report.total).toBeGreaterThan(0);
    });
  }
});

describe('laws', () => {
  for (const { id, holds, twins } of LAWS) {
    it(id, async () => holds());
    for (const [name, twin] of Object.entries(twins)) {
      it(`${id} notices the twin: ${name}`, async () => {
        await expect((async () => twin())()).rejects.toThrow();
      });
    }
  }
});
