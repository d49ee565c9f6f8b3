import { tensor, tidy } from '@tensorflow/tfjs-core';
import {
  type SymbolicTensor,
  input as tfjsInput,
  layers as tfjsLayers,
  model as tfjsModel,
} from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../networks/activation.ts';
import { cutNetwork } from '../networks/cut-network.ts';
import { forwardNetwork } from '../networks/forward-network.ts';
import type { Network } from '../networks/network.ts';
import { readLayersModel } from '../networks/read-layers-model.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { startBackend } from './backend.ts';
import { tfjsForward } from './ensemble-forward.ts';
import { executeGraph } from './execute-graph.ts';
import { buildGraphModel, type GraphLayer, type GraphModelSpec } from './graph-model.ts';
import { inputShapes, inputTensors } from './model-rows.ts';
import { loadModelFiles, serialiseModel } from './serialise-model.ts';

/** Two engines, one of them in float32: relative to the largest output or 1 (decisions 24). */
const RANDOM_NET_TOLERANCE = 1e-5;

beforeAll(async () => {
  await startBackend(null);
});

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function randomRow(length: number, subject: number): Float64Array {
  const stream = randomStream('engines', 'row', subject);
  return Float64Array.from({ length }, () => stream.normal());
}

/** Largest difference between the engines over a few rows, relative to the largest output or 1. */
function engineGap(
  spec: GraphModelSpec,
  seed: number,
  twist: (network: Network) => Network = (n) => n,
): number {
  const model = buildGraphModel(spec, seed, 0);
  const files = serialiseModel(model);
  const network = twist(readLayersModel(text(files.modelJson), files.weightsBin));
  const rows = [0, 1, 2].map((row) => randomRow(network.inputCount, seed * 10 + row));
  const expected = tfjsForward(model, rows);
  model.dispose();
  let gap = 0;
  let largest = 1;
  for (const [i, row] of rows.entries()) {
    const { output } = forwardNetwork(network, row);
    expect(output.length).toBe(expected[i]!.length);
    for (const [k, value] of output.entries()) {
      gap = Math.max(gap, Math.abs(value - expected[i]![k]!));
      largest = Math.max(largest, Math.abs(value));
    }
  }
  return gap / largest;
}

const activation = fc.constantFrom(...ACTIVATIONS);
const padding = fc.constantFrom('valid' as const, 'same' as const);
const small = fc.integer({ min: 1, max: 4 });
const dense = (name: string, from: string) =>
  fc.record({
    kind: fc.constant('dense' as const),
    name: fc.constant(name),
    from: fc.constant(from),
    units: small,
    activation,
  });
const conv = (name: string, from: string) =>
  fc.record({
    kind: fc.constant('conv1d' as const),
    name: fc.constant(name),
    from: fc.constant(from),
    filters: small,
    size: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 2 }),
    padding,
    activation,
  });
const pool = (name: string, from: string) =>
  fc.record({
    kind: fc.constantFrom('max-pooling1d' as const, 'average-pooling1d' as const),
    name: fc.constant(name),
    from: fc.constant(from),
    size: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 2 }),
    padding,
  });
const lstm = (name: string, from: string, returnSequences: boolean) =>
  fc.record({
    kind: fc.constant('lstm' as const),
    name: fc.constant(name),
    from: fc.constant(from),
    units: small,
    returnSequences: fc.constant(returnSequences),
  });

/** A sequence of at least 12 steps survives two windows of 3 at stride 2. */
const sequenceInput = fc
  .tuple(fc.integer({ min: 12, max: 18 }), small)
  .map(([steps, channels]) => ({ name: 'trace', shape: [steps, channels] as const, scaling: null }));
const featureInput = fc
  .integer({ min: 1, max: 5 })
  .map((size) => ({ name: 'features', shape: [size] as const, scaling: null }));

const FAMILIES: Record<string, fc.Arbitrary<GraphModelSpec>> = {
  dense: fc.tuple(featureInput, dense('a', 'features'), dense('head', 'a')).map(([input, ...layers]) => ({
    name: 'dense',
    inputs: [input],
    layers,
  })),
  convolution: fc
    .tuple(sequenceInput, conv('a', 'trace'), pool('b', 'a'), conv('c', 'b'), dense('d', 'c'))
    .map(([input, ...layers]) => ({
      name: 'convolution',
      inputs: [input],
      layers: [...layers, { kind: 'flatten', name: 'flat', from: 'd' }] satisfies GraphLayer[],
    })),
  lstm: fc
    .tuple(sequenceInput, lstm('a', 'trace', true), lstm('b', 'a', false), dense('head', 'b'))
    .map(([input, ...layers]) => ({ name: 'lstm', inputs: [input], layers })),
  joined: fc
    .tuple(featureInput, sequenceInput, conv('a', 'trace'), lstm('b', 'a', false), dense('c', 'features'))
    .map(([features, sequence, a, b, c]) => ({
      name: 'joined',
      inputs: [sequence, features],
      layers: [
        a,
        { kind: 'global-average-pooling1d', name: 'mean', from: 'a' },
        b,
        c,
        { kind: 'concatenate', name: 'joined', from: ['mean', 'b', 'c'] },
        { kind: 'dense', name: 'level', from: 'joined', units: 4, activation: 'linear' },
        { kind: 'dense', name: 'share', from: 'joined', units: 4, activation: 'sigmoid' },
        { kind: 'multiply', name: 'held', from: ['level', 'share'] },
        { kind: 'repeat-vector', name: 'again', from: 'held', steps: 3 },
        { kind: 'activation', name: 'soft', from: 'again', activation: 'softmax' },
        { kind: 'concatenate', name: 'both', from: ['again', 'soft'] },
        { kind: 'reshape', name: 'answer', from: 'both', shape: [24] },
      ] satisfies GraphLayer[],
    })),
};

