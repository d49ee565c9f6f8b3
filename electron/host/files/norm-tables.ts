import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NormTableFile, readNormTable } from '../../../core/clinical/norms/norm-table.ts';

/** Figures that the simulator is checked against; no norms. */
const NO_TABLE = 'published-checks.json';

/**
 * The norm tables that ship, in the order of their names, checked as they are read.
 * @param resourcesFolder holds `norms/`. @throws Error naming the file that cannot be used.
 */
export function readNormTables(resourcesFolder: string): NormTableFile[] {
  const folder = join(resourcesFolder, 'norms');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== NO_TABLE)
    .sort()
    .map((name) => {
      try {
        const file = NormTableFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
        readNormTable(file);
        return file;
      } catch (cause) {
        throw new Error(`the norm table ${name} cannot be used`, { cause });
      }
    });
}
