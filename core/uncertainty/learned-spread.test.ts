import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { conformalThreshold } from './conformal-rank.ts';
import { fitLearnedSpread, learnedSpread } from './learned-spread.ts';

/** Errors whose standard deviation is exp(0.2 + 0.7 x), x uniform in -1..1. */
function draw(count: number, name: string) {
  const stream = randomStream('learned-spread-test', name, 0);
  const features = Array.from({ length: count }, () => [2 * stream.uniform() - 1]);
  const errors = features.map(([x]) => Math.exp(0.2 + 0.7 * x!) * stream.normal());
  return { features, errors };
}

describe('learned spread', () => {
  const { features, errors } = draw(6_000, 'fit');

  it('finds how errors grow', () => {
    const model = fitLearnedSpread(errors, features);
    // Standard errors 1 / sqrt(2 n) = 0.009 and 0.016 at 6,000 rows.
    expect(Math.abs(model.coefficients[0]! - 0.2)).toBeLessThan(0.036);
    expect(Math.abs(model.coefficients[1]! - 0.7)).toBeLessThan(0.064);
  });

  const coverageAbove = (spread: (x: number[]) => number): number => {
    const calibration = draw(6_000, 'calibration');
    const test = draw(6_000, 'test');
    const threshold = conformalThreshold(
      calibration.errors.map((error, i) => Math.abs(error) / spread(calibration.features[i]!)),
      0.1,
    );
    const high = test.errors
      .map((error, i) => ({ error, x: test.features[i]! }))
      .filter(({ x }) => x[0]! > 0.5);
    return (
      high.filter(({ error, x }) => Math.abs(error) <= Number(threshold) * spread(x)).length / high.length
    );
  };

  it('keeps the coverage of the band with large errors at 90 %', () => {
    const model = fitLearnedSpread(errors, features);
    expect(Math.abs(coverageAbove((x) => learnedSpread(model, x)) - 0.9)).toBeLessThan(0.03);
  });

  it('is missed by one width for all (broken twin)', () => {
    expect(coverageAbove(() => 1)).toBeLessThan(0.83);
  });

  it('stays finite with exact hits', () => {
    const model = fitLearnedSpread([0, ...errors.slice(1)], features);
    expect(model.coefficients.every(Number.isFinite)).toBe(true);
  });

  it('refuses what it cannot learn from', () => {
    expect(() => fitLearnedSpread([1, 2], [[0]])).toThrow(RangeError);
    expect(() => fitLearnedSpread([1, 2, 3], [[0], [1], [2]])).toThrow(/too few/);
    expect(() => fitLearnedSpread(new Array(9).fill(0), new Array(9).fill([1]))).toThrow(/zero/);
    expect(() => fitLearnedSpread(new Array(9).fill(Number.NaN), new Array(9).fill([1]))).toThrow(RangeError);
    expect(() => learnedSpread({ coefficients: [0, 1] }, [1, 2])).toThrow(RangeError);
  });
});
