import { createHash } from 'node:crypto';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { forwardNetwork } from '../networks/dense-network.ts';
import { readLayersModel } from '../networks/read-layers-model.ts';
import { type RandomStream, randomStream } from '../numerics/random-stream.ts';
import { startBackend } from './backend.ts';
import { buildDenseModel, countWeights, type DenseModelSpec } from './dense-model.ts';
import { dropoutMask, shuffledOrder } from './dropout-mask.ts';
import { tfjsForward } from './ensemble-forward.ts';
import { type InputGroup, removeGroups } from './group-removal.ts';
import { loadModelFiles, type ModelFiles, serialiseModel } from './serialise-model.ts';
import { classWeights, type TrainingOptions, type TrainingRows, trainModel } from './training-loop.ts';

const identity = (size: number) => {
  const kernel = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) kernel[i * size + i] = 1;
  return { kernel, bias: new Float64Array(size) };
};
const spec: DenseModelSpec = {
  inputCount: 4,
  outputCount: 3,
  hiddenUnits: [12, 8],
  activation: 'relu',
  inputScaling: identity(4),
};

/** Stand-in data: three shifted clouds in three features, with a mask column. */
function standIn(count: number, seed: string): TrainingRows & { labels: Int32Array } {
  const inputs = new Float32Array(count * 4);
  const targets = new Float32Array(count * 3);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i += 1) {
    const stream = randomStream(seed, 'stand-in', i);
    const label = i % 3;
    labels[i] = label;
    targets[i * 3 + label] = 1;
    inputs.set([0, 1, 2].map((k) => stream.normal() + (k === label ? 2 : 0)).concat(1), i * 4);
  }
  return { count, inputs, targets, rowWeights: classWeights(labels, 3), labels };
}
const options = (member: number): TrainingOptions => ({
  loss: 'softmax-cross-entropy',
  batchSize: 32,
  maxEpochs: 6,
  learningRate: 5e-3,
  dropoutRate: 0.1,
  patienceEpochs: 3,
  groups: [{ name: 'second and third', featureColumns: [1, 2], maskColumn: 3, removalRate: 0.2 }],
  seed: 'test',
  member,
});
const hash = (files: ModelFiles) =>
  createHash('sha256').update(files.modelJson).update(files.weightsBin).digest('hex');
function trainOnce(member: number) {
  const model = buildDenseModel(spec, 'test', member);
  const result = trainModel(model, standIn(300, 'train'), standIn(150, 'validation'), options(member));
  return { model, result, files: serialiseModel(model) };
}

beforeAll(async () => {
  await startBackend(null);
});

describe('training from named streams', () => {
  it('gives the same bytes for the same seed and other bytes for another member', () => {
    const first = trainOnce(0);
    const again = trainOnce(0);
    expect(hash(again.files)).toBe(hash(first.files));
    expect(hash(trainOnce(1).files)).not.toBe(hash(first.files));
  });
  it('learns, ends on the best epoch and stops early', () => {
    const { model, result } = trainOnce(0);
    expect(result.bestValidationLoss).toBe(Math.min(...result.validationLosses));
    expect(result.bestValidationLoss).toBeLessThan(result.validationLosses[0]!);
    const test = standIn(300, 'unseen');
    const rows = Array.from({ length: 300 }, (_, i) =>
      Float64Array.from(test.inputs.subarray(i * 4, i * 4 + 4)),
    );
    const outputs = tfjsForward(model, rows);
    const right = outputs.filter((row, i) => row.indexOf(Math.max(...row)) === test.labels[i]).length;
    expect(right / 300).toBeGreaterThan(0.7);
    const still = trainModel(model, standIn(300, 'train'), standIn(150, 'validation'), {
      ...options(0),
      learningRate: 0.5,
      maxEpochs: 30,
      patienceEpochs: 2,
    });
    expect(still.epochs).toBeLessThan(30);
  });
  it('leaves the input scaling untouched', () => {
    const { model } = trainOnce(0);
    const [kernel] = model.layers[0]!.getWeights();
    expect(Array.from(kernel!.dataSync())).toEqual(Array.from(spec.inputScaling.kernel));
  });
  it('refuses a network above the size limit', () => {
    expect(countWeights(spec)).toBe(20 + 60 + 104 + 27);
    expect(() => buildDenseModel({ ...spec, hiddenUnits: [230, 220] }, 1, 0)).toThrow(/50000/);
  });
});

