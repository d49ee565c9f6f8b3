import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { type CoalitionGame, writtenGame } from './coalition-game.ts';
import { exactShapley } from './exact-shapley.ts';
import type { ExplainedOutput } from './explained-output.ts';
import { type KernelRegression, regressionErrors, solveKernelRegression } from './kernel-regression.ts';
import {
  kernelGroupShapley,
  kernelGroupShapleyRun,
  kernelShapley,
  kernelShapleyRun,
  kernelSizeWeight,
  kernelWeight,
} from './kernel-shapley.ts';

const OPTIONS = { pairs: 400, seed: 's' };
const table = [1, 2, 3, 8, 4, 4, 12, 21];

/** 14 players whose first three need each other: no pair of complements is exact. */
const MANY = 14;
const many: CoalitionGame = {
  playerCount: MANY,
  outputOf: (present) =>
    present.reduce((sum, isIn, i) => sum + isIn * (i + 1), 3) + 40 * present[0]! * present[1]! * present[2]!,
};
/** A triple shares its gain equally. */
const manyExact = Float64Array.from({ length: MANY }, (_, i) => i + 1 + (i < 3 ? 40 / 3 : 0));

describe('weights of the kernel', () => {
  it('follow Lundberg & Lee 2017, equation 5', () => {
    expect(kernelWeight(4, 2)).toBeCloseTo(3 / (6 * 2 * 2), 15);
    expect(kernelWeight(7, 3)).toBeCloseTo(6 / (35 * 3 * 4), 15);
    expect(kernelSizeWeight(7, 3)).toBeCloseTo(6 / (3 * 4), 15);
  });
  it.each([
    [3, 0],
    [3, 3],
    [3, 1.5],
    [1, 1],
    [3, Number.NaN],
  ])('do not exist for %d players and size %d', (players, size) => {
    expect(() => kernelWeight(players, size)).toThrow(RangeError);
    expect(() => kernelSizeWeight(players, size)).toThrow(RangeError);
  });
});

describe('KernelSHAP', () => {
  it('is exact up to 12 players, without errors', () => {
    const { values, standardErrors } = kernelShapley(writtenGame(3, table), OPTIONS);
    const exact = exactShapley(3, (mask) => table[mask]!).values;
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(exact[i]!, 12);
    });
    expect(Array.from(standardErrors!)).toEqual([0, 0, 0]);
    expect(Array.from(kernelShapley(writtenGame(1, [2, 5]), OPTIONS).values)).toEqual([3]);
  });
  it('draws above: sums exactly, errors of the right size, no bias', () => {
    const runs = 60;
    const squares = new Float64Array(MANY);
    const stated = new Float64Array(MANY);
    const mean = new Float64Array(MANY);
    for (let run = 0; run < runs; run += 1) {
      const { values, standardErrors } = kernelShapley(many, { pairs: 150, seed: `run ${run}` });
      expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(145, 9);
      values.forEach((value, i) => {
        squares[i]! += (value - manyExact[i]!) ** 2 / runs;
        stated[i]! += standardErrors![i]! ** 2 / runs;
        mean[i]! += value / runs;
      });
    }
    for (let i = 0; i < MANY; i += 1) {
      // The spread of 60 runs is itself known to 1 / sqrt(120) = 9 %: 4 of that.
      expect(Math.abs(Math.sqrt(stated[i]! / squares[i]!) - 1)).toBeLessThan(0.37);
      expect(Math.abs(mean[i]! - manyExact[i]!)).toBeLessThan(4 * Math.sqrt(squares[i]! / runs));
    }
  });
  it('steps once a pair', () => {
    const seen = [...kernelShapleyRun(many, { pairs: 60, seed: 's' })];
    expect(seen.at(-1)).toEqual({ done: 60, total: 60 });
  });
  it.each<[string, () => unknown]>([
    ['no pair', () => kernelShapley(many, { pairs: 0, seed: 's' })],
    ['no more pairs than players', () => kernelShapleyRun(many, { pairs: MANY, seed: 's' })],
    ['no player', () => kernelShapleyRun({ playerCount: 0, outputOf: () => 0 }, OPTIONS)],
    ['an output that is not finite', () => kernelShapley({ ...many, outputOf: () => Number.NaN }, OPTIONS)],
  ])('refuses %s', (_name, misuse) => {
    expect(misuse).toThrow(RangeError);
  });
});

const regression = (parts: Partial<KernelRegression> = {}): KernelRegression => ({
  masks: [Uint8Array.of(1, 0, 0), Uint8Array.of(0, 1, 0), Uint8Array.of(0, 1, 1), Uint8Array.of(1, 0, 1)],
  outputs: [1, 4, 2, 5],
  weights: [1, 2, 0.5, 3],
  emptyOutput: 1,
  fullOutput: 7,
  ...parts,
});

