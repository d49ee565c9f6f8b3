import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { memory, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { startBackend } from './backend.ts';
import { buildGraphModel, type GraphModelSpec } from './graph-model.ts';
import { copyWeights, layerOutputs } from './layer-outputs.ts';
import type { Loss } from './loss.ts';
import { type Penalty, penaltyTerm } from './penalty.ts';
import { serialiseModel } from './serialise-model.ts';
import { evaluateLoss, type TrainingOptions, trainModel } from './training-loop.ts';
import type { TrainingRows } from './training-rows.ts';

beforeAll(async () => {
  // The backend that shipped weights are trained on: the byte law holds there.
  const wasmEntry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  expect(await startBackend(`${dirname(wasmEntry)}/`)).toBe('wasm');
});

/** A trace of 8 steps x 2 channels through a convolution and an LSTM, beside 3 features. Rows: 3 + 16 numbers. */
const JOINED: GraphModelSpec = {
  name: 'joined',
  inputs: [
    { name: 'features', shape: [3], scaling: null },
    {
      name: 'trace',
      shape: [8, 2],
      scaling: { kernel: Float64Array.from([1, 0, 0, 2]), bias: new Float64Array(2) },
    },
  ],
  layers: [
    { kind: 'conv1d', name: 'conv', from: 'trace', filters: 3, size: 3, activation: 'relu' },
    { kind: 'lstm', name: 'lstm', from: 'conv', units: 4, returnSequences: false },
    { kind: 'concatenate', name: 'joined', from: ['features', 'lstm'] },
    { kind: 'dense', name: 'hidden-0', from: 'joined', units: 6, activation: 'tanh' },
    { kind: 'dense', name: 'head', from: 'hidden-0', units: 2, activation: 'linear' },
  ],
};
/** One dense layer from three features: least squares has a known answer. */
const linear = (outputs: number): GraphModelSpec => ({
  name: 'linear',
  inputs: [{ name: 'features', shape: [3], scaling: null }],
  layers: [{ kind: 'dense', name: 'head', from: 'features', units: outputs, activation: 'linear' }],
});

/** Stand-in rows whose two targets depend on a feature and on the mean of the trace. */
function joinedRows(count: number, seed: string): TrainingRows {
  const inputs = new Float32Array(count * 19);
  const targets = new Float32Array(count * 2);
  for (let row = 0; row < count; row += 1) {
    const stream = randomStream(seed, 'joined', row);
    const values = Array.from({ length: 19 }, () => stream.normal());
    inputs.set(values, row * 19);
    const trace = values.slice(3).reduce((sum, value) => sum + value, 0) / 16;
    targets.set([values[0]! + trace, 2 * trace], row * 2);
  }
  return { count, inputs, targets, rowWeights: new Float32Array(count).fill(1) };
}
const OPTIONS: TrainingOptions = {
  loss: 'mean-squared-error',
  batchSize: 16,
  maxEpochs: 4,
  learningRate: 0.01,
  dropoutRate: { 'hidden-0': 0.1, lstm: 0.1 },
  patienceEpochs: 4,
  groups: [],
  seed: 'graph',
  member: 0,
};
const weightsOf = (model: LayersModel, layer: string) =>
  model.getLayer(layer).weights.map((weight) => Array.from(weight.read().dataSync()));
const hash = (model: LayersModel) => {
  const { modelJson, weightsBin } = serialiseModel(model);
  return createHash('sha256').update(modelJson).update(weightsBin).digest('hex');
};

describe('training a graph', () => {
  const train = joinedRows(64, 'train');
  const validation = joinedRows(32, 'validation');
  it('is byte-equal for one seed, learns, and leaves no tensor behind', () => {
    const run = (seed: string) => {
      const model = buildGraphModel(JOINED, seed, 0);
      const result = trainModel(model, train, validation, { ...OPTIONS, seed });
      return { result, hash: hash(model), dispose: () => model.dispose() };
    };
    const first = run('a');
    const before = memory().numTensors;
    const again = run('a');
    again.dispose();
    expect(memory().numTensors).toBe(before);
    expect(again.hash).toBe(first.hash);
    expect(again.result).toEqual(first.result);
    expect(run('b').hash).not.toBe(first.hash);
    expect(first.result.trainingLosses).toHaveLength(4);
    expect(first.result.validationLosses.at(-1)).toBeLessThan(first.result.validationLosses[0]!);
  });
  it('leaves frozen layers bit by bit as they are, and moves all the others', () => {
    const model = buildGraphModel(JOINED, 'frozen', 0);
    const names = ['trace-scaling', 'conv', 'lstm', 'hidden-0', 'head'];
    const before = names.map((name) => weightsOf(model, name));
    trainModel(model, train, validation, { ...OPTIONS, frozenLayers: ['conv', 'lstm'] });
    const isSame = names.map(
      (name, i) => JSON.stringify(weightsOf(model, name)) === JSON.stringify(before[i]),
    );
    expect(isSame).toEqual([true, true, true, false, false]);
    // Broken twin: without the option the recurrent layer moves.
    trainModel(model, train, validation, OPTIONS);
    expect(weightsOf(model, 'lstm')).not.toEqual(before[2]);
  });
  it('trained on the cached answers of the frozen part equals training the whole with that part frozen', () => {
    const model = buildGraphModel(JOINED, 'cached', 0);
    const cached = (rows: TrainingRows): TrainingRows => ({
      ...rows,
      inputs: layerOutputs(model, rows.inputs, rows.count, 'joined'),
    });
    const head: GraphModelSpec = {
      name: 'head',
      inputs: [{ name: 'joined', shape: [7], scaling: null }],
      layers: JOINED.layers.slice(3),
    };
    const small = buildGraphModel(head, 'other', 0);
    copyWeights(model, small);
    const options = { ...OPTIONS, dropoutRate: 0 };
    trainModel(small, cached(train), cached(validation), options);
    trainModel(model, train, validation, { ...options, frozenLayers: ['conv', 'lstm'] });
    expect(weightsOf(small, 'hidden-0')).toEqual(weightsOf(model, 'hidden-0'));
    expect(weightsOf(small, 'head')).toEqual(weightsOf(model, 'head'));
    expect(() => copyWeights(model, small, ['lstm'])).toThrow(/"lstm" is not in both/);
    expect(() => layerOutputs(model, train.inputs, train.count, 'nowhere')).toThrow(/nowhere/);
  });
  it('runs all epochs and keeps the last weights without validation rows', () => {
    const model = buildGraphModel(JOINED, 'all', 0);
    const result = trainModel(model, train, null, OPTIONS);
    expect(result).toMatchObject({
      epochs: 4,
      bestEpoch: 3,
      bestValidationLoss: Number.NaN,
      validationLosses: [],
    });
  });
  it('refuses what does not fit', () => {
    const model = buildGraphModel(JOINED, 'refused', 0);
    const attempt =
      (change: Partial<TrainingOptions>, rows = train) =>
      () =>
        trainModel(model, rows, validation, { ...OPTIONS, ...change });
    expect(attempt({ frozenLayers: ['lstn'] })).toThrow(/no layer "lstn"/);
    expect(attempt({ frozenLayers: ['conv', 'lstm', 'hidden-0', 'head'] })).toThrow(/nothing is left/);
    expect(attempt({ dropoutRate: { nowhere: 0.1 } })).toThrow(/no layer "nowhere"/);
    expect(attempt({ outputWeights: new Float32Array(3) })).toThrow(/2 outputs/);
    expect(attempt({ penalties: [{ layer: 'joined', matrix: null, strength: 1 }] })).toThrow(/no kernel/);
    expect(attempt({ loss: { kind: 'pinball', levels: [0.1, 0.5, 0.9] } })).toThrow(/no multiple of 3/);
    expect(attempt({ loss: { kind: 'pinball', levels: [0, 1] } })).toThrow(/levels/);
    expect(attempt({}, { ...train, targetMask: new Float32Array(3) })).toThrow(/do not fit/);
    const withNan = { ...train, inputs: train.inputs.slice() };
    withNan.inputs[0] = Number.NaN;
    expect(attempt({}, withNan)).toThrow(/inputs of the training rows .* not finite/);
  });
});

/** One row of three features and as many targets. */
const oneRow = (targets: number[], more: Partial<TrainingRows> = {}): TrainingRows => ({
  count: 1,
  inputs: Float32Array.from([1, 0, 0]),
  targets: Float32Array.from(targets),
  rowWeights: Float32Array.from([1]),
  ...more,
});

describe('losses', () => {
  /** Loss of a model that answers these numbers, whatever it is asked. */
  const lossOf = (answers: number[], rows: TrainingRows, loss: Loss, outputWeights?: Float32Array) => {
    const model = buildGraphModel(linear(answers.length), 'loss', 0);
    tidy(() => {
      model
        .getLayer('head')
        .setWeights([tensor(new Float32Array(3 * answers.length), [3, answers.length]), tensor(answers)]);
    });
    const value = evaluateLoss(model, rows, outputWeights ? { loss, outputWeights } : { loss });
    model.dispose();
    return value;
  };
  it('the masked squared error looks at observed targets only', () => {
    const rows = oneRow([1, 5, 9], { targetMask: Float32Array.from([1, 0, 1]) });
    expect(lossOf([2, 100, 12], rows, 'mean-squared-error')).toBe((1 + 9) / 2);
    // Broken twin: without the mask the censored target counts.
    expect(lossOf([2, 100, 12], oneRow([1, 5, 9]), 'mean-squared-error')).toBeGreaterThan(1_000);
    const none = oneRow([1, 5, 9], { targetMask: new Float32Array(3) });
    expect(() => lossOf([2, 100, 12], none, 'mean-squared-error')).toThrow(/no target has a weight/);
  });
  it('weighs outputs', () => {
    expect(lossOf([2, 7, 12], oneRow([1, 5, 9]), 'mean-squared-error', Float32Array.from([3, 0, 1]))).toBe(
      (3 + 9) / 2,
    );
  });
  it('pinball costs the level above a quantile and one minus the level below it', () => {
    const loss = { kind: 'pinball', levels: [0.25, 0.75] } as const;
    // Targets 1 and 5; quantiles 0 and 2 of the first, 4 and 8 of the second.
    const expected = (0.25 * 1 + 0.25 * 1 + 0.25 * 1 + 0.25 * 3) / 4;
    expect(lossOf([0, 2, 4, 8], oneRow([1, 5]), loss)).toBeCloseTo(expected, 6);
    expect(lossOf([0, 2, 4, 8], oneRow([1, 5], { targetMask: Float32Array.from([1, 0]) }), loss)).toBeCloseTo(
      0.25,
      6,
    );
  });
  it('pinball finds the quantiles of a sample', () => {
    const count = 400;
    const stream = randomStream('pinball', 'sample', 0);
    const rows: TrainingRows = {
      count,
      inputs: new Float32Array(count * 3),
      targets: Float32Array.from({ length: count }, () => stream.uniform()),
      rowWeights: new Float32Array(count).fill(1),
    };
    const model = buildGraphModel(linear(3), 'quantiles', 0);
    const levels = [0.1, 0.5, 0.9];
    trainModel(model, rows, null, {
      ...OPTIONS,
      loss: { kind: 'pinball', levels },
      dropoutRate: 0,
      batchSize: count,
      maxEpochs: 150,
      learningRate: 0.02,
    });
    const [, bias] = weightsOf(model, 'head');
    const sorted = Array.from(rows.targets).sort((a, b) => a - b);
    // Adam's step of 0.02 leaves the answer within a few steps of the sample's own quantile.
    levels.forEach((level, l) => {
      expect(Math.abs(bias![l]! - sorted[Math.floor(level * count)]!)).toBeLessThan(0.03);
    });
  });
});

describe('penalties', () => {
  const kernel = [1, 2, 3, 4, 5, 6];
  const matrix = Float64Array.from([2, 1, 0, 1, 3, 0, 0, 0, 1]);
  const penaltyOf = (penalty: Omit<Penalty, 'layer'>) =>
    tidy(() => penaltyTerm(tensor(kernel, [3, 2]), { layer: 'head', ...penalty }).dataSync()[0]!);
  it("are strength * trace(W' M W), by hand", () => {
    expect(penaltyOf({ matrix: null, strength: 0.5 })).toBe(0.5 * 91);
    // Columns (1, 3, 5) and (2, 4, 6): 2 + 27 + 25 + 2 * 3 and 8 + 48 + 36 + 2 * 8.
    expect(penaltyOf({ matrix, strength: 1 })).toBe(60 + 108);
    expect(() => penaltyOf({ matrix: new Float64Array(4), strength: 1 })).toThrow(/3 x 3/);
    expect(() => penaltyOf({ matrix: null, strength: -1 })).toThrow(/strength/);
  });
  it('hold back a direction of the inputs, and never enter the reported losses', () => {
    const count = 64;
    const stream = randomStream('penalty', 'rows', 0);
    const inputs = Float32Array.from({ length: count * 3 }, () => stream.normal());
    const rows: TrainingRows = {
      count,
      inputs,
      targets: Float32Array.from({ length: count }, (_, i) => inputs[3 * i]! + inputs[3 * i + 1]!),
      rowWeights: new Float32Array(count).fill(1),
    };
    const run = (penalties: Penalty[]) => {
      const model = buildGraphModel(linear(1), 'penalty', 0);
      const options = {
        ...OPTIONS,
        dropoutRate: 0,
        batchSize: count,
        maxEpochs: 120,
        learningRate: 0.05,
        penalties,
      };
      const { trainingLosses } = trainModel(model, rows, null, options);
      return {
        weights: weightsOf(model, 'head')[0]!,
        loss: trainingLosses.at(-1)!,
        own: evaluateLoss(model, rows, options),
      };
    };
    const free = run([]);
    const held = run([
      { layer: 'head', matrix: Float64Array.from([10, 0, 0, 0, 0, 0, 0, 0, 0]), strength: 1 },
    ]);
    for (const weight of free.weights.slice(0, 2)) expect(weight).toBeCloseTo(1, 2);
    // Normal equations with variance near 1: w0 = 1 / (1 + 10), give or take the sample's covariance.
    expect(held.weights[0]).toBeLessThan(0.2);
    expect(held.weights[1]).toBeGreaterThan(0.8);
    expect(held.loss).toBeCloseTo(held.own, 2);
  });
});
