import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LstmWeights } from '../../networks/lstm-layer.ts';
import { randomStream } from '../../numerics/random-stream.ts';
import type { LstmRule } from './composite.ts';
import { GATE_MODES, shareAtGate } from './gate-share.ts';
import { recordLstm } from './lstm-record.ts';
import { lstmRelevance } from './lstm-relevance.ts';
import { plainView } from './slot-view.ts';

const sumOf = (values: Iterable<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);

function randomLstm(seed: number): { weights: LstmWeights; input: Float64Array; byHidden: Float64Array } {
  const stream = randomStream('lstm-relevance', 'layer', seed);
  const [steps, inputCount, units] = [1 + stream.integer(4), 1 + stream.integer(3), 1 + stream.integer(3)];
  const normals = (length: number, scale: number) =>
    Float64Array.from({ length }, () => scale * stream.normal());
  return {
    weights: {
      recurrentActivation: stream.uniform() < 0.5 ? 'sigmoid' : 'hard-sigmoid',
      inputCount,
      units,
      kernel: normals(inputCount * 4 * units, 0.7),
      recurrentKernel: normals(units * 4 * units, 0.5),
      bias: normals(4 * units, 0.4),
    },
    input: normals(steps * inputCount, 1),
    byHidden: normals(steps * units, 1),
  };
}

/**
 * Arras et al. once more, written as they write it: one function for a linear layer that is given the numerators of one
 * of its two incoming parts and the answer of both, called part by part.
 */
function slowRelevance(weights: LstmWeights, input: Float64Array, rule: LstmRule, byHidden: Float64Array) {
  const { inputCount, units, kernel, recurrentKernel, bias } = weights;
  const width = 4 * units;
  const record = recordLstm(weights, input);
  const steps = record.steps;
  const column = (block: number, k: number) => block * units + k;
  const linear = (
    values: number[],
    weight: (j: number, k: number) => number,
    biases: number[],
    answers: number[],
    relevance: number[],
    unitCount: number,
  ) =>
    values.map((value, j) =>
      answers.reduce((sum, z, k) => {
        const sign = z >= 0 ? 1 : -1;
        const own = rule.redistributesBias ? (biases[k]! + rule.epsilon * sign) / unitCount : 0;
        return sum + ((value * weight(j, k) + own) / (z + rule.epsilon * sign)) * relevance[k]!;
      }, 0),
    );
  const at = (values: Float64Array, t: number) => Array.from(values.subarray(t * units, (t + 1) * units));
  const zeros = Array.from({ length: units }, () => 0);
  const add = (a: number[], b: number[]) => a.map((value, i) => value + b[i]!);
  const identity = (j: number, k: number) => (j === k ? 1 : 0);
  const split = (gate: number[], signal: number[], relevance: number[]) => {
    const parts = relevance.map((value, j) => shareAtGate(rule.mode, gate[j]!, signal[j]!, value));
    return { gate: parts.map((part) => part.gate), signal: parts.map((part) => part.signal) };
  };
  let ofHidden = zeros;
  let ofCell = zeros;
  const ofInput: number[] = [];
  for (let t = steps - 1; t >= 0; t -= 1) {
    const gates = (block: number) => zeros.map((_, j) => record.gates[t * width + column(block, j)]!);
    const z = (block: number) => zeros.map((_, j) => record.preActivations[t * width + column(block, j)]!);
    const b = (block: number) => zeros.map((_, j) => bias[column(block, j)]!);
    const [cell, before, hiddenBefore] = [at(record.cell, t + 1), at(record.cell, t), at(record.hidden, t)];
    const answer = split(gates(3), cell.map(Math.tanh), add(ofHidden, at(byHidden, t)));
    ofCell = add(ofCell, answer.signal);
    const kept = before.map((value, j) => gates(1)[j]! * value);
    const fresh = gates(2).map((value, j) => gates(0)[j]! * value);
    const forgotten = split(gates(1), before, linear(kept, identity, zeros, cell, ofCell, 2 * units));
    const admitted = split(gates(0), gates(2), linear(fresh, identity, zeros, cell, ofCell, 2 * units));
    ofCell = forgotten.signal;
    const x = Array.from(input.subarray(t * inputCount, (t + 1) * inputCount));
    let [toX, toHidden] = [x.map(() => 0), zeros];
    for (const [block, relevance] of [
      admitted.gate,
      forgotten.gate,
      admitted.signal,
      answer.gate,
    ].entries()) {
      const fromX = (j: number, k: number) => kernel[j * width + column(block, k)]!;
      const fromHidden = (j: number, k: number) => recurrentKernel[j * width + column(block, k)]!;
      const count = inputCount + units;
      toX = add(toX, linear(x, fromX, b(block), z(block), relevance, count));
      toHidden = add(toHidden, linear(hiddenBefore, fromHidden, b(block), z(block), relevance, count));
    }
    ofInput.unshift(...toX);
    ofHidden = toHidden;
  }
  return { input: ofInput, initialHidden: ofHidden, initialCell: ofCell };
}

const rules = fc.record({
  rule: fc.constant('lstm' as const),
  mode: fc.constantFrom('all' as const, 'half' as const, 'abs' as const),
  epsilon: fc.constantFrom(1e-3, 0.1),
  redistributesBias: fc.boolean(),
});

