import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chiSquaredTails } from '../../../core/numerics/chi-squared.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import {
  columnMeans,
  covarianceAround,
  ledoitWolf,
  type ShrunkCovariance,
  squaredDistance,
  whitening,
} from '../../../core/uncertainty/covariance.ts';
import { conditionNumber } from '../../../core/uncertainty/covariance-condition.ts';
import { heldOutP, holdOutDistances } from '../../../core/uncertainty/held-out-distance.ts';
import { oracleShrunkCovariance } from '../../../core/uncertainty/oracle-shrinkage.ts';
import { defineLaw } from '../law.ts';

const SEED = 5;

/** n normal points of p numbers whose columns differ in scale and depend on each other. */
function correlatedPoints(seed: number, n: number, p: number): Float64Array[] {
  const stream = randomStream('out-of-range-laws', 'points', seed);
  const mixing = Array.from({ length: p * p }, () => stream.normal());
  return Array.from({ length: n }, () => {
    const own = Float64Array.from({ length: p }, stream.normal);
    return own.map((_, j) => own.reduce((sum, value, k) => sum + value * mixing[j * p + k]!, 3 * j));
  });
}

type Estimate = (rows: readonly Float64Array[]) => ShrunkCovariance;
type Estimators = Record<
  'ledoitWolf' | 'ledoitWolfKnownMean' | 'oraclePaper' | 'oracleScikitLearn',
  Estimate
>;

/** The fewest points by which each can tell noise from covariance. */
const FEWEST_POINTS: Record<keyof Estimators, number> = {
  // About the mean of two points both squares are equal: no noise is seen, nothing is shrunk. See below.
  ledoitWolf: 3,
  ledoitWolfKnownMean: 2,
  oraclePaper: 2,
  oracleScikitLearn: 2,
};

const estimators: Estimators = {
  ledoitWolf: (rows) => ledoitWolf(rows),
  ledoitWolfKnownMean: (rows) => ledoitWolf(rows, new Float64Array(rows[0]?.length ?? 0)),
  oraclePaper: (rows) => oracleShrunkCovariance(rows, 'paper'),
  oracleScikitLearn: (rows) => oracleShrunkCovariance(rows, 'scikit-learn'),
};

const positiveDefinite = defineLaw<Estimators>({
  id: 'cov.psd',
  subject: estimators,
  check: (subject) => {
    const sizes = fc.tuple(fc.integer(), fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 8 }));
    const property = fc.property(sizes, ([seed, n, p]) => {
      const rows = correlatedPoints(seed, n, p);
      for (const [name, estimate] of Object.entries(subject)) {
        if (n < FEWEST_POINTS[name as keyof Estimators]) continue;
        const { covariance, shrinkage } = estimate(rows);
        assert.ok(shrinkage >= 0 && shrinkage <= 1, `${name}: shrinkage`);
        covariance.forEach((value, i) => {
          assert.equal(value, covariance[(i % p) * p + Math.floor(i / p)], `${name}: symmetry`);
        });
        // Between the plain covariance and one variance for all: an estimate that ignores the rows would be definite too.
        const around = name === 'ledoitWolfKnownMean' ? new Float64Array(p) : columnMeans(rows);
        const plain = covarianceAround(rows, around);
        const variance = plain.reduce((sum, value, i) => sum + (i % (p + 1) === 0 ? value / p : 0), 0);
        covariance.forEach((value, i) => {
          const expected = (1 - shrinkage) * plain[i]! + (i % (p + 1) === 0 ? shrinkage * variance : 0);
          const error = Math.abs(value - expected);
          assert.ok(error <= 1e-9 * variance, `${name}: entry ${i} is ${value}, not ${expected}`);
        });
        // Finite exactly when the smallest eigenvalue is above 0 beyond rounding.
        assert.ok(Number.isFinite(conditionNumber(covariance)), `${name}: n ${n}, p ${p}`);
      }
    });
    fc.assert(property, { seed: SEED, numRuns: 150, examples: [[[1, 2, 2]], [[2, 2, 8]], [[3, 3, 8]]] });
    // Two points about their own mean: refused, where the singular covariance would make distances of rounding.
    assert.throws(() => holdOutDistances(correlatedPoints(1, 2, 4), []), RangeError);
  },
  twins: {
    'independent columns of variance 1': {
      ...estimators,
      ledoitWolfKnownMean: (rows) => {
        const { mean, shrinkage, covariance } = estimators.ledoitWolfKnownMean(rows);
        const p = mean.length;
        return { mean, shrinkage, covariance: covariance.map((_, i) => (i % (p + 1) === 0 ? 1 : 0)) };
      },
    },
    'the plain covariance': {
      ...estimators,
      ledoitWolf: (rows) => {
        const mean = columnMeans(rows);
        return { mean, shrinkage: 0, covariance: covarianceAround(rows, mean) };
      },
    },
    'shrinkage not cut at 1': {
      ...estimators,
      oraclePaper: (rows) => {
        const { mean, covariance } = oracleShrunkCovariance(rows, 'paper');
        const [n, p] = [rows.length, mean.length];
        const plain = covarianceAround(rows, mean);
        const squares = plain.reduce((sum, value) => sum + value * value, 0);
        const trace = plain.reduce((sum, value, i) => sum + (i % (p + 1) === 0 ? value : 0), 0);
        const top = (1 - 2 / p) * squares + trace ** 2;
        const bottom = (n + 1 - 2 / p) * (squares - trace ** 2 / p);
        return { mean, covariance, shrinkage: p === 1 ? 0 : top / bottom };
      },
    },
    'lower triangle alone': {
      ...estimators,
      oracleScikitLearn: (rows) => {
        const { mean, shrinkage, covariance } = oracleShrunkCovariance(rows, 'scikit-learn');
        const p = mean.length;
        return {
          mean,
          shrinkage,
          covariance: covariance.map((value, i) => (i % p > Math.floor(i / p) ? 0 : value)),
        };
      },
    },
  },
});

