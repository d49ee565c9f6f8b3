import { randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../core/contract/errors.ts';
import { applyKey } from './apply-key.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import { assertFullSync, closeStore, openStore, type WritableDb } from './open-store.ts';

const clock = () => new Date('2026-11-24T10:00:00Z');
let folder: string;
let file: string;
const key = randomBytes(32);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prehensa-store-'));
  file = join(folder, 'store.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function freshStore(): WritableDb {
  const db = openStore(file, key);
  migrate(db, join(folder, 'copy.db'), key, clock);
  return db;
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (cause) {
    return cause instanceof AppError ? cause.code : `not an AppError: ${String(cause)}`;
  }
  return 'no error';
}

const insertUser = (db: WritableDb, name: string) =>
  db.raw.prepare('INSERT INTO app_user VALUES (?, ?, ?, 0)').run(name, name, clock().toISOString());

describe('the encrypted store', () => {
  it('flushes every commit', () => {
    const db = freshStore();
    insertUser(db, 'a');
    expect(() => assertFullSync(db)).not.toThrow();
    // The broken twin: what the build's default would be.
    db.raw.pragma('synchronous=NORMAL');
    expect(() => assertFullSync(db)).toThrow(/not FULL/);
    closeStore(db);
  });

  it('leaves no readable text in any file, and none in temporary tables', () => {
    const db = freshStore();
    const marker = 'MARKER-KOWALSKA-7731';
    for (let i = 0; i < 300; i++) insertUser(db, `${marker}-${i}`);
    db.raw.prepare('SELECT name FROM app_user ORDER BY name DESC').all();
    const findMarker = () =>
      readdirSync(folder).filter((f) => readFileSync(join(folder, f)).includes(marker));
    expect(findMarker()).toEqual([]);
    closeStore(db);
    expect(findMarker()).toEqual([]);
    // The hunt itself must be able to find something.
    const plain = new Database(join(folder, 'plain.db'));
    plain.exec(`CREATE TABLE t (x); INSERT INTO t VALUES ('${marker}')`);
    plain.close();
    expect(findMarker()).toEqual(['plain.db']);
  });

  it('is busy for a second opener', () => {
    const db = freshStore();
    expect(codeOf(() => openStore(file, key))).toBe('store.busy');
    closeStore(db);
    closeStore(openStore(file, key));
  });

  it('calls a truncated store damaged', () => {
    const db = freshStore();
    for (let i = 0; i < 200; i++) insertUser(db, `user ${i}`);
    closeStore(db);
    truncateSync(file, 8192);
    expect(codeOf(() => openStore(file, key))).toBe('store.damaged');
  });

  it('notices one flipped bit in any page', () => {
    const db = freshStore();
    for (let i = 0; i < 200; i++) insertUser(db, `user ${i}`);
    closeStore(db);
    const whole = readFileSync(file);
    for (let page = 0; page < whole.length / 4096; page += 3) {
      const at = page * 4096 + 1234;
      const handle = openSync(file, 'r+');
      writeSync(handle, Buffer.from([whole[at]! ^ 1]), 0, 1, at);
      closeSync(handle);
      expect(
        codeOf(() => closeStore(openStore(file, key))),
        `page ${page}`,
      ).toBe('store.damaged');
      const restore = openSync(file, 'r+');
      writeSync(restore, whole.subarray(at, at + 1), 0, 1, at);
      closeSync(restore);
    }
    closeStore(openStore(file, key));
  });

  it('does not open with another key, and answers that no user can have caused it', () => {
    closeStore(freshStore());
    expect(codeOf(() => openStore(file, randomBytes(32)))).toBe('store.damaged');
    expect(() => applyKey({} as never, randomBytes(16))).toThrow(RangeError);
  });
});

describe('migrations', () => {
  it('refuses a store of a newer app and changes nothing', () => {
    const db = freshStore();
    db.raw.pragma('user_version=9990');
    expect(codeOf(() => migrate(db, join(folder, 'copy.db'), key, clock))).toBe('store.newer');
    expect(db.raw.pragma('user_version', { simple: true })).toBe(9990);
    closeStore(db);
  });

  it('makes a verified copy before it changes a store with data, and rolls back as a whole', () => {
    const db = freshStore();
    insertUser(db, 'kept');
    const broken = {
      id: 9000,
      title: 'broken',
      up(raw: Database.Database) {
        raw.exec('CREATE TABLE half (x) ');
        throw new Error('power cut');
      },
    };
    expect(() => migrate(db, join(folder, 'copy.db'), key, clock, [...MIGRATIONS, broken])).toThrow(
      'power cut',
    );
    const tables = db.raw.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all();
    expect(tables).toEqual([]);
    const copy = openStore(join(folder, 'copy.db'), key);
    expect(copy.raw.prepare('SELECT name FROM app_user').all()).toEqual([{ name: 'kept' }]);
    closeStore(copy);
    closeStore(db);
  });

  it('runs once', () => {
    const db = freshStore();
    expect(migrate(db, join(folder, 'copy.db'), key, clock)).toEqual({ applied: [], copy: null });
    closeStore(db);
  });
});

describe('evidence', () => {
  it.each(['trial', 'judgement', 'prediction', 'patient_version', 'audit'])(
    '%s refuses change by trigger',
    (table) => {
      const db = freshStore();
      const triggers = db.raw
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? ORDER BY name")
        .all(table)
        .map((row) => (row as { name: string }).name);
      expect(triggers).toEqual(expect.arrayContaining([`${table}_no_delete`, `${table}_no_update`]));
      closeStore(db);
    },
  );

  it('keeps an audit row from being rewritten or removed', () => {
    const db = freshStore();
    db.raw.prepare("INSERT INTO audit VALUES (1, 'now', NULL, 'x', NULL, '', '', '')").run();
    expect(() => db.raw.exec("UPDATE audit SET event = 'y'")).toThrow(/evidence/);
    expect(() => db.raw.exec('DELETE FROM audit')).toThrow(/evidence/);
    closeStore(db);
  });
});
