import { describe, expect, it } from 'vitest';
import { compare } from './comparison.ts';
import type { VectorRunner } from './runner.ts';
import { run as runCounterfactual } from './runners/counterfactual.ts';
import { run as runFaithfulness } from './runners/faithfulness.ts';
import { run as runStability } from './runners/stability.ts';
import { toleranceOf, type VectorCase, type VectorFile } from './vector-file.ts';

const layers = [
  { type: 'dense', kernel: [[1], [2]], bias: [0], activation: 'linear' },
  { type: 'dense', kernel: [[1, -1]], bias: [0, 0], activation: 'linear' },
];
const FILE: VectorFile = {
  stem: 'quality',
  nets: { net: { input: 2, layers } },
  tolerance: { abs: 1e-12, rel: 0 },
  cases: [],
};
const problemsOf = (run: VectorRunner, vector: VectorCase) =>
  run(vector, FILE)
    .map((each) => compare(each, FILE.tolerance).problem)
    .filter((problem) => problem !== '');

describe('the tolerance of a case', () => {
  const above = { abs: 1e-8, rel: 1e-8 };
  it('is a number, named parts, or that of the file', () => {
    expect(toleranceOf({ tolerance: 0.05 }, above)).toEqual({ abs: 0.05, rel: 0 });
    expect(toleranceOf({ tolerance: { rel: 0.1 } }, above)).toEqual({ abs: 0, rel: 0.1 });
    expect(toleranceOf({ atol: 0.2 }, above)).toEqual({ abs: 0.2, rel: 0 });
    expect(toleranceOf({ tolerance: { note: 'loose' } }, above)).toBe(above);
  });
});

describe('a case of faithfulness', () => {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const curve = { name: 'curve', net: 'net', input: [1, 1], baseline: [0, 0], target: 0 };
  // The difference of the two logits is twice the sum: 3, without the second input 1, without both 0.
  it.each([
    ['logits', [3, 1, 0]],
    ['softmax', [sigmoid(6), sigmoid(2), 0.5]],
    ['prob', [sigmoid(6), sigmoid(2), 0.5]],
  ])('may ask for outputs as %s', (outputKind, deletion) => {
    const vector = { ...curve, outputKind, attributionPerUnit: [1, 2], order: [1, 0] };
    expect(problemsOf(runFaithfulness, { ...vector, deletion })).toEqual([]);
    expect(problemsOf(runFaithfulness, { ...vector, deletion: deletion.map((x) => x + 0.01) })).not.toEqual(
      [],
    );
  });

  it('may look at the slopes of a written function near one row or several', () => {
    const near = {
      function: 'f = relu(x1) - x2',
      input: [
        [3, 1],
        [0.001, 1],
      ],
    };
    const bent = { ...near, name: 'sensitivity', provenance: 'sensitivity, radius 0.02' };
    const changes = runFaithfulness({ ...bent, expected: [0, 0] }, FILE)[0]?.actual as number[];
    expect(changes[0]).toBe(0);
    // From the slope (1, -1) to (0, -1).
    expect(changes[1]).toBeCloseTo(Math.SQRT1_2, 12);
    const straight = { function: 'f = 2 x1 - x2', input: [3, 1], name: 'infidelity' };
    expect(problemsOf(runFaithfulness, { ...straight, expected: 0 })).toEqual([]);
    expect(problemsOf(runFaithfulness, { ...straight, function: 'f = x1^2', expected: 0 })).not.toEqual([]);
  });
});

describe('a case of randomised weights', () => {
  const epsilon = { rule: 'epsilon', epsilon: 0 };
  const asked = { net: 'net', input: [1, 1], target: 0, rules: [epsilon, epsilon] };
  const randomWeights = [
    { kernel: [[3], [1]], bias: [0] },
    { kernel: [[5, 1]], bias: [0, 0] },
  ];
  const cascadeOf = (attributions: number[][], sets: number[][]) =>
    sets.map((randomisedLayers, i) => ({ randomisedLayers, attribution: attributions[i] }));
  it('goes from the output to the input, or as its name says', () => {
    const vector = { ...asked, randomWeights, original: [1, 2] };
    const down = cascadeOf(
      [
        [5, 10],
        [15, 5],
      ],
      [[1], [0, 1]],
    );
    const up = cascadeOf(
      [
        [3, 1],
        [15, 5],
      ],
      [[0], [0, 1]],
    );
    const each = cascadeOf(
      [
        [3, 1],
        [5, 10],
      ],
      [[0], [1]],
    );
    expect(problemsOf(runStability, { ...vector, name: 'mprt_top_down', cascade: down })).toEqual([]);
    expect(problemsOf(runStability, { ...vector, name: 'mprt_top_down', cascade: up })).not.toEqual([]);
    expect(problemsOf(runStability, { ...vector, name: 'mprt_bottom_up', cascade: up })).toEqual([]);
    expect(problemsOf(runStability, { ...vector, name: 'mprt_independent', cascade: each })).toEqual([]);
  });
});

describe('a linear counterfactual', () => {
  it('may ask for a probability', () => {
    const asked = { name: 'logistic', kind: 'logistic', weights: [2], bias: 0, input: [0], probability: 0.5 };
    const vector = { ...asked, targetProbability: 0.8 };
    expect(problemsOf(runCounterfactual, { ...vector, l2Distance: Math.log(4) / 2 })).toEqual([]);
    expect(problemsOf(runCounterfactual, { ...vector, l2Distance: 0.4 })).not.toEqual([]);
    expect(() => problemsOf(runCounterfactual, { ...vector, targetProbability: 1 })).toThrow();
  });
});
