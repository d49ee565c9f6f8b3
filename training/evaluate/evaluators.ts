import type { Figures } from './figures.ts';
import type { ModelEvaluator } from './model-evaluator.ts';

export interface RegisteredEvaluator {
  load(): Promise<ModelEvaluator>;
  /** Experiments whose findings belong on this model's facts page. */
  evidence: readonly string[];
}

/** What measures each shipped model. */
export const EVALUATORS: Readonly<Record<string, RegisteredEvaluator>> = {};

/** Figures of the simulators themselves: no bundle is involved. */
export const SIMULATOR_FIGURES: Readonly<
  Record<string, () => Promise<(log: (line: string) => void) => Figures | Promise<Figures>>>
> = {};