/** Law: two consecutive masks of a stream differ. */
const masksDiffer = (next: () => Float32Array) => {
  const first = next();
  return next().some((value, i) => value !== first[i]);
};

describe('dropout masks', () => {
  it('differ from call to call; a re-seeded mask, as tfjs answers it, is caught', () => {
    const stream = randomStream('law', 'dropout', 0);
    expect(masksDiffer(() => dropoutMask(stream, 8, 16, 0.3))).toBe(true);
    const brokenTwin = () => dropoutMask(randomStream('law', 'dropout', 0), 8, 16, 0.3);
    expect(masksDiffer(brokenTwin)).toBe(false);
  });
  it('keep the mean of 1 and refuse a rate of 1', () => {
    const mask = dropoutMask(randomStream('law', 'mean', 0), 400, 100, 0.25);
    const mean = mask.reduce((sum, value) => sum + value, 0) / mask.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.02);
    expect(() => dropoutMask(randomStream(1, 'x', 0), 1, 1, 1)).toThrow(RangeError);
  });
  it('the order of a batch is a permutation and changes from epoch to epoch', () => {
    const stream = randomStream('law', 'order', 0);
    const first = shuffledOrder(stream, 50);
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect([...shuffledOrder(stream, 50)]).not.toEqual([...first]);
  });
});

describe('removal of groups', () => {
  const group: InputGroup = { name: 'pair', featureColumns: [0, 1], maskColumn: 2, removalRate: 0.5 };
  const rows = () => new Float32Array(300).fill(1);
  /** Law: mask and every feature of a group are absent together. */
  const isWhole = (remove: (inputs: Float32Array, stream: RandomStream) => void) => {
    const inputs = rows();
    remove(inputs, randomStream('law', 'removal', 0));
    let removed = 0;
    for (let i = 0; i < inputs.length; i += 3) {
      if (inputs[i] !== inputs[i + 1] || inputs[i] !== inputs[i + 2]) return false;
      if (inputs[i] === 0) removed += 1;
    }
    return removed > 20 && removed < 80;
  };
  it('takes features and mask together; a twin that drops single features is caught', () => {
    expect(isWhole((inputs, stream) => removeGroups(inputs, 3, [group], stream))).toBe(true);
    const brokenTwin = (inputs: Float32Array, stream: RandomStream) => {
      for (let i = 0; i < inputs.length; i += 1) if (stream.uniform() < 0.5) inputs[i] = 0;
    };
    expect(isWhole(brokenTwin)).toBe(false);
  });
});

describe('two engines', () => {
  it('agree on a trained net and after a round trip through the files', async () => {
    const { model, files } = trainOnce(2);
    const network = readLayersModel(new TextDecoder().decode(files.modelJson), files.weightsBin);
    const loaded = await loadModelFiles(files);
    const rows = Array.from({ length: 40 }, (_, i) =>
      Float64Array.from({ length: 4 }, () => 3 * randomStream('rows', 'engine', i).normal()),
    );
    const [own, reloaded] = [tfjsForward(model, rows), tfjsForward(loaded, rows)];
    for (const [i, row] of rows.entries()) {
      const float64 = forwardNetwork(network, row).output;
      for (const [k, value] of float64.entries()) {
        expect(reloaded[i]![k]).toBe(own[i]![k]);
        expect(Math.abs(value - own[i]![k]!)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(value)));
      }
    }
  });
  it('disagree when a kernel is read in the wrong order (broken twin)', () => {
    const { model, files } = trainOnce(2);
    const network = readLayersModel(new TextDecoder().decode(files.modelJson), files.weightsBin);
    const twisted = network.layers.map((layer) =>
      layer.kind === 'dense' ? { ...layer, kernel: layer.kernel.slice().reverse() } : layer,
    );
    const row = Float64Array.from([0.4, -1, 2, 1]);
    const wrong = forwardNetwork({ ...network, layers: twisted }, row).output[0]!;
    expect(Math.abs(wrong - tfjsForward(model, [row])[0]![0]!)).toBeGreaterThan(1e-3);
  });
  it('leaves no tensor behind in a forward pass', () => {
    const { model } = trainOnce(0);
    const before = memory().numTensors;
    tfjsForward(model, [new Float64Array(4)]);
    expect(memory().numTensors).toBe(before);
  });
});
