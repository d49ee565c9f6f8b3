import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConformalInterval } from './conformal-interval.ts';
import { calibrateGroups, groupInterval, groupReason, groupThreshold } from './group-conditional.ts';
import { jackknifePlusInterval } from './jackknife-plus.ts';
import { calibrateNormalised, normalisedInterval } from './normalised-conformal.ts';
import { calibrateQuantileSides, calibrateQuantiles, quantileInterval } from './quantile-conformal.ts';
import { calibrateSplit, splitInterval } from './split-conformal.ts';

/**
 * The definition that split conformal prediction shortens: a value belongs to the interval when its conformal p value,
 * (scores at or above its own, plus 1) / (n + 1), is above alpha. In whole numbers, alpha in thousandths.
 */
const isKept = (scores: readonly number[], score: number, permille: number): boolean =>
  1000 * (1 + scores.filter((other) => other >= score).length) > permille * (scores.length + 1);

const holds = (interval: ConformalInterval, value: number): boolean =>
  interval === 'unbounded' || (value >= interval[0] && value <= interval[1]);

// Eighths: sums and differences of them are exact, so a value on an end is on it for both ways.
const eighths = fc.integer({ min: -40, max: 40 }).map((value) => value / 8);
const permille = fc.integer({ min: 1, max: 999 });
const rows = fc.array(fc.tuple(eighths, eighths, eighths), { minLength: 1, maxLength: 30 });
const VALUES = Array.from({ length: 161 }, (_, i) => (i - 80) / 8);
const OPTIONS = { seed: 11, numRuns: 150 };
const NOT_ALPHA = [0, 1, -0.1, 1.1, Number.NaN];
const BAD_COLUMNS: [number[], number[]][] = [
  [[], []],
  [[1, 2], [1]],
  [
    [1, Number.NaN],
    [1, 2],
  ],
  [
    [1, 2],
    [1, Number.POSITIVE_INFINITY],
  ],
];

describe('split conformal intervals', () => {
  it('hold the values whose p value is above alpha', () => {
    fc.assert(
      fc.property(rows, permille, eighths, (cases, share, prediction) => {
        const truths = cases.map(([truth]) => truth);
        const predictions = cases.map(([, predicted]) => predicted);
        const scores = truths.map((truth, i) => Math.abs(truth - predictions[i]!));
        const interval = splitInterval(prediction, calibrateSplit(predictions, truths, share / 1000));
        for (const value of VALUES) {
          const expected = isKept(scores, Math.abs(value - prediction), share);
          expect(holds(interval, value)).toBe(expected);
        }
      }),
      OPTIONS,
    );
  });
  it('refuse misuse', () => {
    for (const [predictions, truths] of BAD_COLUMNS) {
      expect(() => calibrateSplit(predictions, truths, 0.5)).toThrow(RangeError);
    }
    for (const alpha of NOT_ALPHA) expect(() => calibrateSplit([1], [2], alpha)).toThrow(RangeError);
    expect(() => splitInterval(Number.NaN, { halfWidth: 1 })).toThrow(RangeError);
  });
});

describe('normalised conformal intervals', () => {
  const difficulty = fc.constantFrom(0, 0.5, 1.5, 3.5);
  it('hold the values whose p value is above alpha', () => {
    const own = fc.array(fc.tuple(eighths, eighths, difficulty), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(own, permille, eighths, difficulty, (cases, share, prediction, ownDifficulty) => {
        const truths = cases.map(([truth]) => truth);
        const predictions = cases.map(([, predicted]) => predicted);
        const difficulties = cases.map(([, , each]) => each);
        // With this floor every scale is a power of two, hence every quotient exact.
        const floor = 0.5;
        const scores = cases.map(([truth, predicted, each]) => Math.abs(truth - predicted) / (each + floor));
        const calibration = calibrateNormalised({ predictions, difficulties, truths }, floor, share / 1000);
        const interval = normalisedInterval(prediction, ownDifficulty, calibration);
        for (const value of VALUES) {
          const expected = isKept(scores, Math.abs(value - prediction) / (ownDifficulty + floor), share);
          expect(holds(interval, value)).toBe(expected);
        }
      }),
      OPTIONS,
    );
  });
  it('refuse misuse', () => {
    const calibrate = (
      predictions: number[],
      truths: number[],
      difficulties: number[],
      floor = 1,
      alpha = 0.5,
    ) => calibrateNormalised({ predictions, difficulties, truths }, floor, alpha);
    for (const [predictions, truths] of BAD_COLUMNS) {
      expect(() => calibrate(predictions, truths, [1, 1])).toThrow(RangeError);
    }
    expect(() => calibrate([1], [1], [0], 0)).toThrow(RangeError);
    expect(() => calibrate([1], [1], [-1], 2)).toThrow(RangeError);
    for (const floor of [-1, Number.NaN]) expect(() => calibrate([1], [1], [3], floor)).toThrow(RangeError);
    for (const alpha of NOT_ALPHA) expect(() => calibrate([1], [1], [1], 1, alpha)).toThrow(RangeError);
    const calibration = calibrate([1], [2], [1], 0);
    expect(() => normalisedInterval(Number.NaN, 1, calibration)).toThrow(RangeError);
    for (const each of [0, -1, Number.NaN]) {
      expect(() => normalisedInterval(1, each, calibration)).toThrow(RangeError);
    }
  });
});

