import { describe, expect, it } from 'vitest';
import { forwardNetwork } from '../../networks/forward-network.ts';
import {
  type AffineLayer,
  buildNetwork,
  type ConvolutionLayer,
  type DenseLayer,
  type LstmLayer,
  type Network,
  type NetworkLayer,
} from '../../networks/network.ts';
import { sequenceWindow } from '../../networks/sequence-window.ts';
import { randomStream } from '../../numerics/random-stream.ts';
import type { Composite, LayerRule } from './composite.ts';
import { propagateRelevance } from './propagate-relevance.ts';
import type { WeightedSumRule } from './relevance-rule.ts';
import { scalingAsAffine } from './scaling-layer.ts';
import { UnsupportedRelevanceError } from './unsupported-relevance.ts';

const stream = randomStream('propagate-relevance', 'weights', 0);
const normals = (length: number) => Float64Array.from({ length }, () => stream.normal());

const dense = (name: string, source: number, inputCount: number, outputCount: number): DenseLayer => ({
  kind: 'dense',
  name,
  sources: [source],
  outputShape: [outputCount],
  activation: 'relu',
  inputCount,
  outputCount,
  kernel: normals(inputCount * outputCount),
  bias: normals(outputCount),
});

const STEPS = 6;

const convolution = (name: string, source: number, padding: 'same' | 'valid'): ConvolutionLayer => {
  const window = sequenceWindow(STEPS, 3, 1, padding);
  return {
    kind: 'conv1d',
    name,
    sources: [source],
    outputShape: [window.outputSteps, 2],
    activation: 'relu',
    window,
    inputCount: 2,
    outputCount: 2,
    kernel: normals(12),
    bias: normals(2),
  };
};

const affine = (name: string, source: number, outputShape: readonly number[]): AffineLayer => ({
  kind: 'affine',
  name,
  sources: [source],
  outputShape,
  scale: Float64Array.of(2, -0.5),
  offset: Float64Array.of(0.3, 1),
});

const lstm = (name: string, source: number, inputCount: number, units: number): LstmLayer => ({
  kind: 'lstm',
  name,
  sources: [source],
  outputShape: [units],
  steps: STEPS,
  units,
  inputCount,
  returnSequences: false,
  goBackwards: false,
  recurrentActivation: 'sigmoid',
  kernel: normals(inputCount * 4 * units),
  recurrentKernel: normals(units * 4 * units),
  bias: normals(4 * units),
});

const LSTM_RULE: LayerRule = { rule: 'lstm', mode: 'all', epsilon: 1e-3, redistributesBias: false };
const RULES: readonly WeightedSumRule[] = [
  { rule: 'epsilon', epsilon: 0.01 },
  { rule: 'gamma', gamma: 0.25 },
  { rule: 'alpha-beta', alpha: 2, beta: 1 },
  { rule: 'z-box', low: -5, high: 4 },
  { rule: 'w-square' },
  { rule: 'flat' },
];

function relevance(network: Network, row: Float64Array, composite: Composite, reference?: Float64Array) {
  const start = forwardNetwork(network, row).output;
  const settings = { composite, reference: reference ?? new Float64Array(row.length) };
  return propagateRelevance(network, row, start, settings);
}

function expectClose(actual: Float64Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length);
  for (const [j, value] of expected.entries()) expect(actual[j]).toBeCloseTo(value, 9);
}

const sumOf = (values: Iterable<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);

const oneInput = (shape: readonly number[], layers: readonly NetworkLayer[]) =>
  buildNetwork([{ name: 'input', shape }], layers);

