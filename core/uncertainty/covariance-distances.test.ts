import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { chiSquaredTails } from '../numerics/chi-squared.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { classDistance, fitClassClouds } from './class-distance.ts';
import { columnMeans, covarianceAround, ledoitWolf, squaredDistance, whitening } from './covariance.ts';
import { conditionNumber, logDeterminant } from './covariance-condition.ts';
import { heldOutP, holdOutDistances } from './held-out-distance.ts';
import { hotellingPrediction } from './hotelling-prediction.ts';
import { type OracleForm, oracleShrinkage, oracleShrunkCovariance } from './oracle-shrinkage.ts';

/** n normal points of p numbers, columns of different scale that depend on each other. */
function points(name: string, n: number, p: number): Float64Array[] {
  const stream = randomStream('covariance-distances', name, n * 100 + p);
  return Array.from({ length: n }, () => {
    const own = Float64Array.from({ length: p }, stream.normal);
    return own.map((value, j) => (j + 1) * value + (own[j - 1] ?? 0) + 2);
  });
}

const table = (values: Float64Array) => {
  const p = Math.sqrt(values.length);
  return Matrix.from1DArray(p, p, values);
};
/** Distance by the inverse of the covariance, as the definition is written. */
function slowDistance(point: ArrayLike<number>, mean: ArrayLike<number>, covariance: Float64Array): number {
  const off = Matrix.columnVector(Array.from(point, (value, j) => value - mean[j]!));
  return off
    .transpose()
    .mmul(inverse(table(covariance)))
    .mmul(off)
    .get(0, 0);
}

describe('oracle approximating shrinkage', () => {
  /**
   * The estimator is the limit of the oracle formula applied to its own estimate, again and again (Chen 2010, section
   * III.C); the closed form must be where that ends.
   */
  function iterated(covariance: Float64Array, n: number): number {
    const sample = table(covariance);
    const p = sample.rows;
    const target = Matrix.eye(p).mul(sample.trace() / p);
    let share = 0.5;
    for (let step = 0; step < 20_000; step += 1) {
      const estimate = Matrix.add(Matrix.mul(sample, 1 - share), Matrix.mul(target, share));
      const cross = estimate.mmul(sample).trace();
      const square = estimate.trace() ** 2;
      const top = (1 - 2 / p) * cross + square;
      const next = Math.min(1, top / ((n + 1 - 2 / p) * cross + (1 - n / p) * square));
      if (Math.abs(next - share) < 1e-13) return next;
      share = next;
    }
    return share;
  }
  it('is where the iteration of the paper ends', () => {
    for (const [n, p] of [
      [12, 3],
      [40, 5],
      [6, 8],
      [200, 2],
    ] as const) {
      const rows = points('oracle', n, p);
      const covariance = covarianceAround(rows, columnMeans(rows));
      expect(oracleShrinkage(covariance, n)).toBeCloseTo(iterated(covariance, n), 6);
      // Twin: without its two terms in 2 / p it ends elsewhere, the more the fewer the columns.
      const short = oracleShrinkage(covariance, n, 'scikit-learn');
      if (short < 1) expect(Math.abs(short - iterated(covariance, n))).toBeGreaterThan(1e-3);
    }
  });
  it('shrinks the covariance by that share and keeps its trace', () => {
    const rows = points('oracle', 15, 4);
    for (const form of ['paper', 'scikit-learn'] satisfies OracleForm[]) {
      const { mean, covariance, shrinkage } = oracleShrunkCovariance(rows, form);
      const plain = covarianceAround(rows, mean);
      expect(table(covariance).trace()).toBeCloseTo(table(plain).trace(), 10);
      expect(covariance[1]).toBeCloseTo((1 - shrinkage) * plain[1]!, 12);
    }
    const known = oracleShrunkCovariance(rows, 'paper', new Float64Array(4));
    expect([...known.mean]).toEqual([0, 0, 0, 0]);
    expect(known.covariance[0]).toBeGreaterThan(oracleShrunkCovariance(rows).covariance[0]!);
  });
  it('has an answer where the formula divides by nothing', () => {
    expect(oracleShrinkage(Float64Array.of(3), 10)).toBe(0);
    expect(oracleShrinkage(Float64Array.of(2, 0, 0, 2), 10)).toBe(1);
  });
  it('refuses misuse', () => {
    expect(() => oracleShrinkage(Float64Array.of(1, 2, 3), 10)).toThrow(RangeError);
    expect(() => oracleShrinkage(new Float64Array(), 10)).toThrow(RangeError);
    expect(() => oracleShrinkage(Float64Array.of(1, 0, 0, Number.NaN), 10)).toThrow(RangeError);
    for (const n of [0, 1, 2.5]) expect(() => oracleShrinkage(Float64Array.of(1), n)).toThrow(RangeError);
    expect(() => oracleShrunkCovariance([])).toThrow(RangeError);
    expect(() => oracleShrunkCovariance([[1, 2]])).toThrow(RangeError);
    expect(() => oracleShrunkCovariance([[1, 2], [1]])).toThrow(RangeError);
    expect(() => oracleShrunkCovariance([[1], [Number.NaN]])).toThrow(RangeError);
  });
});

