import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readFrozenDataSets } from '../../training/dataset/frozen-data-sets.ts';
import type { PresentHashes } from '../../training/experiments/evidence-file.ts';
import type { Experiment } from '../../training/experiments/experiment.ts';
import { codeHash } from '../processes/code-hash.ts';

/** Folder of recordings and survey rows of others, which never enter the project. */
export const referenceFolder = (): string => process.env.PREHENSA_REFERENCE_DATA ?? '../shared/data';

/** sha256 over names and bytes of a folder's tables (*.csv); undefined when there is no such folder, or no table in it. */
export function folderHash(folder: string): string | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.csv$/i.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  if (names.length === 0) return undefined;
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

/**
 * The file whose code decides what the cells give. An experiment that keeps its cells in <name>-cells.ts can change the
 * words of its summary without making its evidence stale.
 */
export function hashedModule(name: string): string {
  const cells = `training/experiments/${name}-cells.ts`;
  return existsSync(cells) ? cells : `training/experiments/${name}.ts`;
}

/** Hashes of code and data as they are now. @throws DataSetError when a frozen set that is named is missing. */
export async function presentHashes(experiment: Experiment): Promise<PresentHashes> {
  const frozen = experiment.dataSets.length > 0 ? readFrozenDataSets() : {};
  const dataHashes: Record<string, string | undefined> = Object.fromEntries(
    experiment.dataSets.map((name) => {
      if (!frozen[name]) throw new Error(`${experiment.name} reads ${name}, which was never frozen`);
      return [name, createHash('sha256').update(JSON.stringify(frozen[name])).digest('hex')];
    }),
  );
  if (experiment.needs !== undefined) {
    dataHashes[experiment.needs] = folderHash(join(referenceFolder(), experiment.needs));
  }
  return { codeHash: await codeHash(hashedModule(experiment.name)), dataHashes };
}