/** Relative to the largest relevance: with half and abs a step may hold a hundred times the start. */
const ROUNDING = 1e-10;

describe('relevance of an LSTM', () => {
  it('equals the slow form, part by part, in every mode', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), rules, (seed, rule) => {
        const { weights, input, byHidden } = randomLstm(seed);
        const found = lstmRelevance(weights, plainView(input), rule, byHidden);
        const slow = slowRelevance(weights, input, rule, byHidden);
        for (const key of ['input', 'initialHidden', 'initialCell'] as const) {
          const scale = Math.max(1, ...slow.input.map(Math.abs));
          for (const [i, value] of slow[key].entries()) {
            expect(Math.abs(found[key][i]! - value) / scale).toBeLessThan(ROUNDING);
          }
        }
      }),
      { seed: 61, numRuns: 80 },
    );
  });
  it('accounts for everything: start = inputs + biases + stabilisers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), rules, (seed, rule) => {
        const { weights, input, byHidden } = randomLstm(seed);
        const found = lstmRelevance(weights, plainView(input), rule, byHidden);
        const total = sumOf(found.input) + found.bias + found.stabiliser;
        const scale = Math.max(1, ...found.cell.map(Math.abs), ...found.hidden.map(Math.abs));
        expect(Math.abs(total - sumOf(byHidden)) / scale).toBeLessThan(ROUNDING);
        const initial = sumOf(found.initialHidden) + sumOf(found.initialCell);
        if (!rule.redistributesBias) expect(initial).toBe(0);
        else expect(Math.abs(found.bias + found.stabiliser - initial) / scale).toBeLessThan(ROUNDING);
      }),
      { seed: 62, numRuns: 80 },
    );
  });
  it('gives the worked example with one unit and two steps', () => {
    const weights: LstmWeights = {
      recurrentActivation: 'sigmoid',
      inputCount: 1,
      units: 1,
      kernel: Float64Array.of(0.5, 0.25, 1, -0.5),
      recurrentKernel: Float64Array.of(0.1, -0.2, 0.8, 0.3),
      bias: Float64Array.of(0, 1, 0, 0),
    };
    const input = Float64Array.of(1, -0.5);
    const byHidden = Float64Array.of(0, 0.199297);
    const rule: LstmRule = { rule: 'lstm', mode: 'all', epsilon: 0.001, redistributesBias: false };
    const found = lstmRelevance(weights, plainView(input), rule, byHidden);
    // Printed to six places.
    expect(found.input[0]).toBeCloseTo(0.434684, 5);
    expect(found.input[1]).toBeCloseTo(-0.237391, 5);
    expect(found.cell[0]).toBeCloseTo(0.436037, 5);
    expect(found.candidate[1]).toBeCloseTo(-0.174558, 5);
    expect(found.cellFromNext[0]).toBeCloseTo(0.37273, 5);
  });
  it('is finite and lost to the stabiliser when nothing moves', () => {
    const { weights } = randomLstm(4);
    const dead = { ...weights, kernel: weights.kernel.map(() => 0), bias: weights.bias.map(() => 0) };
    const input = new Float64Array(2 * weights.inputCount);
    const byHidden = new Float64Array(2 * weights.units).fill(1);
    for (const mode of GATE_MODES) {
      for (const epsilon of [0, 0.001]) {
        const rule: LstmRule = { rule: 'lstm', mode, epsilon, redistributesBias: false };
        const found = lstmRelevance(dead, plainView(input), rule, byHidden);
        expect(found.input.every((value) => value === 0)).toBe(true);
        expect(found.stabiliser).toBeCloseTo(sumOf(byHidden), 9);
      }
    }
  });
  it('refuses relevance and sequences that do not fit', () => {
    const { weights, input, byHidden } = randomLstm(4);
    const rule: LstmRule = { rule: 'lstm', mode: 'all', epsilon: 0.001, redistributesBias: false };
    expect(() => lstmRelevance(weights, plainView(input), rule, byHidden.slice(1))).toThrow(RangeError);
    expect(() =>
      lstmRelevance(
        weights,
        plainView(input),
        rule,
        byHidden.map(() => Number.NaN),
      ),
    ).toThrow(RangeError);
    expect(() => recordLstm(weights, new Float64Array(0))).toThrow(RangeError);
    expect(() =>
      recordLstm(
        weights,
        input.map(() => Number.NaN),
      ),
    ).toThrow(RangeError);
  });
});

describe('the share of a gate', () => {
  it.each([
    ['all', 0, 6],
    ['half', 3, 3],
    ['abs', 1.5, 4.5],
    ['prop', -3, 9],
  ] as const)('%s', (mode, gate, signal) => {
    const share = shareAtGate(mode, 0.25, -0.75, 6);
    expect(share.gate).toBeCloseTo(gate, 9);
    expect(share.signal).toBeCloseTo(signal, 9);
  });
  it('never loses anything, whatever cancels', () => {
    for (const mode of GATE_MODES) {
      for (const [gate, signal] of [
        [0, 0],
        [0.5, -0.5],
        [1, 0],
      ] as const) {
        const share = shareAtGate(mode, gate, signal, 1);
        expect(share.gate + share.signal).toBeCloseTo(1, 3);
      }
    }
  });
});
