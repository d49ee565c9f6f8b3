import type { ReadText } from '../../platform/own-file.ts';

/** One model as it is shipped beside the page. */
export interface ShippedModel {
  id: string;
  version: string;
  /** The text of model-facts.md; null when the file is not there. */
  facts: string | null;
}

/**
 * The models that are in use: /models/current.json names a version for each id, model-facts.md says what it is.
 * @returns null when the list is missing or not understood.
 */
export async function readShippedModels(readText: ReadText): Promise<ShippedModel[] | null> {
  const text = await readText('/models/current.json');
  const versions = text === null ? null : readVersions(text);
  if (versions === null) return null;
  return Promise.all(
    versions.map(async ([id, version]) => ({
      id,
      version,
      facts: await readText(`/models/${id}/${version}/model-facts.md`),
    })),
  );
}

/** Pairs of id and version; names that could leave the folder are refused. */
function readVersions(text: string): [string, string][] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (parsed === null || typeof parsed !== 'object') return null;
  const versions: [string, string][] = [];
  for (const [id, entry] of Object.entries(parsed)) {
    const version = typeof entry === 'string' ? entry : (entry as { version?: unknown } | null)?.version;
    if (typeof version === 'string' && /^[a-z0-9-]+$/.test(id) && /^[\w.-]+$/.test(version)) {
      versions.push([id, version]);
    }
  }
  return versions;
}
