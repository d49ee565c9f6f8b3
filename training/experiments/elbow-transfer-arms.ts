import { tidy, zerosLike } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  ELBOW_CHANNEL_COUNT,
  ELBOW_ENVELOPE_COUNT,
  ELBOW_STEP_COUNT,
  ELBOW_TORQUE_TIMES_S,
} from '../../core/inference/elbow-input.ts';
import { shuffledOrder } from '../../core/learning/dropout-mask.ts';
import { buildGraphModel, type GraphLayer, type GraphModelSpec } from '../../core/learning/graph-model.ts';
import { copyWeights, layerOutputs } from '../../core/learning/layer-outputs.ts';
import type { InputScaling } from '../../core/learning/start-weights.ts';
import { evaluateLoss, trainModel } from '../../core/learning/training-loop.ts';
import { type TrainingRows, takeRows } from '../../core/learning/training-rows.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import type { ElbowRecording } from '../simulation/elbow/elbow-recording.ts';

/** The recurrent layer that is learned on simulation and frozen afterwards. */
export const TRANSFERRED_LAYER = 'torque-lstm';
const STATIC_BRANCH = 'hidden-static';
const LSTM_UNITS = 16;
const TIMES = ELBOW_TORQUE_TIMES_S.length;
/** Numbers of a row before the maximal torque: sex, age, height, weight. */
const STATIC_COUNT = 4;

/** Fixed maps, the same in both arms: round figures of a young adult and of an envelope, taken from no data. */
const ACTIVATION_CENTRES = [0.5, 0.5, 0.5, 0.05] as const;
const ACTIVATION_SPREADS = [0.25, 0.25, 0.25, 0.05] as const;
const STATIC_CENTRES = [0.5, 27, 1.7, 75] as const;
const STATIC_SPREADS = [0.5, 5, 0.1, 15] as const;

function fixedScaling(centres: readonly number[], spreads: readonly number[]): InputScaling {
  const size = centres.length;
  const kernel = new Float64Array(size * size);
  centres.forEach((_, i) => {
    kernel[i * size + i] = 1 / spreads[i]!;
  });
  return { kernel, bias: Float64Array.from(centres, (centre, i) => -centre / spreads[i]!) };
}

/** What reads the LSTM's answer: a static branch beside it, then the share of maximal torque at each time. */
const headLayers = (features: string): readonly GraphLayer[] => [
  { kind: 'dense', name: STATIC_BRANCH, from: 'static', units: 6, activation: 'tanh' },
  { kind: 'concatenate', name: 'joined', from: [features, STATIC_BRANCH] },
  { kind: 'dense', name: 'hidden-joined', from: 'joined', units: 16, activation: 'tanh' },
  { kind: 'dense', name: 'share', from: 'hidden-joined', units: TIMES, activation: 'linear' },
  { kind: 'repeat-vector', name: 'maximum-steps', from: 'maximal-torque', steps: TIMES },
  { kind: 'flatten', name: 'maximum-at-times', from: 'maximum-steps' },
  { kind: 'multiply', name: 'torque', from: ['share', 'maximum-at-times'] },
];
const PERSON_INPUTS: GraphModelSpec['inputs'] = [
  { name: 'static', shape: [STATIC_COUNT], scaling: fixedScaling(STATIC_CENTRES, STATIC_SPREADS) },
  { name: 'maximal-torque', shape: [1], scaling: null },
];

/** The whole network: both arms have it. The hold level is not an input: torque is to be read from the activations. */
export const TRANSFER_GRAPH: GraphModelSpec = {
  name: 'elbow-transfer',
  inputs: [
    {
      name: 'activations',
      shape: [ELBOW_STEP_COUNT, ELBOW_CHANNEL_COUNT],
      scaling: fixedScaling(ACTIVATION_CENTRES, ACTIVATION_SPREADS),
    },
    ...PERSON_INPUTS,
  ],
  layers: [
    {
      kind: 'lstm',
      name: TRANSFERRED_LAYER,
      from: 'activations',
      units: LSTM_UNITS,
      returnSequences: false,
    },
    ...headLayers(TRANSFERRED_LAYER),
  ],
};
/** The same network behind the frozen layer: its input is the layer's answer, computed once. */
const HEAD_GRAPH: GraphModelSpec = {
  name: 'elbow-transfer-head',
  inputs: [{ name: 'features', shape: [LSTM_UNITS], scaling: null }, ...PERSON_INPUTS],
  layers: headLayers('features'),
};
const HEAD_LAYERS = [STATIC_BRANCH, 'hidden-joined', 'share'] as const;
const ROW_LENGTH = ELBOW_ENVELOPE_COUNT + STATIC_COUNT + 1;

