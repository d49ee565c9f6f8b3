import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type {
  Explanation,
  ModelInput,
  WristStatePrediction,
} from '../../../core/contract/schemas/judgement.ts';
import { GOLDEN_TOLERANCE, loadWristStateBundle } from '../../../core/inference/bundle.ts';
import { explainWristState } from '../../../core/inference/explain-wrist-state.ts';
import { isSameAnswer } from '../../../core/inference/same-answer.ts';
import { predictWristState } from '../../../core/inference/wrist-state.ts';
import { float64EnsembleForward } from '../../../core/networks/ensemble-forward.ts';
import { analysisCheckersOf, type OpenChecker, type OpenExplanationChecker } from './analysis-bundles.ts';
import { type Forecaster, forecasterOf } from './known-forecaster.ts';

const Manifest = z.looseObject({ modelId: z.string(), version: z.string() });

export interface KnownBundle {
  modelId: string;
  version: string;
  /** Whether the bundle itself answers this to that input; never, when its files cannot be read here. */
  isAnswerOf: (input: ModelInput, prediction: WristStatePrediction) => boolean;
  /** Whether the bundle itself explains that answer so; without it no explanation of the bundle is stored. */
  isExplanationOf?: (
    input: ModelInput,
    prediction: WristStatePrediction,
    explanation: Explanation,
  ) => boolean;
  /** Of `next-visit` alone: what the bundle itself forecasts. */
  forecast?: Forecaster | null;
  /** Of `muscle-parameters-*` and `elbow-torque-fatigue`: checks an answer, read at its first use. */
  openChecker?: OpenChecker | null;
  /** Of the same: checks an explanation; without it none is stored. */
  openExplanationChecker?: OpenExplanationChecker | null;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Probabilities within the tolerance of two engines, everything that follows from them equal. */
function isSamePrediction(own: WristStatePrediction, given: WristStatePrediction): boolean {
  // Features are compared to nine digits: two versions of the same engine may differ in the last bit of a power.
  const digits = (value: number | null) => (value === null ? null : Number(value.toPrecision(9)));
  const decided = (p: WristStatePrediction) =>
    JSON.stringify([
      p.inputPattern,
      p.predictionSet,
      p.refusals,
      p.coverage,
      p.features.map((f) => [f.id, digits(f.value), digits(f.measured), digits(f.referenceValue)]),
    ]);
  const ownValues = own.probabilities ?? [];
  const givenValues = given.probabilities ?? [];
  return (
    decided(own) === decided(given) &&
    ownValues.length === givenValues.length &&
    ownValues.every((value, i) => Math.abs(value - (givenValues[i] ?? Number.NaN)) <= 10 * GOLDEN_TOLERANCE)
  );
}

type Checkers = Required<Pick<KnownBundle, 'isAnswerOf' | 'isExplanationOf'>>;
const NEVER: Checkers = { isAnswerOf: () => false, isExplanationOf: () => false };

async function checkersOf(folder: string): Promise<Checkers> {
  try {
    const bundle = await loadWristStateBundle(
      async (path) => new Uint8Array(readFileSync(join(folder, path))),
      async (bytes) => sha256(bytes),
    );
    const forward = float64EnsembleForward(bundle.members);
    return {
      isAnswerOf: (input, prediction) =>
        isSamePrediction(
          predictWristState(bundle, input, forward, () => 0),
          prediction,
        ),
      // All of it anew, repeats and sentence too: about 100 ms.
      isExplanationOf: (input, prediction, explanation) =>
        prediction.probabilities !== null &&
        prediction.bundleHash === bundle.bundleHash &&
        isSameAnswer(
          explainWristState(bundle, input, prediction, () => 0),
          explanation,
        ),
    };
  } catch {
    // Nothing can be held against a bundle that cannot be read: the app goes on without this model.
    return NEVER;
  }
}

/**
 * Every model bundle the app carries: hash of its manifest to id and version. A prediction that names another hash is
 * refused, whoever sends it; one unreadable bundle does not stop the others.
 */
export async function readKnownBundles(modelsFolder: string): Promise<Map<string, KnownBundle>> {
  const known = new Map<string, KnownBundle>();
  if (!existsSync(modelsFolder)) return known;
  for (const modelId of readdirSync(modelsFolder)) {
    const folder = join(modelsFolder, modelId);
    // A link to nothing, as a copied installation leaves it, is no folder.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) continue;
    for (const version of readdirSync(folder)) {
      try {
        const bytes = readFileSync(join(folder, version, 'manifest.json'));
        const manifest = Manifest.parse(JSON.parse(bytes.toString('utf8')));
        if (manifest.modelId !== modelId || manifest.version !== version) continue;
        // Only wrist-state answers sessions; a prediction in the name of another model is none.
        const wristState = modelId === 'wrist-state' ? await checkersOf(join(folder, version)) : NEVER;
        const forecast = modelId === 'next-visit' ? await forecasterOf(join(folder, version)) : null;
        const analysis = analysisCheckersOf(modelId, join(folder, version));
        known.set(sha256(bytes), { modelId, version, ...wristState, forecast, ...analysis });
      } catch {
        // No manifest, or one that is none: this folder holds no bundle that could be named.
      }
    }
  }
  return known;
}
