/** Files of the shipped models, as the page's own server hands them out. */
import { BundleError, type ReadFile } from '../../core/inference/bundle.ts';

async function readBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no file at ${new URL(url, location.origin).pathname}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
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

/**
 * Reads files of the current version of a model.
 * @param modelsBaseUrl - path of the models, ending in "/". @throws BundleError when current.json names no version of it.
 */
export async function currentModel(modelsBaseUrl: string, modelId: string): Promise<ReadFile> {
  const version = await currentVersion(`${modelsBaseUrl}current.json`, modelId);
  return (path) => readBytes(`${modelsBaseUrl}${modelId}/${version}/${path}`);
}
