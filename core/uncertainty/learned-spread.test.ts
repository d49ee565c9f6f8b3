import { Matrix, solve } from 'ml-matrix';
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

  it('ends at the largest likelihood for normal errors, near it for heavy tails', () => {
    /** Largest distance of a coefficient to the maximum, found by Newton's steps with the curvature at hand. */
    const distance = (isHeavy: boolean, draw: number): number => {
      const stream = randomStream('learned-spread-maximum', isHeavy ? 'heavy' : 'normal', draw);
      const rows = Array.from({ length: 60 + stream.integer(400) }, () => [stream.normal(), stream.normal()]);
      const tails = () => Math.sqrt((stream.normal() ** 2 + stream.normal() ** 2 + stream.normal() ** 2) / 3);
      const own = rows.map(
        ([a, b]) => (stream.normal() / (isHeavy ? tails() : 1)) * Math.exp(0.7 * a! - 0.5 * b!),
      );
      const found = fitLearnedSpread(own, rows).coefficients;
      let best = found;
      for (let step = 0; step < 40; step += 1) {
        const [curvature, slope] = [new Matrix(3, 3), new Matrix(3, 1)];
        rows.forEach((row, n) => {
          const x = [1, ...row];
          const square = (own[n]! / learnedSpread({ coefficients: best }, row)) ** 2;
          x.forEach((left, i) => {
            slope.set(i, 0, slope.get(i, 0) + left * (square - 1));
            for (const [j, right] of x.entries()) {
              curvature.set(i, j, curvature.get(i, j) + 2 * square * left * right);
            }
          });
        });
        const change = solve(curvature, slope).to1DArray();
        best = best.map((value, i) => value + Math.max(-1, Math.min(1, change[i]!)));
      }
      return Math.max(...best.map((value, i) => Math.abs(value - found[i]!)));
    };
    const distances = (isHeavy: boolean) => Array.from({ length: 40 }, (_, draw) => distance(isHeavy, draw));
    expect(distances(false).filter((each) => each > 1e-6).length).toBeLessThanOrEqual(2);
    const heavy = distances(true);
    // A share of 27 % of 300 draws was measured; four standard errors at 40.
    expect(heavy.filter((each) => each > 1e-6).length).toBeGreaterThan(0);
    expect(heavy.filter((each) => each > 1e-6).length / 40).toBeLessThan(0.27 + 4 * 0.07);
    expect(Math.max(...heavy)).toBeLessThan(0.1);
  });

  it('refuses what it cannot learn from', () => {
    expect(() => fitLearnedSpread([1, 2], [[0]])).toThrow(RangeError);
    expect(() => fitLearnedSpread([1, 2, 3], [[0], [1], [2]])).toThrow(/too few/);
    expect(() => fitLearnedSpread(new Array(9).fill(0), new Array(9).fill([1]))).toThrow(/zero/);
    expect(() => fitLearnedSpread(new Array(9).fill(Number.NaN), new Array(9).fill([1]))).toThrow(RangeError);
    expect(() => learnedSpread({ coefficients: [0, 1] }, [1, 2])).toThrow(RangeError);
  });
});
