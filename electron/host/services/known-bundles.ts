import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Manifest = z.looseObject({ modelId: z.string(), version: z.string() });

/**
 * Every model bundle the app carries: hash of its manifest to id and version. A prediction that names another hash is
 * refused, whoever sends it.
 */
export function readKnownBundles(modelsFolder: string): Map<string, { modelId: string; version: string }> {
  const known = new Map<string, { modelId: string; version: string }>();
  if (!existsSync(modelsFolder)) return known;
  for (const modelId of readdirSync(modelsFolder)) {
    const folder = join(modelsFolder, modelId);
    if (!statSync(folder).isDirectory()) continue;
    for (const version of readdirSync(folder)) {
      const file = join(folder, version, 'manifest.json');
      if (!existsSync(file)) continue;
      const bytes = readFileSync(file);
      const manifest = Manifest.safeParse(JSON.parse(bytes.toString('utf8')));
      if (!manifest.success || manifest.data.modelId !== modelId || manifest.data.version !== version)
        continue;
      known.set(createHash('sha256').update(bytes).digest('hex'), { modelId, version });
    }
  }
  return known;
}
