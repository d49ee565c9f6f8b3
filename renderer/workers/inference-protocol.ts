import type {
  AnalysisExplanation,
  AnalysisInput,
  AnalysisPrediction,
} from '../../core/contract/schemas/analysis.ts';
import type { WristClass } from '../../core/contract/schemas/clinical.ts';
import type { ForecastQuestion, ModelForecast } from '../../core/contract/schemas/forecast.ts';
import type { Explanation, ModelInput, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import type { RunProgress } from '../../core/explain/coalition-run.ts';
import type { CallChanges } from '../../core/inference/call-changes.ts';
import type { LabOptions, MethodsLab } from '../../core/inference/methods-lab.ts';

/** What is compared: a shown result with the input it was computed from. */
export interface MethodsQuestion extends Pick<LabOptions, 'level' | 'layerWiseRelevance'> {
  input: ModelInput;
  prediction: WristStatePrediction;
}

export interface ComparedMethods {
  lab: MethodsLab;
  /** Most probable class and runner-up: positive values speak for the first. */
  classes: readonly [WristClass, WristClass];
  /** Networks whose mean is the answer. */
  networkCount: number;
  /** One measured quantity moved alone, every change confirmed by the model; null where the answer is no class. */
  changes: CallChanges | null;
}

/** What the page asks of the worker. Patient data comes after a lock only, never with `start` or `cancel`. */
export type InferenceRequest =
  | { id: number; kind: 'start'; modelsBaseUrl: string; wasmBaseUrl: string }
  | { id: number; kind: 'predict'; input: ModelInput }
  | { id: number; kind: 'explain'; input: ModelInput; prediction: WristStatePrediction }
  | { id: number; kind: 'call-changes'; input: ModelInput; prediction: WristStatePrediction }
  | { id: number; kind: 'methods-lab'; question: MethodsQuestion }
  /** Answers and explanations of the analyses beside the wrist's state; their models are loaded when first asked. */
  | { id: number; kind: 'analyse'; input: AnalysisInput }
  | { id: number; kind: 'explain-analysis'; input: AnalysisInput; prediction: AnalysisPrediction }
  /** After the clinician's own forecast only. */
  | { id: number; kind: 'forecast'; question: ForecastQuestion }
  /** Ends the comparison that was asked for under `run`; it then answers null. */
  | { id: number; kind: 'cancel'; run: number };

export interface LoadedModel {
  modelId: string;
  version: string;
  bundleHash: string;
  backend: string;
}

export type InferenceAnswer =
  | {
      id: number;
      ok: true;
      value:
        | LoadedModel
        | WristStatePrediction
        | Explanation
        | ComparedMethods
        | CallChanges
        | AnalysisPrediction
        | AnalysisExplanation
        | ModelForecast
        | null;
    }
  | { id: number; ok: false; code: InferenceFailure; path: string };

/** What the worker says: progress of a long request, any number of times, and one answer. */
export type InferenceMessage = InferenceAnswer | { id: number; progress: RunProgress };

/** Why there is no model, or no answer: the page has a sentence for each. */
export type InferenceFailure = 'hash-mismatch' | 'missing-file' | 'not-understood' | 'engine';
