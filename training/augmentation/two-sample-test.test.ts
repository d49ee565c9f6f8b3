import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { gaussianSamples } from './class-gaussian.ts';
import type { LabelledRows } from './labelled-rows.ts';
import { fitRidgeLogistic, logisticScore } from './ridge-logistic.ts';
import { areaUnderCurve, twoSampleArea } from './two-sample-test.ts';

/** Two classes of four features that are correlated with one another. */
function people(count: number, name: string, stretch = 1, correlation = 0.8): LabelledRows {
  const rows = Array.from({ length: count }, (_, i) => {
    const stream = randomStream('two-sample', name, i);
    const shared = stream.normal();
    return Float64Array.from(
      { length: 4 },
      () =>
        stretch * (correlation * shared + Math.sqrt(1 - correlation ** 2) * stream.normal()) + 1.5 * (i % 2),
    );
  });
  return { rows, labels: rows.map((_, i) => i % 2) };
}

describe('area under the curve', () => {
  it('counts pairs, ties half', () => {
    expect(areaUnderCurve([3, 4], [1, 2])).toBe(1);
    expect(areaUnderCurve([1], [1])).toBe(0.5);
    // Pairs of (2, 5) over (1, 2, 9): 2 > 1, 2 = 2, 5 > 1, 5 > 2: 3.5 of 6.
    expect(areaUnderCurve([2, 5], [1, 2, 9])).toBeCloseTo(3.5 / 6, 12);
    expect(() => areaUnderCurve([], [1])).toThrow(RangeError);
    expect(() => areaUnderCurve([Number.NaN], [1])).toThrow(RangeError);
  });
});

describe('ridge logistic regression', () => {
  it('ends where the gradient is zero; a fit stopped after one step, its broken twin, does not', () => {
    const { rows, labels } = people(120, 'logistic');
    const isSecond = labels.map((label) => label === 1);
    const fit = fitRidgeLogistic(rows, isSecond, 2);
    const gradient = (scale: number) =>
      fit.coefficients.map((coefficient, j) => {
        const scaled = { ...fit, coefficients: fit.coefficients.map((own) => scale * own) };
        return rows.reduce(
          (sum, row, i) => {
            const probability = 1 / (1 + Math.exp(-logisticScore(scaled, row)));
            return sum + (probability - (isSecond[i] ? 1 : 0)) * row[j]!;
          },
          2 * scale * coefficient,
        );
      });
    // The loss is of the order of 100: 1e-3 is its Newton tolerance seen in the gradient.
    expect(Math.max(...gradient(1).map(Math.abs))).toBeLessThan(1e-3);
    expect(Math.max(...gradient(0.5).map(Math.abs))).toBeGreaterThan(1);
  });
  it('stays finite where the classes separate, and refuses one class alone', () => {
    const rows = [-2, -1, 1, 2].map((value) => Float64Array.of(value));
    const fit = fitRidgeLogistic(rows, [false, false, true, true], 0.01);
    expect(Number.isFinite(fit.coefficients[0])).toBe(true);
    expect(fit.coefficients[0]).toBeGreaterThan(1);
    expect(() => fitRidgeLogistic(rows, [true, true, true, true], 1)).toThrow(/no row/);
    expect(() => fitRidgeLogistic(rows, [true, true, true, false], 0)).toThrow(RangeError);
  });
});

describe('two-sample classifier', () => {
  const real = people(400, 'real');
  it('cannot tell two halves of one population apart', () => {
    // The area's standard error under the null is sqrt((2n + 1) / (12 n^2)) = 0.029 at n = 200; four of them.
    expect(Math.abs(twoSampleArea(real, people(400, 'others')) - 0.5)).toBeLessThan(0.12);
  });
  it('sees another spread, and a lost correlation with equal means and spreads', () => {
    expect(twoSampleArea(real, people(400, 'narrow', 0.5))).toBeGreaterThan(0.7);
    expect(twoSampleArea(real, people(400, 'loose', 1, 0))).toBeGreaterThan(0.7);
  });
  it('refuses too little and misfits', () => {
    const few = people(3, 'few');
    expect(() => twoSampleArea(real, few)).toThrow(/four rows/);
    expect(() => twoSampleArea(real, { rows: [Float64Array.of(1)], labels: [0] })).toThrow(RangeError);
  });
  it('a Gaussian a class keeps what these people are made of; its broken twin without correlation does not', () => {
    const train = people(300, 'train');
    const made = gaussianSamples(train, [200, 200], randomStream('two-sample', 'gauss', 0));
    expect(made.labels.filter((label) => label === 1)).toHaveLength(200);
    expect(Math.abs(twoSampleArea(real, made) - 0.5)).toBeLessThan(0.12);
    const columns = Array.from({ length: 4 }, (_, j) => made.rows.map((row) => row[j]!));
    const shifted = made.rows.map((_, i) =>
      Float64Array.from(columns, (column, j) => column[(i + 2 * j) % 200]!),
    );
    expect(twoSampleArea(real, { rows: shifted, labels: made.labels })).toBeGreaterThan(0.7);
    const equal = { rows: [Float64Array.of(1, 2), Float64Array.of(1, 2)], labels: [0, 0] };
    expect(() => gaussianSamples(equal, [1], randomStream(1, 'g', 0))).toThrow(/equal/);
  });
});
