import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../core/learning/backend.ts';
import type { DataSet } from '../dataset/data-set.ts';
import { type FrozenDataSets, hashDataSet } from '../dataset/frozen-data-sets.ts';
import { peopleCheck, procedureFigures } from './procedure-figures.ts';

/** A set whose people are their subject numbers. */
const setOf = (firstTestSubject: number): DataSet => ({
  name: 'specimen',
  about: 'a specimen',
  columns: ['subject'],
  parts: [
    { name: 'train', first: 0 },
    { name: 'test', first: firstTestSubject },
  ].map(({ name, first }) => ({
    name,
    count: 3,
    subjects: { seed: 'specimen', first, count: 3 },
    rows: () => [0, 1, 2].map((i) => [first + i]),
  })),
});

describe('the check that no test person was learned from', () => {
  const honest = setOf(3);
  const frozen: FrozenDataSets = { specimen: hashDataSet(honest) };
  const isOk = (dataSets: readonly DataSet[], of: FrozenDataSets) => peopleCheck(dataSets, of, () => {}).ok;

  it('passes an honest set', () => {
    expect(isOk([honest], frozen)).toBe(true);
    expect(peopleCheck([honest], frozen, () => {}).n).toBe(6);
  });
  it('fails on a twin whose test is its train, by subjects or by rows, and without any test people', () => {
    expect(isOk([setOf(0)], frozen)).toBe(false);
    expect(isOk([honest], { specimen: { ...frozen.specimen, test: frozen.specimen!.train! } })).toBe(false);
    expect(isOk([honest], { specimen: { train: frozen.specimen!.train! } })).toBe(false);
  });
});

describe('procedure figures', () => {
  beforeAll(() => startBackend(null));
  it('pass on the data sets and the training loop of the project', async () => {
    const { checks } = await procedureFigures(() => {});
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks).toHaveLength(4);
  });
});