/** Rows of the whole network. A factorial run is nobody: its person is the centre of the static map, which scales to 0. */
export function transferRows(recordings: readonly ElbowRecording[]): TrainingRows {
  const count = recordings.length;
  const inputs = new Float32Array(count * ROW_LENGTH);
  const targets = new Float32Array(count * TIMES);
  const targetMask = new Float32Array(count * TIMES);
  recordings.forEach(({ envelopes, demographics, maximalTorqueNm, torqueNm }, row) => {
    inputs.set(envelopes, row * ROW_LENGTH);
    const who = demographics
      ? [
          demographics.sex === 'male' ? 1 : 0,
          demographics.ageYears,
          demographics.heightM,
          demographics.weightKg,
        ]
      : STATIC_CENTRES;
    inputs.set([...who, maximalTorqueNm], row * ROW_LENGTH + ELBOW_ENVELOPE_COUNT);
    targets.set(torqueNm, row * TIMES);
    // Errors count as shares of the person's maximum.
    targetMask.fill(1 / maximalTorqueNm ** 2, row * TIMES, (row + 1) * TIMES);
  });
  return { count, inputs, targets, rowWeights: new Float32Array(count).fill(1), targetMask };
}

/** How both arms are trained and searched: the same for each. */
export interface ArmBudget {
  learningRates: readonly number[];
  maxEpochs: number;
  batchSize: number;
  /** People of each inner validation group, and how many such groups are tried. */
  innerTestCount: number;
  innerFolds: number;
}
export const ARM_BUDGET: ArmBudget = {
  learningRates: [0.001, 0.005, 0.02],
  maxEpochs: 110,
  batchSize: 20,
  innerTestCount: 5,
  innerFolds: 2,
};

const COMMON = {
  loss: 'mean-squared-error',
  dropoutRate: 0,
  patienceEpochs: Number.POSITIVE_INFINITY,
  groups: [],
} as const;

/** What the search chose. */
export interface ChosenTraining {
  /** 0 when no epoch was chosen. */
  learningRate: number;
  /** 0: the start weights were best and stay as they are. */
  epochs: number;
  /**
   * Whether a better choice may lie outside what was tried: lowest or highest rate, or most epochs. The start weights
   * are no edge: there is nothing before them.
   */
  isAtEdge: boolean;
}

/**
 * Chooses rate and number of epochs, 0 among them, inside the training people and trains on all of them.
 * @param start - a model in its start weights; called for every run of the search and once for the result.
 * @param rows - the training people only. @param seed - names the streams of inner groups and batches.
 * @returns the trained model; the caller disposes of it.
 */
export function searchAndTrain(
  start: () => LayersModel,
  rows: TrainingRows,
  budget: ArmBudget,
  seed: string,
): { model: LayersModel; chosen: ChosenTraining } {
  const groups = innerGroups(rows, budget, seed);
  const model = start();
  let best = {
    loss: groups.reduce((sum, { heldOut }) => sum + evaluateLoss(model, heldOut, COMMON), 0),
    learningRate: 0,
    epochs: 0,
  };
  for (const learningRate of budget.learningRates) {
    const losses = new Float64Array(budget.maxEpochs);
    groups.forEach(({ learned, heldOut }, fold) => {
      const tried = start();
      const { validationLosses } = trainModel(tried, learned, heldOut, {
        ...COMMON,
        batchSize: budget.batchSize,
        maxEpochs: budget.maxEpochs,
        learningRate,
        seed: `${seed}/inner-${fold}`,
        member: 0,
      });
      validationLosses.forEach((loss, epoch) => {
        losses[epoch]! += loss;
      });
      tried.dispose();
    });
    losses.forEach((loss, epoch) => {
      if (loss < best.loss) best = { loss, learningRate, epochs: epoch + 1 };
    });
  }
  const { learningRate, epochs } = best;
  if (epochs > 0) {
    trainModel(model, rows, null, {
      ...COMMON,
      batchSize: budget.batchSize,
      maxEpochs: epochs,
      learningRate,
      seed: `${seed}/final`,
      member: 0,
    });
  }
  return { model, chosen: { learningRate, epochs, isAtEdge: isAtEdge(budget, learningRate, epochs) } };
}

/** The groups held out inside the training people, each with those it is held out from. */
function innerGroups(
  rows: TrainingRows,
  { innerFolds, innerTestCount }: ArmBudget,
  seed: string,
): { learned: TrainingRows; heldOut: TrainingRows }[] {
  const order = shuffledOrder(randomStream(seed, 'inner-groups', 0), rows.count);
  return Array.from({ length: innerFolds }, (_, fold) => {
    const isHeldOut = (place: number) => Math.floor(place / innerTestCount) === fold;
    return {
      learned: takeRows(
        rows,
        order.filter((_, place) => !isHeldOut(place)),
      ),
      heldOut: takeRows(
        rows,
        order.filter((_, place) => isHeldOut(place)),
      ),
    };
  });
}

