/** The canonical content of a store: what the sample clinic is built from and reset to. */
import { sql } from 'kysely';
import * as z from 'zod';
import type { ReadableDb, WritableDb } from '../db/open-store.ts';
import { transact } from '../db/open-store.ts';
import { all, sqlBuilder } from '../db/query.ts';
import type { Tables } from '../db/schema.ts';

/** In the order in which references allow rows to be added. */
const TABLES = [
  'app_user',
  'device',
  'patient',
  'patient_version',
  'session',
  'draft',
  'trial',
  'judgement',
  'receipt',
  'prediction',
  'explanation',
  'comparison',
  'patient_state',
  'patient_merge',
  'session_move',
  'episode_version',
  'intervention',
  'recording',
  'recording_marks',
  'recording_state',
  'import_mapping',
  'analysis_judgement',
  'analysis_receipt',
  'analysis_prediction',
  'analysis_explanation',
  'forecast',
  'reader_judgement',
  'report_conclusion',
  'truth',
  'training_answer',
  'preference',
  'audit',
] as const satisfies readonly (keyof Tables)[];

/** Bytes of a recording, as text. */
const Bytes = z.strictObject({ base64: z.base64() });
const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null(), Bytes]));
export const StoreContent = z.strictObject({
  format: z.literal('prehensa-content-1'),
  tables: z.record(z.string(), z.array(Row)),
});
export type StoreContent = z.output<typeof StoreContent>;

type Value = z.output<typeof Row>[string];
const asText = (value: unknown): Value =>
  Buffer.isBuffer(value) ? { base64: value.toString('base64') } : (value as Value);
const fromText = (value: Value) =>
  value !== null && typeof value === 'object' ? Buffer.from(value.base64, 'base64') : value;
const mapValues = <A, B>(row: Record<string, A>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, map(value)]));

/** All rows in the order they were written, without keys or file layout: equal stores give equal text. */
export function exportContent(db: ReadableDb): StoreContent {
  const tables: StoreContent['tables'] = {};
  for (const table of TABLES) {
    const rows = all(db, sqlBuilder.selectFrom(table).selectAll().orderBy(sql`rowid`));
    tables[table] = rows.map((row) => mapValues(row, asText));
  }
  return { format: 'prehensa-content-1', tables };
}

/** Fills an empty store. @throws when a row does not fit the schema; nothing is written then. */
export function importContent(db: WritableDb, content: StoreContent): void {
  transact(db, () => {
    for (const table of TABLES) {
      const rows = content.tables[table] ?? [];
      const first = rows[0];
      if (first === undefined) continue;
      // Compiled once a table: two thousand rows of one shape.
      const columns = Object.keys(first);
      const { sql: text } = sqlBuilder
        .insertInto(table)
        .values(mapValues(first, fromText) as never)
        .compile();
      const statement = db.raw.prepare(text);
      for (const row of rows) {
        if (Object.keys(row).length !== columns.length)
          throw new TypeError(`a row of ${table} has another shape`);
        statement.run(columns.map((column) => fromText(row[column] as Value)));
      }
    }
  });
}
