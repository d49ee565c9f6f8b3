import {
  ELBOW_INPUT_COUNT,
  ELBOW_INPUTS,
  ELBOW_TORQUE_TIMES_S,
  elbowInputRow,
} from '../../core/inference/elbow-input.ts';
import { buildGraphModel } from '../../core/learning/graph-model.ts';
import { serialiseModel } from '../../core/learning/serialise-model.ts';
import { type TrainingRows, trainModel } from '../../core/learning/training-loop.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import { readLayersModel } from '../../core/networks/read-layers-model.ts';
import { ELBOW_PARTS, ELBOW_PEOPLE, ELBOW_PEOPLE_SEED, elbowRecordings } from '../dataset/elbow-data-set.ts';
import { calibrateElbow } from './calibrate-elbow.ts';
import { elbowGraph } from './elbow-graph.ts';
import { elbowQuestion, elbowScalings, elbowTrainingRows } from './elbow-rows.ts';
import type { BundleParts, TrainableModel, TrainingContext } from './trainable-model.ts';

const STATEMENT =
  'Trained on simulated holds with simulated surface EMG. Research use; not a medical device.';

export interface ElbowSize {
  train: number;
  validation: number;
  calibration: number;
  members: number;
  /** Epochs at each learning rate, one after another. */
  stages: readonly { learningRate: number; maxEpochs: number }[];
}
const FULL_SIZE: ElbowSize = {
  train: ELBOW_PARTS.train.count,
  validation: ELBOW_PARTS.validation.count,
  calibration: ELBOW_PARTS.calibration.count,
  members: 5,
  stages: [
    { learningRate: 0.006, maxEpochs: 12 },
    { learningRate: 0.0015, maxEpochs: 5 },
  ],
};
/** Every part of the path in seconds. Its figures are nobody's claim. */
const SMOKE_SIZE: ElbowSize = {
  train: 200,
  validation: 200,
  calibration: 400,
  members: 2,
  stages: [{ learningRate: 0.004, maxEpochs: 1 }],
};
/** For speed: a row and epoch costs 0.46 ms of one core, against 0.60 ms in batches of 64. */
const BATCH_SIZE = 128;

/** Trains and calibrates a bundle of any size. */
export function trainElbow(context: TrainingContext, size: ElbowSize): BundleParts {
  const people = elbowRecordings('train', size.train);
  const validation = elbowRecordings('validation', size.validation);
  const calibration = elbowRecordings('calibration', size.calibration);
  context.log(
    `people: ${people.length} train, ${validation.length} validation, ${calibration.length} calibration`,
  );
  const rows = elbowTrainingRows(people);
  const check = elbowTrainingRows(validation);
  const scalings = elbowScalings(rows);
  const spec = elbowGraph(scalings.activations, scalings.statics);
  const files = Array.from({ length: size.members }, (_, member) =>
    context.member(`${ELBOW_PEOPLE_SEED}/member-${member}`, () => {
      const model = buildGraphModel(spec, ELBOW_PEOPLE_SEED, member);
      size.stages.forEach(({ learningRate, maxEpochs }, stage) => {
        const result = trainModel(model, rows, check, {
          loss: 'mean-squared-error',
          batchSize: BATCH_SIZE,
          maxEpochs,
          learningRate,
          dropoutRate: 0,
          patienceEpochs: 5,
          groups: [],
          seed: `${ELBOW_PEOPLE_SEED}/stage-${stage}`,
          member,
        });
        context.log(
          `member ${member}, rate ${learningRate}: ${result.epochs} epochs, best validation loss ${result.bestValidationLoss.toPrecision(4)}`,
        );
      });
      const made = serialiseModel(model);
      model.dispose();
      return made;
    }),
  );
  const networks = files.map(({ modelJson, weightsBin }) =>
    readLayersModel(new TextDecoder().decode(modelJson), weightsBin),
  );
  const golden = validation.slice(0, 4).map((recording) => elbowInputRow(elbowQuestion(recording)));
  return {
    members: files,
    golden: {
      inputs: golden.map((row) => [...row]),
      outputs: networks.map((network) => golden.map((row) => [...forwardNetwork(network, row).output])),
    },
    calibration: calibrateElbow(networks, people, validation, calibration),
    facts: {
      featureVersion: 1,
      statement: STATEMENT,
      seed: ELBOW_PEOPLE_SEED,
      people: { train: people.length, validation: validation.length, calibration: calibration.length },
      backend: context.backend,
      inputs: ELBOW_INPUTS.map((input, column) => ({ ...input, ...trainedRange(rows, column) })),
      outputs: [
        ...ELBOW_TORQUE_TIMES_S.map((timeS) => `torque at ${timeS} s, N.m`),
        'ln(time to task failure / 60 s), censored at 150 s',
      ],
      weightsPerMember: networks[0]!.weightCount,
    },
  };
}

/** Range that 99 % of the training people lie in. */
function trainedRange(rows: TrainingRows, column: number): { low: number; high: number } {
  const values = Float64Array.from(
    { length: rows.count },
    (_, row) => rows.inputs[row * ELBOW_INPUT_COUNT + column]!,
  ).sort();
  return {
    low: values[Math.floor(values.length * 0.005)]!,
    high: values[Math.ceil(values.length * 0.995) - 1]!,
  };
}

/** Torque to 150 s and time to task failure from the first 30 s of a sustained elbow flexion. */
export const ELBOW_MODEL: TrainableModel = {
  id: 'elbow-torque-fatigue',
  version: '0.1.0',
  dataSet: ELBOW_PEOPLE.name,
  smoke: (context) => trainElbow(context, SMOKE_SIZE),
  train: (context) => trainElbow(context, FULL_SIZE),
};
