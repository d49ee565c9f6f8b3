import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, run, sqlBuilder } from '../query.ts';

/** Stands for the whole clinic where a user's id would stand. */
export const CLINIC_OWNER = '';

/** Stored choices of a user and of the clinic, as JSON texts. */
export function listPreferences(
  db: ReadableDb,
  userId: string,
): { ownerId: string; name: string; json: string }[] {
  return all(
    db,
    sqlBuilder
      .selectFrom('preference')
      .select(['user_id as ownerId', 'name', 'value as json'])
      .where('user_id', 'in', [userId, CLINIC_OWNER]),
  );
}

export function upsertPreference(
  db: WritableDb,
  ownerId: string,
  name: string,
  json: string,
  changedAt: string,
): void {
  const row = { value: json, changed_at: changedAt };
  run(
    db,
    sqlBuilder
      .insertInto('preference')
      .values({ user_id: ownerId, name, ...row })
      .onConflict((conflict) => conflict.columns(['user_id', 'name']).doUpdateSet(row)),
  );
}
