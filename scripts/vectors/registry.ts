import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Law } from './law.ts';
import type { VectorRunner } from './runner.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** Every module of a folder beside this file, by its name without the ending. */
async function modulesOf(folder: string): Promise<Map<string, Record<string, unknown>>> {
  const found = new Map<string, Record<string, unknown>>();
  const names = readdirSync(join(here, folder)).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) {
    found.set(name.slice(0, -3), await import(pathToFileURL(join(here, folder, name)).href));
  }
  return found;
}

/** Runner of each file of cases: runners/NAME.ts exports `run` for NAME.json. */
export const RUNNERS: ReadonlyMap<string, VectorRunner> = new Map(
  [...(await modulesOf('runners'))].map(([stem, module]) => {
    if (typeof module.run !== 'function') throw new Error(`runners/${stem}.ts exports no function "run"`);
    return [stem, module.run as VectorRunner];
  }),
);

/** Every law of the library: laws/FAMILY.ts exports an array `LAWS`. */
export const LAWS: readonly Law[] = [...(await modulesOf('laws'))].flatMap(([family, module]) => {
  if (!Array.isArray(module.LAWS)) throw new Error(`laws/${family}.ts exports no array "LAWS"`);
  return module.LAWS as Law[];
});

/** The runner of a file: of its name, or of the longest known name that its name begins with; else undefined. */
export function runnerOf(stem: string): VectorRunner | undefined {
  const known = [...RUNNERS.keys()]
    .filter((name) => stem.startsWith(name))
    .sort((a, b) => b.length - a.length);
  return RUNNERS.get(known[0] ?? '');
}
