import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nonCentralTTails } from '../numerics/non-central-t.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { studentTails } from '../numerics/student-t.ts';
import { FEW_SUBJECTS } from './few-subjects.ts';
import { limitsOfAgreement } from './limits-of-agreement.ts';
import { linConcordance } from './lin-concordance.ts';
import { checkPairs, momentsOf, sumOfProducts } from './paired-values.ts';
import { percentLimits, ratioLimits } from './relative-limits.ts';
import { repeatability, replicatedLimits } from './repeatability.ts';
import { pearsonCorrelation, straightLine } from './straight-line.ts';

const FIRST = [12, 15, 19.5, 22, 30, 31, 40];
const SECOND = [11, 17, 18, 24, 28.5, 33, 37];
const measurement = fc.integer({ min: 10, max: 1000 }).map((value) => value / 10);
const pairs = fc.array(fc.tuple(measurement, measurement), { minLength: 3, maxLength: 25 });
const settings = { seed: 1_986, numRuns: 60 };
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('limits of agreement', () => {
  it('are worked out as the papers do', () => {
    const differences = FIRST.map((value, i) => value - SECOND[i]!);
    const n = differences.length;
    const bias = mean(differences);
    const sd = Math.sqrt(differences.reduce((sum, d) => sum + (d - bias) ** 2, 0) / (n - 1));
    const limits = limitsOfAgreement(FIRST, SECOND);
    expect(limits.bias).toBeCloseTo(bias, 13);
    expect(limits.standardDeviation).toBeCloseTo(sd, 13);
    expect([limits.lower, limits.upper]).toEqual([
      expect.closeTo(bias - 1.96 * sd, 12),
      expect.closeTo(bias + 1.96 * sd, 12),
    ]);
    // Two-sided 95 % point of t with 6 degrees of freedom, from tables.
    expect(limits.tQuantile).toBeCloseTo(2.446_911_85, 8);
    expect(limits.approximate1986.standardError).toBeCloseTo(Math.sqrt((3 * sd ** 2) / n), 12);
    const of1999 = sd * Math.sqrt(1 / n + 1.959_963_984_54 ** 2 / (2 * (n - 1)));
    expect(limits.approximate1999.standardError).toBeCloseTo(of1999, 9);
    expect(limits.approximate1999.upper[1] - limits.upper).toBeCloseTo(2.446_911_85 * of1999, 7);
    expect(limits.areFew).toBe(true);
    const many = Array.from({ length: FEW_SUBJECTS }, (_, i) => i);
    expect(
      limitsOfAgreement(
        many,
        many.map((value) => value * 1.1),
      ).areFew,
    ).toBe(false);
  });

  it('have exact intervals whose ends solve the non-central t equation', () => {
    const limits = limitsOfAgreement(FIRST, SECOND, { coverage: 0.9, alpha: 0.1 });
    const { bias, standardDeviation, count, exact } = limits;
    exact.upper.forEach((end, i) => {
      const t = ((end - bias) / standardDeviation) * Math.sqrt(count);
      // 1.6449 standard deviations bound the central 90 %.
      const tails = nonCentralTTails(t, count - 1, 1.644_853_626_951_472 * Math.sqrt(count));
      expect(tails.lower).toBeCloseTo(i === 0 ? 0.05 : 0.95, 10);
      expect(exact.lower[1 - i]! - bias).toBeCloseTo(bias - end, 12);
    });
  });

  it('cannot test what does not vary', () => {
    const shifted = limitsOfAgreement([1, 2, 3], [0, 1, 2]);
    expect(shifted).toMatchObject({ bias: 1, standardDeviation: 0, biasProbability: 0, spreadTrend: null });
    expect(shifted.proportionalBias).toBeNull();
    expect(limitsOfAgreement([1, 2], [1, 2])).toMatchObject({
      bias: 0,
      biasProbability: null,
      correlation: null,
    });
    const flat = limitsOfAgreement([5, 5, 5], [4, 5, 6]);
    expect(flat.correlation).toBeNull();
    for (const number of [flat.lower, flat.upper, ...flat.exact.lower, ...flat.biasInterval]) {
      expect(number).not.toBeNaN();
    }
  });

  it('refuse what cannot be compared', () => {
    for (const [first, second] of [
      [[1], [2]],
      [[1, 2], [1]],
      [
        [1, Number.NaN],
        [1, 2],
      ],
    ] as const) {
      expect(() => limitsOfAgreement(first, second)).toThrow(RangeError);
      expect(() => ratioLimits(first, second)).toThrow(RangeError);
      expect(() => percentLimits(first, second)).toThrow(RangeError);
      expect(() => linConcordance(first, second)).toThrow(RangeError);
      expect(() => straightLine(first, second)).toThrow(RangeError);
      expect(() => pearsonCorrelation(first, second)).toThrow(RangeError);
      expect(() => checkPairs(first, second, 2)).toThrow(RangeError);
    }
    for (const wrong of [0, -1, Number.NaN]) {
      expect(() => limitsOfAgreement(FIRST, SECOND, { multiplier: wrong })).toThrow(RangeError);
      expect(() => limitsOfAgreement(FIRST, SECOND, { alpha: wrong })).toThrow(RangeError);
      expect(() => limitsOfAgreement(FIRST, SECOND, { coverage: wrong })).toThrow(RangeError);
      expect(() => ratioLimits(FIRST, SECOND, wrong)).toThrow(RangeError);
      expect(() => percentLimits(FIRST, SECOND, wrong)).toThrow(RangeError);
      expect(() => repeatability([[1, 2]], wrong)).toThrow(RangeError);
      expect(() => replicatedLimits([[1], [2]], [[1], [2]], wrong)).toThrow(RangeError);
      expect(() => linConcordance(FIRST, SECOND, wrong)).toThrow(RangeError);
    }
    expect(() => ratioLimits([0, 1], [1, 1])).toThrow(RangeError);
    expect(() => percentLimits([-1, 1], [1, 1])).toThrow(RangeError);
    expect(() => momentsOf([], 1)).toThrow(RangeError);
    expect(() => sumOfProducts([1], [1, 2])).toThrow(RangeError);
  });
});

