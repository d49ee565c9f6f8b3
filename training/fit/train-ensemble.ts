import { buildDenseModel, countWeights, type DenseModelSpec } from '../../core/learning/dense-model.ts';
import { type ModelFiles, serialiseModel } from '../../core/learning/serialise-model.ts';
import { type TrainingOptions, type TrainingRows, trainModel } from '../../core/learning/training-loop.ts';
import type { Network } from '../../core/networks/network.ts';
import { readLayersModel } from '../../core/networks/read-layers-model.ts';
import type { TrainingContext } from './trainable-model.ts';

export const ENSEMBLE_SIZE = 5;

export interface TrainedEnsemble {
  files: ModelFiles[];
  networks: Network[];
  weightsPerMember: number;
  /** Epochs of each member; -1 for a member that was kept from an earlier run. */
  epochs: number[];
}

/** Trains every member, whatever an earlier run has kept. */
const trainAnew: TrainingContext['member'] = (_key, train) => train();

/**
 * Trains members that differ in start, order, dropout and removal only, by their number.
 * @param member - keeps members on disk under "<seed>/member-<number>", so the seed must name all that the data of two
 *   ensembles of one model differ in (see TrainingContext).
 */
export function trainEnsemble(
  spec: DenseModelSpec,
  rows: TrainingRows,
  validation: TrainingRows,
  options: Omit<TrainingOptions, 'member'>,
  log: (line: string) => void,
  size: number = ENSEMBLE_SIZE,
  member: TrainingContext['member'] = trainAnew,
): TrainedEnsemble {
  const files: ModelFiles[] = [];
  const epochs: number[] = [];
  for (let number = 0; number < size; number += 1) {
    let trainedEpochs = -1;
    files.push(
      member(`${options.seed}/member-${number}`, () => {
        const model = buildDenseModel(spec, options.seed, number);
        const result = trainModel(model, rows, validation, { ...options, member: number });
        const made = serialiseModel(model);
        model.dispose();
        trainedEpochs = result.epochs;
        log(
          `${options.seed}, member ${number}: ${result.epochs} epochs, best validation loss ${result.bestValidationLoss.toFixed(4)}`,
        );
        return made;
      }),
    );
    epochs.push(trainedEpochs);
  }
  const networks = files.map(({ modelJson, weightsBin }) =>
    readLayersModel(new TextDecoder().decode(modelJson), weightsBin),
  );
  return { files, networks, weightsPerMember: countWeights(spec), epochs };
}