describe('an affine layer', () => {
  const { scale, offset } = affine('scaling', 0, [2]);
  it.each(RULES)('in front of a dense layer is folded into it: $rule', (rule) => {
    const inner = dense('dense', 1, 2, 3);
    const split = oneInput([2], [affine('scaling', 0, [2]), inner]);
    const folded: DenseLayer = {
      ...inner,
      sources: [0],
      kernel: inner.kernel.map((w, at) => w * scale[Math.floor(at / 3)]!),
      bias: inner.bias.map((b, k) => b + offset[0]! * inner.kernel[k]! + offset[1]! * inner.kernel[3 + k]!),
    };
    const row = Float64Array.of(0.7, -1.2);
    const own = relevance(split, row, { rules: [rule] });
    const expected = relevance(oneInput([2], [folded]), row, { rules: [rule] });
    expectClose(own.inputs, expected.inputs);
    expect(own.layers[1]!.bias).toBeCloseTo(expected.layers[0]!.bias, 9);
  });
  it.each(RULES)('behind a linear convolution and before a relu is folded into it: $rule', (rule) => {
    const front = { ...convolution('convolution', 0, 'same'), activation: 'linear' as const };
    const layers: NetworkLayer[] = [
      front,
      affine('normalisation', 1, [STEPS, 2]),
      { kind: 'activation', name: 'relu', sources: [2], outputShape: [STEPS, 2], activation: 'relu' },
    ];
    const folded: ConvolutionLayer = {
      ...front,
      activation: 'relu',
      kernel: front.kernel.map((w, at) => w * scale[at % 2]!),
      bias: front.bias.map((b, k) => b * scale[k]! + offset[k]!),
    };
    const row = normals(2 * STEPS);
    const own = relevance(oneInput([STEPS, 2], layers), row, { rules: [rule] });
    expectClose(own.inputs, relevance(oneInput([STEPS, 2], [folded]), row, { rules: [rule] }).inputs);
  });
  it('in front of a padded convolution does not shift the padding', () => {
    const inner = convolution('convolution', 1, 'same');
    const network = oneInput([STEPS, 2], [affine('scaling', 0, [STEPS, 2]), inner]);
    const row = normals(2 * STEPS);
    const start = forwardNetwork(network, row).output;
    const rule: WeightedSumRule = { rule: 'epsilon', epsilon: 0.01 };
    // By hand: x scale w over the full sum, real positions only.
    const expected = new Float64Array(row.length);
    for (let t = 0; t < STEPS; t += 1) {
      for (let k = 0; k < 2; k += 1) {
        const taps = [-1, 0, 1].flatMap((d) =>
          t + d < 0 || t + d >= STEPS ? [] : [[t + d, d + 1] as const],
        );
        const weight = (tap: number, i: number) => inner.kernel[(tap * 2 + i) * 2 + k]!;
        let z = inner.bias[k]!;
        for (const [s, tap] of taps) {
          for (const i of [0, 1]) z += (row[s * 2 + i]! * scale[i]! + offset[i]!) * weight(tap, i);
        }
        const stabilised = z + (z >= 0 ? 0.01 : -0.01);
        for (const [s, tap] of taps) {
          for (const i of [0, 1]) {
            expected[s * 2 + i]! +=
              ((row[s * 2 + i]! * scale[i]! * weight(tap, i)) / stabilised) * start[t * 2 + k]!;
          }
        }
      }
    }
    expectClose(relevance(network, row, { rules: [rule] }).inputs, expected);
  });
  it('that a pool reads is a weighted sum of its own', () => {
    const layers: NetworkLayer[] = [
      affine('scaling', 0, [STEPS, 2]),
      {
        kind: 'max-pooling1d',
        name: 'pool',
        sources: [1],
        outputShape: [3, 2],
        window: sequenceWindow(STEPS, 2, 2, 'valid'),
        channels: 2,
      },
    ];
    const row = normals(2 * STEPS);
    const own = relevance(oneInput([STEPS, 2], layers), row, { rules: [] });
    const [scaling] = own.layers;
    expect(sumOf(own.inputs) + scaling!.bias + scaling!.stabiliser).toBeCloseTo(scaling!.sum, 9);
    // Winner takes all, and its share is what the input itself adds.
    for (const [at, value] of scaling!.values.entries()) {
      const added = row[at]! * scale[at % 2]!;
      expect(own.inputs[at]).toBeCloseTo(value === 0 ? 0 : (added / (added + offset[at % 2]!)) * value, 6);
    }
  });
  it('is what a scaling layer becomes, with the same outputs and one rule less', () => {
    const scaling: DenseLayer = {
      ...dense('scaling', 0, 2, 2),
      activation: 'linear',
      kernel: Float64Array.of(2, 0, 0, -0.5),
    };
    const mixing: DenseLayer = { ...dense('mixing', 1, 2, 2), activation: 'linear' };
    const network = oneInput([2], [scaling, mixing]);
    const changed = scalingAsAffine(network);
    expect(changed.layers.map(({ kind }) => kind)).toEqual(['affine', 'dense']);
    const row = Float64Array.of(0.4, 3);
    expectClose(forwardNetwork(changed, row).output, forwardNetwork(network, row).output);
    expect(relevance(changed, row, { rules: [{ rule: 'flat' }] }).inputs.every(Number.isFinite)).toBe(true);
  });
});

