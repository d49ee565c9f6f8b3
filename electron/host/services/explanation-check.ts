/** Whether an explanation is the one that the shipped bundle itself gives: what a page makes up is not stored. */
import type {
  AnalysisExplanation,
  AnalysisInput,
  AnalysisPrediction,
} from '../../../core/contract/schemas/analysis.ts';
import { controlledRun, type ResumableRun } from '../../../core/explain/coalition-run.ts';

/** Whether the bundle itself explains this answer to that input so. */
export type AnalysisExplanationChecker = (
  input: AnalysisInput,
  prediction: AnalysisPrediction,
  explanation: AnalysisExplanation,
) => Promise<boolean>;

/** The longest that other calls wait for a check, milliseconds. */
const LONGEST_STRETCH_MS = 20;

/** Runs to the end, and lets other calls of the host be answered in between. */
export function besideOtherCalls<Result>(run: ResumableRun<Result>): Promise<Result> {
  let since = performance.now();
  return controlledRun(run, {
    pause: () => {
      if (performance.now() - since < LONGEST_STRETCH_MS) return undefined;
      return new Promise((resolve) => {
        setImmediate(() => {
          since = performance.now();
          resolve();
        });
      });
    },
  });
}