describe('condition of a covariance', () => {
  it('is the ratio of the eigenvalues, and the determinant their product', () => {
    // Eigenvalues 3 and 1.
    expect(conditionNumber(Float64Array.of(2, 1, 1, 2))).toBeCloseTo(3, 12);
    expect(logDeterminant(Float64Array.of(2, 1, 1, 2))).toBeCloseTo(Math.log(3), 12);
    expect(conditionNumber(Float64Array.of(5))).toBe(1);
  });
  it('is infinite for fewer points than columns, until shrunk', () => {
    const rows = points('condition', 4, 6);
    expect(conditionNumber(covarianceAround(rows, columnMeans(rows)))).toBe(Number.POSITIVE_INFINITY);
    expect(conditionNumber(oracleShrunkCovariance(rows).covariance)).toBeLessThan(1e6);
  });
  it('refuses misuse', () => {
    for (const values of [[], [1, 2], [0], [1, 2, 0, 1], [1, 0, 0, Number.NaN]]) {
      expect(() => conditionNumber(Float64Array.from(values))).toThrow(RangeError);
      expect(() => logDeterminant(Float64Array.from(values))).toThrow(RangeError);
    }
    expect(() => logDeterminant(Float64Array.of(1, 1, 1, 1))).toThrow(RangeError);
  });
});

describe('class distance', () => {
  const rows = points('classes', 40, 3).map((row, i) => row.map((value, j) => value + (j === i % 3 ? 6 : 0)));
  const labels = rows.map((_, i) => i % 3);
  const clouds = fitClassClouds(rows, labels, 3);
  it('ties the covariance of the classes, and equals distances by its inverse', () => {
    const means = [0, 1, 2].map((k) => columnMeans(rows.filter((_, i) => labels[i] === k)));
    const residuals = rows.map((row, i) => row.map((value, j) => value - means[labels[i]!]![j]!));
    const tied = ledoitWolf(residuals, new Float64Array(3));
    const all = ledoitWolf(rows);
    for (const point of [
      [1, 2, 3],
      [8, 2, 2],
      [40, -30, 5],
    ]) {
      const answer = classDistance(point, clouds);
      const slow = means.map((mean) => slowDistance(point, mean, tied.covariance));
      for (const [k, value] of answer.squared.entries()) expect(value / slow[k]!).toBeCloseTo(1, 9);
      expect(answer.smallest).toBe(Math.min(...answer.squared));
      expect(answer.nearestClass).toBe(slow.indexOf(Math.min(...slow)));
      const background = slowDistance(point, all.mean, all.covariance);
      expect(answer.relative).toBeCloseTo(answer.smallest - background, 8);
    }
  });
  it('the covariance about the class means is tighter than about the mean of all', () => {
    const trace = (values: Float64Array) => table(values).trace();
    expect(trace(clouds.tied.covariance)).toBeLessThan(trace(clouds.background.covariance));
  });
  it('refuses misuse', () => {
    expect(() => fitClassClouds([], [], 2)).toThrow(RangeError);
    expect(() => fitClassClouds(rows, labels.slice(1), 3)).toThrow(RangeError);
    expect(() => fitClassClouds(rows, labels, 2)).toThrow(RangeError);
    expect(() => fitClassClouds(rows, labels, 4)).toThrow(RangeError);
    expect(() => fitClassClouds(rows, labels, 0)).toThrow(RangeError);
    expect(() => fitClassClouds([[1], [Number.NaN], [3]], [0, 0, 1], 2)).toThrow(RangeError);
    // Every point is the mean of its class: there is no covariance.
    expect(() => fitClassClouds([[1], [2]], [0, 1], 2)).toThrow(RangeError);
    expect(() => classDistance([1, 2], clouds)).toThrow(RangeError);
    expect(() => classDistance([1, 2, Number.NaN], clouds)).toThrow(RangeError);
  });
});

