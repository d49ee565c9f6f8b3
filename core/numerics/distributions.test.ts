import { describe, expect, it } from 'vitest';
import { binomialTails, checkCounts } from './binomial-tail.ts';
import { chiSquaredQuantile, chiSquaredTails } from './chi-squared.ts';
import { distributionQuantile } from './distribution-quantile.ts';
import { fTails } from './f-distribution.ts';
import {
  betaLogitDensity,
  incompleteBeta,
  incompleteBetaTails,
  inverseIncompleteBeta,
  inverseIncompleteBetaLogit,
} from './incomplete-beta.ts';
import { gammaLogDensity, incompleteGammaTails, inverseIncompleteGamma } from './incomplete-gamma.ts';
import { logGamma, stirlingRemainder } from './log-gamma.ts';
import { nonCentralTQuantile, nonCentralTTails } from './non-central-t.ts';
import { normalTails } from './normal-distribution.ts';
import { poissonDeviance } from './poisson-deviance.ts';
import { inverseNormal } from './random-stream.ts';
import { studentQuantile, studentTails, studentTwoSidedProbability } from './student-t.ts';

const expectNear = (actual: number, expected: number, relative = 1e-13) =>
  expect(Math.abs(actual - expected), `${actual}, not ${expected}`).toBeLessThanOrEqual(
    relative * Math.abs(expected),
  );

/** Simpson's rule. */
function integral(of: (x: number) => number, from: number, to: number, halves = 20_000): number {
  const step = (to - from) / (2 * halves);
  let sum = of(from) + of(to);
  for (let i = 1; i < 2 * halves; i += 1) sum += (i % 2 === 1 ? 4 : 2) * of(from + i * step);
  return (sum * step) / 3;
}

/** Share of a density below a place, without knowing its constant; both ends lie where nothing is left. */
function shareBelow(density: (u: number) => number, place: number, low: number, high: number): number {
  const below = integral(density, low, place);
  return below / (below + integral(density, place, high));
}

/** Exact P(X >= successes) for chance = part / whole, in whole numbers. */
function exactBinomialUpper(successes: number, count: number, part: bigint, whole: bigint): number {
  let ways = 1n;
  let sum = 0n;
  for (let k = 0; k <= count; k += 1) {
    if (k >= successes) sum += ways * part ** BigInt(k) * (whole - part) ** BigInt(count - k);
    ways = (ways * BigInt(count - k)) / BigInt(k + 1);
  }
  return Number((sum * 10n ** 40n) / whole ** BigInt(count)) / 1e40;
}

describe('log-gamma', () => {
  it('equals logarithms of factorials, the value at one half and its recurrence', () => {
    let logFactorial = 0;
    for (let n = 2; n <= 170; n += 1) {
      logFactorial += Math.log(n);
      expectNear(logGamma(n + 1), logFactorial);
    }
    expectNear(logGamma(0.5), 0.5 * Math.log(Math.PI));
    for (const x of [1e-8, 0.3, 2.7, 9.99, 10, 4e5]) {
      // Errors scale with the larger of the two numbers that are subtracted.
      const error = Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x));
      expect(error).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(logGamma(x))));
    }
  });

  it('leaves a remainder of about 1 / (12 x)', () => {
    expectNear(stirlingRemainder(1e5), 1 / 12e5 - 1 / 360e15);
    expectNear(stirlingRemainder(1), 1 - 0.5 * Math.log(2 * Math.PI));
    for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => logGamma(bad)).toThrow(RangeError);
      expect(() => stirlingRemainder(bad)).toThrow(RangeError);
    }
  });
});