type Distances = (rows: readonly Float64Array[]) => Float64Array;
const plainDistances: Distances = (rows) => {
  const mean = columnMeans(rows);
  const cloud = whitening({ mean, covariance: covarianceAround(rows, mean) });
  return Float64Array.from(rows, (row) => squaredDistance(row, cloud));
};
const shrunkDistances: Distances = (rows) => {
  const cloud = whitening(ledoitWolf(rows));
  return Float64Array.from(rows, (row) => squaredDistance(row, cloud));
};

/** Rotation in the plane of two columns, repeated over neighbouring columns. */
function rotated(row: Float64Array, angle: number): Float64Array {
  const turned = Float64Array.from(row);
  for (let j = 1; j < row.length; j += 1) {
    const [a, b] = [turned[j - 1]!, turned[j]!];
    turned[j - 1] = Math.cos(angle) * a - Math.sin(angle) * b;
    turned[j] = Math.sin(angle) * a + Math.cos(angle) * b;
  }
  return turned;
}

const affine = defineLaw<{ plain: Distances; shrunk: Distances }>({
  id: 'cov.affine',
  subject: { plain: plainDistances, shrunk: shrunkDistances },
  check: ({ plain, shrunk }) => {
    const largestChange = (before: Float64Array, after: Float64Array) =>
      before.reduce((most, value, i) => Math.max(most, Math.abs(value - after[i]!) / (1 + value)), 0);
    const property = fc.property(
      fc.integer(),
      fc.integer({ min: 2, max: 5 }),
      fc.double({ min: 0.2, max: 3, noNaN: true }),
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (seed, p, angle, scale) => {
        const rows = correlatedPoints(seed, 30, p);
        // A mixing with a known inverse: a rotation, unequal scales, a shift.
        const mixed = rows.map((row) => rotated(row, angle).map((value, j) => value * (j + 1) * scale - j));
        const similar = rows.map((row) => rotated(row, angle).map((value) => value * scale + 1));
        const unequal = rows.map((row) => row.map((value, j) => value * (j === 0 ? 10 : 1)));
        assert.ok(largestChange(plain(rows), plain(mixed)) <= 1e-8, 'plain, affine');
        // Squared distances to the cloud that the points make themselves: one a column, on average.
        const total = plain(rows).reduce((sum, value) => sum + value, 0);
        assert.ok(Math.abs(total / rows.length - p) <= 1e-8 * p, `plain distances sum to ${total}`);
        assert.ok(largestChange(shrunk(rows), shrunk(similar)) <= 1e-8, 'shrunk, similarity');
        // "Only": one column in another unit changes a shrunk distance, far above rounding.
        assert.ok(largestChange(shrunk(rows), shrunk(unequal)) > 1e-4, 'shrunk, unequal scales');
      },
    );
    fc.assert(property, { seed: SEED, numRuns: 80 });
  },
  twins: {
    'always zero': { plain: (rows) => new Float64Array(rows.length), shrunk: shrunkDistances },
    'variances without covariances': {
      plain: (rows) => {
        const mean = columnMeans(rows);
        const p = mean.length;
        const covariance = covarianceAround(rows, mean).map((value, i) => (i % (p + 1) === 0 ? value : 0));
        const cloud = whitening({ mean, covariance });
        return Float64Array.from(rows, (row) => squaredDistance(row, cloud));
      },
      shrunk: shrunkDistances,
    },
    'the shrunk covariance taken for the plain one': { plain: shrunkDistances, shrunk: shrunkDistances },
    'columns standardised before shrinking': {
      plain: plainDistances,
      shrunk: (rows) => {
        const mean = columnMeans(rows);
        const p = mean.length;
        const covariance = covarianceAround(rows, mean);
        return shrunkDistances(
          rows.map((row) => row.map((value, j) => value / Math.sqrt(covariance[j * (p + 1)]!))),
        );
      },
    },
    'a fixed amount added to the variances': {
      plain: plainDistances,
      shrunk: (rows) => {
        const mean = columnMeans(rows);
        const p = mean.length;
        const covariance = covarianceAround(rows, mean).map((value, i) =>
          i % (p + 1) === 0 ? value + 0.1 : value,
        );
        const cloud = whitening({ mean, covariance });
        return Float64Array.from(rows, (row) => squaredDistance(row, cloud));
      },
    },
  },
});

