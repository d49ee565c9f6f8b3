import { INPUT_SETS, type InputSet, inputsOf } from '../../core/inference/muscle-parameters-columns.ts';
import type { InputScaling } from '../../core/learning/dense-model.ts';
import type { TrainingRows } from '../../core/learning/training-loop.ts';
import { forwardNetwork } from '../../core/networks/forward-network.ts';
import type { Network } from '../../core/networks/network.ts';
import { whitening } from '../../core/uncertainty/covariance.ts';
import type { MuscleParameterPerson } from '../dataset/muscle-parameters.ts';
import { TARGET_COUNT } from '../dataset/muscle-parameters-targets.ts';
import { type TrainedEnsemble, trainEnsemble } from './train-ensemble.ts';
import type { TrainingContext } from './trainable-model.ts';

/**
 * Chosen on validation people for tier 3 among [64], [96], [64, 32], [48, 48], [64, 64] and [32, 32] units: losses between
 * 0.303 and 0.309, the smallest network lowest. The same for the model and for every prior it is compared with.
 */
export const MUSCLE_NETWORK = {
  hiddenUnits: [64],
  batchSize: 256,
  learningRate: 0.004,
  patienceEpochs: 4,
} as const;

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sdOf = (values: readonly number[]) => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
};

/** Mean and standard deviation of every target, in its own unit: networks answer in standard deviations. */
export interface TargetScale {
  mean: number[];
  sd: number[];
}

export function targetScaleOf(people: readonly MuscleParameterPerson[]): TargetScale {
  const columns = Array.from({ length: TARGET_COUNT }, (_, j) => people.map((p) => p.targets[j]!));
  return { mean: columns.map(meanOf), sd: columns.map(sdOf) };
}

function rowsOf(people: readonly MuscleParameterPerson[], set: InputSet, scale: TargetScale): TrainingRows {
  const size = INPUT_SETS[set];
  const inputs = new Float32Array(people.length * size);
  const targets = new Float32Array(people.length * TARGET_COUNT);
  people.forEach((person, row) => {
    inputs.set(inputsOf(person.inputs, set), row * size);
    for (let j = 0; j < TARGET_COUNT; j += 1) {
      targets[row * TARGET_COUNT + j] = (person.targets[j]! - scale.mean[j]!) / scale.sd[j]!;
    }
  });
  return { count: people.length, inputs, targets, rowWeights: new Float32Array(people.length).fill(1) };
}

/**
 * Whitens the inputs inside the graph: pinch in three postures correlates at 0.95, and what tells muscles apart is in the
 * small differences, which plain standardising would leave to a thousand steps of the optimiser.
 */
function scalingOf(people: readonly MuscleParameterPerson[], set: InputSet): InputScaling {
  const size = INPUT_SETS[set];
  const cloud = covarianceOf(people.map((person) => inputsOf(person.inputs, set)));
  const { mean, inverseFactor } = whitening(cloud);
  const kernel = new Float64Array(size * size);
  const bias = new Float64Array(size);
  for (let input = 0; input < size; input += 1) {
    for (let output = 0; output < size; output += 1) {
      kernel[input * size + output] = inverseFactor[output * size + input]!;
      bias[output]! -= inverseFactor[output * size + input]! * mean[input]!;
    }
  }
  return { kernel, bias };
}

/** Mean and plain covariance, divided by n: with thousands of people there is nothing to shrink. */
function covarianceOf(rows: readonly Float64Array[]): { mean: Float64Array; covariance: Float64Array } {
  const size = rows[0]?.length ?? 0;
  const mean = new Float64Array(size);
  const covariance = new Float64Array(size * size);
  for (const row of rows) for (let j = 0; j < size; j += 1) mean[j]! += row[j]! / rows.length;
  for (const row of rows) {
    for (let j = 0; j < size; j += 1) {
      for (let k = 0; k < size; k += 1) {
        // One product for (j, k) and (k, j), so that the matrix is symmetric to the last bit.
        covariance[j * size + k]! += ((row[j]! - mean[j]!) * (row[k]! - mean[k]!)) / rows.length;
      }
    }
  }
  return { mean, covariance };
}

/**
 * One ensemble that sees one set of inputs; a prior is the same network class that sees less.
 * @param seed - names the contact model and the set of inputs: also the key of kept members.
 */
export function fitMuscleParameters(
  train: readonly MuscleParameterPerson[],
  validation: readonly MuscleParameterPerson[],
  set: InputSet,
  scale: TargetScale,
  options: { seed: string; members: number; maxEpochs: number },
  context: Pick<TrainingContext, 'log' | 'member'>,
): TrainedEnsemble {
  return trainEnsemble(
    {
      inputCount: INPUT_SETS[set],
      outputCount: TARGET_COUNT,
      hiddenUnits: MUSCLE_NETWORK.hiddenUnits,
      activation: 'relu',
      inputScaling: scalingOf(train, set),
    },
    rowsOf(train, set, scale),
    rowsOf(validation, set, scale),
    {
      loss: 'mean-squared-error',
      batchSize: MUSCLE_NETWORK.batchSize,
      maxEpochs: options.maxEpochs,
      learningRate: MUSCLE_NETWORK.learningRate,
      dropoutRate: 0,
      patienceEpochs: MUSCLE_NETWORK.patienceEpochs,
      groups: [],
      seed: options.seed,
    },
    context.log,
    options.members,
    context.member,
  );
}

/** Ensemble mean and spread of every target, in the target's own unit. */
export interface MuscleParameterPrediction {
  mean: Float64Array;
  /** Standard deviation between the members. */
  spread: Float64Array;
}

/** @param inputs - a person's inputs, at least as many as the networks see. */
export function predictTargets(
  networks: readonly Network[],
  inputs: Float64Array,
  scale: TargetScale,
): MuscleParameterPrediction {
  const first = networks[0];
  if (!first) throw new RangeError('a prediction needs at least one member');
  const row = inputs.subarray(0, first.inputCount);
  const outputs = networks.map((network) => forwardNetwork(network, row).output);
  const mean = new Float64Array(TARGET_COUNT);
  const spread = new Float64Array(TARGET_COUNT);
  for (let j = 0; j < TARGET_COUNT; j += 1) {
    let sum = 0;
    for (const output of outputs) sum += output[j]! / outputs.length;
    let squares = 0;
    for (const output of outputs) squares += (output[j]! - sum) ** 2 / outputs.length;
    mean[j] = sum * scale.sd[j]! + scale.mean[j]!;
    spread[j] = Math.sqrt(squares) * scale.sd[j]!;
  }
  return { mean, spread };
}
