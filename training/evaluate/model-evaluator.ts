import type { Figures } from './figures.ts';

/** Measures one shipped bundle on people whom it never saw. */
export interface ModelEvaluator {
  modelId: string;
  /** What was assumed and what it means: sentences of the facts page. */
  notes: readonly string[];
  /**
   * @param folder - the bundle's folder; it is verified first (core/inference verifyBundle).
   * @param log - progress, one line a step. Writes nothing. @returns figures; confusion matrices are tables.
   */
  evaluate(folder: string, log: (line: string) => void): Promise<Figures>;
}
