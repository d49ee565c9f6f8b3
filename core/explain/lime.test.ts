import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { controlledRun } from './coalition-run.ts';
import type { ExplainedOutput } from './explained-output.ts';
import { type LimeOptions, lime, limeDefaults, limeRun } from './lime.ts';

const row = Float64Array.of(1, 2, 3, 4);
const zero = { name: 'nothing', row: new Float64Array(4) };
const groups = [
  { name: 'a', columns: [0, 3] },
  { name: 'b', columns: [1] },
  { name: 'c', columns: [2] },
];
const options: LimeOptions = { samples: 200, kernelWidth: 1.2, ridgePenalty: 0.5, seed: 's' };
const of = (output: ExplainedOutput['valueOf']): ExplainedOutput => ({
  inputCount: 4,
  unit: 'N',
  valueOf: output,
  gradientOf: () => new Float64Array(4),
});
const additive = of((x) => 5 + x[0]! + 2 * x[1]! - x[2]! + x[3]!);
const curved = of((x) => x[0]! * x[1]! + Math.tanh(x[2]! - x[3]!));

/** Weighted ridge with an explicit column of ones, by elimination on its normal equations. */
function slowRidge(outputOf: (mask: readonly number[]) => number): number[] {
  const system = [0, 1, 2, 3].map((j) =>
    new Array<number>(5).fill(0).map((_, k) => (j === k && j > 0 ? 0.5 : 0)),
  );
  for (let sample = 0; sample < 200; sample += 1) {
    const stream = randomStream('s', 'lime-sample', sample);
    const mask = [0, 1, 2].map(() => (sample === 0 || stream.uniform() < 0.5 ? 1 : 0));
    const distance = Math.sqrt(mask.filter((isIn) => isIn === 0).length);
    const weight = Math.exp(-(distance ** 2) / 1.2 ** 2);
    const z = [1, ...mask];
    for (const j of [0, 1, 2, 3]) {
      for (const k of [0, 1, 2, 3]) system[j]![k]! += weight * z[j]! * z[k]!;
      system[j]![4]! += weight * z[j]! * outputOf(mask);
    }
  }
  for (let pivot = 0; pivot < 4; pivot += 1) {
    for (let other = 0; other < 4; other += 1) {
      if (other === pivot) continue;
      const share = system[other]![pivot]! / system[pivot]![pivot]!;
      for (let k = 0; k < 5; k += 1) system[other]![k]! -= share * system[pivot]![k]!;
    }
  }
  return system.map((line, j) => line[4]! / line[j]!);
}

describe('LIME', () => {
  it('is a ridge regression weighted by nearness', () => {
    const { attribution, intercept } = lime(curved, row, zero, groups, options);
    const expected = slowRidge(([a = 0, b = 0, c = 0]) =>
      curved.valueOf(Float64Array.of(a, 2 * b, 3 * c, 4 * a)),
    );
    [intercept, ...attribution.values].forEach((value, j) => {
      expect(value).toBeCloseTo(expected[j]!, 10);
    });
  });
  it('finds the terms of an additive output and fits it wholly', () => {
    const { attribution, intercept, rSquared } = lime(additive, row, zero, groups, {
      ...options,
      ridgePenalty: 1e-9,
    });
    [5, 4, -3].forEach((value, g) => {
      expect(attribution.values[g]).toBeCloseTo(value, 7);
    });
    expect(intercept).toBeCloseTo(5, 7);
    expect(rSquared).toBeCloseTo(1, 12);
    expect(Math.abs(attribution.residual)).toBeLessThan(1e-7);
  });
  it('says how badly a line fits, and that a constant has nothing to fit', () => {
    // All or none: a product of three.
    const joint = of((x) => x[0]! * x[1]! * x[2]!);
    const { rSquared } = lime(joint, row, zero, groups, options);
    expect(rSquared).toBeGreaterThan(0.2);
    expect(rSquared).toBeLessThan(0.9);
    expect(lime(joint, row, zero, groups, { ...options, kernelWidth: 0.01 }).rSquared).toBeNull();
    const constant = lime(
      of(() => 0.1),
      row,
      zero,
      groups,
      options,
    );
    expect(constant.rSquared).toBeNull();
    constant.attribution.values.forEach((value) => {
      expect(Math.abs(value)).toBeLessThan(1e-12);
    });
  });
  it('states all that it did, the same in pieces', async () => {
    const explanation = lime(curved, row, zero, groups, options);
    expect(explanation.attribution).toMatchObject({
      method: 'lime',
      seed: 's',
      shape: [3],
      parameters: { groups: 3, samples: 200, kernelWidth: 1.2, ridgePenalty: 0.5, presence: 0.5 },
    });
    expect(await controlledRun(limeRun(curved, row, zero, groups, options), {})).toEqual(explanation);
    expect(lime(curved, row, zero, groups, { ...options, seed: 't' }).attribution.values).not.toEqual(
      explanation.attribution.values,
    );
  });
  it('asks the model once for each set of groups', () => {
    let calls = 0;
    const counted = of((x) => {
      calls += 1;
      return curved.valueOf(x);
    });
    lime(counted, row, zero, groups, options);
    // 8 sets, the row and the reference.
    expect(calls).toBe(10);
  });
  it('has the settings of the published program at hand', () => {
    expect(limeDefaults(4, 's')).toEqual({ samples: 5000, kernelWidth: 1.5, ridgePenalty: 1, seed: 's' });
    expect(() => limeDefaults(0, 's')).toThrow(RangeError);
    expect(() => limeDefaults(1.5, 's')).toThrow(RangeError);
  });
  it.each<[string, () => unknown]>([
    ['no more samples than groups', () => limeRun(curved, row, zero, groups, { ...options, samples: 3 })],
    ['half a sample', () => lime(curved, row, zero, groups, { ...options, samples: 10.5 })],
    ['no width', () => lime(curved, row, zero, groups, { ...options, kernelWidth: 0 })],
    ['no penalty', () => lime(curved, row, zero, groups, { ...options, ridgePenalty: 0 })],
    [
      'a penalty that is not a number',
      () => lime(curved, row, zero, groups, { ...options, ridgePenalty: Number.NaN }),
    ],
    ['a short row', () => limeRun(curved, row.slice(1), zero, groups, options)],
    ['no group', () => limeRun(curved, row, zero, [], options)],
    [
      'an output that is not finite',
      () =>
        lime(
          of(() => Number.NaN),
          row,
          zero,
          groups,
          options,
        ),
    ],
    [
      'a kernel in which everything but the row vanishes',
      () => lime(curved, row, zero, groups, { ...options, kernelWidth: 1e-200 }),
    ],
  ])('refuses %s', (_name, misuse) => {
    expect(misuse).toThrow(RangeError);
  });
});