describe('the reference', () => {
  const network = oneInput([3], [dense('first', 0, 3, 4), dense('second', 1, 4, 2)]);
  const row = Float64Array.of(1, -2, 0.5);
  const reference = Float64Array.of(0.5, 1, 0.5);
  it('moves what relevance counts from: the first layer written about it gives the same', () => {
    const [first, second] = network.layers as [DenseLayer, DenseLayer];
    const bias = first.bias.map(
      (b, k) => b + reference.reduce((sum, r, j) => sum + r * first.kernel[j * 4 + k]!, 0),
    );
    const shifted = oneInput([3], [{ ...first, bias }, second]);
    const composite: Composite = {
      rules: [
        { rule: 'gamma', gamma: 0.25 },
        { rule: 'epsilon', epsilon: 0.01 },
      ],
    };
    const own = relevance(network, row, composite, reference);
    expectClose(
      own.inputs,
      relevance(
        shifted,
        row.map((value, j) => value - reference[j]!),
        composite,
      ).inputs,
    );
    expect(own.inputs[2]).toBe(0);
  });
  it('does not move a box, which is its own starting point', () => {
    const composite: Composite = {
      rules: [
        { rule: 'z-box', low: -3, high: 3 },
        { rule: 'epsilon', epsilon: 0.01 },
      ],
    };
    expectClose(
      relevance(network, row, composite, reference).inputs,
      relevance(network, row, composite).inputs,
    );
  });
});

describe('branches', () => {
  const inputs = [
    { name: 'trace', shape: [STEPS, 2] },
    { name: 'features', shape: [2] },
    { name: 'known', shape: [2] },
  ];
  const pooled: NetworkLayer[] = [
    lstm('forward', 0, 2, 2),
    { ...lstm('backward', 0, 2, 3), goBackwards: true },
    { kind: 'multiply', name: 'held', sources: [1, 2], outputShape: [2] },
    { kind: 'concatenate', name: 'joined', sources: [3, 4, 5], outputShape: [7], widths: [2, 3, 2] },
    { ...dense('head', 6, 7, 2), activation: 'linear' },
  ];
  const network = buildNetwork(inputs, pooled);
  const row = Float64Array.from([...normals(2 * STEPS), 0.5, -1, 1, 0]);
  const composite: Composite = { rules: [LSTM_RULE, LSTM_RULE, { rule: 'epsilon', epsilon: 0.01 }] };
  const start = forwardNetwork(network, row).output;
  const reference = new Float64Array(row.length);
  it('share at a concatenation, and every input, bias and stabiliser adds up to the start', () => {
    const found = propagateRelevance(network, row, start, { composite, reference, masks: ['known'] });
    const absorbed = sumOf(found.layers.map(({ bias, stabiliser }) => bias + stabiliser));
    expect(sumOf(found.inputs) + absorbed).toBeCloseTo(sumOf(start), 9);
    const [forward, backward, held] = found.layers;
    expect([...forward!.values, ...backward!.values, ...held!.values]).toEqual([...found.layers[3]!.values]);
  });
  it('a mask gets none of a product, and what it hides gets none either', () => {
    const { inputs: values } = propagateRelevance(network, row, start, {
      composite,
      reference,
      masks: ['known'],
    });
    expect(values.slice(-2)).toEqual(Float64Array.of(0, 0));
    expect(values[2 * STEPS]).not.toBe(0);
    expect(values[2 * STEPS + 1]).toBe(0);
  });
  it('an LSTM that reads backwards is one that reads the reversed sequence', () => {
    const only = (layer: LstmLayer) => oneInput([STEPS, 2], [layer]);
    const backward = { ...lstm('lstm', 0, 2, 3), goBackwards: true };
    const trace = normals(2 * STEPS);
    const reversed = (values: Float64Array) =>
      values.map((_, at) => values[(STEPS - 1 - (at >> 1)) * 2 + (at % 2)]!);
    const own = relevance(only(backward), trace, { rules: [LSTM_RULE] }).inputs;
    const other = relevance(only({ ...backward, goBackwards: false }), reversed(trace), {
      rules: [LSTM_RULE],
    }).inputs;
    expectClose(own, reversed(other));
  });
  it('repeating a vector sums over the steps', () => {
    const repeat: NetworkLayer[] = [
      { kind: 'repeat-vector', name: 'repeat', sources: [0], outputShape: [STEPS, 2], steps: STEPS },
      { kind: 'reshape', name: 'flat', sources: [1], outputShape: [2 * STEPS] },
      dense('head', 2, 2 * STEPS, 1),
    ];
    const found = relevance(oneInput([2], repeat), Float64Array.of(1, 2), { rules: [{ rule: 'flat' }] });
    expect(found.inputs[0]).toBeCloseTo(found.layers[2]!.sum / 2, 9);
  });
  it('a product of two signals is refused by name', () => {
    const refused = () => propagateRelevance(network, row, start, { composite, reference });
    expect(refused).toThrow(UnsupportedRelevanceError);
    expect(refused).toThrow(/"held": .*masks and one signal/);
  });
  it('a product of two signals beside the way of the explained output is no hindrance', () => {
    const two = buildNetwork(
      [{ name: 'input', shape: [2] }],
      [
        dense('gate', 0, 2, 2),
        { kind: 'multiply', name: 'product', sources: [0, 1], outputShape: [2] },
        dense('other', 0, 2, 2),
        { kind: 'concatenate', name: 'answer', sources: [2, 3], outputShape: [4], widths: [2, 2] },
      ],
    );
    const rules = [{ rule: 'flat' } as const, { rule: 'flat' } as const];
    const settings = { composite: { rules }, reference: new Float64Array(2) };
    const of = (...values: number[]) =>
      propagateRelevance(two, Float64Array.of(1, 2), Float64Array.of(...values), settings);
    expect(Array.from(of(0, 0, 1, 1).inputs)).toEqual([1, 1].map((value) => expect.closeTo(value, 9)));
    expect(() => of(1, 0, 1, 1)).toThrow(/"product"/);
  });
});