describe('the Float64 engine equals tfjs on random nets', () => {
  for (const [name, family] of Object.entries(FAMILIES)) {
    it(name, () => {
      fc.assert(
        fc.property(family, fc.integer({ min: 0, max: 1e6 }), (spec, seed) => {
          expect(engineGap(spec, seed)).toBeLessThanOrEqual(RANDOM_NET_TOLERANCE);
        }),
        { numRuns: 25, seed: 3 },
      );
    });
  }
});

describe('broken twins of the engine are caught', () => {
  const spec: GraphModelSpec = {
    name: 'twin',
    inputs: [{ name: 'trace', shape: [9, 2], scaling: null }],
    layers: [
      {
        kind: 'conv1d',
        name: 'conv',
        from: 'trace',
        filters: 3,
        size: 3,
        padding: 'same',
        activation: 'tanh',
      },
      { kind: 'lstm', name: 'lstm', from: 'conv', units: 3, returnSequences: false },
      { kind: 'dense', name: 'head', from: 'lstm', units: 2, activation: 'linear' },
    ],
  };
  const twisted =
    (twist: (layer: Network['layers'][number]) => Network['layers'][number]) =>
    (network: Network): Network => ({ ...network, layers: network.layers.map(twist) });
  it('the right one passes', () => {
    expect(engineGap(spec, 5)).toBeLessThanOrEqual(RANDOM_NET_TOLERANCE);
  });
  it('a convolution that turns its kernel round, as signal processing does', () => {
    const wrong = twisted((layer) =>
      layer.kind === 'conv1d' ? { ...layer, kernel: layer.kernel.slice().reverse() } : layer,
    );
    expect(engineGap(spec, 5, wrong)).toBeGreaterThan(1e-3);
  });
  it('a padding that puts all zeros before the sequence', () => {
    const wrong = twisted((layer) =>
      layer.kind === 'conv1d' ? { ...layer, window: { ...layer.window, padBefore: 2 } } : layer,
    );
    expect(engineGap(spec, 5, wrong)).toBeGreaterThan(1e-3);
  });
  it('an LSTM with forget gate and input gate swapped', () => {
    const wrong = twisted((layer) => {
      if (layer.kind !== 'lstm') return layer;
      const swapped = layer.bias.map((_, j) => layer.bias[j < 6 ? (j + 3) % 6 : j]!);
      return { ...layer, bias: swapped };
    });
    expect(engineGap(spec, 5, wrong)).toBeGreaterThan(1e-3);
  });
});

describe('layers that only reading knows', () => {
  it('folds the moving statistics of a batch normalisation', () => {
    const end = tfjsInput({ shape: [4], name: 'features' });
    const normal = tfjsLayers.batchNormalization({ name: 'normal' });
    const output = tfjsLayers.dense({ name: 'head', units: 2 }).apply(normal.apply(end)) as SymbolicTensor;
    const model = tfjsModel({ inputs: end, outputs: output, name: 'normalised' });
    const values = [
      [1, 2, 0.5, 1],
      [0, 1, -1, 2],
      [3, -1, 0, 1],
      [1, 4, 2, 0.25],
    ];
    tidy(() => normal.setWeights(values.map((value) => tensor(value))));
    const files = serialiseModel(model);
    const network = readLayersModel(text(files.modelJson), files.weightsBin);
    const row = Float64Array.from([0.3, -2, 5, 1]);
    const [expected] = tfjsForward(model, [row]);
    for (const [k, value] of forwardNetwork(network, row).output.entries()) {
      expect(Math.abs(value - expected![k]!)).toBeLessThanOrEqual(
        RANDOM_NET_TOLERANCE * Math.max(1, Math.abs(value)),
      );
    }
  });
});

