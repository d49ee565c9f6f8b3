import { sql } from 'kysely';
import * as z from 'zod';
import { JudgedClass } from '../../../../core/contract/schemas/clinical.ts';
import type { Truth, TruthFields } from '../../../../core/contract/schemas/reading.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, run, sqlBuilder } from '../query.ts';

const StoredTruth = z.strictObject({
  answer: JudgedClass.nullable(),
  text: z.string(),
  supersedesId: z.uuid().nullable(),
});

export function insertTruth(
  db: WritableDb,
  row: { id: string; sessionId: string; userId: string; createdAt: string; fields: TruthFields },
): void {
  const { kind, knownOn, ...content } = row.fields;
  run(
    db,
    sqlBuilder.insertInto('truth').values({
      id: row.id,
      session_id: row.sessionId,
      kind,
      content: JSON.stringify(content),
      known_on: knownOn,
      user_id: row.userId,
      created_at: row.createdAt,
    }),
  );
}

/** Newest first; an entry that was replaced names the one that replaced it. */
export function listTruths(db: ReadableDb, sessionId: string): Truth[] {
  const rows = all(
    db,
    sqlBuilder
      .selectFrom('truth')
      .innerJoin('app_user', 'app_user.id', 'truth.user_id')
      .selectAll('truth')
      .select('app_user.name as user_name')
      .where('session_id', '=', sessionId)
      .orderBy(sql`truth.rowid`, 'desc'),
  ).map((row) => ({ row, content: StoredTruth.parse(JSON.parse(row.content)) }));
  return rows.map(({ row, content }) => ({
    ...content,
    id: row.id,
    sessionId: row.session_id as Truth['sessionId'],
    kind: row.kind as Truth['kind'],
    knownOn: row.known_on,
    userName: row.user_name,
    createdAt: row.created_at,
    supersededById: rows.find((other) => other.content.supersedesId === row.id)?.row.id ?? null,
  }));
}
