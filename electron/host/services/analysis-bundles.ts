import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnalysisInput, AnalysisPrediction } from '../../../core/contract/schemas/analysis.ts';
import { elbowExplanationCheck } from '../../../core/inference/check-elbow-explanation.ts';
import { loadElbowBundle } from '../../../core/inference/elbow-bundle.ts';
import { predictElbow } from '../../../core/inference/elbow-prediction.ts';
import { explainMuscleParameters } from '../../../core/inference/explain-analysis.ts';
import { predictMuscleParameters } from '../../../core/inference/muscle-parameters.ts';
import { loadMuscleParametersBundle } from '../../../core/inference/muscle-parameters-bundle.ts';
import { isSameAnswer } from '../../../core/inference/same-answer.ts';
import { type AnalysisExplanationChecker, besideOtherCalls } from './explanation-check.ts';

/** Whether the bundle itself answers this to that input. */
export type AnalysisChecker = (input: AnalysisInput, prediction: AnalysisPrediction) => boolean;

const TIER_OF: Readonly<Record<string, 1 | 2 | 3>> = {
  'muscle-parameters-1': 1,
  'muscle-parameters-2': 2,
  'muscle-parameters-3': 3,
};

interface Checkers {
  isAnswerOf: AnalysisChecker;
  isExplanationOf: AnalysisExplanationChecker;
}

async function open(modelId: string, folder: string): Promise<Checkers> {
  const read = async (path: string) => new Uint8Array(readFileSync(join(folder, path)));
  const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const tier = TIER_OF[modelId];
  if (tier !== undefined) {
    const bundle = await loadMuscleParametersBundle(read, sha256, tier);
    return {
      isAnswerOf: (input, prediction) =>
        input.analysis === 'muscle-parameters' &&
        isSameAnswer(
          predictMuscleParameters(bundle, input, () => 0),
          prediction,
        ),
      isExplanationOf: async (input, prediction, explanation) =>
        input.analysis === 'muscle-parameters' &&
        prediction.analysis === 'muscle-parameters' &&
        isSameAnswer(
          explainMuscleParameters(bundle, input, prediction, () => 0),
          explanation,
        ),
    };
  }
  const bundle = await loadElbowBundle(read, sha256);
  return {
    isAnswerOf: (input, prediction) =>
      input.analysis === 'elbow-torque-fatigue' &&
      isSameAnswer(
        predictElbow(bundle, input, () => 0),
        prediction,
      ),
    isExplanationOf: async (input, prediction, explanation) =>
      input.analysis === 'elbow-torque-fatigue' &&
      prediction.analysis === 'elbow-torque-fatigue' &&
      prediction.timeToFailure !== null &&
      (await besideOtherCalls(elbowExplanationCheck(bundle, input, explanation))),
  };
}

/** The checker, read and verified at its first use. */
export type OpenChecker = () => Promise<AnalysisChecker>;
/** The checker of explanations, of the same bundle. */
export type OpenExplanationChecker = () => Promise<AnalysisExplanationChecker>;

/**
 * How answers of an analysis bundle are checked; null for models that answer no analysis. A bundle that cannot be read
 * agrees to nothing, and neither does one asked for what it is not made for: the app goes on without this model.
 */
export function analysisCheckersOf(
  modelId: string,
  folder: string,
): { openChecker: OpenChecker; openExplanationChecker: OpenExplanationChecker } | null {
  if (TIER_OF[modelId] === undefined && modelId !== 'elbow-torque-fatigue') return null;
  let opened: Promise<Checkers> | null = null;
  const checkers = () => {
    opened ??= open(modelId, folder).then(agreeing, () => NEVER);
    return opened;
  };
  return {
    openChecker: async () => (await checkers()).isAnswerOf,
    openExplanationChecker: async () => (await checkers()).isExplanationOf,
  };
}

const NEVER: Checkers = { isAnswerOf: () => false, isExplanationOf: async () => false };

/** What is of another tier, or an input that is none, is not agreed to. */
const agreeing = ({ isAnswerOf, isExplanationOf }: Checkers): Checkers => ({
  isAnswerOf: (input, prediction) => {
    try {
      return isAnswerOf(input, prediction);
    } catch {
      return false;
    }
  },
  isExplanationOf: (input, prediction, explanation) =>
    isExplanationOf(input, prediction, explanation).catch(() => false),
});