describe('the regression on listed coalitions', () => {
  it('equals a plain weighted regression in which none and all weigh a million times more', () => {
    const values = solveKernelRegression(regression());
    // Normal equations with an intercept, solved by elimination.
    const rows = [
      ...regression().masks.map((mask, i) => ({
        z: [1, ...mask],
        y: regression().outputs[i]!,
        w: regression().weights[i]!,
      })),
      { z: [1, 0, 0, 0], y: 1, w: 1e6 },
      { z: [1, 1, 1, 1], y: 7, w: 1e6 },
    ];
    const system = [0, 1, 2, 3].map((j) => [
      ...[0, 1, 2, 3].map((k) => rows.reduce((sum, { z, w }) => sum + w * z[j]! * z[k]!, 0)),
      rows.reduce((sum, { z, y, w }) => sum + w * z[j]! * y, 0),
    ]);
    for (let pivot = 0; pivot < 4; pivot += 1) {
      for (let other = 0; other < 4; other += 1) {
        if (other === pivot) continue;
        const share = system[other]![pivot]! / system[pivot]![pivot]!;
        for (let k = 0; k < 5; k += 1) system[other]![k]! -= share * system[pivot]![k]!;
      }
    }
    // The soft constraints leave a millionth of the residuals.
    for (const player of [1, 2, 3]) {
      expect(values[player - 1]).toBeCloseTo(system[player]![4]! / system[player]![player]!, 4);
    }
    expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(6, 12);
  });
  it.each<[string, Partial<KernelRegression>]>([
    [
      'coalitions that leave a value open',
      { masks: [Uint8Array.of(1, 0, 0), Uint8Array.of(0, 1, 1)], outputs: [1, 2], weights: [1, 1] },
    ],
    ['one coalition for three players', { masks: [Uint8Array.of(1, 0, 0)], outputs: [1], weights: [1] }],
    ['a weight of zero', { weights: [1, 2, 0, 3] }],
    ['a negative weight', { weights: [1, 2, -1, 3] }],
    ['too few outputs', { outputs: [1, 2] }],
    ['an output that is not finite', { outputs: [1, 2, Number.NaN, 3] }],
    ['an infinite whole', { fullOutput: Number.POSITIVE_INFINITY }],
    ['coalitions of different players', { masks: [1, 2, 3, 4].map((n) => new Uint8Array(n)) }],
    ['coalitions of nobody', { masks: [1, 2, 3, 4].map(() => new Uint8Array(0)) }],
  ])('refuses %s', (_name, parts) => {
    expect(() => solveKernelRegression(regression(parts))).toThrow(RangeError);
  });
  it('cannot state errors when pairs are no more than free values, and wants pairs and a value each', () => {
    const values = solveKernelRegression(regression());
    expect(regressionErrors(regression(), values)).toBeNull();
    expect(() => regressionErrors(regression(), values.slice(1))).toThrow(RangeError);
    const odd = { masks: regression().masks.slice(1), outputs: [1, 2, 3], weights: [1, 1, 1] };
    expect(() => regressionErrors(regression(odd), values)).toThrow(RangeError);
  });
});

const sum: ExplainedOutput = {
  inputCount: MANY,
  unit: 'N',
  valueOf: (row) => many.outputOf(Uint8Array.from(row)),
  gradientOf: () => new Float64Array(MANY),
};
const ones = new Float64Array(MANY).fill(1);
const zero = { name: 'nothing', row: new Float64Array(MANY) };
const groups = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `${i}`, columns: [i] }));

describe('kernel values of groups', () => {
  it('says what was done', () => {
    const drawn = kernelGroupShapley(sum, ones, zero, groups(MANY), OPTIONS);
    expect(drawn.attribution.parameters).toEqual({ groups: MANY, pairs: 400, backgroundRows: 1 });
    expect(drawn.attribution).toMatchObject({ method: 'kernel-shapley', seed: 's', unit: 'N' });
    expect(drawn.attribution.values).toEqual(kernelShapley(many, OPTIONS).values);
    const few = kernelGroupShapley(sum, ones, zero, groups(3), OPTIONS);
    expect(few.attribution.parameters).toEqual({ groups: 3, coalitions: 8, backgroundRows: 1 });
    expect(few.attribution.seed).toBeNull();
  });
  it('refuses rows, groups and options that do not fit, at once', () => {
    expect(() => kernelGroupShapleyRun(sum, ones.slice(1), zero, groups(3), OPTIONS)).toThrow(RangeError);
    expect(() => kernelGroupShapleyRun(sum, ones, zero, [], OPTIONS)).toThrow(RangeError);
    expect(() => kernelGroupShapley(sum, ones, zero, groups(MANY), { pairs: 3, seed: 's' })).toThrow(
      RangeError,
    );
  });
});

describe('what is drawn', () => {
  it('has sizes in the proportion of their weights', () => {
    const counts = new Float64Array(MANY);
    let calls = 0;
    const counting: CoalitionGame = {
      playerCount: MANY,
      outputOf: (present) => {
        const size = present.reduce((total, isIn) => total + isIn, 0);
        if (size > 0 && size < MANY) counts[size]! += 1;
        calls += 1;
        return randomStream('noise', 'test', calls).normal();
      },
    };
    kernelShapley(counting, { pairs: 2000, seed: 's' });
    let total = 0;
    for (let size = 1; size < MANY; size += 1) total += kernelSizeWeight(MANY, size);
    for (let size = 1; size < MANY; size += 1) {
      const share = kernelSizeWeight(MANY, size) / total;
      // A size and its complement's are drawn together: 5 standard deviations of 2,000 pairs.
      expect(Math.abs(counts[size]! / 4000 - share)).toBeLessThan(
        5 * Math.sqrt((share * (1 - share)) / 2000),
      );
    }
  });
});
