import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { calibrateQuantileInterval, quantileInterval, withoutCrossing } from './next-visit-interval.ts';

type Calibrate = typeof calibrateQuantileInterval;

/**
 * Coverage over many calibrations of bad quantiles (constant, far too narrow) of a skewed truth: its mean is
 * ceil((n + 1) 0.9) / (n + 1) exactly, whatever the quantiles are.
 */
function coverage(calibrate: Calibrate, calibrationCount: number): number {
  const repeats = 400;
  const testCount = 50;
  let held = 0;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const stream = randomStream('cqr-law', 'truth', repeat);
    const truths = Array.from({ length: calibrationCount }, () => Math.exp(stream.normal()));
    const settings = calibrate(
      truths.map(() => 0.9),
      truths.map(() => 1.1),
      truths,
      0.1,
    );
    for (let i = 0; i < testCount; i += 1) {
      const truth = Math.exp(stream.normal());
      const interval = quantileInterval(0.9, 1.1, settings);
      if (interval === 'unbounded' || (truth >= interval[0] && truth <= interval[1])) held += 1;
    }
  }
  return held / (repeats * testCount);
}
/** Standard error: sqrt(var of Beta(37, 3) / 400 + 0.9 * 0.1 / 20,000) = 0.0032; four of them. */
const TOLERANCE = 0.013;

describe('conformalised quantiles', () => {
  it('hold the promise over people, however wrong the quantiles are', () => {
    // 39 calibration people: rank 36 of 40, exactly 0.9.
    expect(Math.abs(coverage(calibrateQuantileInterval, 39) - 0.9)).toBeLessThan(TOLERANCE);
  });

  it('catch scores on the lower side only (broken twin)', () => {
    const oneSided: Calibrate = (lows, _highs, truths, alpha) =>
      calibrateQuantileInterval(
        lows,
        Array.from(truths, () => Number.MAX_VALUE),
        truths,
        alpha,
      );
    expect(Math.abs(coverage(oneSided, 39) - 0.9)).toBeGreaterThan(2 * TOLERANCE);
  });

  it('narrow quantiles that were too wide, and never turn them around', () => {
    const truths = Array.from({ length: 99 }, (_, i) => i / 100);
    const settings = calibrateQuantileInterval(
      truths.map(() => -5),
      truths.map(() => 5),
      truths,
      0.1,
    );
    expect(settings.margin).toBeLessThan(0);
    expect(quantileInterval(0, 0.1, { margin: -1 })).toEqual([0.05, 0.05]);
  });

  it('give no number when there are too few people', () => {
    const { margin } = calibrateQuantileInterval([0, 0], [1, 1], [0.5, 0.5], 0.1);
    expect(margin).toBe('unbounded');
    expect(quantileInterval(0, 1, { margin })).toBe('unbounded');
  });

  it('refuse lengths that differ and values that are not finite', () => {
    expect(() => calibrateQuantileInterval([0], [1, 1], [0, 0], 0.1)).toThrow(RangeError);
    expect(() => calibrateQuantileInterval([0], [1], [Number.NaN], 0.1)).toThrow(RangeError);
  });
});

describe('quantiles without crossing', () => {
  it('ascend and are never further from ascending truths than before', () => {
    const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(numbers, numbers, (raw, other) => {
        const truth = [...other].sort((a, b) => a - b);
        const sorted = withoutCrossing(Float64Array.from(raw));
        const distance = (values: ArrayLike<number>) =>
          truth.reduce((sum, value, i) => sum + Math.abs(value - values[i]!), 0);
        // 1e-9: five differences of numbers below 5 are summed.
        return (
          sorted.every((value, i) => i === 0 || value >= sorted[i - 1]!) &&
          distance(sorted) <= distance(raw) + 1e-9
        );
      }),
    );
  });
});
