/** Looks at a copy of a store beside the open one: is it whole, and what does it hold. */
import Database from 'better-sqlite3';
import type { RecordsSummary } from '../../../core/contract/channels/backup.ts';
import { AppError } from '../../../core/contract/errors.ts';
import { applyKey } from './apply-key.ts';
import { MIGRATIONS } from './migrate.ts';
import { type ReadableDb, storeError, type WritableDb } from './open-store.ts';
import { all, first, sqlBuilder } from './query.ts';
import { listUsers } from './repositories/user-repository.ts';

/** A copy of the open store, encrypted with the same key: SQLite writes it in one go, other calls wait for it. */
export function copyStore(db: WritableDb, target: string): void {
  try {
    db.raw.prepare('VACUUM INTO ?').run(target);
  } catch (cause) {
    throw storeError(cause);
  }
}

/**
 * Opens a copy read-only, checks each table and hands it on.
 * @param key 32 bytes.
 * @param onTable told after each table; may throw to stop.
 * @throws AppError store.damaged for a wrong key or a damaged page; store.newer when a newer app wrote it.
 */
export async function withCheckedCopy<T>(
  file: string,
  key: Buffer,
  onTable: (share: number) => void,
  use: (db: ReadableDb) => T,
): Promise<T> {
  const raw = new Database(file, { fileMustExist: true, readonly: true });
  try {
    applyKey(raw, key);
    const tables = raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as {
      name: string;
    }[];
    const version = raw.pragma('user_version', { simple: true }) as number;
    if (version > (MIGRATIONS.at(-1)?.id ?? 0)) throw new AppError('store.newer');
    if (version === 0) throw new AppError('store.damaged');
    for (const [index, { name }] of tables.entries()) {
      const result = raw.pragma(`integrity_check("${name.replaceAll('"', '""')}")`, { simple: true });
      if (result !== 'ok') throw new AppError('store.damaged');
      onTable((index + 1) / tables.length);
      // Others are answered between two tables.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return use({ raw, access: 'read' });
  } catch (cause) {
    throw storeError(cause);
  } finally {
    raw.close();
  }
}

/** What a store holds, for a comparison before one takes the place of the other. */
export function summaryOf(db: ReadableDb): RecordsSummary {
  const count = (table: 'patient' | 'session') =>
    Number(
      first(
        db,
        sqlBuilder.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('rows')),
      )?.rows ?? 0,
    );
  const newest = all(
    db,
    sqlBuilder.selectFrom('session').select('started_at').orderBy('started_at', 'desc').limit(1),
  )[0];
  const last = first(db, sqlBuilder.selectFrom('audit').select('at').orderBy('seq', 'desc').limit(1));
  return {
    patients: count('patient'),
    sessions: count('session'),
    newestSessionAt: newest?.started_at ?? null,
    lastEntryAt: last?.at ?? null,
    users: listUsers(db).map(({ name }) => name),
  };
}
