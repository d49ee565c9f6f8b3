import { add, type Scalar, tensor, tidy, train, type Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { sizeOf } from '../networks/network.ts';
import { type RandomStream, randomStream } from '../numerics/random-stream.ts';
import { dropoutMask, shuffledOrder } from './dropout-mask.ts';
import { executeGraph } from './execute-graph.ts';
import { type InputGroup, removeGroups } from './group-removal.ts';
import { batchLoss, type Loss, targetCountOf } from './loss.ts';
import { inputShapes, inputTensors, outputCountOf } from './model-rows.ts';
import { type Penalty, penaltyTerm } from './penalty.ts';
import { checkRows, sliceRows, type TrainingRows, takeRows } from './training-rows.ts';

export type { Loss } from './loss.ts';
export { classWeights, type TrainingRows } from './training-rows.ts';

export interface TrainingOptions {
  loss: Loss;
  batchSize: number;
  maxEpochs: number;
  learningRate: number;
  /** 0 to below 1: one rate after every layer named "hidden-...", or a rate a layer by its name. */
  dropoutRate: number | Readonly<Record<string, number>>;
  /** Epochs without a better validation loss before training stops. Infinity runs all of them. */
  patienceEpochs: number;
  /** Groups taken away at random from training rows. */
  groups: readonly InputGroup[];
  /** Names the streams of order, dropout and removal together with `member`. */
  seed: number | string;
  member: number;
  /** Layers whose weights stay as they are, bit by bit. */
  frozenLayers?: readonly string[];
  /** Added to the loss in training, never to the losses that are reported. */
  penalties?: readonly Penalty[];
  /** Length outputs: weight of each output column in the loss; all 1 if not said. Not for classes. */
  outputWeights?: Float32Array;
}

export interface TrainingResult {
  epochs: number;
  /** From 0; the epoch whose weights the model ends on. */
  bestEpoch: number;
  /** NaN without validation rows. */
  bestValidationLoss: number;
  /** After each epoch, without dropout; empty without validation rows. */
  validationLosses: number[];
  /** Mean over the batches of each epoch, with dropout and removal, while the weights move; without penalties. */
  trainingLosses: number[];
}

/** Rows a pass without gradients takes at once: bounds the memory of long sequences. */
const EVALUATION_ROWS = 4_096;

/**
 * Trains a model in place with Adam and ends on the weights of the best validation loss.
 * Order, dropout masks and group removal come from the streams (seed, "batch-order" | "dropout/<layer>" |
 * "group-removal", member): the same seed gives the same bytes on the same backend. Neither `model.fit` nor
 * `layers.dropout` is used: the first draws from Math.random, the second repeats one mask.
 * @param validation - null: no early stopping, all epochs run and the last weights stay.
 * @throws RangeError when lengths do not fit the model, a number is not finite, a layer does not exist, nothing is left
 *   to train, no target has a weight, or the loss stops being finite.
 */
export function trainModel(
  model: LayersModel,
  rows: TrainingRows,
  validation: TrainingRows | null,
  options: TrainingOptions,
): TrainingResult {
  const { loss: lossKind, member, seed } = options;
  checkOptions(model, options);
  for (const set of validation ? [rows, validation] : [rows]) checkFit(model, set, lossKind);
  const shapes = inputShapes(model);
  const dropouts = dropoutsOf(model, options);
  const order = randomStream(seed, 'batch-order', member);
  const removal = randomStream(seed, 'group-removal', member);
  const penalties = options.penalties ?? [];
  const variables = trainedVariables(model, options.frozenLayers ?? []);
  const optimizer = train.adam(options.learningRate);
  const validationLosses: number[] = [];
  const trainingLosses: number[] = [];
  let best = { epoch: 0, loss: Number.POSITIVE_INFINITY, weights: [] as Float32Array[] };
  for (let epoch = 0; epoch < options.maxEpochs; epoch += 1) {
    const places = shuffledOrder(order, rows.count);
    const mean = new WeightedMean();
    for (let start = 0; start < rows.count; start += options.batchSize) {
      const batch = takeRows(rows, places.subarray(start, start + options.batchSize));
      removeGroups(batch.inputs, batch.inputs.length / batch.count, options.groups, removal);
      const masks = new Map(
        dropouts.map(({ name, rate, units, stream }) => [
          name,
          dropoutMask(stream, batch.count, units, rate),
        ]),
      );
      tidy(() => {
        const inputs = inputTensors(shapes, batch.inputs, batch.count);
        const total = (): Scalar => {
          const answers = executeGraph(model, inputs, { masks, isTraining: true });
          const output = answers.get(outputName(model))!;
          const loss = batchLoss(output, batch, lossKind, options.outputWeights ?? null);
          mean.add(loss.value.dataSync()[0]!, loss.terms);
          return penalties.reduce<Scalar>(
            (sum, penalty) =>
              add(sum, penaltyTerm(model.getLayer(penalty.layer).weights[0]!.read(), penalty)),
            loss.value,
          );
        };
        optimizer.minimize(total, false, variables);
      });
    }
    trainingLosses.push(mean.value);
    const loss = validation ? meanLoss(model, validation, options) : mean.value;
    if (!Number.isFinite(loss)) throw new RangeError('the loss is not finite: the learning rate is too high');
    if (!validation) continue;
    validationLosses.push(loss);
    if (loss < best.loss) best = { epoch, loss, weights: variables.map(copyValues) };
    else if (epoch - best.epoch >= options.patienceEpochs) break;
  }
  if (validation) {
    for (const [i, variable] of variables.entries()) {
      tidy(() => variable.assign(tensor(best.weights[i]!, variable.shape)));
    }
  }
  optimizer.dispose();
  return {
    epochs: trainingLosses.length,
    bestEpoch: validation ? best.epoch : trainingLosses.length - 1,
    bestValidationLoss: validation ? best.loss : Number.NaN,
    validationLosses,
    trainingLosses,
  };
}

type LossOptions = Pick<TrainingOptions, 'loss' | 'outputWeights'>;

/**
 * Weighted mean loss of a model over rows, without dropout, removal or penalties.
 * @throws RangeError when lengths do not fit the model, or when no target has a weight.
 */
export function evaluateLoss(model: LayersModel, rows: TrainingRows, options: LossOptions): number {
  checkFit(model, rows, options.loss);
  return meanLoss(model, rows, options);
}

function meanLoss(model: LayersModel, rows: TrainingRows, options: LossOptions): number {
  const shapes = inputShapes(model);
  const mean = new WeightedMean();
  for (let start = 0; start < rows.count; start += EVALUATION_ROWS) {
    const chunk = rows.count <= EVALUATION_ROWS ? rows : sliceRows(rows, start, start + EVALUATION_ROWS);
    tidy(() => {
      const answers = executeGraph(model, inputTensors(shapes, chunk.inputs, chunk.count));
      const output = answers.get(outputName(model))!;
      const loss = batchLoss(output, chunk, options.loss, options.outputWeights ?? null);
      mean.add(loss.value.dataSync()[0]!, loss.terms);
    });
  }
  return mean.value;
}

/** Mean of parts that are means of a number of terms each. */
class WeightedMean {
  #sum = 0;
  #terms = 0;
  add(value: number, terms: number): void {
    this.#sum += value * terms;
    this.#terms += terms;
  }
  get value(): number {
    if (this.#terms === 0) throw new RangeError('no target has a weight: there is nothing to learn from');
    return this.#sum / this.#terms;
  }
}

const outputName = (model: LayersModel): string => model.outputs[0]!.sourceLayer.name;

interface Dropout {
  name: string;
  rate: number;
  /** Numbers of the layer's answer for one row. */
  units: number;
  stream: RandomStream;
}

function dropoutsOf(model: LayersModel, { dropoutRate, seed, member }: TrainingOptions): Dropout[] {
  const rates =
    typeof dropoutRate === 'number'
      ? model.layers
          .filter(({ name }) => name.startsWith('hidden-'))
          .map(({ name }) => [name, dropoutRate] as const)
      : Object.entries(dropoutRate);
  return rates
    .filter(([, rate]) => rate !== 0)
    .map(([name, rate]) => {
      const shape = existingLayer(model, name).outputShape as number[];
      const units = sizeOf(shape.slice(1));
      return { name, rate, units, stream: randomStream(seed, `dropout/${name}`, member) };
    });
}

function existingLayer(model: LayersModel, name: string) {
  const layer = model.layers.find((each) => each.name === name);
  if (!layer) throw new RangeError(`the model has no layer "${name}"`);
  return layer;
}

function trainedVariables(model: LayersModel, frozenLayers: readonly string[]): Variable[] {
  const frozen = new Set(frozenLayers.flatMap((name) => existingLayer(model, name).trainableWeights));
  const variables = model.trainableWeights
    .filter((weight) => !frozen.has(weight))
    .map((weight) => weight.read() as Variable);
  if (variables.length === 0) throw new RangeError('every layer is frozen: nothing is left to train');
  return variables;
}

function checkOptions(model: LayersModel, options: TrainingOptions): void {
  const outputs = outputCountOf(model);
  if (options.outputWeights && options.outputWeights.length !== outputs) {
    throw new RangeError(`${outputs} outputs need as many weights, not ${options.outputWeights.length}`);
  }
  for (const { layer } of options.penalties ?? []) {
    if (existingLayer(model, layer).weights.length === 0)
      throw new RangeError(`layer "${layer}" has no kernel`);
  }
  if (!(options.batchSize >= 1 && options.maxEpochs >= 1)) {
    throw new RangeError('training needs a batch size and a number of epochs of at least 1');
  }
}

function copyValues(variable: Variable): Float32Array {
  return Float32Array.from(variable.dataSync());
}

function checkFit(model: LayersModel, rows: TrainingRows, loss: Loss): void {
  const inputCount = inputShapes(model).reduce((sum, shape) => sum + sizeOf(shape), 0);
  checkRows(rows, inputCount, targetCountOf(loss, outputCountOf(model)));
}
