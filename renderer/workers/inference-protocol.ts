import type { Explanation, ModelInput, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';

/** What the page asks of the worker. Patient data comes with `predict` and `explain` only, after a lock. */
export type InferenceRequest =
  | { id: number; kind: 'start'; modelsBaseUrl: string; wasmBaseUrl: string }
  | { id: number; kind: 'predict'; input: ModelInput }
  | { id: number; kind: 'explain'; input: ModelInput; prediction: WristStatePrediction };

export interface LoadedModel {
  modelId: string;
  version: string;
  bundleHash: string;
  backend: string;
}

export type InferenceAnswer =
  | { id: number; ok: true; value: LoadedModel | WristStatePrediction | Explanation }
  | { id: number; ok: false; code: InferenceFailure; path: string };

/** Why there is no model, or no answer: the page has a sentence for each. */
export type InferenceFailure = 'hash-mismatch' | 'missing-file' | 'not-understood' | 'engine';
