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

async function readBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no file at ${new URL(url, location.origin).pathname}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The version that current.json names; only characters of a version, so that it cannot lead to another folder. */
async function currentVersion(url: string, modelId: string): Promise<string> {
  let versions: unknown;
  try {
    versions = JSON.parse(new TextDecoder().decode(await readBytes(url)));
  } catch (cause) {
    throw new BundleError('missing-file', 'current.json', { cause });
  }
  const version = (versions as Record<string, unknown> | null)?.[modelId];
  if (typeof version !== 'string' || !/^\d[\w.-]*$/.test(version)) {
    throw new BundleError('not-understood', 'current.json');
  }
  return version;
}

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
  const version = await currentVersion(`${modelsBaseUrl}current.json`, 'wrist-state');
  const folder = `${modelsBaseUrl}wrist-state/${version}/`;
  const bundle = await loadWristStateBundle((path) => readBytes(`${folder}${path}`), sha256);
  const backend = await backendStarted;
  const { forward } = await loadTfjsEnsemble(bundle.memberFiles);
  // The warm-up is the check: the first pass compiles kernels, and its numbers must be the published ones.
  if (!(goldenGap(bundle.golden, forward) <= GOLDEN_TOLERANCE)) {
    throw new BundleError('hash-mismatch', 'golden.json');
  }
  return { bundle, forward, backend };
}