describe('Poisson deviance', () => {
  it('equals the plain formula where that keeps its digits, and its series where not', () => {
    expectNear(poissonDeviance(3, 8), 3 * Math.log(3 / 8) + 5);
    expectNear(poissonDeviance(1.21, 1), 1.21 * Math.log(1.21) - 0.21);
    // (u - v)^2 / (2 v) - (u - v)^3 / (6 v^2) + (u - v)^4 / (12 v^3)
    const d = 1e-3;
    expectNear(poissonDeviance(1 + d, 1, d), d ** 2 / 2 - d ** 3 / 6 + d ** 4 / 12, 1e-8);
    expect([poissonDeviance(0, 2), poissonDeviance(2, 0), poissonDeviance(5, 5)]).toEqual([
      2,
      Number.POSITIVE_INFINITY,
      0,
    ]);
    expect(() => poissonDeviance(-1, 1)).toThrow(RangeError);
    expect(() => poissonDeviance(1, Number.NaN)).toThrow(RangeError);
    // At infinity, where the series would never end.
    expect(poissonDeviance(Number.POSITIVE_INFINITY, 2)).toBe(Number.POSITIVE_INFINITY);
    expect(poissonDeviance(2, Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(() => poissonDeviance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toThrow(RangeError);
    expect(() => poissonDeviance(1, 2, Number.NaN)).toThrow(RangeError);
    expect(gammaLogDensity(Number.POSITIVE_INFINITY, 2)).toBe(0);
  });
});

describe('incomplete beta function', () => {
  it('equals exact binomial sums', () => {
    for (const [successes, count] of [
      [1, 1],
      [3, 10],
      [25, 60],
      [140, 400],
    ] as const) {
      const exact = exactBinomialUpper(successes, count, 3n, 8n);
      expectNear(incompleteBeta(3 / 8, successes, count - successes + 1), exact);
      const { atMost, more } = binomialTails(successes - 1, count, 3 / 8);
      expectNear(more, exact);
      expect(atMost + more).toBeCloseTo(1, 14);
    }
  });

  it('equals numeric integration of the density, far from and at the mode', () => {
    for (const [a, b, x] of [
      [0.5, 0.5, 0.2],
      [2.5, 7, 0.05],
      [30, 0.7, 0.99],
      [400.5, 90, 0.8],
      [50_000, 0.5, 0.999_99],
    ] as const) {
      const density = (u: number) =>
        Math.exp(-a * Math.log1p(Math.exp(-u)) - b * Math.log1p(Math.exp(u)) + shift);
      const mode = Math.log(a / b);
      const shift = a * Math.log1p(Math.exp(-mode)) + b * Math.log1p(Math.exp(mode));
      // The density over the logit dies off as e^(a u) to the left and e^(-b u) to the right.
      const [low, high] = [
        mode - Math.max(45 / a, 12 / Math.sqrt(Math.min(a, b)), 9),
        mode + Math.max(45 / b, 9),
      ];
      // Simpson's rule with steps of about 0.003: errors near 1e-11.
      const slow = shareBelow(density, Math.log(x / (1 - x)), low, high);
      expectNear(incompleteBeta(x, a, b), slow, 1e-9);
    }
  });

  it('inverts closed forms and itself, for tiny probabilities and large parameters too', () => {
    for (const p of [1e-12, 0.025, 0.5, 0.975]) {
      expectNear(inverseIncompleteBeta(p, 1, 1000), -Math.expm1(Math.log1p(-p) / 1000));
      expectNear(inverseIncompleteBeta(p, 7, 1), p ** (1 / 7));
      for (const [a, b] of [
        [0.5, 20.5],
        [100_000, 3],
        [15, 134],
        [0.5, 100_000],
      ] as const) {
        const logit = inverseIncompleteBetaLogit(p, a, b);
        const tails = incompleteBetaTails(1 / (1 + Math.exp(-logit)), 1 / (1 + Math.exp(logit)), a, b);
        expectNear(p < 0.5 ? tails.lower : tails.upper, p < 0.5 ? p : 1 - p, 1e-12);
      }
    }
    // Clopper-Pearson of 81 in 263, and Jeffreys of 0 in 20, of the reference cases.
    expectNear(inverseIncompleteBeta(0.025, 81, 183), 0.2527367455852713);
    expectNear(inverseIncompleteBeta(0.975, 0.5, 20.5), 0.11663898290487539);
    expect([inverseIncompleteBeta(0, 2, 3), inverseIncompleteBeta(1, 2, 3)]).toEqual([0, 1]);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  });

  it('has the power term as its slope over the logit', () => {
    const [a, b, logit, step] = [12, 30, -0.7, 1e-4];
    const at = (u: number) => incompleteBeta(1 / (1 + Math.exp(-u)), a, b);
    const x = 1 / (1 + Math.exp(-logit));
    // Central difference: error of order step^2.
    const slope = (at(logit + step) - at(logit - step)) / (2 * step);
    expectNear(betaLogitDensity(x, 1 - x, a, b), slope, 1e-6);
  });

  it('refuses what it is not defined for', () => {
    for (const bad of [-0.1, 1.1, Number.NaN]) {
      expect(() => incompleteBeta(bad, 1, 1)).toThrow(RangeError);
      expect(() => inverseIncompleteBeta(bad, 1, 1)).toThrow(RangeError);
      expect(() => inverseIncompleteBetaLogit(bad, 1, 1)).toThrow(RangeError);
      expect(() => betaLogitDensity(bad, 1 - bad, 1, 1)).toThrow(RangeError);
      expect(() => binomialTails(1, 2, bad)).toThrow(RangeError);
    }
    expect(() => incompleteBetaTails(0.3, 0.3, 1, 1)).toThrow(RangeError);
    for (const bad of [0, -1, Number.NaN, 1e10]) {
      expect(() => incompleteBeta(0.5, bad, 1)).toThrow(RangeError);
      expect(() => inverseIncompleteBeta(0.5, 1, bad)).toThrow(RangeError);
    }
    expect(() => checkCounts(3, 2)).toThrow(RangeError);
    expect(() => checkCounts(0, 0)).toThrow(RangeError);
    expect(() => binomialTails(0.5, 2, 0.5)).toThrow(RangeError);
  });
});

describe('incomplete gamma function', () => {
  it('equals closed forms and numeric integration, and its quantile inverts it', () => {
    for (const x of [1e-6, 0.3, 2, 40]) {
      expectNear(incompleteGammaTails(x, 1).upper, Math.exp(-x));
      expectNear(incompleteGammaTails(x, 3).upper, Math.exp(-x) * (1 + x + x ** 2 / 2));
    }
    for (const [a, x] of [
      [0.5, 0.1],
      [3.7, 9],
      [1000, 950],
    ] as const) {
      const density = (u: number) => Math.exp(a * (u - Math.log(a)) - Math.exp(u) + a);
      const slow = shareBelow(
        density,
        Math.log(x),
        Math.log(a) - Math.max(45 / a, 9 / Math.sqrt(a)),
        Math.log(a) + 5,
      );
      expectNear(incompleteGammaTails(x, a).lower, slow, 1e-9);
      for (const p of [1e-9, 0.1, 0.9]) {
        expectNear(incompleteGammaTails(inverseIncompleteGamma(p, a), a).lower, p, 1e-12);
      }
    }
    expectNear(gammaLogDensity(2, 3), (8 * Math.exp(-2)) / 2);
    expect([inverseIncompleteGamma(0, 2), inverseIncompleteGamma(1, 2)]).toEqual([
      0,
      Number.POSITIVE_INFINITY,
    ]);
    expect(incompleteGammaTails(Number.POSITIVE_INFINITY, 2)).toEqual({ lower: 1, upper: 0 });
  });

  it('refuses what it is not defined for', () => {
    for (const bad of [-1, Number.NaN]) {
      expect(() => incompleteGammaTails(bad, 1)).toThrow(RangeError);
      expect(() => incompleteGammaTails(1, bad)).toThrow(RangeError);
      expect(() => inverseIncompleteGamma(bad, 1)).toThrow(RangeError);
      expect(() => inverseIncompleteGamma(0.5, bad)).toThrow(RangeError);
      expect(() => gammaLogDensity(bad, 1)).toThrow(RangeError);
      expect(() => gammaLogDensity(1, bad)).toThrow(RangeError);
      expect(() => chiSquaredTails(bad, 1)).toThrow(RangeError);
      expect(() => chiSquaredQuantile(0.5, bad)).toThrow(RangeError);
    }
  });
});

describe('distributions built on them', () => {
  it('normal: numeric integration and the inverse', () => {
    const density = (z: number) => Math.exp(-0.5 * z * z);
    for (const z of [-6, -1.96, -0.2, 0, 1.3]) {
      expectNear(normalTails(z).lower, shareBelow(density, z, -12, 12), 1e-10);
      expectNear(normalTails(-z).upper, normalTails(z).lower);
    }
    for (const p of [1e-300, 1e-10, 0.3]) expectNear(normalTails(inverseNormal(p)).lower, p, 2e-12);
    expect(normalTails(Number.NEGATIVE_INFINITY)).toEqual({ lower: 0, upper: 1 });
    expect(() => normalTails(Number.NaN)).toThrow(RangeError);
  });

  it("Student's t: closed forms for 1 and 2 degrees of freedom, a table value, huge and infinite t", () => {
    for (const p of [1e-10, 0.025, 0.4, 0.9]) {
      expectNear(studentQuantile(p, 1), -1 / Math.tan(Math.PI * p), 1e-12);
      expectNear(studentQuantile(p, 2), (2 * p - 1) / Math.sqrt(2 * p * (1 - p)), 1e-12);
    }
    // By 30-digit arithmetic.
    expectNear(studentQuantile(0.975, 16), 2.119905299221254);
    expect(studentQuantile(0.5, 3)).toBe(0);
    expectNear(studentTails(-1e9, 1).lower, 1e-9 / Math.PI);
    expectNear(studentTails(1e-9, 1).lower, 0.5 + 1e-9 / Math.PI);
    expect(studentTwoSidedProbability(Number.POSITIVE_INFINITY, 5)).toBe(0);
    expect(studentTwoSidedProbability(0, 5)).toBe(1);
    expectNear(studentTwoSidedProbability(studentQuantile(0.975, 1e5), 1e5), 0.05, 1e-12);
    for (const bad of [0, -1, Number.NaN]) {
      expect(() => studentTails(1, bad)).toThrow(RangeError);
      expect(() => studentQuantile(0.5, bad)).toThrow(RangeError);
      expect(() => studentTwoSidedProbability(1, bad)).toThrow(RangeError);
    }
    expect(() => studentTails(Number.NaN, 1)).toThrow(RangeError);
    expect(() => studentQuantile(1.5, 1)).toThrow(RangeError);
  });

  it('chi-squared and F: closed forms and their kinship with t', () => {
    for (const p of [1e-6, 0.5, 0.99]) expectNear(chiSquaredQuantile(p, 2), -2 * Math.log1p(-p));
    expectNear(chiSquaredTails(3.841458820694124, 1).upper, 0.05);
    for (const f of [1e-3, 1, 30]) {
      expectNear(fTails(f, 2, 7).upper, (1 + (2 * f) / 7) ** -3.5);
      expectNear(fTails(f, 1, 9).upper, studentTwoSidedProbability(Math.sqrt(f), 9));
      expectNear(fTails(f, 4, 9).lower, fTails(1 / f, 9, 4).upper);
    }
    expect(fTails(Number.POSITIVE_INFINITY, 2, 2)).toEqual({ lower: 1, upper: 0 });
    expect(() => fTails(-1, 2, 2)).toThrow(RangeError);
    expect(() => fTails(1, 0, 2)).toThrow(RangeError);
    expect(() => fTails(1, 2, Number.NaN)).toThrow(RangeError);
  });

  it('non-central t: central for no shift, numeric integration else, and the quantile inverts it', () => {
    for (const [t, degrees] of [
      [-3, 1],
      [0.4, 5],
      [2, 300],
    ] as const) {
      expectNear(nonCentralTTails(t, degrees, 0).lower, studentTails(t, degrees).lower, 1e-12);
    }
    for (const [t, degrees, delta] of [
      [8, 16, 8.08],
      [3, 4, 1],
      [60, 400, 62],
    ] as const) {
      const density = (s: number) =>
        s <= 0 ? 0 : Math.exp((degrees - 1) * Math.log(s) - (degrees / 2) * (s * s - 1));
      const [low, high] = [Math.max(0, 1 - 9 / Math.sqrt(2 * degrees)), 1 + 9 / Math.sqrt(2 * degrees)];
      const slow =
        integral((s) => density(s) * normalTails(t * s - delta).lower, low, high, 500) /
        integral(density, low, high, 500);
      expectNear(nonCentralTTails(t, degrees, delta).lower, slow, 1e-8);
    }
    for (const p of [0.025, 0.6, 0.975]) {
      const t = nonCentralTQuantile(p, 16, -8.08);
      expectNear(nonCentralTTails(t, 16, -8.08).lower, p, 1e-11);
      expectNear(nonCentralTQuantile(1 - p, 16, 8.08), -t, 1e-11);
    }
    for (const bad of [0, Number.NaN, 1e7]) expect(() => nonCentralTTails(1, bad, 0)).toThrow(RangeError);
    expect(() => nonCentralTTails(Number.NaN, 3, 0)).toThrow(RangeError);
    expect(() => nonCentralTQuantile(0, 3, 0)).toThrow(RangeError);
    expect(() => nonCentralTQuantile(0.5, 3, 1e5)).toThrow(RangeError);
  });
});

describe('quantile of a distribution', () => {
  it('halves the bracket where the slope says nothing, and gives the ends for 0 and 1', () => {
    const uniform = (u: number) => ({ lower: u / 10, upper: 1 - u / 10, density: 0 });
    expect(distributionQuantile(0.3, uniform, [0, 10], 5)).toBeCloseTo(3, 13);
    expect(distributionQuantile(0, uniform, [0, 10], 5)).toBe(0);
    expect(distributionQuantile(1, uniform, [0, 10], 5)).toBe(10);
    expect(() => distributionQuantile(2, uniform, [0, 10], 5)).toThrow(RangeError);
  });
});
