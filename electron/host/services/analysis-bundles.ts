import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnalysisInput, AnalysisPrediction } from '../../../core/contract/schemas/analysis.ts';
import { loadElbowBundle } from '../../../core/inference/elbow-bundle.ts';
import { predictElbow } from '../../../core/inference/elbow-prediction.ts';
import { predictMuscleParameters } from '../../../core/inference/muscle-parameters.ts';
import { loadMuscleParametersBundle } from '../../../core/inference/muscle-parameters-bundle.ts';
import { isSameAnswer } from '../../../core/inference/same-answer.ts';

/** Whether the bundle itself answers this to that input. */
export type AnalysisChecker = (input: AnalysisInput, prediction: AnalysisPrediction) => boolean;

const TIER_OF: Readonly<Record<string, 1 | 2 | 3>> = {
  'muscle-parameters-1': 1,
  'muscle-parameters-2': 2,
  'muscle-parameters-3': 3,
};

async function open(modelId: string, folder: string): Promise<AnalysisChecker> {
  const read = async (path: string) => new Uint8Array(readFileSync(join(folder, path)));
  const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const tier = TIER_OF[modelId];
  if (tier !== undefined) {
    const bundle = await loadMuscleParametersBundle(read, sha256, tier);
    return (input, prediction) =>
      input.analysis === 'muscle-parameters' &&
      isSameAnswer(
        predictMuscleParameters(bundle, input, () => 0),
        prediction,
      );
  }
  const bundle = await loadElbowBundle(read, sha256);
  return (input, prediction) =>
    input.analysis === 'elbow-torque-fatigue' &&
    isSameAnswer(
      predictElbow(bundle, input, () => 0),
      prediction,
    );
}

/** The checker, read and verified at its first use. */
export type OpenChecker = () => Promise<AnalysisChecker>;

/**
 * How answers of an analysis bundle are checked; null for models that answer no analysis. A bundle that cannot be read
 * agrees to nothing, and neither does one asked for what it is not made for: the app goes on without this model.
 */
export function analysisCheckerOf(modelId: string, folder: string): OpenChecker | null {
  if (TIER_OF[modelId] === undefined && modelId !== 'elbow-torque-fatigue') return null;
  let opened: Promise<AnalysisChecker> | null = null;
  return () => {
    opened ??= open(modelId, folder).then(
      (check) => (input, prediction) => {
        try {
          return check(input, prediction);
        } catch {
          // Of another tier, or an input that is none.
          return false;
        }
      },
      () => () => false,
    );
    return opened;
  };
}
