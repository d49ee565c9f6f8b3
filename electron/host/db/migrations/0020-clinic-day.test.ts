import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../migrate.ts';
import { closeStore, openStore, type WritableDb } from '../open-store.ts';
import { firstSchema } from './0010-first-schema.ts';

const AT = '2026-11-24T10:00:00.000Z';
const clock = () => new Date(AT);
const key = randomBytes(32);
let folder: string;
let db: WritableDb;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prehensa-migration-'));
  db = openStore(join(folder, 'store.db'), key);
  migrate(db, join(folder, 'copy.db'), key, clock, [firstSchema]);
  db.raw.exec(`
    INSERT INTO app_user VALUES ('u', 'Dr Invented', '${AT}', 0);
    INSERT INTO patient VALUES ('p', '${AT}', 1);
    INSERT INTO patient_version VALUES
      ('p', 1, '${AT}', 'u', 'Invented, Ida', 'X-1', '1970-01-01', 'female', 1.7, 70, 'right', 'left', '', 'none', '', NULL, 'invented');
    INSERT INTO session VALUES ('s', 'p', 'u', 'saved', '${AT}', '${AT}', NULL, 'mean-of-three', 'kept', 0, NULL, 1);
    INSERT INTO trial VALUES
      ('t', 's', 'lateral-pinch', 'left', 1, 1, '4.1', 'kg', 40.2, NULL, 0, NULL, 0, NULL, 'u', '${AT}');
    INSERT INTO judgement VALUES ('j', 's', 'u', 'nonimpaired', 60, '[]', 0, 9000, '${AT}', 0);`);
});
afterEach(() => {
  closeStore(db);
  rmSync(folder, { recursive: true, force: true });
});

const upgrade = () => migrate(db, join(folder, 'copy.db'), key, clock, MIGRATIONS);

describe('from the first schema to the clinic’s day', () => {
  it('keeps every row, says what was true of it, and has a copy of before', () => {
    const report = upgrade();
    expect(report.applied).toEqual([20]);
    expect(report.copy).toBe(join(folder, 'copy.db'));
    expect(db.raw.prepare('SELECT note, protocol, conditions, episode_id FROM session').all()).toEqual([
      { note: 'kept', protocol: 'pinch-and-wrist', conditions: '{}', episode_id: null },
    ]);
    expect(db.raw.prepare('SELECT typed_text, device_id FROM trial').all()).toEqual([
      { typed_text: '4.1', device_id: null },
    ]);
    expect(db.raw.prepare('SELECT answer, bands, recording_id FROM judgement').all()).toEqual([
      { answer: 'nonimpaired', bands: '[]', recording_id: null },
    ]);
  });

  it('refuses a prediction of an analysis before its judgement', () => {
    upgrade();
    const predict = () =>
      db.raw
        .prepare(
          `INSERT INTO analysis_prediction VALUES ('x', 's', 'muscle-parameters', 'r', 'h', '{}', '{}', '${AT}')`,
        )
        .run();
    db.raw.exec(`INSERT INTO analysis_receipt VALUES ('r', 's', 'muscle-parameters', 'h', '${AT}', NULL)`);
    expect(predict).toThrow('prediction before judgement');
    const judge = (analysis: string) =>
      db.raw.exec(
        `INSERT INTO analysis_judgement VALUES ('${analysis}', 's', '${analysis}', 'u', '{}', 0, 9000, '${AT}', 0)`,
      );
    // Another analysis of the same session opens nothing.
    judge('elbow-torque-fatigue');
    expect(predict).toThrow('prediction before judgement');
    judge('muscle-parameters');
    expect(predict().changes).toBe(1);
  });

  it('refuses a forecast of the model before the clinician’s of the same hand', () => {
    upgrade();
    const forecast = (author: string, side: string) =>
      db.raw.exec(
        `INSERT INTO forecast VALUES ('${author} ${side}', 's', '${side}', '${author}', 'u', '{}', '${AT}')`,
      );
    forecast('clinician', 'right');
    expect(() => forecast('model', 'left')).toThrow(/before the clinician/);
    forecast('model', 'right');
    expect(() => forecast('clinician', 'right')).toThrow(/UNIQUE/);
  });

  it('keeps evidence from being changed or removed', () => {
    upgrade();
    db.raw.exec(`INSERT INTO truth VALUES ('x', 's', 'imaging', 'fused', '2026-11-01', 'u', '${AT}')`);
    db.raw.exec(`INSERT INTO reader_judgement VALUES ('x', 's', 'u', '{}', '${AT}')`);
    for (const table of ['truth', 'reader_judgement']) {
      expect(() => db.raw.exec(`UPDATE ${table} SET content = 'other'`), table).toThrow('is evidence');
      expect(() => db.raw.exec(`DELETE FROM ${table}`), table).toThrow('is evidence');
    }
    const triggers = db.raw
      .prepare("SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%_no_update'")
      .all()
      .map((row) => (row as { tbl_name: string }).tbl_name);
    expect(triggers).toEqual(
      expect.arrayContaining([
        'recording',
        'forecast',
        'analysis_judgement',
        'training_answer',
        'episode_version',
      ]),
    );
  });

  it.each([
    ['session_move', `('x', 's', 'p', 'q', NULL, 'wrong name', 'u', '${AT}', NULL, NULL)`, 'reason'],
    ['patient_merge', `('x', 'p', 'q', '{}', 'u', '${AT}', NULL, NULL)`, 'moved'],
  ])('of a %s only that it was undone may be added, once', (table, values, column) => {
    upgrade();
    db.raw.exec(`INSERT INTO patient VALUES ('q', '${AT}', 1)`);
    db.raw.exec(`INSERT INTO ${table} VALUES ${values}`);
    for (const change of [column, 'user_id', 'created_at']) {
      expect(() => db.raw.exec(`UPDATE ${table} SET ${change} = 'u'`), change).toThrow('is evidence');
    }
    expect(() => db.raw.exec(`DELETE FROM ${table}`)).toThrow('is evidence');
    const undo = () => db.raw.exec(`UPDATE ${table} SET undone_at = '${AT}', undone_by = 'u'`);
    undo();
    expect(undo).toThrow('is evidence');
    expect(() => db.raw.exec(`UPDATE ${table} SET undone_at = NULL`)).toThrow('is evidence');
  });
});
