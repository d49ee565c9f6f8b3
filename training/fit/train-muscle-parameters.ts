import type { InputScaling } from '../../core/learning/dense-model.ts';
import type { TrainingRows } from '../../core/learning/training-loop.ts';
import { type DenseNetwork, forwardNetwork } from '../../core/networks/dense-network.ts';
import { calibrateInterval } from '../../core/uncertainty/conformal-interval.ts';
import {
  generateMuscleParameterPeople,
  MUSCLE_PARAMETER_INPUTS,
  MUSCLE_PARAMETER_TARGETS,
  type MuscleParameterPerson,
} from '../dataset/muscle-parameters.ts';
import { dataHash } from './people-hash.ts';
import { ENSEMBLE_SIZE, type TrainedEnsemble, trainEnsemble } from './train-ensemble.ts';
import { STATEMENT } from './train-wrist-state.ts';
import { SUBJECTS } from './wrist-state-data.ts';
import { writeBundle } from './write-bundle.ts';

export const MUSCLE_PARAMETERS_VERSION = '0.1.0';
export const MUSCLE_PARAMETERS_SEED = 'muscle-parameters-0.1';
export const MUSCLE_PARAMETERS_SIZE = { train: 10_000, validation: 2_000, calibration: 5_000, maxEpochs: 25 };
export type MuscleParametersSize = typeof MUSCLE_PARAMETERS_SIZE;
const ALPHA = 0.1;

/** Columns of the network's input that a network may see: all, or the person alone (the demographic prior). */
export const ALL_COLUMNS = MUSCLE_PARAMETER_INPUTS.map((_, i) => i);
export const DEMOGRAPHIC_COLUMNS = [0, 1, 2, 3] as const;

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sdOf = (values: readonly number[]) => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
};

export interface TargetScale {
  mean: number[];
  sd: number[];
}

export const targetScaleOf = (people: readonly MuscleParameterPerson[]): TargetScale => ({
  mean: MUSCLE_PARAMETER_TARGETS.map((_, j) => meanOf(people.map((p) => p.targets[j] ?? 0))),
  sd: MUSCLE_PARAMETER_TARGETS.map((_, j) => sdOf(people.map((p) => p.targets[j] ?? 0))),
});

export const inputRow = (person: MuscleParameterPerson, columns: readonly number[]): Float64Array =>
  Float64Array.from(columns, (column) => person.inputs[column] ?? 0);

function rowsOf(
  people: readonly MuscleParameterPerson[],
  columns: readonly number[],
  scale: TargetScale,
): TrainingRows {
  const outputs = MUSCLE_PARAMETER_TARGETS.length;
  const inputs = new Float32Array(people.length * columns.length);
  const targets = new Float32Array(people.length * outputs);
  people.forEach((person, row) => {
    inputs.set(inputRow(person, columns), row * columns.length);
    for (let j = 0; j < outputs; j += 1) {
      targets[row * outputs + j] = ((person.targets[j] ?? 0) - (scale.mean[j] ?? 0)) / (scale.sd[j] ?? 1);
    }
  });
  return { count: people.length, inputs, targets, rowWeights: new Float32Array(people.length).fill(1) };
}

function scalingOf(people: readonly MuscleParameterPerson[], columns: readonly number[]): InputScaling {
  const size = columns.length;
  const kernel = new Float64Array(size * size);
  const bias = new Float64Array(size);
  columns.forEach((column, i) => {
    const values = people.map((person) => person.inputs[column] ?? 0);
    kernel[i * size + i] = 1 / sdOf(values);
    bias[i] = -meanOf(values) / sdOf(values);
  });
  return { kernel, bias };
}

/** One ensemble over the given columns; the prior is the same network class that sees less. */
export function fitMuscleParameters(
  train: readonly MuscleParameterPerson[],
  validation: readonly MuscleParameterPerson[],
  columns: readonly number[],
  scale: TargetScale,
  maxEpochs: number,
  members: number,
  log: (line: string) => void,
): TrainedEnsemble {
  return trainEnsemble(
    {
      inputCount: columns.length,
      outputCount: MUSCLE_PARAMETER_TARGETS.length,
      hiddenUnits: [32, 32],
      activation: 'relu',
      inputScaling: scalingOf(train, columns),
    },
    rowsOf(train, columns, scale),
    rowsOf(validation, columns, scale),
    {
      loss: 'mean-squared-error',
      batchSize: 128,
      maxEpochs,
      learningRate: 0.003,
      dropoutRate: 0,
      patienceEpochs: 5,
      groups: [],
      seed: `${MUSCLE_PARAMETERS_SEED}/${columns.length}`,
    },
    log,
    members,
  );
}