describe('conformalised quantiles', () => {
  it('hold the values whose p value is above alpha', () => {
    fc.assert(
      fc.property(rows, permille, eighths, eighths, (cases, share, low, high) => {
        const [truths, lower, upper] = [0, 1, 2].map((column) => cases.map((each) => each[column]!));
        const outside = (value: number, below: number, above: number) =>
          Math.max(below - value, value - above);
        const scores = truths!.map((truth, i) => outside(truth, lower![i]!, upper![i]!));
        const columns = { lower: lower!, upper: upper!, truths: truths! };
        const { interval, isCrossed } = quantileInterval(
          low,
          high,
          calibrateQuantiles(columns, share / 1000),
        );
        const kept = VALUES.filter((value) => isKept(scores, outside(value, low, high), share));
        expect(VALUES.filter((value) => holds(interval, value))).toEqual(kept);
        expect(isCrossed).toBe(interval !== 'unbounded' && interval[0] > interval[1]);
      }),
      OPTIONS,
    );
  });
  it('with a shift for each side hold the values that neither side rejects at alpha / 2', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 499 }), eighths, eighths, (cases, half, low, high) => {
        const [truths, lower, upper] = [0, 1, 2].map((column) => cases.map((each) => each[column]!));
        const below = truths!.map((truth, i) => lower![i]! - truth);
        const above = truths!.map((truth, i) => truth - upper![i]!);
        const columns = { lower: lower!, upper: upper!, truths: truths! };
        // alpha = half / 500, so each side gets half / 1000.
        const { interval } = quantileInterval(low, high, calibrateQuantileSides(columns, half / 500));
        const kept = VALUES.filter((v) => isKept(below, low - v, half) && isKept(above, v - high, half));
        expect(VALUES.filter((value) => holds(interval, value))).toEqual(kept);
      }),
      OPTIONS,
    );
  });
  it('flag a crossed interval instead of swapping it', () => {
    const columns = { lower: Array(9).fill(-3), upper: Array(9).fill(3), truths: Array(9).fill(0) };
    const calibration = calibrateQuantiles(columns, 0.1);
    expect(quantileInterval(-1, 1, calibration)).toEqual({ interval: [2, -2], isCrossed: true });
    expect(quantileInterval(-4, 4, calibration)).toEqual({ interval: [-1, 1], isCrossed: false });
  });
  it('say how many cases they need: twice as many with a shift for each side', () => {
    const columns = { lower: Array(9).fill(-3), upper: Array(9).fill(3), truths: Array(9).fill(0) };
    expect(calibrateQuantiles(columns, 0.1)).toMatchObject({ lowerShift: -3, count: 9, neededCount: 9 });
    const sides = calibrateQuantileSides(columns, 0.1);
    expect(sides).toMatchObject({ lowerShift: 'unbounded', upperShift: 'unbounded', neededCount: 19 });
    expect(quantileInterval(0, 1, sides)).toEqual({ interval: 'unbounded', isCrossed: false });
  });
  it('refuse misuse', () => {
    for (const calibrate of [calibrateQuantiles, calibrateQuantileSides]) {
      for (const [lower, truths] of BAD_COLUMNS) {
        expect(() => calibrate({ lower, upper: lower, truths }, 0.5)).toThrow(RangeError);
        expect(() => calibrate({ lower: truths, upper: lower, truths }, 0.5)).toThrow(RangeError);
      }
      for (const alpha of NOT_ALPHA) {
        expect(() => calibrate({ lower: [0], upper: [1], truths: [0] }, alpha)).toThrow(RangeError);
      }
    }
    const shifts = { lowerShift: 1, upperShift: 1 };
    expect(() => quantileInterval(Number.NaN, 1, shifts)).toThrow(RangeError);
    expect(() => quantileInterval(1, Number.NEGATIVE_INFINITY, shifts)).toThrow(RangeError);
  });
});

