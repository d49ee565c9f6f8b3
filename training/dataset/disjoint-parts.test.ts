import { describe, expect, it } from 'vitest';
import type { DataSet } from './data-set.ts';
import { DATA_SETS } from './data-sets.ts';
import { repeatedParts, sharedSubjects } from './disjoint-parts.ts';
import { type FrozenDataSets, hashDataSet } from './frozen-data-sets.ts';

/** A set whose people are their subject numbers. @param parts - first and last + 1 subject of each part. */
const setOf = (
  parts: Record<string, readonly [number, number]>,
  seed = 'specimen',
  name = 'set',
): DataSet => ({
  name,
  about: 'a specimen',
  columns: ['subject'],
  parts: Object.entries(parts).map(([part, [first, end]]) => ({
    name: part,
    count: end - first,
    subjects: { seed, first, count: end - first },
    rows: () => Array.from({ length: end - first }, (_, i) => [first + i]),
  })),
});
const HONEST = setOf({ train: [0, 10], validation: [10, 20], calibration: [20, 30], test: [30, 40] });

describe('subjects of two purposes', () => {
  it('do not overlap in an honest set; a twin whose test is its train is caught', () => {
    expect(sharedSubjects([HONEST])).toEqual([]);
    expect(sharedSubjects([setOf({ train: [0, 10], test: [0, 10] })])).toEqual([
      'set, test: 10 subjects also stand in set, train',
    ]);
  });

  it('are caught when a single one is shared, whichever part is first', () => {
    expect(sharedSubjects([setOf({ train: [0, 10], calibration: [9, 20] })])).toHaveLength(1);
    expect(sharedSubjects([setOf({ calibration: [9, 20], train: [0, 10] })])).toHaveLength(1);
    expect(sharedSubjects([setOf({ 'cohort-0': [0, 25], 'cohort-1': [24, 49] })])).toHaveLength(1);
  });

  it('are compared across sets of one seed, and only of one', () => {
    const learned = setOf({ train: [0, 10] }, 'one', 'a');
    expect(sharedSubjects([learned, setOf({ test: [5, 15] }, 'one', 'b')])).toEqual([
      'b, test: 5 subjects also stand in a, train',
    ]);
    expect(sharedSubjects([learned, setOf({ test: [5, 15] }, 'two', 'b')])).toEqual([]);
  });

  it('may be the same in another world, but not for another purpose', () => {
    expect(sharedSubjects([setOf({ test: [0, 9], 'test-other-course': [0, 9] })])).toEqual([]);
    expect(sharedSubjects([setOf({ train: [0, 9], 'test-other-course': [0, 9] })])).toHaveLength(1);
  });

  it('must be told where there are several parts', () => {
    const silent: DataSet = {
      ...HONEST,
      parts: HONEST.parts.map(({ name, count, rows }) => ({ name, count, rows })),
    };
    expect(sharedSubjects([silent])).toHaveLength(4);
    expect(sharedSubjects([{ ...silent, parts: silent.parts.slice(0, 1) }])).toEqual([]);
  });
});

describe('rows of two parts', () => {
  it('differ in an honest set; a twin that was frozen with its train as its test is caught', () => {
    const frozen: FrozenDataSets = { set: hashDataSet(HONEST) };
    expect(repeatedParts(frozen)).toEqual([]);
    const leaked = { set: { ...frozen.set, test: { ...frozen.set!.train! } } };
    expect(repeatedParts(leaked)).toEqual(['set: test holds the rows of train']);
  });
});

describe('the data sets of the project', () => {
  it('tell whom their parts hold, and share nobody between purposes', async () => {
    const dataSets = await Promise.all(Object.values(DATA_SETS).map((load) => load()));
    expect(sharedSubjects(dataSets)).toEqual([]);
  });

  it('draw their rows from the subjects they tell', async () => {
    const { ELBOW_PEOPLE_SEED, ELBOW_PEOPLE } = await import('./elbow-data-set.ts');
    const { elbowRow } = await import('./elbow-rows.ts');
    const { virtualElbowRecordings } = await import('../simulation/elbow/virtual-elbow-person.ts');
    for (const { subjects, rows } of ELBOW_PEOPLE.parts) {
      const [first] = rows();
      expect(first).toEqual(elbowRow(virtualElbowRecordings(1, ELBOW_PEOPLE_SEED, subjects!.first)[0]!));
    }
  });
});
