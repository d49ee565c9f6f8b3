import type { TrainableModel } from './trainable-model.ts';

export interface RegisteredModel {
  /** The module whose code decides the weights: its hash is part of the key of every kept member. */
  module: string;
  load(): Promise<TrainableModel>;
}

const muscleTier = (tier: 1 | 2 | 3): RegisteredModel => ({
  module: 'training/fit/train-muscle-parameters.ts',
  load: async () => (await import('./train-muscle-parameters.ts')).MUSCLE_PARAMETER_MODELS[tier],
});

/** Every model that ships, in the order of training: the longest first, so that two processes end together. */
export const TRAINABLE_MODELS: Readonly<Record<string, RegisteredModel>> = {
  'elbow-torque-fatigue': {
    module: 'training/fit/train-elbow.ts',
    load: async () => (await import('./train-elbow.ts')).ELBOW_MODEL,
  },
  'wrist-state': {
    module: 'training/fit/train-wrist-state.ts',
    load: async () => (await import('./train-wrist-state.ts')).MODEL,
  },
  'muscle-parameters-3': muscleTier(3),
  'muscle-parameters-2': muscleTier(2),
  'muscle-parameters-1': muscleTier(1),
  'next-visit': {
    module: 'training/fit/train-next-visit.ts',
    load: async () => (await import('./train-next-visit.ts')).NEXT_VISIT_MODEL,
  },
};
