import { buildDenseModel } from '../../core/learning/dense-model.ts';
import { tfjsForward } from '../../core/learning/ensemble-forward.ts';
import { type TrainingOptions, type TrainingRows, trainModel } from '../../core/learning/training-loop.ts';
import { checkLabelledRows, type LabelledRows } from './labelled-rows.ts';

/** First trained layer of the small classifier: what penalties on the features hold on to. */
export const FIRST_LAYER = 'hidden-0';

/**
 * The classifier of the comparisons: one hidden layer of 16, so that it can learn what no straight line separates, held
 * back by a plain ridge on its first layer. The strength is the one that validation people of the experiment
 * covariance-penalty mostly choose at 20 and at 84 people a class: a remedy has to beat a network that is well kept, not one
 * that overfits.
 */
export const SMALL_CLASSIFIER = {
  hiddenUnits: [16],
  learningRate: 1e-2,
  batchSize: 64,
  penalties: [{ layer: FIRST_LAYER, matrix: null, strength: 0.1 }],
} as const;

/**
 * Training is limited in steps, not in epochs: 60 people make one batch, and eight epochs of patience would be eight steps;
 * arms that differ in the number of their people get the same chances.
 */
const MAX_STEPS = 600;
const PATIENCE_STEPS = 80;

/** What a classifier does to people whom it never saw. */
export interface ClassifierScores {
  accuracy: number;
  /** Mean negative log probability of the true class, nats; a guess of 1/3 each gives 1.099. */
  logLoss: number;
  /** Share of each class that is called by its name, by label. */
  recall: number[];
}

export interface FittedClassifier {
  epochs: number;
  /** Without penalties. */
  bestValidationLoss: number;
  /** Logits, one row a person. */
  logits(rows: readonly Float64Array[]): Float64Array[];
  dispose(): void;
}

/** @param rowWeights - of each row in the loss; all equal when left out. */
export function classifierRows(
  set: LabelledRows,
  classCount: number,
  rowWeights?: Float32Array,
): TrainingRows {
  const width = checkLabelledRows(set);
  const inputs = new Float32Array(set.rows.length * width);
  const targets = new Float32Array(set.rows.length * classCount);
  set.rows.forEach((row, i) => {
    inputs.set(row, i * width);
    targets[i * classCount + set.labels[i]!] = 1;
  });
  return {
    count: set.rows.length,
    inputs,
    targets,
    rowWeights: rowWeights ?? new Float32Array(set.rows.length).fill(1),
  };
}

/**
 * Trains the small classifier with core/learning's loop and stops on validation people; `options` replace the usual ones.
 * @param train - rows made by {@link classifierRows} of standardised people. @param seed - names start, order and all.
 */
export function fitSmallClassifier(
  train: TrainingRows,
  validation: TrainingRows,
  seed: string,
  options: Partial<Pick<TrainingOptions, 'maxEpochs' | 'penalties'>> = {},
): FittedClassifier {
  const inputCount = train.inputs.length / train.count;
  const outputCount = train.targets.length / train.count;
  const kernel = new Float64Array(inputCount * inputCount);
  for (let i = 0; i < inputCount; i += 1) kernel[i * (inputCount + 1)] = 1;
  const { hiddenUnits, ...loop } = SMALL_CLASSIFIER;
  const stepsPerEpoch = Math.ceil(train.count / loop.batchSize);
  const model = buildDenseModel(
    {
      inputCount,
      outputCount,
      hiddenUnits,
      activation: 'relu',
      inputScaling: { kernel, bias: new Float64Array(inputCount) },
    },
    seed,
    0,
  );
  const { epochs, bestValidationLoss } = trainModel(model, train, validation, {
    ...loop,
    maxEpochs: Math.ceil(MAX_STEPS / stepsPerEpoch),
    patienceEpochs: Math.ceil(PATIENCE_STEPS / stepsPerEpoch),
    ...options,
    loss: 'softmax-cross-entropy',
    dropoutRate: 0,
    groups: [],
    seed,
    member: 0,
  });
  return {
    epochs,
    bestValidationLoss,
    logits: (rows) => tfjsForward(model, rows),
    dispose: () => model.dispose(),
  };
}

/**
 * Scores of logits against true classes.
 * @param logits - one row a person, one column a class. @throws RangeError when a class of the columns has nobody.
 */
export function classifierScores(
  logits: readonly ArrayLike<number>[],
  labels: readonly number[],
): ClassifierScores {
  const classCount = logits[0]?.length ?? 0;
  const hits = new Array<number>(classCount).fill(0);
  const counts = new Array<number>(classCount).fill(0);
  let loss = 0;
  logits.forEach((row, i) => {
    const label = labels[i]!;
    const values = Array.from(row);
    const top = Math.max(...values);
    loss += top - values[label]! + Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0));
    counts[label]! += 1;
    if (values.indexOf(top) === label) hits[label]! += 1;
  });
  if (counts.length === 0 || counts.some((count) => count === 0)) throw new RangeError('a class has nobody');
  return {
    accuracy: hits.reduce((sum, count) => sum + count, 0) / logits.length,
    logLoss: loss / logits.length,
    recall: hits.map((count, label) => count / counts[label]!),
  };
}
