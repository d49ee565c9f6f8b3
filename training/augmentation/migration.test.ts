import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { type LabelledRows, rowsOfClass } from './labelled-rows.ts';
import { copySamples, migrateSamples, migrationGoal } from './migration.ts';

/** Two classes far from one another, `count` points each, in three dimensions. */
function clouds(count: number, seed: number): LabelledRows {
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  for (let i = 0; i < 2 * count; i += 1) {
    const stream = randomStream(seed, 'cloud', i);
    rows.push(Float64Array.from({ length: 3 }, () => stream.normal() + (i % 2) * 40));
    labels.push(i % 2);
  }
  return { rows, labels };
}

/** How far a point is from the straight line between a and b, and whether it is between them. */
function liesBetween(point: Float64Array, a: Float64Array, b: Float64Array): boolean {
  let along = 0;
  let length = 0;
  for (let j = 0; j < point.length; j += 1) {
    along += (point[j]! - a[j]!) * (b[j]! - a[j]!);
    length += (b[j]! - a[j]!) ** 2;
  }
  const share = length === 0 ? 0 : along / length;
  // Distances here are of the order of 1: 1e-9 is rounding.
  const gap = Math.hypot(...point.map((value, j) => value - (a[j]! + share * (b[j]! - a[j]!))));
  return gap < 1e-9 && share >= -1e-9 && share <= 1 + 1e-9;
}

type Maker = (train: LabelledRows, counts: readonly number[]) => LabelledRows;
/** Law: every new point lies between some training point of its class and that point's goal. */
const staysInHull = (make: Maker, train: LabelledRows): boolean => {
  const made = make(train, [12, 12]);
  return made.rows.every((row, i) => {
    const own = rowsOfClass(train, made.labels[i]!);
    return own.some((sample) => liesBetween(row, sample, migrationGoal(sample, own)));
  });
};

describe('inverse-distance-weighted migration', () => {
  const migrate: Maker = (train, counts) => migrateSamples(train, counts, randomStream(1, 'u', 0));

  it('stays between a person and the weighted mean of the neighbours, whatever the people', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 1e6 }), (count, seed) =>
        staysInHull(migrate, clouds(count, seed)),
      ),
      { numRuns: 60, seed: 3 },
    );
  });
  it('broken twins are caught: a step beyond the goal, and neighbours of the other class', () => {
    const train = clouds(7, 4);
    const overshoot: Maker = (set, counts) => {
      const made = migrate(set, counts);
      const own = rowsOfClass(set, 0);
      return {
        rows: [own[0]!.map((v, j) => v + 1.4 * (migrationGoal(own[0]!, own)[j]! - v)), ...made.rows],
        labels: [0, ...made.labels],
      };
    };
    expect(staysInHull(overshoot, train)).toBe(false);
    // Two points of its own class: the five nearest of all points are mostly of the other class.
    const mixed: LabelledRows = {
      rows: train.rows,
      labels: train.labels.map((label, i) => (i < 4 ? 1 - label : label)),
    };
    const classBlind: Maker = (set) => ({
      rows: set.rows.map((row) => row.map((v, j) => v + 0.5 * (migrationGoal(row, set.rows)[j]! - v))),
      labels: [...set.labels],
    });
    expect(staysInHull(classBlind, mixed)).toBe(false);
  });
  it('weighs neighbours by the inverse of their distance', () => {
    const at = (x: number) => Float64Array.of(x);
    // Neighbours at distances 1, 2 and 4: weights 4/7, 2/7, 1/7.
    expect(migrationGoal(at(0), [at(0), at(1), at(-2), at(4)])[0]).toBeCloseTo((4 - 4 + 4) / 7, 12);
    expect(migrationGoal(at(0), [at(0), at(1), at(9)], 1)[0]).toBe(1);
  });
  it('keeps classes apart and makes as many as asked', () => {
    const made = migrate(clouds(6, 9), [3, 5]);
    expect(made.labels).toEqual([0, 0, 0, 1, 1, 1, 1, 1]);
    made.rows.forEach((row, i) => {
      expect(Math.round(row[0]! / 40)).toBe(made.labels[i]);
    });
  });
  it('survives duplicates at distance 0: no NaN, and no pull from them', () => {
    const twin = Float64Array.of(1, 2);
    const rows = [twin, twin.slice(), twin.slice(), Float64Array.of(3, 2)];
    expect([...migrationGoal(twin, rows)]).toEqual([3, 2]);
    const made = migrateSamples({ rows, labels: [0, 0, 0, 0] }, [20], randomStream(2, 'u', 0));
    expect(made.rows.every((row) => row.every(Number.isFinite))).toBe(true);
    const same = migrateSamples({ rows: [twin, twin.slice()], labels: [0, 0] }, [3], randomStream(2, 'u', 0));
    expect(same.rows.map((row) => [...row])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });
  it('refuses a class of one person, NaN and an empty set', () => {
    const lone: LabelledRows = {
      rows: [Float64Array.of(1), Float64Array.of(2), Float64Array.of(3)],
      labels: [0, 0, 1],
    };
    expect(() => migrateSamples(lone, [1, 1], randomStream(1, 'u', 0))).toThrow(/class 1 has 1 point/);
    expect(migrateSamples(lone, [1], randomStream(1, 'u', 0)).labels).toEqual([0]);
    const broken = { rows: [Float64Array.of(Number.NaN), Float64Array.of(1)], labels: [0, 0] };
    expect(() => migrateSamples(broken, [1], randomStream(1, 'u', 0))).toThrow(RangeError);
    expect(() => migrateSamples({ rows: [], labels: [] }, [1], randomStream(1, 'u', 0))).toThrow(RangeError);
  });
});

describe('copies', () => {
  it('are training people and nothing else', () => {
    const train = clouds(5, 2);
    const made = copySamples(train, [4, 4], randomStream(5, 'copy', 0));
    const known = new Set(train.rows.map((row) => row.join()));
    expect(made.rows.every((row) => known.has(row.join()))).toBe(true);
    expect(() => copySamples(train, [1, 1, 1], randomStream(5, 'copy', 0))).toThrow(/class 2/);
  });
});