describe('a graph of two inputs', () => {
  const spec: GraphModelSpec = {
    name: 'two-inputs',
    inputs: [
      {
        name: 'features',
        shape: [2],
        scaling: { kernel: Float64Array.from([2, 0, 0, 3]), bias: Float64Array.from([1, -1]) },
      },
      {
        name: 'trace',
        shape: [6, 1],
        scaling: { kernel: Float64Array.from([0.5]), bias: Float64Array.from([0.25]) },
      },
    ],
    layers: [
      { kind: 'lstm', name: 'lstm', from: 'trace', units: 3, returnSequences: false },
      { kind: 'concatenate', name: 'joined', from: ['features', 'lstm'] },
      { kind: 'dense', name: 'hidden-0', from: 'joined', units: 4, activation: 'relu' },
      { kind: 'dense', name: 'head', from: 'hidden-0', units: 2, activation: 'linear' },
    ],
  };
  it('cut behind a layer and put together again is the whole network to the bit', () => {
    const files = serialiseModel(buildGraphModel(spec, 1, 0));
    const network = readLayersModel(text(files.modelJson), files.weightsBin);
    const { branch, rest, branchInputs, restInputs } = cutNetwork(network, 'lstm');
    expect([branchInputs, restInputs]).toEqual([['trace'], ['features']]);
    const row = randomRow(8, 3);
    const answer = forwardNetwork(branch, row.slice(2)).output;
    const joined = Float64Array.from([...row.slice(0, 2), ...answer]);
    expect(forwardNetwork(rest, joined)).toEqual(forwardNetwork(network, row));
    expect(branch.weightCount + rest.weightCount).toBe(network.weightCount);
    expect(() => cutNetwork(network, 'head')).toThrow(/is the output/);
    expect(() => cutNetwork(network, 'nowhere')).toThrow(/no layer "nowhere"/);
  });
  it('survives the files bit by bit, and the same weights give the same bytes', async () => {
    const model = buildGraphModel(spec, 1, 0);
    const files = serialiseModel(model);
    // tfjs renames the weights of a second model with the same layer names; the files must not show it.
    const again = serialiseModel(buildGraphModel(spec, 1, 0));
    expect(text(again.modelJson)).toBe(text(files.modelJson));
    expect(again.weightsBin).toEqual(files.weightsBin);
    const loaded = await loadModelFiles(files);
    const rows = [0, 1].map((row) => randomRow(8, row));
    expect(tfjsForward(loaded, rows)).toEqual(tfjsForward(model, rows));
  });
  it('scales inside the graph, records layers before and after their activation, and shows the last hidden layer', () => {
    const files = serialiseModel(buildGraphModel(spec, 1, 0));
    const network = readLayersModel(text(files.modelJson), files.weightsBin);
    const row = randomRow(8, 4);
    const { recorded, lastHidden } = forwardNetwork(network, row, [
      'features-scaling',
      'trace-scaling',
      'hidden-0',
    ]);
    expect([...recorded.get('features-scaling')!.output]).toEqual([2 * row[0]! + 1, 3 * row[1]! - 1]);
    expect([...recorded.get('trace-scaling')!.output]).toEqual([...row.slice(2)].map((x) => 0.5 * x + 0.25));
    const { output, preActivation } = recorded.get('hidden-0')!;
    expect([...output]).toEqual([...preActivation].map((x) => Math.max(0, x)));
    expect(lastHidden).toEqual(output);
    expect(() => forwardNetwork(network, row, ['hidden-7'])).toThrow(/hidden-7/);
  });
  it('runs the same layer by layer as by tfjs itself', () => {
    const model = buildGraphModel(spec, 1, 0);
    const row = randomRow(8, 9);
    const [expected] = tfjsForward(model, [row]);
    const own = tidy(() =>
      Array.from(
        executeGraph(model, inputTensors(inputShapes(model), Float32Array.from(row), 1))
          .get('head')!
          .dataSync(),
      ),
    );
    for (const [k, value] of own.entries())
      expect(Math.abs(value - expected![k]!)).toBeLessThan(RANDOM_NET_TOLERANCE);
  });
  it('is refused with a clear sentence when it does not fit', () => {
    const head: GraphLayer = {
      kind: 'dense',
      name: 'head',
      from: 'features',
      units: 1,
      activation: 'linear',
    };
    const inputs = [{ name: 'features', shape: [3] as const, scaling: null }];
    const build = (layers: GraphLayer[]) => buildGraphModel({ name: 'x', inputs, layers }, 1, 0);
    expect(() => build([{ ...head, from: 'trace' }])).toThrow(/reads "trace"/);
    expect(() => build([head, head])).toThrow(/used twice/);
    expect(() => build([{ ...head, units: 20_000 }])).toThrow(/80000 weights/);
    expect(() =>
      build([{ kind: 'lstm', name: 'l', from: 'features', units: 2, returnSequences: false }]),
    ).toThrow(/"l" does not fit/);
    expect(() => build([{ ...head, name: 'aside' }, head])).toThrow(/"aside" does not lead to the output/);
    const product: GraphLayer = { kind: 'multiply', name: 'product', from: ['features', 'head'] };
    expect(() => build([head, product])).toThrow(/multiplies different shapes/);
    expect(() => build([])).toThrow(RangeError);
    const scaling = { kernel: new Float64Array(4), bias: new Float64Array(2) };
    expect(() =>
      buildGraphModel({ name: 'x', inputs: [{ ...inputs[0]!, scaling }], layers: [head] }, 1, 0),
    ).toThrow(/scaling/);
  });
});
