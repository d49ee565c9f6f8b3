import {
  concat,
  losses,
  mul,
  type Optimizer,
  train as optimisers,
  type Scalar,
  type Tensor2D,
  tensor,
  tensor2d,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { Sequential } from '@tensorflow/tfjs-layers';
import {
  buildDenseModel,
  countWeights,
  type DenseModelSpec,
  SCALING_LAYER,
} from '../../core/learning/dense-model.ts';
import { dropoutMask } from '../../core/learning/dropout-mask.ts';
import { tfjsForward } from '../../core/learning/ensemble-forward.ts';
import { type RandomStream, randomStream } from '../../core/numerics/random-stream.ts';
import { checkLabelledRows, type LabelledRows, rowsOfClass } from './labelled-rows.ts';
import { twoSampleArea } from './two-sample-test.ts';

/** Weights of the generator, and of the discriminator (design decision 15). */
export const MAX_GAN_WEIGHTS = 20_000;

export interface GanOptions {
  /** Random numbers behind one person; fewer than the features would leave them on a surface that anyone can see. */
  latentCount: number;
  /** Hidden layers of both sides, relu. */
  hiddenUnits: readonly number[];
  learningRate: number;
  batchSize: number;
  /** Of the discriminator's hidden layers. */
  dropoutRate: number;
  maxSteps: number;
  /** Steps between two looks at the two-sample classifier. */
  checkEverySteps: number;
  /** Looks without a better area before training stops. */
  patienceChecks: number;
}

/**
 * Tried on validation people of one repetition (20 and 84 a class): dropout of 0.3 and a rate of 0.003 end farther from
 * 0.5, and so do eight latent numbers and hidden layers of 48.
 */
export const GAN_OPTIONS: GanOptions = {
  latentCount: 16,
  hiddenUnits: [96, 96],
  learningRate: 1e-3,
  batchSize: 48,
  dropoutRate: 0,
  maxSteps: 900,
  checkEverySteps: 100,
  patienceChecks: 4,
};

export interface ConditionalGan {
  generatorWeights: number;
  discriminatorWeights: number;
  /** Areas of the two-sample classifier on the people used for stopping: optimistic, since the best was chosen. */
  areas: { step: number; area: number }[];
  bestStep: number;
  /** New people of each class, by label, class after class. */
  sample(countPerClass: readonly number[], stream: RandomStream): LabelledRows;
  dispose(): void;
}

/** Real people are called 0.9 certain, not 1 (one-sided label smoothing; Salimans et al. 2016). */
const REAL_TARGET = 0.9;
const ADAM_BETA1 = 0.5;

/**
 * Small conditional generative adversarial network (Goodfellow et al. 2014; Mirza & Osindero 2014): the class enters both
 * sides as an input. Dense layers only, the non-saturating loss, Adam with a first moment of 0.5. Classes are drawn
 * equally often whatever their size. Everything random comes from streams (seed, "gan-...", 0), so the same seed gives the
 * same people on the same backend. Ends on the generator whose two-sample area on `heldOut` was nearest 0.5, and stops when
 * it has not come nearer for `patienceChecks` looks.
 * @param train - standardised training people; every class 0..classCount-1 present.
 * @param heldOut - other people, who decide when to stop and nothing else: report an area on yet other people.
 * @throws RangeError above {@link MAX_GAN_WEIGHTS} a side, when a class is empty, or when a loss stops being finite.
 */
export function trainConditionalGan(
  train: LabelledRows,
  heldOut: LabelledRows,
  classCount: number,
  seed: string,
  options: GanOptions = GAN_OPTIONS,
): ConditionalGan {
  const width = checkLabelledRows(train);
  checkLabelledRows(heldOut);
  const byClass = Array.from({ length: classCount }, (_, label) => rowsOfClass(train, label));
  const empty = byClass.findIndex((rows) => rows.length === 0);
  if (empty >= 0) throw new RangeError(`class ${empty} has nobody to learn from`);
  const generatorSpec = denseSpec(options.latentCount + classCount, width, options.hiddenUnits);
  const discriminatorSpec = denseSpec(width + classCount, 1, options.hiddenUnits);
  const [generatorWeights, discriminatorWeights] = [
    countWeights(generatorSpec),
    countWeights(discriminatorSpec),
  ];
  if (Math.max(generatorWeights, discriminatorWeights) > MAX_GAN_WEIGHTS) {
    throw new RangeError(`a side of the network has more than ${MAX_GAN_WEIGHTS} weights`);
  }
  const generator = buildDenseModel(generatorSpec, `${seed}/generator`, 0);
  const discriminator = buildDenseModel(discriminatorSpec, `${seed}/discriminator`, 0);
  const variablesOf = (model: Sequential) =>
    model.trainableWeights.map((weight) => weight.read() as Variable);
  const [generatorVariables, discriminatorVariables] = [variablesOf(generator), variablesOf(discriminator)];
  const ones = new Float32Array(options.batchSize).fill(1);
  const targets = Float32Array.from({ length: 2 * options.batchSize }, (_, i) =>
    i < options.batchSize ? REAL_TARGET : 0,
  );
  const adam = (): Optimizer => optimisers.adam(options.learningRate, ADAM_BETA1);
  const optimizers = [adam(), adam()] as const;
  const streams = {
    latent: randomStream(seed, 'gan-latent', 0),
    label: randomStream(seed, 'gan-class', 0),
    person: randomStream(seed, 'gan-person', 0),
    dropout: randomStream(seed, 'gan-dropout', 0),
  };
  const sample: ConditionalGan['sample'] = (countPerClass, stream) => {
    const labels = countPerClass.flatMap((count, label) => new Array<number>(count).fill(label));
    const batch = latentRows(labels, options.latentCount, classCount, stream);
    return { rows: tfjsForward(generator, batch), labels };
  };
  const heldOutCounts = byClass.map((_, label) => heldOut.labels.filter((own) => own === label).length);
  const areas: { step: number; area: number }[] = [];
  let best = { step: 0, distance: Number.POSITIVE_INFINITY, weights: [] as Float32Array[] };
  const discriminate = (rows: Tensor2D, condition: Tensor2D): Tensor2D =>
    forward(discriminator, concat([rows, condition], 1), streams.dropout, options.dropoutRate);

  for (let step = 1; step <= options.maxSteps; step += 1) {
    const labels = Array.from({ length: options.batchSize }, () => streams.label.integer(classCount));
    const people = labels.map((label) => byClass[label]![streams.person.integer(byClass[label]!.length)]!);
    const latent = latentRows(labels, options.latentCount, classCount, streams.latent);
    tidy(() => {
      const condition = oneHot(labels, classCount);
      const real = flatRows(people);
      const code = flatRows(latent);
      const made = forward(generator, code);
      // One pass over real and made people, [2 batch, width]: half the kernel calls of two passes.
      const both = concat([real, made]);
      const bothConditions = concat([condition, condition]);
      optimizers[0].minimize(
        () => crossEntropy(discriminate(both, bothConditions), targets),
        false,
        discriminatorVariables,
      );
      const loss = optimizers[1].minimize(
        () => crossEntropy(discriminate(forward(generator, code), condition), ones),
        true,
        generatorVariables,
      );
      if (!Number.isFinite(loss!.dataSync()[0]!)) throw new RangeError('the adversarial loss is not finite');
    });
    if (step % options.checkEverySteps !== 0) continue;
    const area = twoSampleArea(heldOut, sample(heldOutCounts, randomStream(seed, 'gan-check', step)));
    areas.push({ step, area });
    const distance = Math.abs(area - 0.5);
    if (distance < best.distance) {
      best = { step, distance, weights: generatorVariables.map((v) => Float32Array.from(v.dataSync())) };
    } else if (step - best.step >= options.patienceChecks * options.checkEverySteps) break;
  }
  for (const [i, weights] of best.weights.entries()) {
    tidy(() => generatorVariables[i]!.assign(tensor(weights, generatorVariables[i]!.shape)));
  }
  for (const optimizer of optimizers) optimizer.dispose();
  discriminator.dispose();
  return {
    generatorWeights,
    discriminatorWeights,
    areas,
    bestStep: best.step,
    sample,
    dispose: () => generator.dispose(),
  };
}

/** Inputs are standardised or standard normal already: the scaling layer passes them on. */
function denseSpec(inputCount: number, outputCount: number, hiddenUnits: readonly number[]): DenseModelSpec {
  const kernel = new Float64Array(inputCount * inputCount);
  for (let i = 0; i < inputCount; i += 1) kernel[i * (inputCount + 1)] = 1;
  const inputScaling = { kernel, bias: new Float64Array(inputCount) };
  return { inputCount, outputCount, hiddenUnits, activation: 'relu', inputScaling };
}

/** Standard normals and the class, one row a person. */
function latentRows(
  labels: readonly number[],
  latentCount: number,
  classCount: number,
  stream: RandomStream,
): Float64Array[] {
  return labels.map((label) => {
    const row = new Float64Array(latentCount + classCount);
    for (let j = 0; j < latentCount; j += 1) row[j] = stream.normal();
    row[latentCount + label] = 1;
    return row;
  });
}

function flatRows(rows: readonly Float64Array[]): Tensor2D {
  const width = rows[0]!.length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    values.set(row, i * width);
  });
  return tensor2d(values, [rows.length, width]);
}

function oneHot(labels: readonly number[], classCount: number): Tensor2D {
  const values = new Float32Array(labels.length * classCount);
  labels.forEach((label, row) => {
    values[row * classCount + label] = 1;
  });
  return tensor2d(values, [labels.length, classCount]);
}

/** [rows, inputs] -> [rows, outputs], past the scaling layer, which is the identity here; with a stream, the next dropout mask after every hidden layer. */
function forward(model: Sequential, rows: Tensor2D, dropout?: RandomStream, rate = 0): Tensor2D {
  let current = rows;
  for (const layer of model.layers) {
    if (layer.name === SCALING_LAYER) continue;
    current = layer.apply(current) as Tensor2D;
    if (!dropout || rate === 0 || !layer.name.startsWith('hidden-')) continue;
    current = mul(
      current,
      tensor2d(dropoutMask(dropout, current.shape[0], current.shape[1], rate), current.shape),
    );
  }
  return current;
}

/** Mean cross entropy of logits [rows, 1] against a target a row, 0..1. */
function crossEntropy(logits: Tensor2D, targets: Float32Array): Scalar {
  return losses.sigmoidCrossEntropy(tensor2d(targets, [targets.length, 1]), logits) as Scalar;
}