describe('limits of ratios and percentages', () => {
  it('are limits of logarithms and of percents', () => {
    const logs = limitsOfAgreement(FIRST.map(Math.log), SECOND.map(Math.log));
    const ratios = ratioLimits(FIRST, SECOND);
    expect(ratios.ratioLimits[0]).toBeCloseTo(Math.exp(logs.lower), 12);
    expect(ratios.ratio).toBeCloseTo(Math.exp(logs.bias), 12);
    expect(ratios.logStandardDeviation).toBeCloseTo(logs.standardDeviation, 12);
    // One method is 10 % above the other throughout: 200 x 0.1 / 2.1 percent of the mean.
    const percents = percentLimits([11, 22, 33], [10, 20, 30]);
    expect(percents.biasPercent).toBeCloseTo(20 / 2.1, 12);
    expect(percents.limitsPercent[1]).toBeCloseTo(20 / 2.1, 12);
  });
});

describe('straight line and correlation', () => {
  it('solve the normal equations, and their tests are the same', () => {
    fc.assert(
      fc.property(pairs, (measured) => {
        const [x, y] = [measured.map(([value]) => value), measured.map(([, value]) => value)];
        const line = straightLine(x, y);
        const correlation = pearsonCorrelation(x, y);
        if (!line || !correlation) return;
        const rest = y.map((value, i) => value - line.intercept - line.slope * x[i]!);
        expect(mean(rest)).toBeCloseTo(0, 8);
        expect(mean(rest.map((value, i) => value * x[i]!))).toBeCloseTo(0, 6);
        // The t of the slope and of the correlation are one number, but near 0 degrees of rounding differ.
        expect(line.slopeProbability).toBeCloseTo(correlation.probability, 6);
        expect(Math.sign(line.slope)).toBe(Math.sign(correlation.correlation));
      }),
      settings,
    );
    expect(straightLine([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(pearsonCorrelation([1, 2, 3], [4, 4, 4])).toBeNull();
    expect(pearsonCorrelation([1, 2, 3], [2, 4, 6])).toEqual({ correlation: 1, probability: 0 });
    // r = 1/2 of 3 points: t = 1 / sqrt 3 with one degree of freedom.
    expect(pearsonCorrelation([1, 2, 3], [1, 3, 2])?.probability).toBeCloseTo(
      2 * studentTails(-1 / Math.sqrt(3), 1).lower,
      12,
    );
  });
});

describe('repeatability', () => {
  it('is that of paired differences for two measurements each', () => {
    const subjects = FIRST.map((value, i) => [value, SECOND[i]!]);
    const half = mean(subjects.map(([a, b]) => (a! - b!) ** 2)) / 2;
    const result = repeatability(subjects, 2);
    expect(result.withinMeanSquare).toBeCloseTo(half, 12);
    expect(result.differenceStandardDeviation).toBeCloseTo(Math.sqrt(2 * half), 12);
    expect(result.repeatability).toBeCloseTo(2 * Math.sqrt(2 * half), 12);
  });

  it('has the intraclass correlation of Shrout & Fleiss, and with unequal numbers the effective one', () => {
    const result = repeatability([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    // Between 13.5, within 1, three each: (13.5 - 1) / (13.5 + 2).
    expect(result).toMatchObject({ betweenMeanSquare: 13.5, withinMeanSquare: 1 });
    expect(result.intraclassCorrelation).toBeCloseTo(12.5 / 15.5, 13);
    const uneven = repeatability([[1, 3], [5, 6, 7], [9]]);
    // n0 = (6 - 14 / 6) / 2; within (2 + 2) / 3.
    const within = 4 / 3;
    const grand = 31 / 6;
    const between = (2 * (2 - grand) ** 2 + 3 * (6 - grand) ** 2 + (9 - grand) ** 2) / 2;
    const effective = (6 - 14 / 6) / 2;
    expect(uneven.intraclassCorrelation).toBeCloseTo(
      (between - within) / (between + (effective - 1) * within),
      12,
    );
  });

  it('cannot say without variation or a second subject, and refuses single measurements', () => {
    expect(repeatability([[2, 3]])).toMatchObject({ betweenMeanSquare: null, intraclassCorrelation: null });
    expect(
      repeatability([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ intraclassCorrelation: null, withinPercent: null });
    expect(() => repeatability([[1], [2]])).toThrow(RangeError);
    expect(() => repeatability([])).toThrow(RangeError);
    expect(() => repeatability([[], [1, 2]])).toThrow(RangeError);
    expect(() => repeatability([[1, Number.NaN]])).toThrow(RangeError);
  });

  it('widens the limits of averages to those of single measurements', () => {
    const first = FIRST.map((value) => [value - 1, value + 1]);
    const second = SECOND.map((value) => [value]);
    const limits = replicatedLimits(first, second);
    const plain = limitsOfAgreement(FIRST, SECOND);
    expect(limits.bias).toBeCloseTo(plain.bias, 12);
    // Within variance 2 of the first method, half of it lost by averaging two.
    expect(limits.correctedStandardDeviation).toBeCloseTo(Math.sqrt(plain.standardDeviation ** 2 + 1), 12);
    expect(
      replicatedLimits(
        FIRST.map((value) => [value]),
        second,
      ).limits[0],
    ).toBeCloseTo(plain.lower, 12);
    expect(() => replicatedLimits([[1, 2], [1]], [[1], [2]])).toThrow(RangeError);
    expect(() => replicatedLimits([[1, 2]], [[1]])).toThrow(RangeError);
  });
});

describe("Lin's concordance", () => {
  it('is the formula of the paper, precision times accuracy, and at most the correlation', () => {
    fc.assert(
      fc.property(pairs, (measured) => {
        const [x, y] = [measured.map(([value]) => value), measured.map(([, value]) => value)];
        const { value, precision, accuracy, interval } = linConcordance(x, y);
        if (value === null || precision === null || accuracy === null) return;
        const distance = mean(x.map((each, i) => (each - y[i]!) ** 2));
        const variance = (of: readonly number[]) => mean(of.map((each) => (each - mean(of)) ** 2));
        // 1 - expected squared distance over the same for independent methods.
        const independent = variance(x) + variance(y) + (mean(x) - mean(y)) ** 2;
        expect(value).toBeCloseTo(1 - distance / independent, 10);
        expect(precision * accuracy).toBeCloseTo(value, 12);
        expect(accuracy).toBeLessThanOrEqual(1 + 1e-12);
        if (interval) {
          expect(interval[0]).toBeLessThanOrEqual(value);
          expect(interval[1]).toBeGreaterThanOrEqual(value);
          expect(interval[1]).toBeLessThanOrEqual(1);
        }
      }),
      settings,
    );
  });

  it('has an interval that holds too seldom with few subjects, and says that they are few', () => {
    const pairsOf = (count: number, draw: number) => {
      const stream = randomStream('concordance', String(count), draw);
      const first = Array.from({ length: count }, () => stream.normal());
      return { first, second: first.map((x) => 0.9 * x + Math.sqrt(0.19) * stream.normal() + 0.3) };
    };
    const truth = 1.8 / 2.09;
    const draws = 2000;
    const coverage = (count: number) => {
      const held = Array.from({ length: draws }, (_, draw) => {
        const { first, second } = pairsOf(count, draw);
        const [low, high] = linConcordance(first, second).interval!;
        return low <= truth && truth <= high;
      });
      return held.filter(Boolean).length / draws;
    };
    // As the docstring says, to four standard errors.
    for (const [count, share] of [
      [3, 0.84],
      [5, 0.89],
      [10, 0.93],
      [20, 0.94],
    ] as const) {
      expect(Math.abs(coverage(count) - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws));
      const { first, second } = pairsOf(count, 0);
      expect(linConcordance(first, second).areFew).toBe(count < FEW_SUBJECTS);
    }
    expect(linConcordance([1, 1], [1, 1]).areFew).toBe(true);
    expect(linConcordance(Array(30).fill(1), Array(30).fill(1)).areFew).toBe(false);
  });

  it('says why it cannot', () => {
    expect(linConcordance([1, 1, 1], [1, 1, 1])).toMatchObject({ value: null, interval: null });
    expect(linConcordance([1, 1, 1], [1, 2, 3])).toMatchObject({ value: 0, precision: null, interval: null });
    expect(linConcordance(FIRST, FIRST)).toMatchObject({ interval: null, reason: 'all pairs are equal' });
    expect(linConcordance([1, 2], [1, 3]).interval).toBeNull();
    expect(linConcordance([1, 2, 3], [1, 2, 1])).toMatchObject({ value: 0, interval: null });
  });
});
