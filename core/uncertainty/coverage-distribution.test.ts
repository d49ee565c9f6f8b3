import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neededCalibrationCount, noBoundSentence, tooFewCases } from './calibration-size.ts';
import { conformalRank } from './conformal-rank.ts';
import { coverageDistribution, coverageQuantile, probabilityBelow } from './coverage-distribution.ts';
import { betaBinomialProbabilities } from './coverage-range.ts';
import { repeatedCoverageRange } from './repeated-coverage.ts';

const NOT_ALPHA = [0, 1, -0.1, 1.1, Number.NaN];
const NOT_COUNT = [-1, 2.5, Number.NaN, Number.POSITIVE_INFINITY];

/** P(Binomial(count, share) = k), by multiplying and dividing one factor after the other. */
function binomial(count: number, share: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i += 1) product *= ((count - k + i) / i) * share;
  for (let i = 0; i < count - k; i += 1) product *= 1 - share;
  return product;
}

function distributionOf(count: number, alpha: number) {
  const found = coverageDistribution(count, alpha);
  if (found === 'unbounded') throw new Error('the calibration set is large enough');
  return found;
}

describe('size of a calibration set', () => {
  it('law: the needed number is the smallest that gives a bound, and can promise 1 / (n + 1) of misses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (permille) => {
        const alpha = permille / 1000;
        const needed = neededCalibrationCount(alpha);
        expect(conformalRank(needed, alpha)).not.toBe('unbounded');
        if (needed > 0) expect(conformalRank(needed - 1, alpha)).toBe('unbounded');
        expect(1 / (needed + 1)).toBeLessThanOrEqual(alpha);
      }),
      { seed: 4, numRuns: 300 },
    );
    // Clinical rule of thumb: 9 for 90 %, 19 for 95 %.
    expect([0.1, 0.05, 0.5].map(neededCalibrationCount)).toEqual([9, 19, 1]);
  });
  it('gives a reason exactly when there is no bound', () => {
    expect(tooFewCases(5, 0.1)).toEqual({ kind: 'too-few-cases', count: 5, neededCount: 9 });
    expect(tooFewCases(9, 0.1)).toBeNull();
    expect(noBoundSentence({ kind: 'too-few-cases', count: 5, neededCount: 9 })).toContain('needs 9');
    expect(noBoundSentence({ kind: 'never-seen' })).toContain('No calibration case');
  });
  it('refuses what is no count or no alpha', () => {
    for (const count of NOT_COUNT) expect(() => tooFewCases(count, 0.1)).toThrow(RangeError);
    for (const alpha of NOT_ALPHA) expect(() => neededCalibrationCount(alpha)).toThrow(RangeError);
    for (const alpha of NOT_ALPHA) expect(() => tooFewCases(5, alpha)).toThrow(RangeError);
  });
});

describe('distribution of coverage', () => {
  it('has the binomial tail as its distribution function', () => {
    // P(Beta(k, n + 1 - k) <= x) = P(Binomial(n, x) >= k): the k-th smallest of n uniform scores is at most x.
    for (const [n, alpha] of [
      [9, 0.1],
      [50, 0.1],
      [39, 0.05],
    ] as const) {
      const found = distributionOf(n, alpha);
      for (const coverage of [0.5, 0.8, 0.9, 0.97]) {
        let tail = 0;
        for (let k = found.rank; k <= n; k += 1) tail += binomial(n, coverage, k);
        // Fifty products of rounded factors keep about 13 digits.
        expect(Math.abs(probabilityBelow(found, coverage) - tail)).toBeLessThan(1e-12);
        expect(coverageQuantile(found, tail)).toBeCloseTo(coverage, 9);
      }
      expect(probabilityBelow(found)).toBe(probabilityBelow(found, 1 - alpha));
    }
  });
  it('has the mean and spread that one new case and two new cases imply', () => {
    const found = distributionOf(50, 0.1);
    const [none, one, two] = betaBinomialProbabilities(2, found.a, found.b);
    const mean = (one! + 2 * two!) / 2;
    expect(found.mean).toBeCloseTo(mean, 10);
    // Both of two cases are covered with chance E(coverage^2).
    expect(found.standardDeviation ** 2).toBeCloseTo(two! - mean * mean, 10);
    expect(none! + one! + two!).toBeCloseTo(1, 10);
  });
  it('says unbounded for too few cases and refuses misuse', () => {
    expect(coverageDistribution(8, 0.1)).toBe('unbounded');
    for (const alpha of NOT_ALPHA) expect(() => coverageDistribution(50, alpha)).toThrow(RangeError);
    for (const count of NOT_COUNT) expect(() => coverageDistribution(count, 0.1)).toThrow(RangeError);
    for (const share of [-0.1, 1.1, Number.NaN]) {
      expect(() => coverageQuantile(distributionOf(50, 0.1), share)).toThrow(RangeError);
      expect(() => probabilityBelow(distributionOf(50, 0.1), share)).toThrow(RangeError);
    }
  });
});

describe('range of repeated trials', () => {
  const TRIAL = { repeats: 120, calibrationCount: 10, alpha: 0.1, level: 0.99 };
  it('leaves out at most half of the rest on either side, and no less than it could', () => {
    const { low, high } = repeatedCoverageRange(TRIAL);
    const mass = (from: number, to: number) => {
      let sum = 0;
      for (let k = from; k <= to; k += 1) sum += binomial(120, 10 / 11, k);
      return sum;
    };
    expect(mass(0, low - 1)).toBeLessThanOrEqual(0.005);
    expect(mass(0, low)).toBeGreaterThan(0.005);
    expect(mass(high + 1, 120)).toBeLessThanOrEqual(0.005);
    expect(mass(high, 120)).toBeGreaterThan(0.005);
  });
  it('refuses misuse', () => {
    for (const repeats of [0, 1.5, Number.NaN]) {
      expect(() => repeatedCoverageRange({ ...TRIAL, repeats })).toThrow(RangeError);
    }
    for (const level of [0, 1, Number.NaN]) {
      expect(() => repeatedCoverageRange({ ...TRIAL, level })).toThrow(RangeError);
    }
    for (const alpha of NOT_ALPHA)
      expect(() => repeatedCoverageRange({ ...TRIAL, alpha })).toThrow(RangeError);
    expect(() => repeatedCoverageRange({ ...TRIAL, calibrationCount: 8 })).toThrow(RangeError);
  });
});
