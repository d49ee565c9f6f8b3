import { describe, expect, it } from 'vitest';
import { dataHash } from '../fit/people-hash.ts';
import { virtualElbowRecordings } from '../simulation/elbow/virtual-elbow-person.ts';
import {
  ELBOW_PARTS,
  ELBOW_PEOPLE,
  ELBOW_PEOPLE_SEED,
  ELBOW_SIMULATION_RUNS,
  ELBOW_SURROGATES,
} from './elbow-data-set.ts';
import { ELBOW_COLUMNS, elbowRow } from './elbow-rows.ts';
import frozen from './elbow-surrogates.frozen.json' with { type: 'json' };

const firstRows = (rows: Iterable<ArrayLike<number>>, count: number): ArrayLike<number>[] => {
  const taken: ArrayLike<number>[] = [];
  for (const row of rows) {
    taken.push(row);
    if (taken.length === count) break;
  }
  return taken;
};

describe('data sets of the elbow', () => {
  it('have finite numbers in every column', () => {
    for (const { columns, parts } of [ELBOW_PEOPLE, ELBOW_SIMULATION_RUNS, ELBOW_SURROGATES]) {
      expect(columns).toBe(ELBOW_COLUMNS);
      expect(new Set(columns).size).toBe(columns.length);
      for (const part of parts.slice(0, 4)) {
        for (const row of firstRows(part.rows(), 3)) {
          expect(row.length).toBe(columns.length);
          expect(Array.from(row).every(Number.isFinite)).toBe(true);
        }
      }
    }
  });

  it('make a person from seed and subject alone, in whatever range', () => {
    const part = ELBOW_PEOPLE.parts.find(({ name }) => name === 'calibration')!;
    const [, second] = firstRows(part.rows(), 2);
    const alone = virtualElbowRecordings(1, ELBOW_PEOPLE_SEED, ELBOW_PARTS.calibration.firstSubject + 1);
    expect(second).toEqual(elbowRow(alone[0]!));
    expect(firstRows(part.rows(), 2)[1]).toEqual(second);
  });

  it('hold the 1,701 runs that were frozen beside the surrogates', () => {
    expect(dataHash(ELBOW_SIMULATION_RUNS.parts[0]!.rows())).toBe(frozen.simulationRuns);
  });
});
