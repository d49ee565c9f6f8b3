import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inverseNormal, randomStream } from '../numerics/random-stream.ts';
import {
  type BootstrapOptions,
  bcaLevels,
  bootstrapInterval,
  intervalOfResamples,
} from './bootstrap-interval.ts';
import { type ResamplePlan, resamplesOf } from './bootstrap-resamples.ts';
import { clusterBootstrap, clustersOf } from './cluster-bootstrap.ts';
import { jackknifeAcceleration, jackknifeStandardError, leaveOneOutStatistics } from './jackknife.ts';

const mean = (rows: readonly number[]) => rows.reduce((sum, row) => sum + row, 0) / rows.length;
const ALL: ResamplePlan = { kind: 'enumerated' };
const SEEDED: ResamplePlan = { kind: 'seeded', seed: 'test', count: 400 };
const BCA: BootstrapOptions = { alpha: 0.1, method: 'bca' };
const PERCENTILE: BootstrapOptions = { alpha: 0.1, method: 'percentile' };

describe('resamples', () => {
  it('lists every ordered resample once', () => {
    for (const count of [1, 2, 3, 4]) {
      const all = Array.from(resamplesOf(ALL, count), (rows) => rows.join());
      expect(all.length).toBe(count ** count);
      expect(new Set(all).size).toBe(count ** count);
    }
  });
  it('draws each row equally often, the same for a seed, and keeps earlier draws when more are asked', () => {
    const draw = (seed: string, count: number) =>
      Array.from(resamplesOf({ kind: 'seeded', seed, count }, 4), (rows) => [...rows]);
    expect(draw('a', 300)).toEqual(draw('a', 500).slice(0, 300));
    expect(draw('a', 300)).not.toEqual(draw('b', 300));
    const firstRows = draw('a', 2000)
      .flat()
      .filter((row) => row === 0).length;
    // Binomial of 8000 draws of chance 1/4, five standard deviations.
    expect(Math.abs(firstRows - 2000)).toBeLessThan(5 * Math.sqrt(8000 * 0.25 * 0.75));
  });
  it('refuses what cannot be drawn', () => {
    expect(() => resamplesOf(ALL, 0)).toThrow(RangeError);
    expect(() => resamplesOf(ALL, 1.5)).toThrow(RangeError);
    expect(() => resamplesOf(ALL, 7)).toThrow('at most 6');
    for (const count of [0, 99, 100.5, 2e6, Number.NaN]) {
      expect(() => resamplesOf({ kind: 'seeded', seed: 1, count }, 3)).toThrow(RangeError);
    }
    for (const indices of [[], [[0, 1]], [[0, 1, 3]], [[0, 1, 0.5]]]) {
      expect(() => resamplesOf({ kind: 'given', indices }, 3)).toThrow(RangeError);
    }
  });
});

describe('jackknife', () => {
  it('law: of a mean it is the standard error of the mean, and the acceleration its skewness', () => {
    const law = (standardError: typeof jackknifeStandardError, acceleration: typeof jackknifeAcceleration) =>
      fc.assert(
        fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 9 }), (rows) => {
          fc.pre(new Set(rows).size > 1);
          const left = leaveOneOutStatistics(rows, mean)!;
          const centre = mean(rows);
          const moment = (power: number) => rows.reduce((sum, row) => sum + (row - centre) ** power, 0);
          const count = rows.length;
          expect(standardError(left)).toBeCloseTo(Math.sqrt(moment(2) / (count - 1) / count), 10);
          // mean - leave-one-out = (row - mean) / (n - 1): the factor cancels.
          expect(acceleration(left)).toBeCloseTo(moment(3) / (6 * moment(2) ** 1.5), 10);
        }),
        { seed: 3, numRuns: 100 },
      );
    law(jackknifeStandardError, jackknifeAcceleration);
    const tooSmall: typeof jackknifeStandardError = (values) =>
      jackknifeStandardError(values) / values.length;
    expect(() => law(tooSmall, jackknifeAcceleration)).toThrow();
    const mirrored: typeof jackknifeAcceleration = (values) => {
      const found = jackknifeAcceleration(values);
      return found && -found;
    };
    expect(() => law(jackknifeStandardError, mirrored)).toThrow();
  });
  it('has no acceleration when nothing changes, and no value where the statistic has none', () => {
    expect(jackknifeAcceleration([2, 2, 2])).toBeNull();
    expect(jackknifeAcceleration([0.1 + 0.2, 0.3, 0.3])).toBeNull();
    expect(jackknifeAcceleration([1e-200, 2e-200, 4e-200])).toBeCloseTo(
      jackknifeAcceleration([1, 2, 4])!,
      12,
    );
    expect(leaveOneOutStatistics([1, 2], () => null)).toBeNull();
  });
  it('refuses one row and statistics that are not finite', () => {
    expect(() => leaveOneOutStatistics([1], mean)).toThrow(RangeError);
    expect(() => leaveOneOutStatistics([1, 2], () => Number.NaN)).toThrow(RangeError);
    expect(() => jackknifeAcceleration([1])).toThrow(RangeError);
    expect(() => jackknifeStandardError([1, Number.NaN])).toThrow(RangeError);
  });
});

