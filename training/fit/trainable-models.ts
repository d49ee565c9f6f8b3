import type { TrainableModel } from './trainable-model.ts';

export interface RegisteredModel {
  /** The module whose code decides the weights: its hash is part of the key of every kept member. */
  module: string;
  load(): Promise<TrainableModel>;
}

/** Every model that ships, in the order of training: the longest first, so that two processes end together. */
export const TRAINABLE_MODELS: Readonly<Record<string, RegisteredModel>> = {};
