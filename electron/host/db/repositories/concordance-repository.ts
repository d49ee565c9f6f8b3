import { sql } from 'kysely';
import * as z from 'zod';
import type { AnalysisId } from '../../../../core/contract/schemas/analysis.ts';
import {
  Comparison,
  Driver,
  Explanation,
  type Judgement,
  ModelInput,
  TimeBand,
  WristStatePrediction,
} from '../../../../core/contract/schemas/judgement.ts';
import type { ReadableDb } from '../open-store.ts';
import { all, first, sqlBuilder } from '../query.ts';
import { openPatientIds } from './open-judgement.ts';
import { lockSeq, stepsOf } from './step-order.ts';

const Drivers = z.array(Driver);
const Bands = z.array(TimeBand);

/** The judgement of a session that counts: the one before the reveal. */
export interface FirstJudgement
  extends Pick<
    Judgement,
    | 'id'
    | 'sessionId'
    | 'userId'
    | 'userName'
    | 'answer'
    | 'confidencePercent'
    | 'drivers'
    | 'isBlinded'
    | 'durationMs'
    | 'lockedAt'
    | 'bands'
    | 'recordingId'
  > {
  patientId: string;
  diagnosis: string;
  /** A judgement of the patient is open. */
  isPatientOpen: boolean;
}

/** All first judgements in the order they were locked. */
export function listFirstJudgements(db: ReadableDb): FirstJudgement[] {
  const open = openPatientIds(db);
  return all(
    db,
    sqlBuilder
      .selectFrom('judgement')
      .innerJoin('session', 'session.id', 'judgement.session_id')
      .innerJoin('app_user', 'app_user.id', 'judgement.user_id')
      .innerJoin('patient', 'patient.id', 'session.patient_id')
      .innerJoin('patient_version', (join) =>
        join
          .onRef('patient_version.patient_id', '=', 'patient.id')
          .onRef('patient_version.version', '=', 'patient.current_version'),
      )
      .selectAll('judgement')
      .select([
        'app_user.name as user_name',
        'session.patient_id as patient_id',
        'patient_version.diagnosis as diagnosis',
      ])
      .where('judgement.is_after_reveal', '=', 0)
      .orderBy(sql`judgement.rowid`),
  ).map((row) => ({
    id: row.id,
    sessionId: row.session_id as Judgement['sessionId'],
    userId: row.user_id as Judgement['userId'],
    userName: row.user_name,
    answer: row.answer as Judgement['answer'],
    confidencePercent: row.confidence_percent,
    drivers: Drivers.parse(JSON.parse(row.drivers)),
    isBlinded: row.is_blinded === 1,
    durationMs: row.duration_ms,
    lockedAt: row.locked_at,
    bands: Bands.parse(JSON.parse(row.bands)),
    recordingId: row.recording_id,
    patientId: row.patient_id,
    diagnosis: row.diagnosis,
    isPatientOpen: open.has(row.patient_id),
  }));
}

export interface FirstResult {
  prediction: WristStatePrediction;
  /** The recording that it read; absent without one. */
  traceSource: ModelInput['pinchTraceSource'];
  explanation: Explanation | null;
  /** The last comparison that the first judge made on this result, before a newer one came. */
  comparison: Comparison | null;
}

/** The first result of a session: what came of the measurements as they were judged. */
export function findFirstResult(db: ReadableDb, sessionId: string): FirstResult | null {
  const own = first(
    db,
    sqlBuilder
      .selectFrom('prediction')
      .select(['id', 'content', 'model_input'])
      .where('session_id', '=', sessionId)
      .orderBy(sql`rowid`)
      .limit(1),
  );
  if (own === undefined) return null;
  const explained = first(
    db,
    sqlBuilder.selectFrom('explanation').select('content').where('prediction_id', '=', own.id).limit(1),
  );
  const [made, replaced] = stepsOf(db, 'prediction.stored', sessionId);
  const from = made?.seq ?? 0;
  const until = replaced?.seq ?? Number.POSITIVE_INFINITY;
  const steps = stepsOf(db, 'comparison.stored', sessionId);
  const compared = comparisonsOf(db, sessionId).findLast(({ isOfJudge }, place) => {
    const seq = steps[place]?.seq ?? 0;
    return isOfJudge && seq > from && seq < until;
  });
  return {
    prediction: WristStatePrediction.parse(JSON.parse(own.content)),
    traceSource: ModelInput.parse(JSON.parse(own.model_input)).pinchTraceSource,
    explanation: explained ? Explanation.parse(JSON.parse(explained.content)) : null,
    comparison: compared ? Comparison.parse(JSON.parse(compared.content)) : null,
  };
}

/** Comparisons of a session in the order they were stored; what a colleague made of the result is no answer of the judge. */
const comparisonsOf = (db: ReadableDb, sessionId: string) =>
  all(
    db,
    sqlBuilder
      .selectFrom('comparison')
      .innerJoin('judgement', 'judgement.session_id', 'comparison.session_id')
      .select(['comparison.content', 'comparison.user_id', 'judgement.user_id as judge_id'])
      .where('comparison.session_id', '=', sessionId)
      .where('judgement.is_after_reveal', '=', 0)
      .orderBy(sql`comparison.rowid`),
  ).map((row) => ({ content: row.content, isOfJudge: row.user_id === row.judge_id }));

/**
 * Whether a trial was corrected or added between the lock and the first result: clinician and model did not see the same
 * then. A later correction changes nothing of what both saw, and must not take away an answer that is known by now.
 */
export function wasChangedBeforeResult(db: ReadableDb, sessionId: string): boolean {
  const locked = lockSeq(db, sessionId);
  const firstResult = stepsOf(db, 'prediction.stored', sessionId)[0]?.seq ?? Number.POSITIVE_INFINITY;
  return ['trial.corrected', 'session.extended'].some((event) =>
    stepsOf(db, event, sessionId).some(({ seq }) => seq > locked && seq < firstResult),
  );
}

/** Sessions with a judged analysis, in the order of their first locks. */
export function listJudgedAnalyses(
  db: ReadableDb,
): { sessionId: string; patientId: string; analysis: AnalysisId; isPatientOpen: boolean }[] {
  const open = openPatientIds(db);
  return all(
    db,
    sqlBuilder
      .selectFrom('analysis_judgement')
      .innerJoin('session', 'session.id', 'analysis_judgement.session_id')
      .select([
        'session.id as session_id',
        'session.patient_id as patient_id',
        'analysis_judgement.analysis as analysis',
      ])
      .where('analysis_judgement.is_after_reveal', '=', 0)
      .orderBy(sql`analysis_judgement.rowid`),
  ).map((row) => ({
    sessionId: row.session_id,
    patientId: row.patient_id,
    analysis: row.analysis as AnalysisId,
    isPatientOpen: open.has(row.patient_id),
  }));
}
