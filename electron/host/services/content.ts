/** The canonical content of a store: what the sample clinic is built from and reset to. */
import { sql } from 'kysely';
import * as z from 'zod';
import type { ReadableDb, WritableDb } from '../db/open-store.ts';
import { transact } from '../db/open-store.ts';
import { all, run, sqlBuilder } from '../db/query.ts';
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
  'audit',
] as const satisfies readonly (keyof Tables)[];

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
export const StoreContent = z.strictObject({
  format: z.literal('prehensa-content-1'),
  tables: z.record(z.string(), z.array(Row)),
});
export type StoreContent = z.output<typeof StoreContent>;

/** All rows in the order they were written, without keys or file layout: equal stores give equal text. */
export function exportContent(db: ReadableDb): StoreContent {
  const tables: StoreContent['tables'] = {};
  for (const table of TABLES) {
    tables[table] = all(
      db,
      sqlBuilder.selectFrom(table).selectAll().orderBy(sql`rowid`),
    ) as StoreContent['tables'][string];
  }
  return { format: 'prehensa-content-1', tables };
}

/** Fills an empty store. @throws when a row does not fit the schema; nothing is written then. */
export function importContent(db: WritableDb, content: StoreContent): void {
  transact(db, () => {
    for (const table of TABLES) {
      for (const row of content.tables[table] ?? []) {
        run(db, sqlBuilder.insertInto(table).values(row as never));
      }
    }
  });
}
