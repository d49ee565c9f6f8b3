import { describe, expect, it } from 'vitest';
import { calibrateClassConditional, predictionSet } from './class-conditional-sets.ts';
import { conformalInterval } from './conformal-interval.ts';
import { calibrateNormalised, normalisedInterval } from './normalised-conformal.ts';

const NOT_ALPHA = [0, 1, -0.1, 1.1, Number.NaN];

describe('intervals of the shipped bundles', () => {
  const predictions = [1, 2, 3, 4, 5];
  const difficulties = [0, 1, 0, 2, 1];
  const truths = [2, 2, 5, 9, 4];
  it('are normalised conformal intervals', () => {
    const shipped = calibrateNormalised({ predictions, difficulties, truths }, 0.5, 0.2);
    expect(conformalInterval(3, 1, shipped)).toEqual(normalisedInterval(3, 1, shipped));
    // Residuals 1, 0, 2, 5, 1 over difficulties of 0.5, 1.5, 0.5, 2.5, 1.5: the largest is 4.
    expect(conformalInterval(3, 1, shipped)).toEqual([-3, 9]);
  });
  it('say unbounded without enough people', () => {
    const [few, hard, own] = [predictions, difficulties, truths].map((each) => each.slice(0, 3));
    const calibration = calibrateNormalised({ predictions: few!, difficulties: hard!, truths: own! }, 1, 0.2);
    expect(calibration.multiple).toBe('unbounded');
    expect(conformalInterval(1, 1, calibration)).toBe('unbounded');
  });
  it('refuse misuse: an interval is never turned around and never without ends by accident', () => {
    const calibration = { alpha: 0.1, spreadFloor: 1, multiple: 2, count: 9 };
    for (const mean of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => conformalInterval(mean, 1, calibration)).toThrow(RangeError);
      expect(() => conformalInterval(mean, 1, { ...calibration, multiple: 'unbounded' })).toThrow(RangeError);
    }
    for (const spread of [-5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => conformalInterval(0, spread, calibration)).toThrow(RangeError);
    }
    for (const multiple of [-2, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => conformalInterval(0, 1, { ...calibration, multiple })).toThrow(RangeError);
    }
    expect(() => conformalInterval(0, 1, { ...calibration, spreadFloor: -2 })).toThrow(RangeError);
    for (const floor of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => calibrateNormalised({ predictions, difficulties, truths }, floor, 0.2)).toThrow(
        RangeError,
      );
    }
    const negative = difficulties.map(() => -3);
    expect(() => calibrateNormalised({ predictions, difficulties: negative, truths }, 5, 0.2)).toThrow(
      RangeError,
    );
  });
});

describe('sets of the shipped bundles', () => {
  it('hold a class that has too few calibration people, or none', () => {
    const calibration = calibrateClassConditional([[0.9, 0.1, 0]], [0], 3, 0.1);
    expect(calibration).toMatchObject({ thresholds: Array(3).fill('unbounded'), counts: [1, 0, 0] });
    expect(predictionSet([1, 0, 0], calibration)).toEqual([0, 1, 2]);
  });
  it('refuse misuse', () => {
    expect(() => calibrateClassConditional([[0.5, 0.5]], [], 2, 0.5)).toThrow(RangeError);
    expect(() => calibrateClassConditional([[0.5, 0.5]], [2], 2, 0.5)).toThrow(RangeError);
    expect(() => calibrateClassConditional([[Number.NaN, 0.5]], [0], 2, 0.5)).toThrow(RangeError);
    for (const alpha of NOT_ALPHA) {
      expect(() => calibrateClassConditional([[0.5, 0.5]], [0], 2, alpha)).toThrow(RangeError);
    }
  });
});
