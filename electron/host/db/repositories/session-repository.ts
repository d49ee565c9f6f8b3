import { sql } from 'kysely';
import type { Session } from '../../../../core/contract/channels/sessions.ts';
import {
  SessionConditions,
  SessionDraft,
  type SessionState,
} from '../../../../core/contract/schemas/clinical.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';

export { isJudgementOpen, isPatientBlinded } from './open-judgement.ts';

function conditionsFrom(text: string): Session['conditions'] {
  const content = JSON.parse(text) as unknown;
  const parsed = SessionConditions.safeParse(content);
  return parsed.success ? parsed.data : null;
}

type SessionRow = Tables['session'] & { user_name: string; saved_by: string | null };

const sessionFrom = (row: SessionRow): Session => ({
  id: row.id as Session['id'],
  patientId: row.patient_id as Session['patientId'],
  state: row.state as SessionState,
  startedAt: row.started_at,
  savedAt: row.saved_at,
  userName: row.saved_by ?? row.user_name,
  ...(row.saved_by !== null && row.saved_by !== row.user_name && { begunByName: row.user_name }),
  deviceId: row.device_id as Session['deviceId'],
  summaryRule: row.summary_rule as Session['summaryRule'],
  note: row.note,
  isBlinded: row.is_blinded === 1,
  judgedSide: row.judged_side as Session['judgedSide'],
  protocol: row.protocol as Session['protocol'],
  conditions: conditionsFrom(row.conditions),
  episodeId: row.episode_id,
});

/**
 * Name of whoever saved the measurements of session `s`; null before they are saved. The row of a session names who began
 * it; its first trials name who saved them, who need not be the same after a switch of user. First by the order of the rows, which are
 * only ever added: a clock can be set back.
 */
export const savedByName = (session: string) => sql<string | null>`(
  select saver.name from trial join app_user saver on saver.id = trial.user_id
  where trial.session_id = ${sql.ref(session)} order by trial.rowid limit 1
)`;

const sessions = () =>
  sqlBuilder
    .selectFrom('session')
    .innerJoin('app_user', 'app_user.id', 'session.user_id')
    .selectAll('session')
    .select(['app_user.name as user_name', savedByName('session.id').as('saved_by')]);

export function findSession(db: ReadableDb, id: string): Session | undefined {
  const row = first(db, sessions().where('session.id', '=', id));
  return row ? sessionFrom(row) : undefined;
}

/** Newest first. */
export function listSessions(db: ReadableDb, patientId: string, limit: number, offset: number): Session[] {
  return all(
    db,
    sessions()
      .where('patient_id', '=', patientId)
      .orderBy('started_at', 'desc')
      .orderBy('session.id')
      .limit(limit)
      .offset(offset),
  ).map(sessionFrom);
}

export function countSessions(db: ReadableDb, patientId: string): number {
  return (
    first(
      db,
      sqlBuilder
        .selectFrom('session')
        .select(sql<number>`count(*)`.as('n'))
        .where('patient_id', '=', patientId),
    )?.n ?? 0
  );
}

/** The sessions of a patient that are measured or wait for their judgement, in the order they were started. */
export function findOpenSessions(
  db: ReadableDb,
  patientId: string,
): { id: string; state: 'measuring' | 'saved' }[] {
  return all(
    db,
    sqlBuilder
      .selectFrom('session')
      .select(['id', 'state'])
      .where('patient_id', '=', patientId)
      .where('state', 'in', ['measuring', 'saved'])
      .orderBy(sql`rowid`),
  ) as { id: string; state: 'measuring' | 'saved' }[];
}

export function insertSession(db: WritableDb, row: Tables['session']): void {
  run(db, sqlBuilder.insertInto('session').values(row));
}

export function updateSession(
  db: WritableDb,
  id: string,
  change: Partial<Omit<Tables['session'], 'id' | 'patient_id'>>,
): void {
  run(db, sqlBuilder.updateTable('session').set(change).where('id', '=', id));
}

export function deleteSession(db: WritableDb, id: string): void {
  run(db, sqlBuilder.deleteFrom('draft').where('session_id', '=', id));
  run(db, sqlBuilder.deleteFrom('session').where('id', '=', id));
}

export function putDraft(db: WritableDb, sessionId: string, draft: SessionDraft, savedAt: string): void {
  const content = JSON.stringify(draft);
  run(
    db,
    sqlBuilder
      .insertInto('draft')
      .values({ session_id: sessionId, content, saved_at: savedAt })
      .onConflict((conflict) => conflict.column('session_id').doUpdateSet({ content, saved_at: savedAt })),
  );
}

export function findDraft(db: ReadableDb, sessionId: string): SessionDraft | null {
  const row = first(db, sqlBuilder.selectFrom('draft').select('content').where('session_id', '=', sessionId));
  return row ? SessionDraft.parse(JSON.parse(row.content)) : null;
}

export function deleteDraft(db: WritableDb, sessionId: string): void {
  run(db, sqlBuilder.deleteFrom('draft').where('session_id', '=', sessionId));
}