describe('held-out distance', () => {
  it('ranks a distance by the inverse covariance among those of the held-out points', () => {
    const rows = points('held-out', 60, 4);
    const [cloudPoints, heldOut] = [rows.slice(0, 40), rows.slice(40)];
    const distances = holdOutDistances(cloudPoints, heldOut);
    const { mean, covariance, shrinkage } = ledoitWolf(cloudPoints);
    expect(distances).toMatchObject({ shrinkage, isEuclidean: false });
    for (const point of [
      [2, 2, 2, 2],
      [4, 1, 0, 6],
      [30, 0, 0, 0],
    ]) {
      const own = slowDistance(point, mean, covariance);
      const stranger = heldOut.filter((each) => slowDistance(each, mean, covariance) >= own).length;
      expect(heldOutP(point, distances)).toBe((stranger + 1) / 21);
    }
  });
  it('says when the covariance became a sphere, and 1 without held-out points', () => {
    const cross = (length: number) => [
      [length, 0],
      [-length, 0],
      [0, 1],
      [0, -1],
    ];
    // What this has beside a sphere is less than its noise.
    expect(holdOutDistances(cross(1.1), [])).toMatchObject({ shrinkage: 1, isEuclidean: true });
    // A sphere from the start has nothing to shrink.
    const distances = holdOutDistances(cross(1), []);
    expect(distances).toMatchObject({ shrinkage: 0, isEuclidean: true });
    expect(holdOutDistances(cross(5), [])).toMatchObject({ isEuclidean: false });
    expect(heldOutP([99, 99], distances)).toBe(1);
  });
  it('refuses misuse', () => {
    const rows = points('held-out', 10, 2);
    expect(() => holdOutDistances([], [])).toThrow(RangeError);
    expect(() => holdOutDistances(rows.slice(0, 2), rows)).toThrow(RangeError);
    expect(() => holdOutDistances([rows[0]!, rows[0]!, rows[0]!], rows)).toThrow(RangeError);
    // Two places only, each met twice: nothing is shrunk, and one direction has no spread.
    const twice = [rows[0]!, rows[1]!, rows[0]!, rows[1]!];
    expect(() => holdOutDistances(twice, rows)).toThrow(RangeError);
    expect(() => fitClassClouds(twice, [0, 0, 0, 0], 1)).toThrow(RangeError);
    expect(() => holdOutDistances(rows, [[1]])).toThrow(RangeError);
    expect(() => holdOutDistances(rows, [[1, Number.NaN]])).toThrow(RangeError);
    const distances = holdOutDistances(rows, rows);
    expect(() => heldOutP([1], distances)).toThrow(RangeError);
    expect(() => heldOutP([1, Number.POSITIVE_INFINITY], distances)).toThrow(RangeError);
  });
});

describe("Hotelling's prediction", () => {
  it('calls a new normal point strange one time in 20, where the chi-squared distribution does far too often', () => {
    const stream = randomStream('hotelling', 'test', 0);
    const runs = 1000;
    let [byF, byChiSquared] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const rows = Array.from({ length: 13 }, () => {
        const [a, b, c] = [stream.normal(), stream.normal(), stream.normal()];
        return [a, a + b, 5 * c - b];
      });
      const test = hotellingPrediction(rows.slice(1), rows[0]!);
      if (test.p <= 0.05) byF += 1;
      if (chiSquaredTails(test.squaredDistance, 3).upper <= 0.05) byChiSquared += 1;
    }
    const tolerance = 4 * Math.sqrt((0.05 * 0.95) / runs);
    expect(Math.abs(byF / runs - 0.05)).toBeLessThan(tolerance);
    expect(byChiSquared / runs).toBeGreaterThan(0.05 + 2 * tolerance);
  });
  it('is the square of the t test of a new value for one column', () => {
    const values = [4.1, 5.2, 3.9, 4.4, 5.0, 4.7];
    const mean = values.reduce((sum, value) => sum + value, 0) / 6;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 5;
    const t = (6 - mean) / Math.sqrt(variance * (1 + 1 / 6));
    const test = hotellingPrediction(
      values.map((value) => [value]),
      [6],
    );
    expect(test.f).toBeCloseTo(t * t, 10);
    expect(test).toMatchObject({ n: 6, degreesOfFreedom: [1, 5] });
    expect(test.squaredDistance).toBeCloseTo((6 - mean) ** 2 / variance, 10);
  });
  it('refuses misuse', () => {
    const rows = points('hotelling', 6, 2);
    expect(() => hotellingPrediction([], [])).toThrow(RangeError);
    expect(() => hotellingPrediction(rows.slice(0, 2), [1, 2])).toThrow(RangeError);
    expect(() => hotellingPrediction(rows, [1])).toThrow(RangeError);
    expect(() => hotellingPrediction(rows, [1, Number.NaN])).toThrow(RangeError);
    const flat = rows.map(([first]) => [first!, 2 * first!]);
    expect(() => hotellingPrediction(flat, [1, 2])).toThrow(RangeError);
  });
});

describe('a cloud of two points', () => {
  it('is not shrunk by Ledoit and Wolf, which is why held-out distances ask for three', () => {
    const two = points('two', 2, 4);
    const { shrinkage, covariance } = ledoitWolf(two);
    expect(shrinkage).toBeCloseTo(0, 12);
    expect(conditionNumber(covariance)).toBe(Number.POSITIVE_INFINITY);
    expect(squaredDistance([1, 1, 1, 1], whitening(oracleShrunkCovariance(two)))).toBeGreaterThan(0);
  });
});
