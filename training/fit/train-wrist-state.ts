import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import { type InputLayout, TRACE_INPUT } from '../../core/inference/network-input.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import { readLayersModel } from '../../core/networks/read-layers-model.ts';
import { FEATURE_IDS } from '../../core/signals/feature-ids.ts';
import { WRIST_STATE_DATA_SEED, WRIST_STATE_LAYOUT, wristStateParts } from '../dataset/wrist-state-parts.ts';
import { calibrateWristState, calibrationFile } from './calibrate-wrist-state.ts';
import { ENSEMBLE_SIZE } from './train-ensemble.ts';
import type { BundleParts, TrainableModel, TrainingContext } from './trainable-model.ts';
import { type MeasuredPerson, patternInput } from './wrist-state-data.ts';
import { type NetworkSize, prepareTraining, trainMember } from './wrist-state-network.ts';

export const STATEMENT = 'Trained on simulated people. Research use; not a medical device.';
export const WRIST_STATE_VERSION = '0.2.0';
/** Names the streams of people, start weights, order, dropout and removal. */
export const WRIST_STATE_SEED = WRIST_STATE_DATA_SEED;

export const NETWORK_SIZE: NetworkSize = { hiddenUnits: [32, 16], traceFilters: [6, 8], traceUnits: 12 };

interface WristStateSize {
  train: number;
  validation: number;
  calibration: number;
  members: number;
  maxEpochs: number;
}

const FULL_SIZE: WristStateSize = {
  train: Number.POSITIVE_INFINITY,
  validation: Number.POSITIVE_INFINITY,
  calibration: Number.POSITIVE_INFINITY,
  members: ENSEMBLE_SIZE,
  maxEpochs: 25,
};
/** A few people, so that every part of the path runs in seconds. Its figures are nobody's claim. */
const SMOKE_SIZE: WristStateSize = {
  train: 1_500,
  validation: 300,
  calibration: 900,
  members: 2,
  maxEpochs: 3,
};

/** Patterns of the golden case: one row each, so that every mask is met. */
const GOLDEN_KEYS: readonly PatternKey[] = ['C', 'C-one-hand', 'B', 'B-one-hand', 'A', 'A-one-hand'];

/** Central 99 % of a column over the training people. */
function rangeOf(name: string, unit: string, values: Float64Array) {
  values.sort();
  return {
    name,
    unit,
    low: values[Math.floor(values.length * 0.005)] ?? Number.NaN,
    high: values[Math.ceil(values.length * 0.995) - 1] ?? Number.NaN,
  };
}

/** What the manifest says of every input, in the order of the layout. */
function inputColumns(train: readonly MeasuredPerson[], layout: InputLayout) {
  const features = layout.features.map((feature) => {
    const id = FEATURE_IDS[feature] as string;
    const unit = id.endsWith('percent-expected') ? '% of expected' : 'ratio';
    return rangeOf(
      id,
      unit,
      Float64Array.from(train, (person) => person.features[feature] ?? Number.NaN),
    );
  });
  const masks = layout.masks.map(({ name }) => ({ name, unit: '0 or 1', low: 0, high: 1 }));
  const palmar = () => Float64Array.from(train.flatMap(({ trace }) => (trace ? [...trace] : [])));
  return [
    ...features,
    ...masks,
    ...(layout.hasTrace ? [rangeOf(TRACE_INPUT, 'share of the best gauge reading', palmar())] : []),
  ];
}

function make(context: TrainingContext, size: WristStateSize): BundleParts {
  const layout = WRIST_STATE_LAYOUT;
  const train = wristStateParts('train', size.train);
  const validation = wristStateParts('validation', size.validation);
  const calibration = wristStateParts('calibration', size.calibration);
  context.log(
    `people: ${train.length} train, ${validation.length} validation, ${calibration.length} calibration`,
  );
  const training = prepareTraining(train, validation, layout, NETWORK_SIZE, size.maxEpochs, WRIST_STATE_SEED);
  const members = Array.from({ length: size.members }, (_, member) =>
    context.member(`${WRIST_STATE_SEED}/${train.length}/${size.maxEpochs}/member-${member}`, () =>
      trainMember(training, member, context.log),
    ),
  );
  const networks = members.map(({ modelJson, weightsBin }) =>
    readLayersModel(new TextDecoder().decode(modelJson), weightsBin),
  );
  context.log('calibrating six patterns');
  const calibrated = calibrateWristState(networks, layout, { train, validation, calibration });
  const goldenInputs = GOLDEN_KEYS.map((key, i) => patternInput(validation[i]!, key, layout));
  return {
    members,
    golden: {
      inputs: goldenInputs.map((row) => [...row]),
      outputs: networks.map((network) => goldenInputs.map((row) => [...forwardNetwork(network, row).output])),
    },
    calibration: calibrationFile(calibrated),
    facts: {
      featureVersion: 1,
      statement: STATEMENT,
      seed: WRIST_STATE_SEED,
      people: { train: train.length, validation: validation.length, calibration: calibration.length },
      backend: context.backend,
      inputs: inputColumns(train, layout),
      outputs: [...WRIST_CLASSES],
      weightsPerMember: networks[0]?.weightCount ?? 0,
    },
  };
}

/** `wrist-state`: which of three wrists today's pinch behaves like, for six patterns of what was measured. */
export const MODEL: TrainableModel = {
  id: 'wrist-state',
  version: WRIST_STATE_VERSION,
  dataSet: 'wrist-state',
  smoke: (context) => make(context, SMOKE_SIZE),
  train: (context) => make(context, FULL_SIZE),
};
