import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { applyRandomFeatures, drawRandomFeatures, type FlatRows } from './random-features.ts';
import { ridgePath, ridgePredict } from './ridge-path.ts';

const flat = (rows: readonly (readonly number[])[]): FlatRows => ({
  count: rows.length,
  width: rows[0]!.length,
  values: Float64Array.from(rows.flat()),
});
function problem(count: number, width: number): { features: FlatRows; targets: FlatRows } {
  const rows = Array.from({ length: count }, (_, i) => {
    const stream = randomStream('ridge', 'row', i);
    return Array.from({ length: width }, () => stream.normal());
  });
  const targets = rows.map((row, i) => {
    const noise = randomStream('ridge', 'noise', i);
    return [row[0]! - 2 * row[1]! + 3 + 0.5 * noise.normal(), 0.5 * row[1]! + noise.normal()];
  });
  return { features: flat(rows), targets: flat(targets) };
}

/** Derivative of (mean squared error + strength |b|^2) / 2 by every coefficient; zero at the minimum. */
function gradient(
  { features, targets }: ReturnType<typeof problem>,
  path: ReturnType<typeof ridgePath>,
  index: number,
  strength: number,
): number {
  const predicted = ridgePredict(path, index, features);
  let largest = 0;
  for (let j = 0; j < features.width; j += 1) {
    for (let k = 0; k < targets.width; k += 1) {
      let sum = strength * path.coefficients[index]![j * targets.width + k]!;
      for (let i = 0; i < features.count; i += 1) {
        const error = predicted[i * targets.width + k]! - targets.values[i * targets.width + k]!;
        sum += (error * features.values[i * features.width + j]!) / features.count;
      }
      largest = Math.max(largest, Math.abs(sum));
    }
  }
  return largest;
}

describe('ridge path', () => {
  const strengths = [0, 0.1, 5];
  const data = problem(60, 4);
  const path = ridgePath(data.features, data.targets, strengths);
  it('has a zero gradient at every strength; at the neighbouring strength, its broken twin, it has not', () => {
    strengths.forEach((strength, index) => {
      // Values are of the order of 1: rounding of a decomposition stays far below 1e-9.
      expect(gradient(data, path, index, strength)).toBeLessThan(1e-9);
    });
    expect(gradient(data, path, 1, 5)).toBeGreaterThan(0.1);
  });
  it('knows its training error without looking at the rows again', () => {
    strengths.forEach((_, index) => {
      const predicted = ridgePredict(path, index, data.features);
      for (const k of [0, 1]) {
        let sum = 0;
        for (let i = 0; i < 60; i += 1)
          sum += (predicted[2 * i + k]! - data.targets.values[2 * i + k]!) ** 2 / 60;
        expect(path.trainErrors[index]![k]).toBeCloseTo(sum, 9);
      }
    });
  });
  it('meets every target with fewer people than features and no penalty, the mean with a huge one', () => {
    const wide = problem(10, 30);
    const ends = ridgePath(wide.features, wide.targets, [0, 1e9]);
    expect(Math.max(...ends.trainErrors[0]!)).toBeLessThan(1e-12);
    const predicted = ridgePredict(ends, 1, wide.features);
    for (let i = 0; i < 10; i += 1) expect(predicted[2 * i]).toBeCloseTo(ends.targetMean[0]!, 6);
  });
  it('refuses one row, a negative strength and misfits', () => {
    expect(() => ridgePath(flat([[1]]), flat([[1]]), [1])).toThrow(RangeError);
    expect(() => ridgePath(data.features, data.targets, [-1])).toThrow(RangeError);
    expect(() => ridgePredict(path, 0, flat([[1, 2]]))).toThrow(RangeError);
  });
});

describe('random features', () => {
  it('keep the inputs and add units of the given stream', () => {
    const features = drawRandomFeatures(2, 3, randomStream('ridge', 'features', 0));
    const made = applyRandomFeatures(features, [[0.5, -1]]);
    expect([...made.values.subarray(0, 2)]).toEqual([0.5, -1]);
    const unit = Math.tanh(0.5 * features.kernel[0]! - features.kernel[3]! + features.bias[0]!);
    expect(made.values[2]).toBeCloseTo(unit, 12);
    expect(() => applyRandomFeatures(features, [[1]])).toThrow(RangeError);
    expect(() => applyRandomFeatures(features, [[1, Number.NaN]])).toThrow(RangeError);
  });
});