describe('group-conditional intervals', () => {
  it('are those of a calibration with the own group alone', () => {
    const grouped = fc.array(fc.tuple(eighths, fc.constantFrom('a', 'b', 'constructor')), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(grouped, permille, eighths, (cases, share, prediction) => {
        const scores = cases.map(([value]) => Math.abs(value));
        const calibration = calibrateGroups(
          scores,
          cases.map(([, group]) => group),
          share / 1000,
        );
        for (const group of ['a', 'b', 'constructor']) {
          const own = cases.filter(([, other]) => other === group).map(([value]) => value);
          const expected =
            own.length === 0
              ? 'never-seen'
              : splitInterval(prediction, calibrateSplit(Array(own.length).fill(0), own, share / 1000));
          expect(groupInterval(prediction, group, calibration)).toEqual(expected);
        }
      }),
      OPTIONS,
    );
  });
  it('say "never seen" for an unknown group, never an interval', () => {
    const calibration = calibrateGroups([1, 2, 3, 4], ['a', 'a', 'b', 'b'], 0.5);
    expect(groupThreshold(calibration, 'z')).toBe('never-seen');
    expect(groupInterval(5, 'z', calibration)).toBe('never-seen');
    expect(groupReason(calibration, 'z')).toEqual({ kind: 'never-seen' });
    expect(groupReason(calibration, 'a')).toBeNull();
    expect(groupReason({ ...calibration, alpha: 0.1 }, 'a')).toEqual({
      kind: 'too-few-cases',
      count: 2,
      neededCount: 9,
    });
  });
  it('refuse misuse', () => {
    expect(() => calibrateGroups([], [], 0.5)).toThrow(RangeError);
    expect(() => calibrateGroups([1], ['a', 'b'], 0.5)).toThrow(RangeError);
    expect(() => calibrateGroups([Number.NaN], ['a'], 0.5)).toThrow(RangeError);
    for (const alpha of NOT_ALPHA) expect(() => calibrateGroups([1], ['a'], alpha)).toThrow(RangeError);
    const calibration = calibrateGroups([1, 2], ['a', 'a'], 0.5);
    for (const group of ['a', 'z']) {
      expect(() => groupInterval(Number.NaN, group, calibration)).toThrow(RangeError);
    }
  });
});

describe('jackknife+', () => {
  /** Barber 2021 counts: a value is out when too many of the n intervals lie wholly above or below it. */
  const isCounted = (cases: readonly (readonly [number, number])[], value: number, share: number) => {
    const below = cases.filter(([prediction, residual]) => prediction + residual < value).length;
    const above = cases.filter(([prediction, residual]) => prediction - residual > value).length;
    const isFew = (count: number) => 1000 * count < (1000 - share) * (cases.length + 1);
    return isFew(below) && isFew(above);
  };
  it('holds the values that lie beyond fewer than (1 - alpha)(n + 1) of the intervals', () => {
    const leftOut = fc.array(fc.tuple(eighths, eighths.map(Math.abs)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(leftOut, fc.integer({ min: 1, max: 500 }), (cases, share) => {
        const interval = jackknifePlusInterval(
          cases.map(([prediction]) => prediction),
          cases.map(([, residual]) => residual),
          share / 1000,
        );
        const expected = VALUES.filter((value) => isCounted(cases, value, share));
        expect(VALUES.filter((value) => holds(interval, value))).toEqual(expected);
      }),
      OPTIONS,
    );
  });
  it('refuses misuse', () => {
    for (const [predictions, residuals] of BAD_COLUMNS) {
      expect(() => jackknifePlusInterval(predictions, residuals, 0.2)).toThrow(RangeError);
    }
    expect(() => jackknifePlusInterval([1], [-1], 0.2)).toThrow(RangeError);
    for (const alpha of [...NOT_ALPHA, 0.51]) {
      expect(() => jackknifePlusInterval([1], [1], alpha)).toThrow(RangeError);
    }
    expect(jackknifePlusInterval([1], [1], 0.2)).toBe('unbounded');
  });
});
