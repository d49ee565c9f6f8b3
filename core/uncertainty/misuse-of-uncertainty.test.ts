import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { binnedCalibrationErrors } from './binned-calibration-errors.ts';
import { perfectCalibrationErrors } from './calibration-error.ts';
import { calibrateClassConditional, predictionSet } from './class-conditional-sets.ts';
import { classDistance, fitClassClouds } from './class-distance.ts';
import { conformalInterval } from './conformal-interval.ts';
import { fitLearnedSpread, learnedSpread } from './learned-spread.ts';
import { fitLogisticLine } from './logistic-line.ts';
import { normalisedInterval } from './normalised-conformal.ts';
import { mostProbableClass } from './probability-rows.ts';
import { quantileInterval } from './quantile-conformal.ts';
import { reliabilityTable } from './reliability-table.ts';
import { splitInterval } from './split-conformal.ts';

const { NaN: NOT_A_NUMBER, POSITIVE_INFINITY: INFINITE } = Number;
const ROWS = [
  [0.2, 0.8],
  [0.6, 0.4],
];

/** Each call names what it gets wrong; it must be refused in words. */
function refuses(calls: Readonly<Record<string, () => unknown>>): void {
  for (const [what, call] of Object.entries(calls)) expect(call, what).toThrow(RangeError);
}

describe('misuse is refused with a RangeError, never answered with NaN', () => {
  it('class-conditional sets: rows that are no probabilities', () => {
    const calibration = calibrateClassConditional(ROWS, [1, 0], 2, 0.4);
    expect(predictionSet([0.3, 0.7], calibration)).toEqual([0, 1]);
    for (const row of [[0.3, 0.3], [-0.1, 1.1], [1.5, -0.5], [NOT_A_NUMBER, 1], [1], []]) {
      refuses({
        [`set of ${row}`]: () => predictionSet(row, calibration),
        [`calibration with ${row}`]: () => calibrateClassConditional([row, [0.5, 0.5]], [1, 0], 2, 0.4),
      });
    }
    refuses({
      'more classes than probabilities': () => calibrateClassConditional(ROWS, [1, 0], 3, 0.4),
      'no number of classes': () => calibrateClassConditional(ROWS, [1, 0], INFINITE, 0.4),
    });
  });
  it('intervals: calibrations and predictions that are no numbers', () => {
    const calibration = { alpha: 0.1, spreadFloor: 0.1, multiple: 2, count: 20 };
    expect(conformalInterval(1, 0.4, calibration)).toEqual([0, 2]);
    refuses({
      prediction: () => conformalInterval(NOT_A_NUMBER, 0.4, calibration),
      'infinite prediction': () => conformalInterval(INFINITE, 0.4, calibration),
      spread: () => conformalInterval(1, NOT_A_NUMBER, calibration),
      'negative spread': () => conformalInterval(1, -0.4, calibration),
      multiple: () => conformalInterval(1, 0.4, { ...calibration, multiple: NOT_A_NUMBER }),
      'multiple of a difficulty': () =>
        normalisedInterval(1, 0.4, { ...calibration, multiple: NOT_A_NUMBER }),
      'half width': () => splitInterval(1, { halfWidth: NOT_A_NUMBER }),
      'infinite half width': () => splitInterval(1, { halfWidth: INFINITE }),
      'lower shift': () => quantileInterval(1, 2, { lowerShift: NOT_A_NUMBER, upperShift: 0 }),
      'upper shift': () => quantileInterval(1, 2, { lowerShift: 0, upperShift: INFINITE }),
    });
  });
  it('tables and clouds that hold no numbers', () => {
    const table = reliabilityTable([0.2, 0.8, 0.6], [false, true, true]);
    const points = [
      [1, 2],
      [2, 1.5],
      [3, 3.5],
      [0, 1],
      [2.2, 2.4],
      [1, -1],
    ];
    const clouds = fitClassClouds(points, [0, 0, 0, 1, 1, 1], 2);
    const [first, second] = clouds.classWhitenings;
    const broken = { ...first!, mean: Float64Array.of(NOT_A_NUMBER, 0) };
    refuses({
      rows: () => binnedCalibrationErrors({ ...table, n: NOT_A_NUMBER }),
      weights: () =>
        binnedCalibrationErrors({
          ...table,
          bins: table.bins.map((bin) => ({ ...bin, weight: NOT_A_NUMBER })),
        }),
      mean: () => classDistance([1, 1], { ...clouds, classWhitenings: [broken, second!] }),
      background: () => classDistance([1, 1], { ...clouds, backgroundWhitening: broken }),
    });
  });
  it('fits: constant features, slopes and repeats that are no numbers', () => {
    const errors = [1, -2, 3, -1, 2, -3, 1.5, 2.5, -1.5];
    const model = fitLearnedSpread(
      errors,
      errors.map((_, i) => [i % 4, (i * i) % 5]),
    );
    const stream = randomStream('misuse', 'perfect', 0);
    refuses({
      'constant features': () =>
        fitLearnedSpread(
          errors,
          errors.map(() => [1, 2]),
        ),
      'spread of no number': () => learnedSpread(model, [NOT_A_NUMBER, 1]),
      'fixed slope': () => fitLogisticLine([1, 2, 3], [0, 1, 0], NOT_A_NUMBER),
      'infinite repeats': () => perfectCalibrationErrors([0.5], stream, INFINITE),
      'a share of a repeat': () => perfectCalibrationErrors([0.5], stream, 20.5),
      'class of no number': () => mostProbableClass([NOT_A_NUMBER, 1]),
    });
  });
});
