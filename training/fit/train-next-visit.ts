import { NEXT_VISIT_LEVELS } from '../../core/inference/next-visit-bundle.ts';
import {
  NEXT_VISIT_GROUPS,
  NEXT_VISIT_INPUT_COUNT,
  NEXT_VISIT_INPUTS,
} from '../../core/inference/next-visit-input.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import type { NextVisitPerson } from '../dataset/next-visit.ts';
import { NEXT_VISIT_DATA_SET, NEXT_VISIT_SEED, nextVisitPeople } from '../dataset/next-visit-data-set.ts';
import { calibrateNextVisit } from './calibrate-next-visit.ts';
import { nextVisitRows, nextVisitScaling } from './next-visit-rows.ts';
import { ENSEMBLE_SIZE, trainEnsemble } from './train-ensemble.ts';
import type { BundleParts, TrainableModel, TrainingContext } from './trainable-model.ts';

const STATEMENT =
  'Trained on simulated recovery courses, which are assumptions. Research use; not a medical device.';

interface NextVisitSize {
  train: number;
  validation: number;
  calibration: number;
  members: number;
  maxEpochs: number;
}
const FULL_SIZE: NextVisitSize = {
  train: 20_000,
  validation: 2_000,
  calibration: 10_000,
  members: ENSEMBLE_SIZE,
  maxEpochs: 40,
};
/** Every part of the path in seconds. Its figures are nobody's claim. */
const SMOKE_SIZE: NextVisitSize = {
  train: 1_500,
  validation: 300,
  calibration: 1_200,
  members: 2,
  maxEpochs: 4,
};

/**
 * Chosen on 2,000 validation people with one member each: [32, 16] relu, [32, 32] relu and tanh, [64, 32] relu with and
 * without dropout of 0.1, rates 0.001 and 0.003. Their pinball losses lay within 1 % of one another, so the smallest
 * network is taken; the rate between the two and the larger batch, for speed, were not searched.
 */
const HIDDEN_UNITS = [32, 16] as const;

function train(context: TrainingContext, size: NextVisitSize): BundleParts {
  const people = nextVisitPeople('train', 'exponential-approach', size.train);
  const validation = nextVisitPeople('validation', 'exponential-approach', size.validation);
  const calibration = nextVisitPeople('calibration', 'exponential-approach', size.calibration);
  context.log(
    `people: ${people.length} train, ${validation.length} validation, ${calibration.length} calibration`,
  );
  const ensemble = trainEnsemble(
    {
      inputCount: NEXT_VISIT_INPUT_COUNT,
      outputCount: NEXT_VISIT_LEVELS.length,
      hiddenUnits: HIDDEN_UNITS,
      activation: 'relu',
      inputScaling: nextVisitScaling(people),
    },
    nextVisitRows(people),
    nextVisitRows(validation),
    {
      loss: { kind: 'pinball', levels: NEXT_VISIT_LEVELS },
      batchSize: 256,
      maxEpochs: size.maxEpochs,
      learningRate: 0.002,
      dropoutRate: 0,
      patienceEpochs: 6,
      groups: [],
      seed: NEXT_VISIT_SEED,
    },
    context.log,
    size.members,
    context.member,
  );
  const golden = validation.slice(0, 6).map(({ input }) => input.values);
  return {
    members: ensemble.files,
    golden: {
      inputs: golden.map((row) => [...row]),
      outputs: ensemble.networks.map((network) =>
        golden.map((row) => [...forwardNetwork(network, row).output]),
      ),
    },
    calibration: calibrateNextVisit(ensemble.networks, people, calibration),
    facts: {
      featureVersion: 1,
      statement: STATEMENT,
      seed: NEXT_VISIT_SEED,
      people: {
        train: people.length,
        validation: validation.length,
        calibration: calibration.length,
      },
      backend: context.backend,
      inputs: NEXT_VISIT_INPUTS.map((input, column) => ({ ...input, ...trainedRange(people, column) })),
      outputs: NEXT_VISIT_LEVELS.map((level) => `ln(next / last) at ${100 * level} %`),
      weightsPerMember: ensemble.weightsPerMember,
    },
  };
}

/** Range that 99 % of the training people who have this input lie in. */
function trainedRange(people: readonly NextVisitPerson[], column: number): { low: number; high: number } {
  const group = NEXT_VISIT_GROUPS.find(({ featureColumns }) =>
    (featureColumns as readonly number[]).includes(column),
  );
  const values = Float64Array.from(
    people.filter(({ input }) => !group || input.values[group.maskColumn] === 1),
    ({ input }) => input.values[column]!,
  ).sort();
  return {
    low: values[Math.floor(values.length * 0.005)]!,
    high: values[Math.ceil(values.length * 0.995) - 1]!,
  };
}

/** Forecast of the next key pinch. */
export const NEXT_VISIT_MODEL: TrainableModel = {
  id: 'next-visit',
  version: '0.1.0',
  dataSet: NEXT_VISIT_DATA_SET.name,
  smoke: (context) => train(context, SMOKE_SIZE),
  train: (context) => train(context, FULL_SIZE),
};
