import { describe, expect, it } from 'vitest';
import { dataHash } from '../fit/people-hash.ts';
import { COHORT_COUNT, SURROGATE_SEED, surrogateCohort } from '../simulation/elbow/surrogate-recordings.ts';
import { ELBOW_COLUMNS, elbowRow } from './elbow-rows.ts';
import frozen from './elbow-surrogates.frozen.json' with { type: 'json' };

const hashOf = (cohort: number, gap?: number) => dataHash(surrogateCohort(cohort, gap).map(elbowRow));

describe('the frozen surrogate recordings', () => {
  it('are made again from their seed, cohort by cohort', () => {
    expect(frozen.seed).toBe(SURROGATE_SEED);
    expect(Array.from({ length: COHORT_COUNT }, (_, cohort) => hashOf(cohort))).toEqual(frozen.cohorts);
    expect(new Set(frozen.cohorts).size).toBe(COHORT_COUNT);
  });

  it.each(Object.entries(frozen.cohort0AtGap))('are the same at reality gap %s', (gap, hash) => {
    expect(hashOf(0, Number(gap))).toBe(hash);
  });

  it('are the cohort itself at gap 1; a number that moves in the ninth digit is caught', () => {
    expect(frozen.cohort0AtGap['1']).toBe(frozen.cohorts[0]);
    const rows = surrogateCohort(0).map(elbowRow);
    expect(rows.every((row) => row.length === ELBOW_COLUMNS.length)).toBe(true);
    const brokenTwin = rows.map((row, i) => (i === 7 ? row.map((value) => value * (1 + 1e-8)) : row));
    expect(dataHash(brokenTwin)).not.toBe(frozen.cohorts[0]);
  });
});
