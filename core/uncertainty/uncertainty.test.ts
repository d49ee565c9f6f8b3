import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { calibrationError, perfectCalibrationErrors } from './calibration-error.ts';
import { calibrateClassConditional, predictionSet } from './class-conditional-sets.ts';
import { calibrateRange, inRangeP } from './combined-range-score.ts';
import { conformalP, conformalRank, conformalThreshold, exactFraction } from './conformal-rank.ts';
import { ledoitWolf, squaredDistance, whitening } from './covariance.ts';
import { fitTemperature, likelihoodSlope, TEMPERATURE_RANGE } from './temperature.ts';
import { wilsonInterval } from './wilson-interval.ts';

describe('conformal rank', () => {
  it('law: the smallest k with k / (n + 1) >= 1 - alpha, in whole numbers', () => {
    const law =
      (rank: (n: number, alpha: number) => number | 'unbounded') => (n: number, percent: number) => {
        const k = rank(n, percent / 1000);
        // k / (n+1) >= (1000 - percent) / 1000, without division
        const holds = (j: number) => j * 1000 >= (n + 1) * (1000 - percent);
        return k === 'unbounded' ? !holds(n) : holds(k) && !holds(k - 1) && k <= n;
      };
    const cases = [fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 999 })] as const;
    fc.assert(fc.property(...cases, law(conformalRank)), { numRuns: 2000 });
    // Broken twin: floating point, which goes wrong at n = 149, alpha = 0.18.
    const floating = (n: number, alpha: number) => {
      const k = Math.ceil((n + 1) * (1 - alpha));
      return k > n ? ('unbounded' as const) : k;
    };
    expect(law(floating)(149, 180)).toBe(false);
    expect(law(conformalRank)(149, 180)).toBe(true);
  });
  it('says unbounded for too few people and refuses alpha outside 0..1', () => {
    expect(conformalThreshold([1, 2, 3], 0.1)).toBe('unbounded');
    for (const alpha of [0, 1, -0.1, Number.NaN]) expect(() => conformalRank(10, alpha)).toThrow(RangeError);
    expect(() => conformalThreshold([1, Number.NaN, ...Array(20).fill(1)], 0.1)).toThrow(RangeError);
    expect(exactFraction(0.18)).toEqual({ numerator: 18n, denominator: 100n });
  });
  it('p values count scores at or above', () => {
    expect(conformalP([1, 2, 3, 4], 3)).toBe(3 / 5);
    expect(conformalP([1, 2, 3, 4], 5)).toBe(1 / 5);
    expect(conformalP([], 5)).toBe(1);
  });
});

describe('class-conditional sets', () => {
  it('law: every class is covered at 90 % on exchangeable people, also a rare one', () => {
    const draw = (count: number, from: number) => {
      const stream = randomStream('sets', 'law', from);
      return Array.from({ length: count }, (_, i) => {
        const label = i % 10 === 0 ? 1 : 0;
        // The rare class gets low probabilities: a threshold over all people would miss it.
        const own = label === 1 ? 0.2 + 0.3 * stream.uniform() : 0.6 + 0.4 * stream.uniform();
        return { label, probabilities: label === 1 ? [1 - own, own] : [own, 1 - own] };
      });
    };
    const calibration = draw(5000, 0);
    const test = draw(20_000, 1);
    const sets = calibrateClassConditional(
      calibration.map((p) => p.probabilities),
      calibration.map((p) => p.label),
      2,
      0.1,
    );
    const coverage = (label: number, thresholds: typeof sets.thresholds) => {
      const own = test.filter((p) => p.label === label);
      return (
        own.filter((p) => predictionSet(p.probabilities, { thresholds }).includes(label)).length / own.length
      );
    };
    // Four standard deviations of coverage with 500 calibration and 2,000 test people of the rare class.
    const tolerance = 4 * Math.sqrt(0.09 / 500 + 0.09 / 2000);
    for (const label of [0, 1])
      expect(Math.abs(coverage(label, sets.thresholds) - 0.9)).toBeLessThan(tolerance);
    // Broken twin: one threshold for both classes covers the rare one far too seldom.
    const scores = calibration.map((p) => 1 - (p.probabilities[p.label] ?? 0));
    const pooled = conformalThreshold(scores, 0.1);
    expect(coverage(1, [pooled, pooled])).toBeLessThan(0.9 - tolerance);
  });
});

describe('out-of-range score', () => {
  it('law: refuses the promised share of in-range people, where the larger of two ranks alone refuses more', () => {
    const stream = randomStream('range', 'law', 0);
    const people = (count: number) =>
      Array.from({ length: count }, () => ({
        featureScore: stream.uniform(),
        hiddenScore: stream.uniform(),
      }));
    const calibration = calibrateRange(people(4000), people(4000));
    const test = people(20_000);
    const share = (refuse: (p: { featureScore: number; hiddenScore: number }) => boolean) =>
      test.filter(refuse).length / test.length;
    const refused = share((p) => inRangeP(p.featureScore, p.hiddenScore, calibration) <= 0.04);
    const tolerance = 4 * Math.sqrt((0.04 * 0.96) / 4000 + (0.04 * 0.96) / 20_000);
    expect(Math.abs(refused - 0.04)).toBeLessThan(tolerance);
    const uncombined = share(
      (p) =>
        Math.min(
          conformalP(calibration.featureScores, p.featureScore),
          conformalP(calibration.hiddenScores, p.hiddenScore),
        ) <= 0.04,
    );
    expect(uncombined).toBeGreaterThan(0.04 + tolerance);
  });
});

