import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import { FEATURE_IDS } from '../../core/contract/schemas/judgement.ts';
import { NETWORK_FEATURES, NETWORK_INPUT_COUNT } from '../../core/inference/network-input.ts';
import { removeGroups } from '../../core/learning/group-removal.ts';
import { classWeights } from '../../core/learning/training-loop.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { calibrateWristState, calibrationFile } from './calibrate-wrist-state.ts';
import { dataHash } from './people-hash.ts';
import { ENSEMBLE_SIZE, type TrainedEnsemble, trainEnsemble } from './train-ensemble.ts';
import {
  labelOf,
  patternInput,
  REMOVABLE_GROUPS,
  trainingRows,
  wristStatePeople,
  wristStateScaling,
} from './wrist-state-data.ts';
import { writeBundle } from './write-bundle.ts';

export const STATEMENT = 'First version. Trained on simulated people. Research use; not a medical device.';

export interface WristStateSize {
  train: number;
  validation: number;
  calibration: number;
  members: number;
  maxEpochs: number;
  hiddenUnits: readonly number[];
}

export const WRIST_STATE_SIZE: WristStateSize = {
  train: 20_000,
  validation: 4_000,
  calibration: 10_500,
  members: ENSEMBLE_SIZE,
  maxEpochs: 40,
  hiddenUnits: [32, 16],
};
/** Two thousand people, so that every part of the path runs in seconds. Its figures are nobody's claim. */
export const SMOKE_SIZE: WristStateSize = {
  train: 2_000,
  validation: 400,
  calibration: 600,
  members: 2,
  maxEpochs: 6,
  hiddenUnits: [16, 8],
};
export const WRIST_STATE_VERSION = '0.1.0';
export const WRIST_STATE_SEED = 'wrist-state-0.1';

/** Generates, trains, calibrates and writes one `wrist-state` bundle. @returns its hash. */
export function trainWristState(
  folder: string,
  size: WristStateSize,
  backend: string,
  log: (line: string) => void,
): { bundleHash: string; ensemble: TrainedEnsemble } {
  const seed = WRIST_STATE_SEED;
  const train = wristStatePeople('train', size.train, seed);
  const validation = wristStatePeople('validation', size.validation, seed);
  const calibration = wristStatePeople('calibration', size.calibration, seed);
  log(`people: ${train.length} train, ${validation.length} validation, ${calibration.length} calibration`);
  const rows = trainingRows(train, classWeights(train.map(labelOf), WRIST_CLASSES.length));
  const check = trainingRows(validation, classWeights(validation.map(labelOf), WRIST_CLASSES.length));
  // Stopping looks at the same mix of patterns as training, drawn once.
  removeGroups(
    check.inputs,
    NETWORK_INPUT_COUNT,
    REMOVABLE_GROUPS,
    randomStream(seed, 'validation-removal', 0),
  );
  const ensemble = trainEnsemble(
    {
      inputCount: NETWORK_INPUT_COUNT,
      outputCount: WRIST_CLASSES.length,
      hiddenUnits: size.hiddenUnits,
      activation: 'relu',
      inputScaling: wristStateScaling(train),
    },
    rows,
    check,
    {
      loss: 'softmax-cross-entropy',
      batchSize: 128,
      maxEpochs: size.maxEpochs,
      learningRate: 0.003,
      dropoutRate: 0.1,
      patienceEpochs: 6,
      groups: REMOVABLE_GROUPS,
      seed,
    },
    log,
    size.members,
  );
  const goldenInputs = validation
    .slice(0, 6)
    .map((person, i) => patternInput(person, i % 2 === 0 ? 'B' : 'A'));
  const golden = {
    inputs: goldenInputs.map((row) => [...row]),
    outputs: ensemble.networks.map((network) =>
      goldenInputs.map((row) => [...forwardNetwork(network, row).output]),
    ),
  };
  const columns = NETWORK_FEATURES.map((feature, column) => {
    const values = train.map((person) => person.features[feature] ?? 0).sort((a, b) => a - b);
    return {
      name: FEATURE_IDS[feature] as string,
      unit: column === 1 ? 'ratio' : '% of expected',
      low: values[Math.floor(values.length * 0.005)] ?? 0,
      high: values[Math.ceil(values.length * 0.995) - 1] ?? 0,
    };
  });
  const bundleHash = writeBundle(
    folder,
    ensemble.files,
    golden,
    calibrationFile(calibrateWristState(ensemble.networks, train, validation, calibration)),
    {
      modelId: 'wrist-state',
      version: WRIST_STATE_VERSION,
      featureVersion: 1,
      statement: STATEMENT,
      seed,
      dataHash: dataHash(
        [train, validation, calibration].flatMap((people) =>
          people.map((person) => [labelOf(person), ...person.features]),
        ),
      ),
      people: { train: train.length, validation: validation.length, calibration: calibration.length },
      backend,
      inputs: [
        ...columns,
        { name: 'other-hand-measured', unit: '0 or 1', low: 0, high: 1 },
        { name: 'wrist-strength-measured', unit: '0 or 1', low: 0, high: 1 },
      ],
      outputs: [...WRIST_CLASSES],
      weightsPerMember: ensemble.weightsPerMember,
    },
  );
  return { bundleHash, ensemble };
}
