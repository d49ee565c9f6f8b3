import { type SqlBool, sql } from 'kysely';
import * as z from 'zod';
import type { OpenSession } from '../../../../core/contract/channels/records.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';
import { savedByName } from './session-repository.ts';

/** What a merge moved, by id. */
export const Moved = z.strictObject({
  sessions: z.array(z.string()),
  episodes: z.array(z.string()),
  interventions: z.array(z.string()),
});
export type Moved = z.output<typeof Moved>;

export function findPatientState(
  db: ReadableDb,
  patientId: string,
): { archivedAt: string | null; mergedInto: string | null } {
  const row = first(
    db,
    sqlBuilder.selectFrom('patient_state').selectAll().where('patient_id', '=', patientId),
  );
  return { archivedAt: row?.archived_at ?? null, mergedInto: row?.merged_into ?? null };
}

export function putPatientState(
  db: WritableDb,
  patientId: string,
  change: Partial<Omit<Tables['patient_state'], 'patient_id'>>,
): void {
  run(
    db,
    sqlBuilder
      .insertInto('patient_state')
      .values({ patient_id: patientId, archived_at: null, merged_into: null, ...change })
      .onConflict((conflict) => conflict.column('patient_id').doUpdateSet(change)),
  );
}

export const sessionIdsOf = (db: ReadableDb, patientId: string): string[] =>
  all(db, sqlBuilder.selectFrom('session').select('id').where('patient_id', '=', patientId)).map(
    ({ id }) => id,
  );

export const interventionIdsOf = (db: ReadableDb, patientId: string): string[] =>
  all(db, sqlBuilder.selectFrom('intervention').select('id').where('patient_id', '=', patientId)).map(
    ({ id }) => id,
  );

/** Puts rows under another patient; only those that are still under `from`. @returns how many. */
export function reassign(
  db: WritableDb,
  table: 'session' | 'intervention',
  ids: readonly string[],
  from: string,
  to: string,
): number {
  let changed = 0;
  for (const id of ids) {
    changed += run(
      db,
      sqlBuilder
        .updateTable(table)
        .set({ patient_id: to })
        .where('id', '=', id)
        .where('patient_id', '=', from),
    );
  }
  return changed;
}

const named = <T extends 'patient_merge' | 'session_move'>(table: T) => sqlBuilder.selectFrom(table);

export function insertMerge(db: WritableDb, row: Omit<Tables['patient_merge'], 'undone_at' | 'undone_by'>) {
  run(db, sqlBuilder.insertInto('patient_merge').values({ ...row, undone_at: null, undone_by: null }));
}

export const findMerge = (db: ReadableDb, id: string): Tables['patient_merge'] | undefined =>
  first(db, named('patient_merge').selectAll().where('id', '=', id));

/** Newest first, of either side of the merge. */
export const listMerges = (db: ReadableDb, patientId: string) =>
  all(
    db,
    sqlBuilder
      .selectFrom('patient_merge as m')
      .innerJoin('app_user as u', 'u.id', 'm.user_id')
      .selectAll('m')
      .select('u.name as user_name')
      .where((builder) =>
        builder.or([builder('m.kept_id', '=', patientId), builder('m.merged_id', '=', patientId)]),
      )
      .orderBy('m.created_at', 'desc')
      .orderBy('m.id')
      .limit(100),
  );

export function insertMove(db: WritableDb, row: Omit<Tables['session_move'], 'undone_at' | 'undone_by'>) {
  run(db, sqlBuilder.insertInto('session_move').values({ ...row, undone_at: null, undone_by: null }));
}

export const findMove = (db: ReadableDb, id: string): Tables['session_move'] | undefined =>
  first(db, named('session_move').selectAll().where('id', '=', id));

/** Of one session, in the order they were made. */
export const movesOfSession = (db: ReadableDb, sessionId: string): Tables['session_move'][] =>
  all(db, named('session_move').selectAll().where('session_id', '=', sessionId).orderBy(sql`rowid`));

/** From or to a patient, newest first. */
export const listMoves = (db: ReadableDb, patientId: string) =>
  all(
    db,
    sqlBuilder
      .selectFrom('session_move as m')
      .innerJoin('app_user as u', 'u.id', 'm.user_id')
      .selectAll('m')
      .select('u.name as user_name')
      .where((builder) =>
        builder.or([
          builder('m.from_patient_id', '=', patientId),
          builder('m.to_patient_id', '=', patientId),
        ]),
      )
      .orderBy('m.created_at', 'desc')
      .orderBy('m.id')
      .limit(100),
  );

export function markUndone(
  db: WritableDb,
  table: 'patient_merge' | 'session_move',
  id: string,
  at: string,
  userId: string,
): void {
  run(db, sqlBuilder.updateTable(table).set({ undone_at: at, undone_by: userId }).where('id', '=', id));
}

/** Puts a session under another patient and episode. */
export function placeSession(
  db: WritableDb,
  sessionId: string,
  place: { patientId: string; episodeId: string | null; lastSeq: number },
): void {
  run(
    db,
    sqlBuilder
      .updateTable('session')
      .set({ patient_id: place.patientId, episode_id: place.episodeId, last_seq: place.lastSeq })
      .where('id', '=', sessionId),
  );
}

const MOST_OPEN = 50;

/**
 * Sessions that are measured or wait for their judgement, in the order in which they want attention: what is being
 * measured, newest first, so that those of today lead; then what waits, oldest first. 50 at most, so that no draft is
 * pushed out by what waits.
 * @param patientId of one patient; of all when absent
 */
export function listOpenSessions(db: ReadableDb, patientId?: string): OpenSession[] {
  return all(
    db,
    sqlBuilder
      .selectFrom('session as s')
      .innerJoin('patient', 'patient.id', 's.patient_id')
      .innerJoin('patient_version as v', (join) =>
        join.onRef('v.patient_id', '=', 'patient.id').onRef('v.version', '=', 'patient.current_version'),
      )
      .innerJoin('patient_listing as l', 'l.patient_id', 's.patient_id')
      .innerJoin('app_user as u', 'u.id', 's.user_id')
      .select([
        's.id',
        's.patient_id',
        's.state',
        's.started_at',
        'l.is_blinded',
        'v.display_name',
        'u.name as user_name',
        savedByName('s.id').as('saved_by'),
      ])
      // As in the text of the partial index.
      .where(sql<SqlBool>`s.state in ('measuring', 'saved')`)
      .$if(patientId !== undefined, (query) => query.where('s.patient_id', '=', patientId!))
      .orderBy(sql`s.state = 'saved'`)
      .orderBy(sql`case s.state when 'measuring' then s.started_at end`, 'desc')
      .orderBy('s.started_at')
      .orderBy('s.id')
      .limit(MOST_OPEN),
  ).map((row) => ({
    sessionId: row.id as OpenSession['sessionId'],
    patientId: row.patient_id as OpenSession['patientId'],
    displayName: row.display_name,
    state: row.state as OpenSession['state'],
    startedAt: row.is_blinded === 1 ? null : row.started_at,
    userName: row.saved_by ?? row.user_name,
  }));
}
