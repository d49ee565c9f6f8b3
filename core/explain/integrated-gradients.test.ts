import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExplainedOutput } from './explained-output.ts';
import { integratedGradients, isComplete } from './integrated-gradients.ts';
import { QUADRATURES } from './quadrature.ts';

const row = (...values: number[]) => Float64Array.from(values);
const at = (values: Float64Array) => ({ name: 'baseline', row: values });
const polynomial: ExplainedOutput = {
  inputCount: 3,
  unit: 'N',
  valueOf: ([x, y, z]) => x! ** 3 + 2 * x! * y! - z!,
  gradientOf: ([x, y]) => row(3 * x! ** 2 + 2 * y!, 2 * x!, -1),
};
const wave: ExplainedOutput = {
  inputCount: 2,
  unit: 'N',
  valueOf: ([x, y]) => Math.sin(3 * x! + y!) + Math.exp(x! * y!),
  gradientOf: ([x, y]) =>
    row(3 * Math.cos(3 * x! + y!) + y! * Math.exp(x! * y!), Math.cos(3 * x! + y!) + x! * Math.exp(x! * y!)),
};
const kinkAt = (kink: number): ExplainedOutput => ({
  inputCount: 1,
  unit: 'N',
  valueOf: ([x]) => Math.max(0, x! - kink),
  gradientOf: ([x]) => row(x! > kink ? 1 : 0),
});

/** Sundararajan 2017, equation 3, word for word: the sum over m steps to the right. */
function paperSum(explained: ExplainedOutput, x: Float64Array, b: Float64Array, steps: number): number[] {
  return Array.from(x, (value, i) => {
    let sum = 0;
    for (let k = 1; k <= steps; k += 1) {
      const point = b.map((from, j) => from + (k / steps) * (x[j]! - from));
      sum += explained.gradientOf(point)[i]!;
    }
    return ((value - b[i]!) * sum) / steps;
  });
}

describe('integrated gradients', () => {
  it('equal the integral of a polynomial', () => {
    // x^3 belongs to x alone; of 2 x y both get half from zero.
    const { values, residual, parameters, unit, shape } = integratedGradients(
      polynomial,
      row(2, -1, 4),
      at(row(0, 0, 0)),
    );
    for (const [i, expected] of [6, -2, -4].entries()) expect(values[i]!).toBeCloseTo(expected, 12);
    expect(Math.abs(residual)).toBeLessThan(1e-12);
    expect([parameters.quadrature, parameters.count, parameters.isComplete]).toEqual([
      'gauss-legendre',
      16,
      true,
    ]);
    expect([unit, shape]).toEqual(['N', [3]]);
  });
  it('are the sum of the paper with the rule that it writes', () => {
    const point = fc.tuple(
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(point, point, fc.integer({ min: 1, max: 40 }), (x, b, count) => {
        const [to, from] = [row(...x), row(...b)];
        const rule = { quadrature: 'riemann-right', count } as const;
        const { values } = integratedGradients(wave, to, at(from), { rule });
        for (const [i, expected] of paperSum(wave, to, from, count).entries()) {
          expect(Math.abs(values[i]! - expected)).toBeLessThan(1e-12);
        }
      }),
      { seed: 5, numRuns: 40 },
    );
  });
  it('agree between the quadratures in the limit', () => {
    const exact = integratedGradients(wave, row(0.8, -0.3), at(row(-0.5, 0.4))).values;
    for (const quadrature of QUADRATURES) {
      const rule = { quadrature, count: 500 };
      const { values } = integratedGradients(wave, row(0.8, -0.3), at(row(-0.5, 0.4)), { rule });
      // Left and right sums err by half the step, 1 / 1000, times the change of the slope, here up to ten.
      for (const [i, value] of values.entries()) expect(Math.abs(value - exact[i]!)).toBeLessThan(1e-2);
    }
  });
  it('double their nodes until they are complete, and say when they are not', () => {
    const countOf = (kink: number) => integratedGradients(kinkAt(kink), row(1), at(row(0)));
    const easy = countOf(0.5);
    expect([easy.parameters.count, isComplete(easy)]).toEqual([16, true]);
    const never = countOf(0.9973);
    expect([never.parameters.count, never.parameters.isComplete]).toEqual([256, false]);
    expect(Math.abs(never.residual)).toBeGreaterThan(1e-3 * 0.0027 + 1e-6);
    const counts = [0.1, 0.3, 0.52, 0.7, 0.81].map((kink) => countOf(kink).parameters.count);
    expect(counts.some((count) => count !== 16 && count !== 256)).toBe(true);
  });
  it('take the rule that is asked for, complete or not', () => {
    const rule = { quadrature: 'riemann-left', count: 3 } as const;
    const { parameters, values, residual } = integratedGradients(kinkAt(0.9), row(1), at(row(0)), { rule });
    expect(parameters).toEqual({ quadrature: 'riemann-left', count: 3, isComplete: false });
    expect([values[0], residual]).toEqual([0, expect.closeTo(0.1, 12)]);
  });
  it('leave their inputs alone and take a shape', () => {
    const [x, b] = [row(2, -1, 4), row(0, 1, 0)];
    const attribution = integratedGradients(polynomial, x, at(b), { shape: [3, 1] });
    expect(attribution.shape).toEqual([3, 1]);
    expect([[...x], [...b]]).toEqual([
      [2, -1, 4],
      [0, 1, 0],
    ]);
  });
  it('refuse what does not fit', () => {
    const zeros = at(row(0, 0, 0));
    expect(() => integratedGradients(polynomial, row(1, 2), zeros)).toThrow(RangeError);
    expect(() => integratedGradients(polynomial, row(1, 2, Number.NaN), zeros)).toThrow(/not finite/);
    expect(() => integratedGradients(polynomial, row(1, 2, 3), { name: ' ', row: row(0, 0, 0) })).toThrow(
      /name/,
    );
    expect(() => integratedGradients(polynomial, row(1, 2, 3), zeros, { shape: [2, 2] })).toThrow(/shape/);
    const rule = { quadrature: 'trapezoid', count: 0 } as const;
    expect(() => integratedGradients(polynomial, row(1, 2, 3), zeros, { rule })).toThrow(RangeError);
  });
});
