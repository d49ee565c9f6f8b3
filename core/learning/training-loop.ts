import {
  losses,
  mul,
  type Scalar,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor1d,
  tensor2d,
  tidy,
  train,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { Sequential } from '@tensorflow/tfjs-layers';
import { randomStream } from '../numerics/random-stream.ts';
import { dropoutMask, shuffledOrder } from './dropout-mask.ts';
import { type InputGroup, removeGroups } from './group-removal.ts';

/** Rows of numbers, flat and row after row. */
export interface TrainingRows {
  count: number;
  /** Length count * inputs of the model. */
  inputs: Float32Array;
  /** Length count * outputs: one-hot classes, or standardised values. */
  targets: Float32Array;
  /** Length count: weight of each row in the loss, e.g. of its class. */
  rowWeights: Float32Array;
}

export interface TrainingOptions {
  loss: 'softmax-cross-entropy' | 'mean-squared-error';
  batchSize: number;
  maxEpochs: number;
  learningRate: number;
  /** After each hidden layer, 0 to below 1. */
  dropoutRate: number;
  /** Epochs without a better validation loss before training stops. */
  patienceEpochs: number;
  /** Groups taken away at random from training rows. */
  groups: readonly InputGroup[];
  /** Names the streams of order, dropout and removal together with `member`. */
  seed: number | string;
  member: number;
}

export interface TrainingResult {
  epochs: number;
  bestEpoch: number;
  bestValidationLoss: number;
  validationLosses: number[];
}

/**
 * Weights per row that make every class count the same in the loss; their mean is 1.
 * @param labels - class of each row, 0..classCount-1. @throws RangeError when a class has no row.
 */
export function classWeights(labels: ArrayLike<number>, classCount: number): Float32Array {
  const counts = new Array<number>(classCount).fill(0);
  for (let i = 0; i < labels.length; i += 1) counts[labels[i]!]! += 1;
  if (counts.some((count) => count === 0)) throw new RangeError('a class has no row');
  return Float32Array.from(labels, (label) => labels.length / (classCount * counts[label]!));
}

/**
 * Trains a model in place with Adam and ends on the weights of the best validation loss.
 * Order, dropout masks and group removal come from the streams (seed, "batch-order" | "dropout/<layer>" |
 * "group-removal", member): the same seed gives the same bytes on the same backend. Neither `model.fit` nor
 * `layers.dropout` is used: the first draws from Math.random, the second repeats one mask.
 * @throws RangeError when lengths do not fit the model or the loss stops being finite.
 */
export function trainModel(
  model: Sequential,
  rows: TrainingRows,
  validation: TrainingRows,
  options: TrainingOptions,
): TrainingResult {
  const inputCount = model.inputs[0]!.shape[1] as number;
  const outputCount = model.outputs[0]!.shape[1] as number;
  for (const set of [rows, validation]) checkRows(set, inputCount, outputCount);
  const hidden = model.layers.filter((layer) => layer.name.startsWith('hidden-'));
  const streams = {
    order: randomStream(options.seed, 'batch-order', options.member),
    removal: randomStream(options.seed, 'group-removal', options.member),
    dropout: hidden.map((layer) => randomStream(options.seed, `dropout/${layer.name}`, options.member)),
  };
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  const optimizer = train.adam(options.learningRate);
  const validationLosses: number[] = [];
  let best = { epoch: 0, loss: Number.POSITIVE_INFINITY, weights: [] as Float32Array[] };
  for (let epoch = 0; epoch < options.maxEpochs; epoch += 1) {
    const order = shuffledOrder(streams.order, rows.count);
    for (let start = 0; start < rows.count; start += options.batchSize) {
      const batch = takeRows(rows, order.subarray(start, start + options.batchSize), inputCount, outputCount);
      removeGroups(batch.inputs, inputCount, options.groups, streams.removal);
      const masks = hidden.map((layer, i) =>
        options.dropoutRate === 0
          ? null
          : dropoutMask(
              streams.dropout[i]!,
              batch.count,
              layer.outputShape[1] as number,
              options.dropoutRate,
            ),
      );
      tidy(() => {
        optimizer.minimize(() => batchLoss(model, batch, options.loss, masks), false, variables);
      });
    }
    const loss = tidy(() => batchLoss(model, validation, options.loss, []).dataSync()[0]!);
    if (!Number.isFinite(loss)) throw new RangeError('the loss is not finite: the learning rate is too high');
    validationLosses.push(loss);
    if (loss < best.loss) best = { epoch, loss, weights: variables.map(copyValues) };
    else if (epoch - best.epoch >= options.patienceEpochs) break;
  }
  for (const [i, variable] of variables.entries()) {
    tidy(() => variable.assign(tensor(best.weights[i]!, variable.shape)));
  }
  optimizer.dispose();
  return {
    epochs: validationLosses.length,
    bestEpoch: best.epoch,
    bestValidationLoss: best.loss,
    validationLosses,
  };
}

/** Weighted mean loss of one batch; a mask per hidden layer, or none for evaluation. */
function batchLoss(
  model: Sequential,
  batch: TrainingRows,
  loss: TrainingOptions['loss'],
  masks: readonly (Float32Array | null)[],
): Scalar {
  const inputs = tensor2d(batch.inputs, [batch.count, batch.inputs.length / batch.count]);
  const targets = tensor2d(batch.targets, [batch.count, batch.targets.length / batch.count]);
  let current: Tensor = inputs;
  let hiddenIndex = 0;
  for (const layer of model.layers) {
    current = layer.apply(current) as Tensor;
    if (!layer.name.startsWith('hidden-')) continue;
    const mask = masks[hiddenIndex];
    // shape [rows, units], the mask enters as an input
    if (mask) current = mul(current, tensor2d(mask, current.shape as [number, number]));
    hiddenIndex += 1;
  }
  if (loss === 'softmax-cross-entropy') {
    return losses.softmaxCrossEntropy(targets, current as Tensor2D, tensor1d(batch.rowWeights)) as Scalar;
  }
  return losses.meanSquaredError(targets, current, tensor2d(batch.rowWeights, [batch.count, 1])) as Scalar;
}

function takeRows(
  rows: TrainingRows,
  order: Int32Array,
  inputCount: number,
  outputCount: number,
): TrainingRows {
  const inputs = new Float32Array(order.length * inputCount);
  const targets = new Float32Array(order.length * outputCount);
  const rowWeights = new Float32Array(order.length);
  for (const [to, from] of order.entries()) {
    inputs.set(rows.inputs.subarray(from * inputCount, (from + 1) * inputCount), to * inputCount);
    targets.set(rows.targets.subarray(from * outputCount, (from + 1) * outputCount), to * outputCount);
    rowWeights[to] = rows.rowWeights[from]!;
  }
  return { count: order.length, inputs, targets, rowWeights };
}

function copyValues(variable: Variable): Float32Array {
  return Float32Array.from(variable.dataSync());
}

function checkRows(rows: TrainingRows, inputCount: number, outputCount: number): void {
  const isConsistent =
    rows.count > 0 &&
    rows.inputs.length === rows.count * inputCount &&
    rows.targets.length === rows.count * outputCount &&
    rows.rowWeights.length === rows.count;
  if (!isConsistent) throw new RangeError('the training rows do not fit the model');
}
