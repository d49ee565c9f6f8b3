import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosticFigures } from './diagnostic-table.ts';
import { proportionDifference } from './proportion-difference.ts';
import { PROPORTION_METHODS, proportionInterval } from './proportion-interval.ts';

const Z = 1.959963984540054;

/** Probability of k successes, factor by factor. */
function binomial(k: number, n: number, p: number): number {
  let value = 1;
  for (let i = 1; i <= k; i += 1) value *= ((n - k + i) / i) * p;
  return value * (1 - p) ** (n - k);
}

/** Chance at which an increasing function reaches a target. */
function solve(increasing: (p: number) => number, target: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (increasing(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const upperTail = (x: number, n: number, p: number) => {
  let sum = 0;
  for (let k = x; k <= n; k += 1) sum += binomial(k, n, p);
  return sum;
};

const counts = fc.integer({ min: 1, max: 80 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
const settings = { seed: 4_711, numRuns: 60 };

describe('intervals of a share', () => {
  it('are what their definitions say, solved by halving', () => {
    fc.assert(
      fc.property(counts, ([x, n]) => {
        const exact = proportionInterval(x, n, 'clopper-pearson')[0];
        const middle = proportionInterval(x, n, 'mid-p')[0];
        if (x === 0) {
          expect([exact, middle]).toEqual([0, 0]);
          return;
        }
        expect(exact).toBeCloseTo(
          solve((p) => upperTail(x, n, p), 0.025),
          11,
        );
        expect(middle).toBeCloseTo(
          solve((p) => upperTail(x + 1, n, p) + binomial(x, n, p) / 2, 0.025),
          11,
        );
        // Newcombe 1998, method 4, with the share written out.
        const [p, q] = [x / n, 1 - x / n];
        const root = Math.sqrt(Z ** 2 - 2 - 1 / n + 4 * p * (n * q + 1));
        const lower = (2 * n * p + Z ** 2 - 1 - Z * root) / (2 * (n + Z ** 2));
        expect(proportionInterval(x, n, 'wilson-continuity')[0]).toBeCloseTo(Math.max(0, lower), 12);
      }),
      settings,
    );
  });

  it('are exact at the ends, and lie within 0..1 where they promise it', () => {
    for (const method of PROPORTION_METHODS.slice(0, 5)) {
      for (const n of [1, 7, 100_000]) {
        expect(proportionInterval(0, n, method)[0]).toBe(0);
        expect(proportionInterval(n, n, method)[1]).toBe(1);
        expect(proportionInterval(0, n, method)[1]).toBeLessThan(1);
        expect(proportionInterval(n, n, method)[0]).toBeGreaterThan(0);
      }
    }
    expect(proportionInterval(0, 20, 'agresti-coull')[0]).toBeLessThan(0);
    expect(proportionInterval(18, 20, 'wald')[1]).toBeGreaterThan(1);
    // The closed form for no success: 1 - (alpha / 2)^(1 / n); also for a tiny alpha.
    expect(proportionInterval(0, 12, 'clopper-pearson', 1e-12)[1]).toBeCloseTo(1 - 5e-13 ** (1 / 12), 14);
  });

  it('refuse what is no count or level', () => {
    for (const method of PROPORTION_METHODS) {
      for (const [x, n] of [
        [1, 0],
        [-1, 5],
        [6, 5],
        [0.5, 5],
        [Number.NaN, 5],
      ] as const) {
        expect(() => proportionInterval(x, n, method)).toThrow(RangeError);
      }
      for (const alpha of [0, 1, Number.NaN]) {
        expect(() => proportionInterval(1, 5, method, alpha)).toThrow(RangeError);
      }
    }
  });
});

describe('difference of two shares', () => {
  it("is Newcombe's square and add", () => {
    const wilson = (x: number, n: number, sign: number) =>
      (2 * x + Z ** 2 + sign * Z * Math.sqrt(Z ** 2 + 4 * x * (1 - x / n))) / (2 * (n + Z ** 2));
    fc.assert(
      fc.property(counts, counts, ([x, n], [y, m]) => {
        const { difference, interval } = proportionDifference(
          { successes: x, count: n },
          { successes: y, count: m },
        );
        const [p, q] = [x / n, y / m];
        const below = Math.sqrt((p - wilson(x, n, -1)) ** 2 + (wilson(y, m, 1) - q) ** 2);
        const above = Math.sqrt((wilson(x, n, 1) - p) ** 2 + (q - wilson(y, m, -1)) ** 2);
        expect(difference).toBeCloseTo(p - q, 14);
        // Roots of nearly nothing magnify rounding to its square root.
        expect(interval[0]).toBeCloseTo(p - q - below, 7);
        expect(interval[1]).toBeCloseTo(p - q + above, 7);
      }),
      settings,
    );
  });

  it('refuses what is no count or level', () => {
    const fine = { successes: 1, count: 4 };
    expect(() => proportionDifference(fine, { successes: 5, count: 4 })).toThrow(RangeError);
    expect(() => proportionDifference({ successes: 0, count: 0 }, fine)).toThrow(RangeError);
    expect(() => proportionDifference(fine, fine, 1)).toThrow(RangeError);
  });
});

describe('two-by-two table', () => {
  it('counts by hand', () => {
    const figures = diagnosticFigures({
      truePositives: 3,
      falseNegatives: 1,
      falsePositives: 2,
      trueNegatives: 4,
    });
    expect(figures.sensitivity?.value).toBe(0.75);
    expect(figures.specificity?.value).toBeCloseTo(4 / 6, 14);
    expect(figures.positivePredictiveValue?.value).toBe(0.6);
    expect(figures.negativePredictiveValue?.value).toBe(0.8);
    expect(figures.accuracy.value).toBe(0.7);
    expect(figures.positiveLikelihoodRatio).toBeCloseTo(2.25, 14);
    expect(figures.negativeLikelihoodRatio).toBeCloseTo(0.375, 14);
    expect(figures.balancedAccuracy).toBeCloseTo(0.708_333_333, 8);
    expect(figures.matthewsCorrelation).toBeCloseTo(10 / Math.sqrt(4 * 5 * 5 * 6), 14);
    expect(figures.f1).toBeCloseTo(6 / 9, 14);
  });

  it('says null for a ratio of nothing to nothing and infinity for something to nothing', () => {
    const noPositives = diagnosticFigures({
      truePositives: 0,
      falseNegatives: 0,
      falsePositives: 0,
      trueNegatives: 9,
    });
    expect(noPositives).toMatchObject({
      sensitivity: null,
      positivePredictiveValue: null,
      positiveLikelihoodRatio: null,
      negativeLikelihoodRatio: null,
      balancedAccuracy: null,
      matthewsCorrelation: null,
      f1: null,
    });
    expect(noPositives.specificity?.value).toBe(1);
    const sharp = diagnosticFigures({
      truePositives: 4,
      falseNegatives: 1,
      falsePositives: 0,
      trueNegatives: 5,
    });
    expect(sharp.positiveLikelihoodRatio).toBe(Number.POSITIVE_INFINITY);
  });

  it('refuses what is no table of counts', () => {
    const none = { truePositives: 0, falseNegatives: 0, falsePositives: 0, trueNegatives: 0 };
    expect(() => diagnosticFigures(none)).toThrow(RangeError);
    expect(() => diagnosticFigures({ ...none, truePositives: -1 })).toThrow(RangeError);
    expect(() => diagnosticFigures({ ...none, truePositives: 1.5 })).toThrow(RangeError);
    expect(() => diagnosticFigures({ ...none, truePositives: 1 }, 0)).toThrow(RangeError);
  });
});