describe('temperature', () => {
  it('finds the temperature that logits were multiplied with', () => {
    const stream = randomStream('temperature', 'law', 0);
    const rows = Array.from({ length: 4000 }, () => {
      const logits = [stream.normal(), stream.normal(), stream.normal()];
      const weights = logits.map(Math.exp);
      const at = stream.uniform() * weights.reduce((a, b) => a + b, 0);
      const [first = 0, second = 0] = weights;
      const label = at < first ? 0 : at < first + second ? 1 : 2;
      return { logits: logits.map((value) => value * 2.5), label };
    });
    const { temperature, isAtBound } = fitTemperature(
      rows.map((r) => r.logits),
      rows.map((r) => r.label),
    );
    expect(isAtBound).toBe(false);
    // The estimate's own standard error at 4,000 people is near 2 %.
    expect(Math.abs(temperature / 2.5 - 1)).toBeLessThan(0.1);
    expect(
      Math.abs(
        likelihoodSlope(
          rows.map((r) => r.logits),
          rows.map((r) => r.label),
          1 / temperature,
        ),
      ),
    ).toBeLessThan(1e-9);
  });
  it('says so when classes separate perfectly, and refuses no rows', () => {
    expect(
      fitTemperature(
        [
          [1, 0],
          [0, 1],
        ],
        [0, 1],
      ),
    ).toEqual({ temperature: TEMPERATURE_RANGE[0], isAtBound: true });
    expect(() => fitTemperature([], [])).toThrow(RangeError);
  });
});

describe('calibration error', () => {
  it('is the gap of an overconfident model, and near the perfect value for a calibrated one', () => {
    expect(calibrationError([0.9, 0.9, 0.9, 0.9], [true, true, false, false])).toBeCloseTo(0.4, 12);
    expect(calibrationError([1], [true])).toBe(0);
    const stream = randomStream('calibration-error', 'law', 0);
    const confidences = Array.from({ length: 5000 }, () => 0.4 + 0.6 * stream.uniform());
    const right = confidences.map((confidence) => stream.uniform() < confidence);
    const { mean: perfect, upper } = perfectCalibrationErrors(
      confidences,
      randomStream('perfect', 'law', 0),
      40,
    );
    expect(upper).toBeGreaterThan(perfect);
    expect(calibrationError(confidences, right)).toBeLessThan(3 * perfect);
    expect(
      calibrationError(
        confidences.map((c) => Math.min(1, c + 0.1)),
        right,
      ),
    ).toBeGreaterThan(3 * perfect);
    expect(() => calibrationError([], [])).toThrow(RangeError);
    expect(() => calibrationError([1.2], [true])).toThrow(RangeError);
  });
});

describe('shrunk covariance', () => {
  it('whitening turns the cloud round: mean squared distance is the number of features', () => {
    const stream = randomStream('covariance', 'law', 0);
    const rows = Array.from({ length: 4000 }, () => {
      const a = stream.normal();
      return Float64Array.of(a, 0.9 * a + 0.3 * stream.normal(), 5 * stream.normal());
    });
    const cloud = whitening(ledoitWolf(rows));
    const mean = rows.reduce((sum, row) => sum + squaredDistance(row, cloud), 0) / rows.length;
    expect(Math.abs(mean - 3)).toBeLessThan(0.15);
    // Twin: without the correlation, a point across the cloud looks near.
    const across = Float64Array.of(1.5, -1.5, 0);
    const along = Float64Array.of(1.5, 1.35, 0);
    expect(squaredDistance(across, cloud)).toBeGreaterThan(5 * squaredDistance(along, cloud));
  });
  it('shrinks fully for two points, and refuses one point or equal points', () => {
    expect(() => ledoitWolf([[1, 2]])).toThrow(RangeError);
    expect(() =>
      whitening(
        ledoitWolf([
          [1, 2],
          [1, 2],
        ]),
      ),
    ).toThrow(RangeError);
  });
});

describe('Wilson interval', () => {
  it('equals published values and stays inside 0..1', () => {
    // Newcombe 1998, table I: 81 of 263 and 0 of 20.
    expect(wilsonInterval(81, 263).map((v) => Number(v.toFixed(4)))).toEqual([0.2553, 0.3662]);
    expect(wilsonInterval(0, 20).map((v) => Number(v.toFixed(4)))).toEqual([0, 0.1611]);
    expect(() => wilsonInterval(1, 0)).toThrow(RangeError);
  });
});
