import type { LayersModel } from '@tensorflow/tfjs-layers';
import { buildGraphModel, type GraphModelSpec } from '../../core/learning/graph-model.ts';
import { copyWeights, layerOutputs } from '../../core/learning/layer-outputs.ts';
import { type TrainingOptions, trainModel } from '../../core/learning/training-loop.ts';
import {
  EMG_CHANNELS,
  type GripRecording,
  type GripWindows,
  gripWindows,
  WINDOW_STEPS,
} from '../dataset/emg-grip-recordings.ts';
import { simulateGripRecording } from '../simulation/forearm/forearm-grip.ts';

const RECURRENT = 'grip-lstm';
const UNITS = 16;

/** What comes after the recurrent layer: trained in both arms. */
const HEAD: GraphModelSpec['layers'] = [
  { kind: 'dense', name: 'hidden-0', from: RECURRENT, units: UNITS, activation: 'relu' },
  { kind: 'dense', name: 'head', from: 'hidden-0', units: 1, activation: 'linear' },
];
/** Eight envelopes over 1.5 s to the force at the end: 1,889 weights. */
const WHOLE: GraphModelSpec = {
  name: 'emg-grip',
  inputs: [{ name: 'envelopes', shape: [WINDOW_STEPS, EMG_CHANNELS], scaling: null }],
  layers: [
    { kind: 'lstm', name: RECURRENT, from: 'envelopes', units: UNITS, returnSequences: false },
    ...HEAD,
  ],
};
/** The head alone, fed with the answers of a frozen recurrent layer. */
const HEAD_ALONE: GraphModelSpec = {
  name: 'emg-grip-head',
  inputs: [{ name: RECURRENT, shape: [UNITS], scaling: null }],
  layers: HEAD,
};

/** One budget for both arms: windows, epochs, rates tried, starts averaged. */
export interface ArmBudget {
  mostWindows: number;
  epochs: number;
  learningRates: readonly number[];
  starts: number;
  batchSize: number;
}
export const BUDGET: ArmBudget = {
  mostWindows: 1_200,
  epochs: 20,
  learningRates: [0.001, 0.003, 0.01],
  starts: 3,
  batchSize: 32,
};

/** The pre-training: simulated recordings, seconds of each, and epochs; it uses no real recording at all. */
export const PRETRAINING = { recordings: 150, durationS: 20, strideSteps: 5, epochs: 6 };
const PRETRAINING_BATCH_SIZE = 64;

const options = (
  seed: string,
  member: number,
  learningRate: number,
  epochs: number,
  batchSize: number,
): TrainingOptions => ({
  loss: 'mean-squared-error',
  batchSize,
  maxEpochs: epochs,
  learningRate,
  dropoutRate: 0,
  patienceEpochs: Number.POSITIVE_INFINITY,
  groups: [],
  seed,
  member,
});

/** The whole network trained on simulated forearms only. The same seed gives the same weights in every cell. */
export function pretrain(seed: string, size = PRETRAINING): LayersModel {
  const recordings = Array.from({ length: size.recordings }, (_, subject) =>
    simulateGripRecording(seed, subject, size.durationS),
  );
  const own = `${seed}/pre-training`;
  const model = buildGraphModel(WHOLE, own, 0);
  trainModel(
    model,
    gripWindows(recordings, size.strideSteps),
    null,
    options(own, 0, 0.003, size.epochs, PRETRAINING_BATCH_SIZE),
  );
  return model;
}

export type Arm = 'transfer' | 'direct';

/** A network that can be trained from a start of its own, and read. */
interface Learner {
  /** Rows that this learner trains on: windows, or the frozen layer's answers to them. */
  rows(windows: GripWindows): GripWindows;
  start(member: number): LayersModel;
}

/** Transfer: the recurrent layer stays as pre-trained, its answers are cached, the head goes on from its weights. */
function transferLearner(pretrained: LayersModel): Learner {
  return {
    rows: (windows) => ({
      ...windows,
      inputs: layerOutputs(pretrained, windows.inputs, windows.count, RECURRENT),
    }),
    start: () => {
      // Every start goes on from the same weights: starts differ in the order of the batches.
      const head = buildGraphModel(HEAD_ALONE, 'overwritten', 0);
      copyWeights(pretrained, head, ['hidden-0', 'head']);
      return head;
    },
  };
}

/** Direct learning: the same network from random weights, nothing frozen. */
const directLearner = (seed: string): Learner => ({
  rows: (windows) => windows,
  start: (member) => buildGraphModel(WHOLE, `${seed}/direct`, member),
});

/** Force of each window, percent of the recording's maximum; below 0 and above 100 are cut off, as a gauge does. */
function predictPercent(model: LayersModel, rows: GripWindows): Float64Array {
  return Float64Array.from(layerOutputs(model, rows.inputs, rows.count, 'head'), (value) =>
    Math.min(100, Math.max(0, 100 * value)),
  );
}

/** Root mean square error, percent of the recording's maximum. @throws RangeError without windows. */
export function rmsePercent(predictedPercent: ArrayLike<number>, targets: ArrayLike<number>): number {
  if (targets.length === 0 || predictedPercent.length !== targets.length) {
    throw new RangeError('an error needs windows, each with a prediction');
  }
  let sum = 0;
  for (let i = 0; i < targets.length; i += 1) sum += (predictedPercent[i]! - 100 * targets[i]!) ** 2;
  return Math.sqrt(sum / targets.length);
}