describe('misuse', () => {
  const network = oneInput([3], [dense('dense', 0, 3, 2)]);
  const flat: Composite = { rules: [{ rule: 'flat' }] };
  const call = (
    changes: Partial<{
      row: number[];
      start: number[];
      reference: number[];
      composite: Composite;
      masks: string[];
    }>,
  ) => {
    const { row = [1, 2, 3], start = [1, 1], reference = [0, 0, 0], composite = flat, masks = [] } = changes;
    return propagateRelevance(network, Float64Array.from(row), Float64Array.from(start), {
      composite,
      reference: Float64Array.from(reference),
      masks,
    });
  };
  it.each([
    ['a short row', { row: [1, 2] }],
    ['a row that is no number', { row: [1, 2, Number.NaN] }],
    ['a short start', { start: [1] }],
    ['an infinite start', { start: [1, Number.POSITIVE_INFINITY] }],
    ['a short reference', { reference: [0] }],
    ['a reference that is no number', { reference: [0, 0, Number.NaN] }],
    ['a rule too few', { composite: { rules: [] } }],
    ['the rule of an LSTM on a dense layer', { composite: { rules: [LSTM_RULE] } }],
    ['a negative epsilon of the pools', { composite: { ...flat, poolingEpsilon: -1 } }],
    ['a mask that is no input', { masks: ['known'] }],
  ])('%s is refused', (_name, changes) => {
    expect(() => call(changes)).toThrow(RangeError);
  });
  it('a softmax inside and an LSTM without its biases or with an unknown mode are refused', () => {
    const inside = oneInput(
      [3],
      [{ ...dense('shares', 0, 3, 3), activation: 'softmax' }, dense('head', 1, 3, 1)],
    );
    const rules = [{ rule: 'flat' } as const, { rule: 'flat' } as const];
    expect(() => relevance(inside, Float64Array.of(1, 2, 3), { rules })).toThrow(/"shares": .*softmax/);
    const recurrent = oneInput([STEPS, 2], [lstm('lstm', 0, 2, 2)]);
    const row = new Float64Array(2 * STEPS);
    expect(() => relevance(recurrent, row, { rules: [LSTM_RULE], usesBias: false })).toThrow(RangeError);
    expect(() => relevance(recurrent, row, { rules: [{ ...LSTM_RULE, epsilon: -1 }] })).toThrow(RangeError);
    expect(() => relevance(recurrent, row, { rules: [{ rule: 'flat' }] })).toThrow(RangeError);
    const odd = { ...LSTM_RULE, mode: 'none' as 'all' };
    expect(() => relevance(recurrent, row, { rules: [odd] })).toThrow(RangeError);
  });
});
