import { sql } from 'kysely';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';

export const findPin = (db: ReadableDb, userId: string): Tables['user_pin'] | undefined =>
  first(db, sqlBuilder.selectFrom('user_pin').selectAll().where('user_id', '=', userId));

/** User id to wrong PINs in a row, of everybody who has one. */
export const pinFailures = (db: ReadableDb): Map<string, number> =>
  new Map(
    all(db, sqlBuilder.selectFrom('user_pin').select(['user_id', 'failed_count'])).map((row) => [
      row.user_id,
      row.failed_count,
    ]),
  );

export function putPin(db: WritableDb, row: Omit<Tables['user_pin'], 'failed_count'>): void {
  const { user_id: _userId, ...change } = row;
  run(
    db,
    sqlBuilder
      .insertInto('user_pin')
      .values({ ...row, failed_count: 0 })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ ...change, failed_count: 0 })),
  );
}

export function deletePin(db: WritableDb, userId: string): void {
  run(db, sqlBuilder.deleteFrom('user_pin').where('user_id', '=', userId));
}

export function countPinFailure(db: WritableDb, userId: string): void {
  run(
    db,
    sqlBuilder
      .updateTable('user_pin')
      .set({ failed_count: sql<number>`failed_count + 1` })
      .where('user_id', '=', userId),
  );
}

export function clearPinFailures(db: WritableDb, userId: string): void {
  run(db, sqlBuilder.updateTable('user_pin').set({ failed_count: 0 }).where('user_id', '=', userId));
}

/** Of every user. */
export function setPinFailures(db: WritableDb, failures: number): void {
  run(db, sqlBuilder.updateTable('user_pin').set({ failed_count: failures }));
}