/** What one arm made of a recording that it never saw. */
export interface ArmResult {
  /** Mean over the starts, percent of the recording's maximum. */
  rmsePercent: number;
  rmseOfStarts: number[];
  learningRate: number;
  epochs: number;
}

/**
 * Trains an arm on recordings and measures it on another. Rate and epochs are chosen inside the training recordings:
 * they are split into two halves by recording, each half is trained on and measured on the other, and the pair with the
 * smallest mean error wins. Then all training recordings are learned from with it, from each start.
 * @param training - at least two recordings. @throws RangeError with fewer.
 */
export function runArm(
  arm: Arm,
  seed: string,
  training: readonly GripRecording[],
  unseen: GripRecording,
  pretrained: LayersModel | null,
  log: (line: string) => void,
  budget: ArmBudget = BUDGET,
): ArmResult {
  if (training.length < 2) throw new RangeError('the search needs at least two training recordings');
  if (arm === 'transfer' && !pretrained) throw new RangeError('transfer needs a pre-trained network');
  const learner = arm === 'transfer' ? transferLearner(pretrained!) : directLearner(seed);
  const windows = (recordings: readonly GripRecording[], most: number) =>
    learner.rows(gripWindows(recordings, 2, most, seed));
  const halves = [0, 1].map((half) =>
    windows(
      training.filter((_, i) => i % 2 === half),
      budget.mostWindows / 2,
    ),
  );
  let best = { loss: Number.POSITIVE_INFINITY, learningRate: 0, epochs: 0 };
  for (const learningRate of budget.learningRates) {
    const losses = halves.map((half, i) => {
      const model = learner.start(0);
      const { validationLosses } = trainModel(
        model,
        half,
        halves[1 - i]!,
        options(`${seed}/${arm}/search`, 0, learningRate, budget.epochs, budget.batchSize),
      );
      model.dispose();
      return validationLosses;
    });
    for (let epoch = 0; epoch < budget.epochs; epoch += 1) {
      const loss = losses.reduce((sum, each) => sum + each[epoch]!, 0) / losses.length;
      if (loss < best.loss) best = { loss, learningRate, epochs: epoch + 1 };
    }
  }
  log(`${arm}: rate ${best.learningRate}, ${best.epochs} epochs chosen`);
  const all = windows(training, budget.mostWindows);
  const test = learner.rows(gripWindows([unseen], 1));
  const rmseOfStarts = Array.from({ length: budget.starts }, (_, member) => {
    const model = learner.start(member);
    trainModel(
      model,
      all,
      null,
      options(`${seed}/${arm}`, member, best.learningRate, best.epochs, budget.batchSize),
    );
    const rmse = rmsePercent(predictPercent(model, test), test.targets);
    model.dispose();
    return rmse;
  });
  return {
    rmsePercent: rmseOfStarts.reduce((sum, rmse) => sum + rmse, 0) / rmseOfStarts.length,
    rmseOfStarts,
    learningRate: best.learningRate,
    epochs: best.epochs,
  };
}

/** The pre-trained network without any fine-tuning, on a recording that it never saw. */
export interface PlainResult {
  rmsePercent: number;
  /** Mean of predicted minus measured, percent of the recording's maximum. */
  biasPercent: number;
}

export function runPlain(pretrained: LayersModel, unseen: GripRecording): PlainResult {
  const test = gripWindows([unseen], 1);
  const predicted = predictPercent(pretrained, test);
  const bias =
    predicted.reduce((sum, value, i) => sum + value - 100 * test.targets[i]!, 0) / predicted.length;
  return { rmsePercent: rmsePercent(predicted, test.targets), biasPercent: bias };
}

/** Steps by which the straight line's envelope is earlier than the force: 0.2 s, the middle of 0.10 to 0.30. */
const LINE_LEAD_STEPS = 4;

/**
 * The simplest comparator: one straight line from the mean of the eight envelopes 0.2 s earlier to force, by least
 * squares over the training recordings. @returns error on the unseen one, percent of its maximum.
 */
export function straightLineRmse(training: readonly GripRecording[], unseen: GripRecording): number {
  const pointsOf = (windows: GripWindows): Float64Array =>
    Float64Array.from({ length: windows.count }, (_, row) => {
      const start = ((row + 1) * WINDOW_STEPS - 1 - LINE_LEAD_STEPS) * EMG_CHANNELS;
      return (
        windows.inputs.subarray(start, start + EMG_CHANNELS).reduce((sum, value) => sum + value, 0) /
        EMG_CHANNELS
      );
    });
  const learned = gripWindows(training, 1);
  const x = pointsOf(learned);
  const meanOf = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [meanOf(x), meanOf(learned.targets)];
  let [product, square] = [0, 0];
  x.forEach((value, i) => {
    product += (value - meanX) * (learned.targets[i]! - meanY);
    square += (value - meanX) ** 2;
  });
  const slope = square > 0 ? product / square : 0;
  const test = gripWindows([unseen], 1);
  const predicted = pointsOf(test).map((value) =>
    Math.min(100, Math.max(0, 100 * (meanY + slope * (value - meanX)))),
  );
  return rmsePercent(predicted, test.targets);
}
