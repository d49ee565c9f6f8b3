import type { Figures } from './figures.ts';
import type { ModelEvaluator } from './model-evaluator.ts';

export interface RegisteredEvaluator {
  load(): Promise<ModelEvaluator>;
  /** The findings that a reader asks for first: they open the facts page and stand in the README. */
  headlines: RegExp;
  /** Experiments whose findings belong on this model's facts page. */
  evidence: readonly string[];
}

/** Explanations: how far they follow physiology, and how many are shown. Each violation has its line further down. */
const EXPLANATIONS = /^physiology, [^:]+: share of expected|share of explanations that pass the gate/;
const headlines = (own: RegExp): RegExp => new RegExp(`${own.source}|${EXPLANATIONS.source}`);

const muscleTier = (tier: 1 | 2 | 3): RegisteredEvaluator => ({
  load: async () => (await import('./evaluate-muscle-parameters.ts')).MUSCLE_PARAMETER_EVALUATORS[tier],
  headlines: headlines(/may be shown|identifiable under both|against scaled|against generic/),
  evidence: ['regularisation'],
});

/** What measures each shipped model, the slowest first. */
export const EVALUATORS: Readonly<Record<string, RegisteredEvaluator>> = {
  'wrist-state': {
    load: async () => (await import('./evaluate-wrist-state.ts')).EVALUATOR,
    headlines: headlines(
      /^[ABC]: accuracy of the most|^[ABC]: sets of one|^[ABC]: sets of 1 that hold|^[ABC]: accuracy of the network minus|^C: the strongest|accuracy gained by the trace, direction/,
    ),
    evidence: [
      'wrist-trace-gain',
      'wrist-patient-spread',
      'augmentation',
      'imbalance',
      'covariance-penalty',
      'trace-components',
    ],
  },
  'muscle-parameters-3': muscleTier(3),
  'muscle-parameters-2': muscleTier(2),
  'muscle-parameters-1': muscleTier(1),
  'elbow-torque-fatigue': {
    load: async () => (await import('./evaluate-elbow.ts')).ELBOW_EVALUATOR,
    headlines: headlines(
      /^RMSE of torque|^share of time within|average course|change of RMSE by transfer, %, (surr|indep|reality)|left out: error of transfer/,
    ),
    evidence: ['elbow-transfer', 'emg-grip'],
  },
  'next-visit': {
    load: async () => (await import('./evaluate-next-visit.ts')).NEXT_VISIT_EVALUATOR,
    headlines: headlines(
      /^skill in absolute error|^coverage of the 90 % interval, alt|^refused, alternative/,
    ),
    evidence: [],
  },
};

/** Figures of the simulators themselves: no bundle is involved. */
export const SIMULATOR_FIGURES: Readonly<
  Record<string, () => Promise<(log: (line: string) => void) => Figures | Promise<Figures>>>
> = {
  population: async () => (await import('./population-figures.ts')).populationFigures,
  pinch: async () => (await import('./pinch-figures.ts')).pinchFigures,
  elbow: async () => (await import('./elbow-simulator-figures.ts')).elbowSimulatorFigures,
  procedure: async () => (await import('./procedure-figures.ts')).procedureFigures,
};
