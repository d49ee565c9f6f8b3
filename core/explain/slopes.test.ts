import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExplainedOutput } from './explained-output.ts';
import { gradientTimesInput } from './gradient-times-input.ts';
import { saliency } from './saliency.ts';
import { SLOPE_STATISTICS, smoothGradient } from './smooth-gradient.ts';

const row = (...values: number[]) => Float64Array.from(values);
const zeros = { name: 'zeros', row: row(0, 0) };
/** x^2 - 3 y + x y. */
const bowl: ExplainedOutput = {
  inputCount: 2,
  unit: 'N',
  valueOf: ([x, y]) => x! ** 2 - 3 * y! + x! * y!,
  gradientOf: ([x, y]) => row(2 * x! + y!, -3 + x!),
};

describe('saliency', () => {
  it('is the slope with its sign, or its size', () => {
    const signed = saliency(bowl, row(1, 1), zeros);
    expect([[...signed.values], signed.unit, signed.method]).toEqual([
      [3, -2],
      'N per unit of the input',
      'saliency',
    ]);
    const sizes = saliency(bowl, row(1, 1), zeros, { isAbsolute: true, shape: [1, 2] });
    expect([[...sizes.values], sizes.shape, sizes.parameters]).toEqual([
      [3, 2],
      [1, 2],
      { isAbsolute: true },
    ]);
  });
  it('does not depend on the reference', () => {
    const other = { name: 'ones', row: row(1, 5) };
    expect(saliency(bowl, row(2, 1), other).values).toEqual(saliency(bowl, row(2, 1), zeros).values);
  });
  it('refuses what does not fit', () => {
    expect(() => saliency(bowl, row(1), zeros)).toThrow(RangeError);
    expect(() => saliency(bowl, row(1, Number.NaN), zeros)).toThrow(/not finite/);
    expect(() => saliency(bowl, row(1, 1), zeros, { shape: [3] })).toThrow(/shape/);
  });
});

describe('gradient times input', () => {
  it('is the classical product against zeros and the first-order share against another reference', () => {
    expect([...gradientTimesInput(bowl, row(1, 2), zeros).values]).toEqual([4, -4]);
    const { values, residual } = gradientTimesInput(bowl, row(1, 2), { name: 'other', row: row(0, 1) });
    expect([...values]).toEqual([4, -2]);
    // f(1, 2) - f(0, 1) = -3 + 3 = 0.
    expect(residual).toBe(0 - 2);
  });
  it('is exact for a linear output', () => {
    const linear: ExplainedOutput = {
      ...bowl,
      valueOf: ([x, y]) => 2 * x! - y! + 7,
      gradientOf: () => row(2, -1),
    };
    expect(gradientTimesInput(linear, row(3, 4), { name: 'other', row: row(1, 1) }).residual).toBe(0);
  });
  it('refuses what does not fit', () => {
    expect(() => gradientTimesInput(bowl, row(1), zeros)).toThrow(RangeError);
    expect(() => gradientTimesInput(bowl, row(1, 2), { name: '', row: row(0, 0) })).toThrow(/name/);
    expect(() => gradientTimesInput(bowl, row(1, 2), zeros, { shape: [2, 2] })).toThrow(/shape/);
  });
});

describe('smoothed gradient', () => {
  const number = fc.double({ min: -2, max: 2, noNaN: true });
  const draw = fc.tuple(number, number).map((values) => row(...values));
  it('has the statistics of the slopes, worked out in two passes', () => {
    fc.assert(
      fc.property(
        draw,
        fc.array(draw, { minLength: 2, maxLength: 12 }),
        fc.boolean(),
        (at, draws, isTimesInput) => {
          const slopes = draws.map((noise) => [
            2 * (at[0]! + noise[0]!) + at[1]! + noise[1]!,
            -3 + at[0]! + noise[0]!,
          ]);
          for (const statistic of SLOPE_STATISTICS) {
            const options = { noise: { draws }, statistic, isTimesInput };
            const { values } = smoothGradient(bowl, at, zeros, options);
            for (const [i, value] of values.entries()) {
              const own = slopes.map((slope) => slope[i]!);
              const mean = own.reduce((sum, each) => sum + each, 0) / own.length;
              const power = own.reduce((sum, each) => sum + each * each, 0) / own.length;
              const squares = own.reduce((sum, each) => sum + (each - mean) ** 2, 0);
              const expected = {
                mean,
                'mean-square': power,
                variance: squares / own.length,
                'unbiased-variance': squares / (own.length - 1),
              }[statistic];
              expect(Math.abs(value - expected * (isTimesInput ? at[i]! : 1))).toBeLessThan(1e-11);
            }
          }
        },
      ),
      { seed: 6, numRuns: 60 },
    );
  });
  it('draws the same noise from the same seed, with the deviation that was asked for', () => {
    const noise = { seed: 'a', drawCount: 4_000, standardDeviation: row(0.5, 0) };
    const run = (seed: string) =>
      smoothGradient(bowl, row(1, 1), zeros, { noise: { ...noise, seed }, statistic: 'variance' });
    const first = run('a');
    expect(run('a')).toEqual(first);
    expect(run('b').values).not.toEqual(first.values);
    // Slopes 2 x + y and x: variances 4 * 0.25 and 0.25; the error of 4,000 draws is 2.2 %, four of them 9 %.
    expect(first.values[0]! / 1).toBeCloseTo(1, 1);
    expect(first.values[1]! / 0.25).toBeCloseTo(1, 1);
    expect([first.seed, first.parameters.standardDeviation, first.parameters.drawCount]).toEqual([
      'a',
      '0.5 0',
      4_000,
    ]);
  });
  it('has units that fit the statistic', () => {
    const unitOf = (statistic: (typeof SLOPE_STATISTICS)[number], isTimesInput: boolean) =>
      smoothGradient(bowl, row(1, 1), zeros, {
        noise: { draws: [row(0, 0), row(1, 0)] },
        statistic,
        isTimesInput,
      }).unit;
    expect(unitOf('mean', true)).toBe('N');
    expect(unitOf('mean', false)).toBe('N per unit of the input');
    expect(unitOf('variance', false)).toBe('(N per unit of the input)^2');
  });
  it('refuses what does not fit', () => {
    const smooth = (noise: Parameters<typeof smoothGradient>[3]['noise'], statistic?: 'unbiased-variance') =>
      smoothGradient(bowl, row(1, 1), zeros, statistic ? { noise, statistic } : { noise });
    expect(() => smooth({ draws: [] })).toThrow(/needs a draw/);
    expect(() => smooth({ draws: [row(1)] })).toThrow(/2 finite/);
    expect(() => smooth({ draws: [row(1, Number.NaN)] })).toThrow(RangeError);
    expect(() => smooth({ draws: [row(0, 0)] }, 'unbiased-variance')).toThrow(/two draws/);
    const normal = { seed: 's', drawCount: 2, standardDeviation: 1 };
    expect(() => smooth({ ...normal, drawCount: 0 })).toThrow(RangeError);
    expect(() => smooth({ ...normal, drawCount: 1.5 })).toThrow(RangeError);
    expect(() => smooth({ ...normal, standardDeviation: -1 })).toThrow(/zero or more/);
    expect(() => smooth({ ...normal, standardDeviation: row(1) })).toThrow(RangeError);
    expect(() => smooth({ ...normal, standardDeviation: Number.NaN })).toThrow(RangeError);
    expect(() => smoothGradient(bowl, row(1), zeros, { noise: normal })).toThrow(RangeError);
  });
});
