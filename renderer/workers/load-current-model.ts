import {
  BundleError,
  GOLDEN_TOLERANCE,
  goldenGap,
  loadWristStateBundle,
  type WristStateBundle,
} from '../../core/inference/bundle.ts';
import { startBackend } from '../../core/learning/backend.ts';
import { loadTfjsEnsemble } from '../../core/learning/ensemble-forward.ts';
import type { EnsembleForward } from '../../core/networks/ensemble-forward.ts';
import { currentModel, sha256 } from './model-files.ts';

export interface RunningModel {
  bundle: WristStateBundle;
  forward: EnsembleForward;
  backend: string;
}

/**
 * Loads, verifies and warms up the current `wrist-state`: every file against its hash, then the golden case through
 * the engine that will answer. No patient data is involved.
 * @throws BundleError
 */
export async function loadCurrentModel(modelsBaseUrl: string, wasmBaseUrl: string): Promise<RunningModel> {
  const backendStarted = startBackend(wasmBaseUrl);
  const bundle = await loadWristStateBundle(await currentModel(modelsBaseUrl, 'wrist-state'), sha256);
  const backend = await backendStarted;
  const { forward } = await loadTfjsEnsemble(bundle.memberFiles);
  // The warm-up is the check: the first pass compiles kernels, and its numbers must be the published ones.
  if (!(goldenGap(bundle.golden, forward) <= GOLDEN_TOLERANCE)) {
    throw new BundleError('hash-mismatch', 'golden.json');
  }
  return { bundle, forward, backend };
}
