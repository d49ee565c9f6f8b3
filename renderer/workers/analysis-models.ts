import type {
  AnalysisExplanation,
  AnalysisInput,
  AnalysisPrediction,
} from '../../core/contract/schemas/analysis.ts';
import {
  BundleError,
  GOLDEN_TOLERANCE,
  goldenGap,
  type VerifiedBundle,
} from '../../core/inference/bundle.ts';
import { type ElbowBundle, loadElbowBundle } from '../../core/inference/elbow-bundle.ts';
import { predictElbow } from '../../core/inference/elbow-prediction.ts';
import { explainElbow, explainMuscleParameters } from '../../core/inference/explain-analysis.ts';
import { predictMuscleParameters, tierOf } from '../../core/inference/muscle-parameters.ts';
import {
  loadMuscleParametersBundle,
  type MuscleParametersBundle,
} from '../../core/inference/muscle-parameters-bundle.ts';
import type { Tier } from '../../core/inference/muscle-parameters-columns.ts';
import { float64EnsembleForward } from '../../core/networks/ensemble-forward.ts';
import { currentModel, sha256 } from './model-files.ts';

export interface AnalysisModels {
  /** @throws BundleError when the model cannot be used; RangeError for an input that is none. */
  analyse(input: AnalysisInput): Promise<AnalysisPrediction>;
  explain(input: AnalysisInput, prediction: AnalysisPrediction): Promise<AnalysisExplanation>;
}

/** The engine must give the published numbers on this machine, or it is not used. */
function requireGolden<B extends VerifiedBundle>(bundle: B): B {
  if (!(goldenGap(bundle.golden, float64EnsembleForward(bundle.members)) <= GOLDEN_TOLERANCE)) {
    throw new BundleError('hash-mismatch', 'golden.json');
  }
  return bundle;
}

/** Keeps what was loaded; what failed is tried anew, since a file may be there the next time. */
function once<K, V>(load: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const loaded = new Map<K, Promise<V>>();
  return (key) => {
    const known = loaded.get(key);
    if (known) return known;
    const loading = load(key);
    loaded.set(key, loading);
    loading.catch(() => loaded.delete(key));
    return loading;
  };
}

/**
 * The analyses beside the wrist's state: each model is loaded, verified and checked on its golden case at the first
 * question. The Float64 engine answers: these networks are small, and the host repeats the same numbers.
 */
export function analysisModels(modelsBaseUrl: string, nowMs: () => number): AnalysisModels {
  const muscles = once(
    async (tier: Tier): Promise<MuscleParametersBundle> =>
      requireGolden(
        await loadMuscleParametersBundle(
          await currentModel(modelsBaseUrl, `muscle-parameters-${tier}`),
          sha256,
          tier,
        ),
      ),
  );
  const elbow = once(
    async (modelId: 'elbow-torque-fatigue'): Promise<ElbowBundle> =>
      requireGolden(await loadElbowBundle(await currentModel(modelsBaseUrl, modelId), sha256)),
  );
  return {
    analyse: async (input) =>
      input.analysis === 'muscle-parameters'
        ? predictMuscleParameters(await muscles(tierOf(input) ?? 1), input, nowMs)
        : predictElbow(await elbow('elbow-torque-fatigue'), input, nowMs),
    explain: async (input, prediction) => {
      if (input.analysis === 'muscle-parameters' && prediction.analysis === 'muscle-parameters') {
        return explainMuscleParameters(await muscles(prediction.tier), input, prediction, nowMs);
      }
      if (input.analysis === 'elbow-torque-fatigue' && prediction.analysis === 'elbow-torque-fatigue') {
        return explainElbow(await elbow('elbow-torque-fatigue'), input, prediction, nowMs);
      }
      throw new RangeError('the answer is of another analysis');
    },
  };
}
