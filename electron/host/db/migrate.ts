import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../../core/contract/errors.ts';
import { applyKey } from './apply-key.ts';
import { firstSchema } from './migrations/0010-first-schema.ts';
import { clinicDay } from './migrations/0020-clinic-day.ts';
import type { Migration } from './migrations/migration.ts';
import type { WritableDb } from './open-store.ts';

export const MIGRATIONS: readonly Migration[] = [firstSchema, clinicDay];

const checksumOf = (m: Migration) => createHash('sha256').update(`${m.id} ${m.title} ${m.up}`).digest('hex');

export interface MigrationReport {
  applied: number[];
  /** Path of the verified copy made before a non-empty store was changed. */
  copy: string | null;
}

/**
 * Brings the store to the newest schema, all steps and their bookkeeping in one transaction.
 * @param copyFile - where a verified copy goes before a store with data is changed.
 * @param key - 32 bytes, to verify the copy.
 * @throws AppError store.newer when a newer app wrote it; nothing is changed then.
 */
export function migrate(
  db: WritableDb,
  copyFile: string,
  key: Buffer,
  clock: () => Date,
  migrations: readonly Migration[] = MIGRATIONS,
): MigrationReport {
  const { raw } = db;
  const newest = migrations.at(-1)?.id ?? 0;
  const version = raw.pragma('user_version', { simple: true }) as number;
  if (version > newest) throw new AppError('store.newer', { version, newest });
  const pending = migrations.filter((m) => m.id > version);
  if (pending.length === 0) return { applied: [], copy: null };
  const copy = version > 0 ? makeVerifiedCopy(db, copyFile, key) : null;
  raw
    .transaction(() => {
      raw.exec(
        'CREATE TABLE IF NOT EXISTS migration (id INTEGER PRIMARY KEY, title TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT',
      );
      for (const step of pending) {
        step.up(raw);
        raw
          .prepare('INSERT INTO migration (id, title, checksum, applied_at) VALUES (?, ?, ?, ?)')
          .run(step.id, step.title, checksumOf(step), clock().toISOString());
      }
      const violations = raw.pragma('foreign_key_check') as unknown[];
      if (violations.length > 0) throw new Error('a migration broke a reference');
      raw.pragma(`user_version=${newest}`);
    })
    .immediate();
  return { applied: pending.map((m) => m.id), copy };
}

/**
 * A copy of the store, encrypted with the same key, opened and checked before it counts.
 * VACUUM INTO is the only way: backup() fails on an encrypted store and serialize() gives plain text.
 */
export function makeVerifiedCopy(db: WritableDb, target: string, key: Buffer): string {
  const working = `${target}.part`;
  rmSync(working, { force: true });
  db.raw.prepare('VACUUM INTO ?').run(working);
  const check = new Database(working, { fileMustExist: true, readonly: true });
  try {
    applyKey(check, key);
    if (check.pragma('integrity_check', { simple: true }) !== 'ok') throw new AppError('store.damaged');
  } finally {
    check.close();
  }
  if (existsSync(target)) copyFileSync(target, `${target}.previous`);
  renameSync(working, target);
  return target;
}