/** Whether the choice is the lowest or highest rate, or the most epochs; never when nothing was trained. */
export function isAtEdge(
  { learningRates, maxEpochs }: ArmBudget,
  learningRate: number,
  epochs: number,
): boolean {
  if (epochs === 0) return false;
  const isEdgeRate =
    learningRate === Math.min(...learningRates) || learningRate === Math.max(...learningRates);
  return isEdgeRate || epochs === maxEpochs;
}

export interface PreTraining {
  maxEpochs: number;
  learningRate: number;
  /** Runs held out to stop early. */
  validationCount: number;
}
export const PRE_TRAINING: PreTraining = { maxEpochs: 16, learningRate: 0.004, validationCount: 201 };

/**
 * Learns the simulation: the network before it has seen any recording. The simulation knows no people, so the static
 * branch is 0 and frozen: fine-tuning begins at what was learned, not at that plus the noise of random start weights. The caller disposes of the model.
 */
export function preTrain(
  runs: readonly ElbowRecording[],
  seed: string,
  settings = PRE_TRAINING,
): LayersModel {
  const rows = transferRows(runs);
  const order = shuffledOrder(randomStream(seed, 'pre-training-groups', 0), rows.count);
  const model = buildGraphModel(TRANSFER_GRAPH, `${seed}/pre-training`, 0);
  const branch = model.getLayer(STATIC_BRANCH);
  tidy(() => branch.setWeights(branch.getWeights().map((weight) => zerosLike(weight))));
  trainModel(
    model,
    takeRows(rows, order.subarray(settings.validationCount)),
    takeRows(rows, order.subarray(0, settings.validationCount)),
    {
      ...COMMON,
      patienceEpochs: 6,
      batchSize: 64,
      maxEpochs: settings.maxEpochs,
      learningRate: settings.learningRate,
      seed: `${seed}/pre-training`,
      member: 0,
      frozenLayers: [STATIC_BRANCH],
    },
  );
  return model;
}

/** Rows behind the frozen layer. */
function headRows(preTrained: LayersModel, rows: TrainingRows): TrainingRows {
  const features = layerOutputs(preTrained, rows.inputs, rows.count, TRANSFERRED_LAYER);
  const width = LSTM_UNITS + STATIC_COUNT + 1;
  const inputs = new Float32Array(rows.count * width);
  for (let row = 0; row < rows.count; row += 1) {
    inputs.set(features.subarray(row * LSTM_UNITS, (row + 1) * LSTM_UNITS), row * width);
    const rest = row * ROW_LENGTH + ELBOW_ENVELOPE_COUNT;
    inputs.set(rows.inputs.subarray(rest, rest + STATIC_COUNT + 1), row * width + LSTM_UNITS);
  }
  return { ...rows, inputs };
}

/**
 * Transfer: the recurrent layer stays as pre-trained, the rest starts as pre-trained and is fine-tuned.
 * @returns a whole network; the caller disposes of it.
 */
export function transferArm(
  preTrained: LayersModel,
  rows: TrainingRows,
  budget: ArmBudget,
  seed: string,
): { model: LayersModel; chosen: ChosenTraining } {
  const start = () => {
    const head = buildGraphModel(HEAD_GRAPH, seed, 0);
    copyWeights(preTrained, head, HEAD_LAYERS);
    return head;
  };
  const { model: head, chosen } = searchAndTrain(start, headRows(preTrained, rows), budget, seed);
  const model = buildGraphModel(TRANSFER_GRAPH, seed, 0);
  copyWeights(preTrained, model, [TRANSFERRED_LAYER]);
  copyWeights(head, model, HEAD_LAYERS);
  head.dispose();
  return { model, chosen };
}

/** Direct learning: the same network from random start weights, every layer trained, on the same people. */
export function directArm(
  rows: TrainingRows,
  budget: ArmBudget,
  seed: string,
): { model: LayersModel; chosen: ChosenTraining } {
  return searchAndTrain(() => buildGraphModel(TRANSFER_GRAPH, `${seed}/direct`, 0), rows, budget, seed);
}

/** Torque of every row at every time, N.m, row after row. */
export const predictTorque = (model: LayersModel, rows: TrainingRows): Float32Array =>
  layerOutputs(model, rows.inputs, rows.count, 'torque');
