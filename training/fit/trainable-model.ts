import type { Golden, Manifest } from '../../core/inference/manifest.ts';
import type { ModelFiles } from '../../core/learning/serialise-model.ts';

/** What a model's training may use of its surroundings. */
export interface TrainingContext {
  /** Engine that runs: the same bytes from the same seed hold per backend. */
  backend: string;
  log(line: string): void;
  /**
   * One trained network, kept on disk under the key so that an interrupted run goes on where it stopped. The frame adds
   * the hashes of code and data to the key; the caller names everything else that the result depends on.
   */
  member(key: string, train: () => ModelFiles): ModelFiles;
}

/** A bundle that is not on disk yet. The frame writes it, hashes it and fills in the data hash. */
export interface BundleParts {
  members: readonly ModelFiles[];
  golden: Golden;
  /** Content of calibration.json; numbers are written with nine significant digits. */
  calibration: unknown;
  facts: Omit<Manifest, 'format' | 'files' | 'members' | 'dataHash' | 'modelId' | 'version'>;
}

/** A model that ships. */
export interface TrainableModel {
  id: string;
  version: string;
  /** Name in training/dataset/data-sets.ts; parts "train", "validation" and "calibration" make the data hash. */
  dataSet: string;
  /** A few seconds of training that runs every part of the path; its figures are nobody's claim. */
  smoke?(context: TrainingContext): BundleParts;
  train(context: TrainingContext): BundleParts;
}
