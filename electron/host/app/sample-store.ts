/** The store of invented people: no vault, no secret, and made anew whenever it cannot be opened. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../core/contract/errors.ts';
import type { WritableDb } from '../db/open-store.ts';
import { first, sqlBuilder } from '../db/query.ts';
import { importContent, StoreContent } from '../services/content.ts';
import { openStoreIn, removeStoreIn } from './clinic-files.ts';

/** Public on purpose: the sample clinic holds invented people and no secret. */
export const SAMPLE_KEY = createHash('sha256').update('Prehensa sample clinic: invented people').digest();

/**
 * Opens the sample store, filling it from the shipped content the first time.
 * @param isFatal - what is said of a damaged or newer store: such a one is replaced here, a real one never.
 */
export function openSampleIn(
  folder: string,
  resourcesFolder: string,
  clock: () => Date,
  isFatal: (code: string) => boolean,
): { db: WritableDb; auditKey: Buffer; user: { id: string; name: string } } {
  const open = () => openStoreIn(folder, SAMPLE_KEY, clock, true);
  const openOrReplace = () => {
    try {
      return open();
    } catch (cause) {
      if (!(cause instanceof AppError) || !isFatal(cause.code)) throw cause;
      removeStoreIn(folder);
      return open();
    }
  };
  const { db, auditKey } = openOrReplace();
  try {
    const anyUser = () => first(db, sqlBuilder.selectFrom('app_user').select(['id', 'name']).limit(1));
    if (!anyUser()) {
      const file = join(resourcesFolder, 'sample-clinic', 'clinic.json');
      importContent(db, StoreContent.parse(JSON.parse(readFileSync(file, 'utf8'))));
    }
    const user = anyUser();
    if (!user) throw new Error('the sample clinic has no user');
    return { db, auditKey, user };
  } catch (cause) {
    db.raw.close();
    removeStoreIn(folder);
    throw cause;
  }
}
