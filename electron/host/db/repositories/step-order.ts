/**
 * What came before what, by the numbers of the audit trail: a clock can be set back, the trail only grows. Every row of
 * evidence is written in the transaction of its audit row, so the n-th row of a session has the n-th number of its event.
 */
import { type SqlBool, sql } from 'kysely';
import type { ReadableDb } from '../open-store.ts';
import { all, first, sqlBuilder } from '../query.ts';

export interface NumberedStep {
  /** Number in the trail; a higher one came after. */
  seq: number;
  detailsHash: string;
}

/** Every audited step of one kind with an object, in the order they were taken. */
export const stepsOf = (db: ReadableDb, event: string, objectId: string): NumberedStep[] =>
  all(
    db,
    sqlBuilder
      .selectFrom('audit')
      .select(['seq', 'details_hash'])
      .where('event', '=', event)
      .where('object_id', '=', objectId)
      .orderBy('seq'),
  ).map((row) => ({ seq: row.seq, detailsHash: row.details_hash }));

/** Number of the lock of a session's first judgement. Without one it is 0: everything came after, nothing is trusted. */
export const lockSeq = (db: ReadableDb, sessionId: string): number =>
  stepsOf(db, 'judgement.locked', sessionId)[0]?.seq ?? 0;

/** Number of the step that stored the newest result of a session; 0 without one. */
export const newestResultSeq = (db: ReadableDb, sessionId: string): number =>
  stepsOf(db, 'prediction.stored', sessionId).at(-1)?.seq ?? 0;

/** Number of the start of a session; 0 for one that is not in the trail, as if it had always been there. */
export const startSeq = (db: ReadableDb, sessionId: string): number =>
  stepsOf(db, 'session.started', sessionId)[0]?.seq ?? 0;

/** Number of the lock of a clinician's forecast; 0 without one. */
export function forecastLockSeq(db: ReadableDb, sessionId: string, side: string): number {
  const sides = all(
    db,
    sqlBuilder
      .selectFrom('forecast')
      .select('side')
      .where('session_id', '=', sessionId)
      .where('author', '=', 'clinician')
      .orderBy(sql`rowid`),
  ).map((row) => row.side);
  return stepsOf(db, 'forecast.locked', sessionId)[sides.indexOf(side)]?.seq ?? 0;
}

/** Number of the lock of an analysis; 0 without one. */
export function analysisLockSeq(db: ReadableDb, sessionId: string, analysis: string): number {
  const analyses = all(
    db,
    sqlBuilder
      .selectFrom('analysis_judgement')
      .select('analysis')
      .where('session_id', '=', sessionId)
      .where('is_after_reveal', '=', 0)
      .orderBy(sql`rowid`),
  ).map((row) => row.analysis);
  return stepsOf(db, 'analysis.locked', sessionId)[analyses.indexOf(analysis)]?.seq ?? 0;
}

/**
 * True when an analysis was locked before the session's own judgement, and before the session was closed: until then its
 * blinding held. An analysis that is not in the trail is not trusted to have been blinded.
 */
export function wasAnalysisLockedFirst(db: ReadableDb, sessionId: string, analysis: string): boolean {
  const locked = analysisLockSeq(db, sessionId, analysis);
  const ends = ['judgement.locked', 'session.closed'].flatMap((event) => stepsOf(db, event, sessionId));
  return locked > 0 && ends.every(({ seq }) => seq > locked);
}

/** Whether a value of a session was corrected or added after a step. */
export const hasTrialsSince = (db: ReadableDb, sessionId: string, seq: number): boolean =>
  ['trial.corrected', 'session.extended'].some((event) =>
    stepsOf(db, event, sessionId).some((step) => step.seq > seq),
  );

/** True when a user did something with an object after a step. */
export const hasStepSince = (
  db: ReadableDb,
  step: { userId: string; event: string; objectId: string; afterSeq: number },
): boolean =>
  first(
    db,
    sqlBuilder
      .selectFrom('audit')
      .select('seq')
      .where('event', '=', step.event)
      .where('object_id', '=', step.objectId)
      .where('user_id', '=', step.userId)
      .where('seq', '>', step.afterSeq)
      .limit(1),
  ) !== undefined;

/** The objects with which a user ever did something of one kind. */
export const objectsOfSteps = (db: ReadableDb, userId: string, event: string): Set<string | null> =>
  new Set(
    all(
      db,
      sqlBuilder
        .selectFrom('audit')
        .select('object_id')
        .where('event', '=', event)
        .where('user_id', '=', userId),
    ).map((row) => row.object_id),
  );

/** Number of the step in which somebody else last locked a judgement of this patient; null when nobody did. */
export const newestLockByOthers = (db: ReadableDb, userId: string, patientId: string): number | null =>
  first(
    db,
    sqlBuilder
      .selectFrom('audit')
      .innerJoin('session', 'session.id', 'audit.object_id')
      .select(sql<number | null>`max(audit.seq)`.as('seq'))
      .where('session.patient_id', '=', patientId)
      .where('audit.event', 'in', ['judgement.locked', 'judgement.repeated'])
      .where(sql<SqlBool>`audit.user_id IS NOT ${userId}`),
  )?.seq ?? null;
