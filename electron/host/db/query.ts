/** Kysely's typed builder, compiled and run synchronously on one better-sqlite3 handle. */
import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { ReadableDb, WritableDb } from './open-store.ts';
import type { Tables } from './schema.ts';

/** Builds queries only; it has no connection, so nothing can run by accident. */
export const sqlBuilder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** NaN binds as NULL in SQLite: a number that is none must never get that far. */
function checkParameters(parameters: readonly unknown[]): readonly unknown[] {
  for (const parameter of parameters) {
    if (typeof parameter === 'number' && !Number.isFinite(parameter)) {
      throw new RangeError('a stored number must be finite');
    }
  }
  return parameters;
}

export function all<Row>(db: ReadableDb, query: Compilable<Row>): Row[] {
  const { sql, parameters } = query.compile();
  return db.raw.prepare(sql).all(...checkParameters(parameters)) as Row[];
}

export function first<Row>(db: ReadableDb, query: Compilable<Row>): Row | undefined {
  const { sql, parameters } = query.compile();
  return db.raw.prepare(sql).get(...checkParameters(parameters)) as Row | undefined;
}

/** Runs a write; @returns the number of changed rows. */
export function run(db: WritableDb, query: Compilable<unknown>): number {
  const { sql, parameters } = query.compile();
  return db.raw.prepare(sql).run(...checkParameters(parameters)).changes;
}
