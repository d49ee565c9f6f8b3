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
