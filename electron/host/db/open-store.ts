/** Opens the encrypted store in the one order that is safe (security notes: key, temp store, lock, check, journal). */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../../core/contract/errors.ts';
import { applyKey } from './apply-key.ts';

/** A handle that repositories of read channels receive; the brand keeps writers out at compile time. */
export type ReadableDb = { readonly raw: Database.Database; readonly access: 'read' | 'write' };
export type WritableDb = { readonly raw: Database.Database; readonly access: 'write' };

/** SQLite's own wait for a lock; a second instance holds it for good, so a short wait is enough. */
const BUSY_TIMEOUT_MS = 800;

/** Translates SQLite's failures into codes a screen has a sentence for; others pass unchanged. */
export function storeError(cause: unknown): unknown {
  const code = (cause as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return cause;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED') || code === 'SQLITE_IOERR_LOCK') {
    return new AppError('store.busy', undefined, { cause });
  }
  if (code === 'SQLITE_FULL') return new AppError('store.full', undefined, { cause });
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new AppError('store.damaged', undefined, { cause });
  }
  return cause;
}

/**
 * Opens or creates the store at `file`.
 * @param file - path chosen by the host, never by a user or the page.
 * @param key - 32 bytes; not changed here, the caller wipes it.
 * @returns an open handle: WAL, synchronous FULL, exclusive lock, temporary tables in memory.
 * @throws AppError store.busy when another process holds it; store.damaged when page 1 or a check fails (the key was
 * proven by the vault before, so a key failure means damage).
 */
export function openStore(file: string, key: Buffer): WritableDb {
  const isNew = !existsSync(file);
  const raw = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    applyKey(raw, key);
    raw.pragma('locking_mode=EXCLUSIVE');
    raw.prepare('SELECT count(*) FROM sqlite_schema').get();
    const journal = raw.pragma('journal_mode=WAL', { simple: true });
    if (journal !== 'wal') throw new Error(`journal mode is ${String(journal)}`);
    raw.pragma('synchronous=FULL');
    if (process.platform === 'darwin') {
      raw.pragma('fullfsync=ON');
      raw.pragma('checkpoint_fullfsync=ON');
    }
    for (const pragma of [
      'foreign_keys=ON',
      'trusted_schema=OFF',
      'cell_size_check=ON',
      'secure_delete=ON',
      'mmap_size=0',
    ]) {
      raw.pragma(pragma);
    }
    if (!isNew) {
      const check = raw.pragma('quick_check', { simple: true });
      if (check !== 'ok') throw new AppError('store.damaged');
    }
    return { raw, access: 'write' };
  } catch (cause) {
    raw.close();
    throw storeError(cause);
  }
}

/**
 * Asserts, after a first write, that commits really are flushed: `PRAGMA synchronous` answers FULL before the first
 * write even when the build's WAL default is NORMAL.
 * @throws Error when the level is not FULL (2).
 */
export function assertFullSync(db: WritableDb): void {
  const level = db.raw.pragma('synchronous', { simple: true });
  if (level !== 2) throw new Error(`synchronous is ${String(level)}, not FULL`);
}

/** Moves the log into the store and empties it: closes the window in which a damaged log drops rows silently. */
export function checkpoint(db: WritableDb): void {
  db.raw.pragma('wal_checkpoint(TRUNCATE)');
}

/** One user action, one transaction; SQLite's failures leave as AppError. */
export function transact<T>(db: WritableDb, action: () => T): T {
  try {
    return db.raw.transaction(action).immediate();
  } catch (cause) {
    throw storeError(cause);
  }
}

export function closeStore(db: WritableDb): void {
  if (!db.raw.open) return;
  checkpoint(db);
  db.raw.pragma('optimize');
  db.raw.close();
}