type PValues = (
  cloud: readonly Float64Array[],
  heldOut: readonly Float64Array[],
  fresh: readonly Float64Array[],
) => number[];

const WORLDS = 400;
const CLOUD_POINTS = 25;
const HELD_OUT_POINTS = 19;
const COLUMNS = 8;

const superUniform = defineLaw<PValues>({
  id: 'ood.conformal_uniform',
  subject: (cloud, heldOut, fresh) => {
    const distances = holdOutDistances(cloud, heldOut);
    return fresh.map((point) => heldOutP(point, distances));
  },
  check: (pValues) => {
    // One new point a world, so that the p values are independent of each other.
    const values = Array.from({ length: WORLDS }, (_, world) => {
      const rows = correlatedPoints(world, CLOUD_POINTS + HELD_OUT_POINTS + 1, COLUMNS);
      return pValues(rows.slice(0, CLOUD_POINTS), rows.slice(CLOUD_POINTS, -1), rows.slice(-1))[0]!;
    }).sort((a, b) => a - b);
    // One-sided Kolmogorov-Smirnov: how far the share of values at or below x exceeds x. By Massart's inequality the
    // bound is passed by a lawful library with a probability of at most 1e-6.
    const bound = Math.sqrt(Math.log(1e6) / (2 * WORLDS));
    const excess = values.reduce((most, value, i) => Math.max(most, (i + 1) / WORLDS - value), 0);
    assert.ok(excess <= bound, `excess ${excess}`);
    // And they are not idle: p values that are always 1 would be super-uniform too.
    const shortfall = values.reduce((most, value, i) => Math.max(most, value - i / WORLDS), 0);
    assert.ok(shortfall <= bound + 1 / (HELD_OUT_POINTS + 1), `shortfall ${shortfall}`);
  },
  twins: {
    'ranked among the points that made the cloud': (cloud, _heldOut, fresh) => {
      const distances = holdOutDistances(cloud, cloud);
      return fresh.map((point) => heldOutP(point, distances));
    },
    'always 1': (_cloud, _heldOut, fresh) => fresh.map(() => 1),
    'chi-squared, as if the covariance were known': (cloud, _heldOut, fresh) => {
      const mean = columnMeans(cloud);
      const known = whitening({ mean, covariance: covarianceAround(cloud, mean) });
      return fresh.map((point) => chiSquaredTails(squaredDistance(point, known), COLUMNS).upper);
    },
  },
});

export const LAWS = [positiveDefinite, affine, superUniform];
