import type { ReadableDb, WritableDb } from '../open-store.ts';
import { first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';

export interface StoredConclusion {
  version: number;
  text: string;
  userName: string;
  createdAt: string;
}

/** The newest version; earlier ones stay in the store. */
export function findConclusion(db: ReadableDb, sessionId: string): StoredConclusion | null {
  const row = first(
    db,
    sqlBuilder
      .selectFrom('report_conclusion')
      .innerJoin('app_user', 'app_user.id', 'report_conclusion.user_id')
      .selectAll('report_conclusion')
      .select('app_user.name as user_name')
      .where('session_id', '=', sessionId)
      .orderBy('version', 'desc')
      .limit(1),
  );
  if (!row) return null;
  return { version: row.version, text: row.content, userName: row.user_name, createdAt: row.created_at };
}

export function insertConclusion(db: WritableDb, row: Tables['report_conclusion']): void {
  run(db, sqlBuilder.insertInto('report_conclusion').values(row));
}
