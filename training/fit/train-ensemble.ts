import { buildDenseModel, countWeights, type DenseModelSpec } from '../../core/learning/dense-model.ts';
import { type ModelFiles, serialiseModel } from '../../core/learning/serialise-model.ts';
import { type TrainingOptions, type TrainingRows, trainModel } from '../../core/learning/training-loop.ts';
import type { DenseNetwork } from '../../core/networks/dense-network.ts';
import { readLayersModel } from '../../core/networks/read-layers-model.ts';

export const ENSEMBLE_SIZE = 5;

export interface TrainedEnsemble {
  files: ModelFiles[];
  networks: DenseNetwork[];
  weightsPerMember: number;
  epochs: number[];
}

/** Trains members that differ in start, order, dropout and removal only, by their number. */
export function trainEnsemble(
  spec: DenseModelSpec,
  rows: TrainingRows,
  validation: TrainingRows,
  options: Omit<TrainingOptions, 'member'>,
  log: (line: string) => void,
  size: number = ENSEMBLE_SIZE,
): TrainedEnsemble {
  const files: ModelFiles[] = [];
  const epochs: number[] = [];
  for (let member = 0; member < size; member += 1) {
    const model = buildDenseModel(spec, options.seed, member);
    const result = trainModel(model, rows, validation, { ...options, member });
    files.push(serialiseModel(model));
    epochs.push(result.epochs);
    log(
      `member ${member}: ${result.epochs} epochs, best validation loss ${result.bestValidationLoss.toFixed(4)}`,
    );
    model.dispose();
  }
  const networks = files.map(({ modelJson, weightsBin }) =>
    readLayersModel(new TextDecoder().decode(modelJson), weightsBin),
  );
  return { files, networks, weightsPerMember: countWeights(spec), epochs };
}
