/** The shipped model in a Node program: same bundle, same rules, tfjs for the prediction. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type {
  AnalysisExplanation,
  AnalysisInput,
  AnalysisPrediction,
} from '../../core/contract/schemas/analysis.ts';
import type { ForecastQuestion, ModelForecast } from '../../core/contract/schemas/forecast.ts';
import type { Explanation, ModelInput, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import { loadWristStateBundle, type WristStateBundle } from '../../core/inference/bundle.ts';
import { loadElbowBundle } from '../../core/inference/elbow-bundle.ts';
import { predictElbow } from '../../core/inference/elbow-prediction.ts';
import { explainElbow, explainMuscleParameters } from '../../core/inference/explain-analysis.ts';
import { explainWristState } from '../../core/inference/explain-wrist-state.ts';
import { modelForecastOf } from '../../core/inference/model-forecast.ts';
import { predictMuscleParameters, tierOf } from '../../core/inference/muscle-parameters.ts';
import { loadMuscleParametersBundle } from '../../core/inference/muscle-parameters-bundle.ts';
import type { Tier } from '../../core/inference/muscle-parameters-columns.ts';
import { loadNextVisitBundle } from '../../core/inference/next-visit-bundle.ts';
import { predictWristState } from '../../core/inference/wrist-state.ts';
import { startBackend } from '../../core/learning/backend.ts';
import { loadTfjsEnsemble } from '../../core/learning/ensemble-forward.ts';
import { float64EnsembleForward } from '../../core/networks/ensemble-forward.ts';
import { bundleFiles, nodeSha256 } from '../../training/evaluate/read-bundle.ts';

export interface LocalInference {
  bundle: WristStateBundle;
  predict(input: ModelInput): WristStatePrediction;
  explain(input: ModelInput, prediction: WristStatePrediction): Explanation;
  forecast(question: ForecastQuestion): ModelForecast;
  analyse(input: AnalysisInput): Promise<AnalysisPrediction>;
  explainAnalysis(input: AnalysisInput, prediction: AnalysisPrediction): Promise<AnalysisExplanation>;
}

/** Folder of tfjs's own wasm files, ending in "/". */
export const wasmFolder = (): string =>
  `${join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')}/`;

/** Folder of the current version of a model. */
export function currentModelFolder(modelId: string, modelsFolder = 'models'): string {
  const current = JSON.parse(readFileSync(join(modelsFolder, 'current.json'), 'utf8')) as Record<
    string,
    string
  >;
  const version = current[modelId];
  if (version === undefined) throw new Error(`models/current.json names no ${modelId}`);
  return join(modelsFolder, modelId, version);
}

const filesOf = (modelId: string) => bundleFiles(currentModelFolder(modelId));
const muscles = (tier: Tier) =>
  loadMuscleParametersBundle(filesOf(`muscle-parameters-${tier}`), nodeSha256, tier);
const elbow = () => loadElbowBundle(filesOf('elbow-torque-fatigue'), nodeSha256);

/** Muscle parameters and the elbow, as the page's worker answers them. */
function localAnalyses(nowMs: () => number): Pick<LocalInference, 'analyse' | 'explainAnalysis'> {
  return {
    analyse: async (input) =>
      input.analysis === 'muscle-parameters'
        ? predictMuscleParameters(await muscles(tierOf(input) ?? 1), input, nowMs)
        : predictElbow(await elbow(), input, nowMs),
    explainAnalysis: async (input, prediction) => {
      if (input.analysis === 'muscle-parameters' && prediction.analysis === input.analysis) {
        return explainMuscleParameters(await muscles(prediction.tier), input, prediction, nowMs);
      }
      if (input.analysis === 'elbow-torque-fatigue' && prediction.analysis === input.analysis) {
        return explainElbow(await elbow(), input, prediction, nowMs);
      }
      throw new RangeError('an explanation belongs to an answer of the same analysis');
    },
  };
}

/**
 * @param engine - 'tfjs' as in the app; 'float64' gives the same bytes on every machine (the sample clinic needs that).
 * @param nowMs - the clock that durations are taken from.
 */
export async function openLocalInference(
  engine: 'tfjs' | 'float64',
  nowMs: () => number = () => performance.now(),
): Promise<LocalInference> {
  const bundle = await loadWristStateBundle(bundleFiles(currentModelFolder('wrist-state')), nodeSha256);
  const nextVisit = await loadNextVisitBundle(bundleFiles(currentModelFolder('next-visit')), nodeSha256);
  if (engine === 'tfjs') await startBackend(wasmFolder());
  const forward =
    engine === 'tfjs'
      ? (await loadTfjsEnsemble(bundle.memberFiles)).forward
      : float64EnsembleForward(bundle.members);
  return {
    bundle,
    predict: (input) => predictWristState(bundle, input, forward, nowMs),
    explain: (input, prediction) => explainWristState(bundle, input, prediction, nowMs),
    forecast: (question) => modelForecastOf(nextVisit, question),
    ...localAnalyses(nowMs),
  };
}