describe('bootstrap interval', () => {
  it('BCa without bias and acceleration is the percentile interval', () => {
    expect(bcaLevels(0, 0, 0.1)!.map((level) => level.toFixed(12))).toEqual([
      '0.050000000000',
      '0.950000000000',
    ]);
    // Symmetric statistics around the estimate, ties counted half.
    const resampled = Array.from({ length: 101 }, (_, i) => i - 50);
    const options = { alpha: 0.1, ties: 'half' } as const;
    const parts = { estimate: 0, resampled, acceleration: 0 };
    const bca = intervalOfResamples(parts, { ...options, method: 'bca' });
    expect(bca.interval![0]).toBeCloseTo(-45, 9);
    expect(bca.interval![1]).toBeCloseTo(45, 9);
    // A strict count shifts the levels down.
    const strict = intervalOfResamples(parts, { alpha: 0.1, method: 'bca', ties: 'strict' });
    expect(strict.interval![0]).toBeLessThan(-45);
  });
  it('law: levels follow the definition, worked out with the inverse of the distribution alone', () => {
    const law = (levels: typeof bcaLevels) =>
      fc.assert(
        fc.property(
          fc.double({ min: -0.6, max: 0.6, noNaN: true }),
          fc.double({ min: -0.15, max: 0.15, noNaN: true }),
          fc.constantFrom(0.05, 0.1, 0.2),
          (z0, a, alpha) => {
            const found = levels(z0, a, alpha)!;
            for (const [side, z] of [inverseNormal(alpha / 2), inverseNormal(1 - alpha / 2)].entries()) {
              // Solved for z: w = (q - z0) / (1 + a (q - z0)) for q the normal quantile of the level.
              const distance = inverseNormal(found[side]!) - z0;
              expect(distance / (1 + a * distance) - z0).toBeCloseTo(z, 7);
            }
          },
        ),
        { seed: 5, numRuns: 200 },
      );
    law(bcaLevels);
    expect(() => law((z0, a, alpha) => bcaLevels(z0, -a, alpha))).toThrow();
    expect(() => law((z0, a, alpha) => bcaLevels(2 * z0, a, alpha))).toThrow();
  });
  it('law: an interval moves and stretches with its statistic; one that forgets a sign is noticed', () => {
    type Subject = typeof bootstrapInterval<number>;
    const law = (interval: Subject) =>
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 5 }),
          fc.constantFrom('percentile', 'basic', 'bca' as const),
          fc.constantFrom(-4, -1, 2),
          (rows, method, factor) => {
            const options = { alpha: 0.2, method, ties: 'half' } as const;
            // Sums of whole numbers are exact: equal statistics stay equal.
            const sum = (drawn: readonly number[]) => drawn.reduce((total, row) => total + row, 0);
            const own = interval(rows, sum, ALL, options);
            const moved = interval(rows, (drawn) => 7 + factor * sum(drawn), ALL, options);
            const expected = own.interval!.map((end) => 7 + factor * end).sort((a, b) => a - b);
            expect(moved.interval![0]).toBeCloseTo(expected[0]!, 8);
            expect(moved.interval![1]).toBeCloseTo(expected[1]!, 8);
            expect(moved.standardError).toBeCloseTo(Math.abs(factor) * own.standardError!, 8);
          },
        ),
        { seed: 7, numRuns: 60 },
      );
    law(bootstrapInterval);
    const strict: Subject = (rows, statistic, plan, options) =>
      bootstrapInterval(rows, statistic, plan, { ...options, ties: 'strict' });
    expect(() => law(strict)).toThrow();
    const symmetric: Subject = (rows, statistic, plan, options) => {
      const found = bootstrapInterval(rows, statistic, plan, options);
      return { ...found, interval: [found.interval![0], found.interval![1] + found.estimate! / 8] };
    };
    expect(() => law(symmetric)).toThrow();
  });
  it('covers the truth about as often as it says', () => {
    let misses = 0;
    const people = 200;
    for (let person = 0; person < people; person += 1) {
      const stream = randomStream('bootstrap', 'coverage', person);
      const rows = Array.from({ length: 15 }, () => stream.normal());
      const plan: ResamplePlan = { kind: 'seeded', seed: person, count: 200 };
      const [low, high] = bootstrapInterval(rows, mean, plan, BCA).interval!;
      if (low > 0 || high < 0) misses += 1;
    }
    // 10 % asked; of 15 rows the bootstrap is known to miss a little more. Four standard deviations of the count.
    expect(misses / people).toBeLessThan(0.13 + 4 * Math.sqrt((0.13 * 0.87) / people));
    expect(misses / people).toBeGreaterThan(0.02);
  });
  it('falls back on the percentile interval and names the reason', () => {
    expect(bootstrapInterval([5, 5, 5, 5], mean, ALL, BCA)).toMatchObject({
      interval: [5, 5],
      asked: 'bca',
      method: 'percentile',
      reason: 'all-resamples-equal',
    });
    expect(bootstrapInterval([5], mean, SEEDED, BCA)).toMatchObject({
      interval: [5, 5],
      reason: 'all-resamples-equal',
    });
    const smallest = (rows: readonly number[]) => Math.min(...rows);
    expect(bootstrapInterval([1, 2, 3], smallest, ALL, { ...BCA, ties: 'strict' })).toMatchObject({
      method: 'percentile',
      reason: 'estimate-at-edge-of-resamples',
      biasCorrection: null,
      levels: [0.05, 0.95],
    });
    expect(bootstrapInterval([0, 1, 1, 1], (rows) => Math.max(...rows), ALL, BCA)).toMatchObject({
      interval: [1, 1],
      reason: 'no-acceleration',
    });
    const steep = { estimate: 0.5, resampled: [0, 1, 2, 3], acceleration: 3 };
    expect(intervalOfResamples(steep, BCA)).toMatchObject({
      method: 'percentile',
      reason: 'levels-out-of-order',
    });
    // Not asked for BCa: used as asked, but an interval without width is said to be one.
    expect(bootstrapInterval([5, 5], mean, ALL, { alpha: 0.1, method: 'basic' })).toMatchObject({
      interval: [5, 5],
      reason: 'all-resamples-equal',
    });
  });
  it('leaves out resamples without a value, counts them, and says when there is no interval', () => {
    const ratio = (rows: readonly number[]) => {
      const sum = rows.reduce((total, row) => total + row, 0);
      return sum === 0 ? null : rows.length / sum;
    };
    expect(bootstrapInterval([0, 1, 2], ratio, ALL, BCA)).toMatchObject({
      undefinedCount: 1,
      resampleCount: 26,
    });
    expect(bootstrapInterval([0, 0], ratio, ALL, BCA)).toMatchObject({
      interval: null,
      estimate: null,
      reason: 'estimate-undefined',
    });
    const parts = { estimate: 1, resampled: [null, 2], acceleration: 0 };
    expect(intervalOfResamples(parts, BCA)).toMatchObject({ interval: null, reason: 'too-few-resamples' });
  });
  it('refuses misuse', () => {
    expect(() => bootstrapInterval([], mean, ALL, BCA)).toThrow(RangeError);
    for (const alpha of [0, 1, -1, Number.NaN]) {
      expect(() => bootstrapInterval([1, 2], mean, ALL, { ...BCA, alpha })).toThrow(RangeError);
      expect(() => bcaLevels(0, 0, alpha)).toThrow(RangeError);
    }
    expect(() => bootstrapInterval([1, 2], () => Number.NaN, ALL, PERCENTILE)).toThrow(RangeError);
    expect(() =>
      intervalOfResamples({ estimate: 1, resampled: [1, Number.NaN], acceleration: 0 }, BCA),
    ).toThrow(RangeError);
    expect(() => bcaLevels(Number.NaN, 0, 0.1)).toThrow(RangeError);
    expect(() => bcaLevels(0, Number.POSITIVE_INFINITY, 0.1)).toThrow(RangeError);
  });
});

