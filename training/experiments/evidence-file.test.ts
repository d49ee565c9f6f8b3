import { describe, expect, it } from 'vitest';
import { noFigures } from '../evaluate/figures.ts';
import { Evidence, figuresOfEvidence, hashOfCells, staleReasons } from './evidence-file.ts';
import type { Experiment } from './experiment.ts';

const experiment: Experiment = {
  name: 'specimen',
  title: 'A specimen',
  about: '',
  seed: 'specimen-1',
  dataSets: ['people'],
  usesTensors: false,
  cells: () => [{ id: 'one', run: () => 1 }],
  summarise: (results) => ({
    ...noFigures(),
    checks: [{ name: 'c', value: Number(results.get('one')), low: 0, high: 2, bar: '1', ok: true, n: 1 }],
    findings: [{ name: 'f', value: 1, low: 0, high: 2, literature: null, n: 1, sentence: 's' }],
  }),
};
const evidence = Evidence.parse({
  format: 'prehensa-evidence-1',
  name: 'specimen',
  seed: 'specimen-1',
  codeHash: 'a'.repeat(64),
  dataHashes: { people: 'b' },
  seconds: 1,
  cellsHash: hashOfCells({ one: 1 }),
  cells: { one: 1 },
});
const present = { codeHash: 'a'.repeat(64), dataHashes: { people: 'b' } };

describe('committed evidence', () => {
  it('is up to date when code, data and seed are as they were', () => {
    expect(staleReasons(evidence, experiment, present)).toEqual([]);
    expect(figuresOfEvidence(evidence, experiment, []).checks[0]).toMatchObject({ ok: true, bar: '1' });
  });
  it.each([
    ['the code', { ...present, codeHash: 'c'.repeat(64) }, experiment],
    ['people', { ...present, dataHashes: { people: 'c' } }, experiment],
    ['the seed', present, { ...experiment, seed: 'specimen-2' }],
  ])('is stale when %s has changed, judges nothing and says so', (what, now, as) => {
    const reasons = staleReasons(evidence, as, now);
    expect(reasons.join()).toContain(`${what} has changed`);
    const { checks, findings } = figuresOfEvidence(evidence, as, reasons);
    expect(checks[0]).toMatchObject({ ok: null, value: 1 });
    expect(checks[0]?.bar).toContain('STALE');
    expect(findings[0]?.sentence).toContain('STALE');
  });
  it('is stale when cells were added since, and survives a summary that no longer understands it', () => {
    const cells = () => [...experiment.cells(), { id: 'two', run: () => 2 }];
    const grown: Experiment = {
      ...experiment,
      cells,
      summarise: (results) => {
        if (!results.has('two')) throw new RangeError('two is missing');
        return noFigures();
      },
    };
    const reasons = staleReasons(evidence, grown, present);
    expect(reasons).toEqual(['1 cells were never run']);
    expect(figuresOfEvidence(evidence, grown, reasons)).toEqual(noFigures());
    // Up-to-date evidence that cannot be summarised is a defect, not staleness.
    expect(() => figuresOfEvidence(evidence, grown, [])).toThrow(/two is missing/);
  });
  it('is stale when a cell was edited, or belongs to no experiment', () => {
    const edited = { ...evidence, cells: { one: 2 } };
    expect(staleReasons(edited, experiment, present)).toEqual(['its cells were edited']);
    const cells = { one: 1, other: 2 };
    const merged = { ...evidence, cells, cellsHash: hashOfCells(cells) };
    expect(staleReasons(merged, experiment, present)).toEqual(['1 cells belong to no experiment']);
  });
  it('of recordings that are not here stays what it was', () => {
    const real: Experiment = { ...experiment, needs: 'real/x', dataSets: [] };
    const was = { ...evidence, dataHashes: { 'real/x': 'd' } };
    const absent = { codeHash: present.codeHash, dataHashes: { 'real/x': undefined } };
    expect(staleReasons(was, real, absent)).toEqual([]);
    // With the folder here its cells are known: evidence without them is not up to date.
    const emptied = { ...was, cells: {}, cellsHash: hashOfCells({}) };
    const here = { codeHash: present.codeHash, dataHashes: { 'real/x': 'd' } };
    expect(staleReasons(emptied, real, here)).toEqual(['1 cells were never run']);
    const others = { codeHash: present.codeHash, dataHashes: { 'real/x': 'e' } };
    expect(staleReasons(was, real, others)).toEqual(['real/x has changed since']);
  });
});
