import type Database from 'better-sqlite3';

/** One frozen step. It carries its own SQL and imports nothing of the living application. */
export interface Migration {
  /** Strictly increasing, in tens. */
  id: number;
  title: string;
  up(database: Database.Database): void;
}