/** Ensemble mean and spread of every target, in the target's own unit. */
export function predictTargets(
  networks: readonly DenseNetwork[],
  row: Float64Array,
  scale: TargetScale,
): { mean: number[]; spread: number[] } {
  const outputs = networks.map((network) => forwardNetwork(network, row).output);
  const columns = MUSCLE_PARAMETER_TARGETS.map((_, j) => outputs.map((output) => output[j] ?? 0));
  return {
    mean: columns.map((values, j) => meanOf(values) * (scale.sd[j] ?? 1) + (scale.mean[j] ?? 0)),
    spread: columns.map((values, j) => sdOf(values) * (scale.sd[j] ?? 1)),
  };
}

/** People of a part of this model's own seed: nobody is shared with `wrist-state`. */
export const muscleParameterPeople = (part: keyof typeof SUBJECTS, count: number) =>
  generateMuscleParameterPeople(count, MUSCLE_PARAMETERS_SEED, SUBJECTS[part]);

/** Generates, trains, calibrates and writes the tier 1 bundle. */
export function trainMuscleParameters(
  folder: string,
  size: MuscleParametersSize,
  backend: string,
  log: (line: string) => void,
): { bundleHash: string } {
  const train = muscleParameterPeople('train', size.train);
  const validation = muscleParameterPeople('validation', size.validation);
  const calibration = muscleParameterPeople('calibration', size.calibration);
  const scale = targetScaleOf(train);
  const ensemble = fitMuscleParameters(
    train,
    validation,
    ALL_COLUMNS,
    scale,
    size.maxEpochs,
    ENSEMBLE_SIZE,
    log,
  );
  log('the demographic prior, the same network class without pinch');
  const prior = fitMuscleParameters(
    train,
    validation,
    DEMOGRAPHIC_COLUMNS,
    scale,
    size.maxEpochs,
    ENSEMBLE_SIZE,
    log,
  );
  const predicted = calibration.map((person) =>
    predictTargets(ensemble.networks, inputRow(person, ALL_COLUMNS), scale),
  );
  const intervals = MUSCLE_PARAMETER_TARGETS.map((_, j) =>
    calibrateInterval(
      predicted.map((p) => p.mean[j] ?? 0),
      predicted.map((p) => p.spread[j] ?? 0),
      calibration.map((person) => person.targets[j] ?? 0),
      // Half of the target's own spread: agreeing members still give a width on the scale of the people.
      0.5 * (scale.sd[j] ?? 1),
      ALPHA,
    ),
  );
  const goldenInputs = validation.slice(0, 4).map((person) => inputRow(person, ALL_COLUMNS));
  const bundleHash = writeBundle(
    folder,
    ensemble.files,
    {
      inputs: goldenInputs.map((row) => [...row]),
      outputs: ensemble.networks.map((network) =>
        goldenInputs.map((row) => [...forwardNetwork(network, row).output]),
      ),
    },
    {
      format: 'prehensa-interval-calibration-1',
      targets: MUSCLE_PARAMETER_TARGETS,
      scale,
      intervals,
      // The prior travels with the bundle as plain numbers: skill is measured against it.
      prior: prior.networks.map((network) =>
        network.layers.map(({ name, activation, inputCount, outputCount, kernel, bias }) => ({
          name,
          activation,
          inputCount,
          outputCount,
          kernel: [...kernel],
          bias: [...bias],
        })),
      ),
    },
    {
      modelId: 'muscle-parameters-1',
      version: MUSCLE_PARAMETERS_VERSION,
      featureVersion: 1,
      statement: STATEMENT,
      seed: MUSCLE_PARAMETERS_SEED,
      dataHash: dataHash(
        [train, validation, calibration].flatMap((people) =>
          people.map((person) => [...person.inputs, ...person.targets]),
        ),
      ),
      people: { train: train.length, validation: validation.length, calibration: calibration.length },
      backend,
      inputs: MUSCLE_PARAMETER_INPUTS.map((name, column) => {
        const values = train.map((person) => person.inputs[column] ?? 0);
        return {
          name,
          unit: name.split('-').at(-1) ?? '',
          low: Math.min(...values),
          high: Math.max(...values),
        };
      }),
      outputs: [...MUSCLE_PARAMETER_TARGETS],
      weightsPerMember: ensemble.weightsPerMember,
    },
  );
  return { bundleHash };
}
