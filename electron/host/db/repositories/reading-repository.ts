/** Second readings, the sessions that wait for one, and what a user did with a patient's record before. */
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Judgement } from '../../../../core/contract/schemas/judgement.ts';
import { ReaderJudgement } from '../../../../core/contract/schemas/reading.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';

const StoredReading = ReaderJudgement.omit({ id: true, sessionId: true, userName: true, lockedAt: true });
export type StoredReading = z.output<typeof StoredReading>;

export function insertReading(
  db: WritableDb,
  row: { id: string; sessionId: string; userId: string; lockedAt: string; content: StoredReading },
): void {
  run(
    db,
    sqlBuilder.insertInto('reader_judgement').values({
      id: row.id,
      session_id: row.sessionId,
      user_id: row.userId,
      content: JSON.stringify(row.content),
      locked_at: row.lockedAt,
    }),
  );
}

/** In the order in which they were locked, each with the user it belongs to. */
export function listReadings(db: ReadableDb, sessionId: string): (ReaderJudgement & { userId: string })[] {
  return all(
    db,
    sqlBuilder
      .selectFrom('reader_judgement')
      .innerJoin('app_user', 'app_user.id', 'reader_judgement.user_id')
      .selectAll('reader_judgement')
      .select('app_user.name as user_name')
      .where('session_id', '=', sessionId)
      .orderBy(sql`reader_judgement.rowid`),
  ).map((row) => ({
    ...StoredReading.parse(JSON.parse(row.content)),
    id: row.id,
    sessionId: row.session_id as ReaderJudgement['sessionId'],
    userName: row.user_name,
    lockedAt: row.locked_at,
    userId: row.user_id,
  }));
}

export interface AskedSession {
  sessionId: string;
  askedAt: string;
}

/** A session's newest comparison asks a colleague. */
const asks = sql<boolean>`json_extract(comparison.content, '$.secondLook.askColleague') = 1
  AND comparison.rowid = (SELECT max(newer.rowid) FROM comparison AS newer WHERE newer.session_id = comparison.session_id)`;

/** Sessions whose newest comparison asks a colleague, longest waiting first. */
export function listAsked(db: ReadableDb, limit: number): AskedSession[] {
  return all(
    db,
    sqlBuilder
      .selectFrom('comparison')
      .select(['session_id', 'created_at'])
      .where(asks)
      .orderBy('created_at')
      .limit(limit),
  ).map((row) => ({ sessionId: row.session_id, askedAt: row.created_at }));
}

export function findAsked(db: ReadableDb, sessionId: string): AskedSession | null {
  const row = first(
    db,
    sqlBuilder
      .selectFrom('comparison')
      .select(['session_id', 'created_at'])
      .where('session_id', '=', sessionId)
      .where(asks),
  );
  return row ? { sessionId: row.session_id, askedAt: row.created_at } : null;
}

/**
 * Sessions a user was asked to read and has not: judged first by somebody else, without an own reading, and not opened
 * by the step that says "look first".
 * @param sessionId - of one session only.
 */
export function listWaiting(db: ReadableDb, userId: string, sessionId?: string): string[] {
  let waiting = sqlBuilder
    .selectFrom('comparison')
    .select('session_id')
    .where(asks)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('judgement as j')
            .select('j.id')
            .whereRef('j.session_id', '=', 'comparison.session_id')
            .where('j.is_after_reveal', '=', 0)
            .where('j.user_id', '=', userId),
        ),
      ),
    )
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('reader_judgement as r')
            .select('r.id')
            .whereRef('r.session_id', '=', 'comparison.session_id')
            .where('r.user_id', '=', userId),
        ),
      ),
    )
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('audit as a')
            .select('a.seq')
            .where('a.event', '=', 'reading.looked_first')
            .whereRef('a.object_id', '=', 'comparison.session_id')
            .where('a.user_id', '=', userId),
        ),
      ),
    );
  if (sessionId !== undefined) waiting = waiting.where('session_id', '=', sessionId);
  return all(db, waiting).map((row) => row.session_id);
}

export interface AuditedStep {
  seq: number;
  event: string;
  objectId: string;
}

/** What a user did with any of these records or their sessions, as the audit tells it, oldest first. */
export function listStepsOf(db: ReadableDb, userId: string, patientIds: readonly string[]): AuditedStep[] {
  return all(
    db,
    sqlBuilder
      .selectFrom('audit')
      .select(['seq', 'event', 'object_id'])
      .where('user_id', '=', userId)
      .where((where) =>
        where.or([
          where('object_id', 'in', [...patientIds]),
          where(
            'object_id',
            'in',
            sqlBuilder
              .selectFrom('session')
              .select('id')
              .where('patient_id', 'in', [...patientIds]),
          ),
        ]),
      )
      .orderBy('seq'),
  ).map((row) => ({ seq: row.seq, event: row.event, objectId: row.object_id ?? '' }));
}

/** A clinician's judgements before the reveal that were locked before a given one, newest first. */
export function listLocksBefore(
  db: ReadableDb,
  judgement: Pick<Judgement, 'id' | 'userId'>,
  limit: number,
): Pick<Judgement, 'sessionId' | 'answer' | 'confidencePercent' | 'drivers' | 'durationMs'>[] {
  return all(
    db,
    sqlBuilder
      .selectFrom('judgement')
      .select(['session_id', 'answer', 'confidence_percent', 'drivers', 'duration_ms'])
      .where('user_id', '=', judgement.userId)
      .where('is_after_reveal', '=', 0)
      .where(sql<boolean>`rowid < (SELECT own.rowid FROM judgement AS own WHERE own.id = ${judgement.id})`)
      .orderBy(sql`rowid`, 'desc')
      .limit(limit),
  ).map((row) => ({
    sessionId: row.session_id as Judgement['sessionId'],
    answer: row.answer as Judgement['answer'],
    confidencePercent: row.confidence_percent,
    drivers: JSON.parse(row.drivers) as Judgement['drivers'],
    durationMs: row.duration_ms,
  }));
}