describe('bootstrap over patients', () => {
  const patients = Array.from({ length: 12 }, (_, patient) => {
    const stream = randomStream('cluster', 'sessions', patient);
    const own = stream.normal();
    return Array.from({ length: 6 }, () => own + 0.1 * stream.normal());
  });
  type Subject = typeof clusterBootstrap<number>;
  const keepsPatientsTogether = (bootstrap: Subject) => {
    const found = bootstrap(patients, mean, SEEDED, PERCENTILE);
    const ofMeans = patients.map(mean);
    const between = Math.sqrt(
      ofMeans.reduce((sum, value) => sum + (value - mean(ofMeans)) ** 2, 0) /
        patients.length /
        patients.length,
    );
    // Plug-in standard error of a mean of equal clusters; 400 resamples give it to about 4 %, so four times that.
    expect(found.standardError! / between).toBeGreaterThan(0.84);
    expect(found.standardError! / between).toBeLessThan(1.16);
  };
  it('law: the spread is that between patients; drawing sessions singly is noticed', () => {
    keepsPatientsTogether(clusterBootstrap);
    const bySession: Subject = (clusters, statistic, plan, options) => ({
      ...bootstrapInterval(clusters.flat(), statistic, plan, options),
      clusterCount: clusters.length,
      rowCount: clusters.flat().length,
      isSmallSample: false,
    });
    expect(() => keepsPatientsTogether(bySession)).toThrow();
  });
  it('with one session a patient it is the plain bootstrap', () => {
    const rows = [1, 4, 2, 9];
    const clustered = clusterBootstrap(
      rows.map((row) => [row]),
      mean,
      ALL,
      BCA,
    );
    expect(clustered).toMatchObject(bootstrapInterval(rows, mean, ALL, BCA));
  });
  it('warns below 20 patients', () => {
    const of = (count: number) =>
      clusterBootstrap(
        Array.from({ length: count }, (_, i) => [i, i]),
        mean,
        SEEDED,
        PERCENTILE,
      );
    expect(of(19)).toMatchObject({ isSmallSample: true, clusterCount: 19, rowCount: 38 });
    expect(of(20).isSmallSample).toBe(false);
  });
  it('refuses no patient and a patient without sessions', () => {
    expect(() => clusterBootstrap([], mean, ALL, BCA)).toThrow(RangeError);
    expect(() => clusterBootstrap([[1], []], mean, ALL, BCA)).toThrow(RangeError);
  });
  it('groups sessions by patient', () => {
    const rows = [
      { patient: 'b', value: 1 },
      { patient: 'a', value: 2 },
      { patient: 'b', value: 3 },
    ];
    expect(clustersOf(rows, ({ patient }) => patient)).toEqual([[rows[0], rows[2]], [rows[1]]]);
    expect(clustersOf([], () => 1)).toEqual([]);
  });
});
