import type { ReadableDb } from '../open-store.ts';
import { all, first, sqlBuilder } from '../query.ts';

/** Everybody who ever worked in this store, in the order they came. */
export const listUsers = (db: ReadableDb): { id: string; name: string }[] =>
  all(db, sqlBuilder.selectFrom('app_user').select(['id', 'name']).orderBy('created_at').orderBy('id'));

export const findUser = (db: ReadableDb, id: string): { id: string; name: string } | undefined =>
  first(db, sqlBuilder.selectFrom('app_user').select(['id', 'name']).where('id', '=', id));
