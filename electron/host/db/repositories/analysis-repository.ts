import { sql } from 'kysely';
import {
  AnalysisExplanation,
  type AnalysisId,
  AnalysisInput,
  type AnalysisJudgement,
  AnalysisJudgementFields,
  AnalysisPrediction,
} from '../../../../core/contract/schemas/analysis.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';
import { stepsOf, wasAnalysisLockedFirst } from './step-order.ts';

export function insertAnalysisJudgement(db: WritableDb, judgement: AnalysisJudgement): void {
  run(
    db,
    sqlBuilder.insertInto('analysis_judgement').values({
      id: judgement.id,
      session_id: judgement.sessionId,
      analysis: judgement.fields.analysis,
      user_id: judgement.userId,
      content: JSON.stringify(judgement.fields),
      is_blinded: judgement.isBlinded ? 1 : 0,
      duration_ms: judgement.fields.durationMs,
      locked_at: judgement.lockedAt,
      is_after_reveal: judgement.isAfterReveal ? 1 : 0,
    }),
  );
}

/**
 * In the order they were made; the first is the one that counts. Older stores hold judgements marked as blinded that were
 * made after the blinding had ended: the trail decides, the row cannot be changed.
 */
export function listAnalysisJudgements(
  db: ReadableDb,
  sessionId: string,
  analysis: AnalysisId,
): AnalysisJudgement[] {
  return all(
    db,
    sqlBuilder
      .selectFrom('analysis_judgement')
      .innerJoin('app_user', 'app_user.id', 'analysis_judgement.user_id')
      .selectAll('analysis_judgement')
      .select('app_user.name as user_name')
      .where('session_id', '=', sessionId)
      .where('analysis', '=', analysis)
      .orderBy('is_after_reveal')
      .orderBy(sql`analysis_judgement.rowid`),
  ).map((row) => ({
    id: row.id,
    sessionId: row.session_id as AnalysisJudgement['sessionId'],
    userId: row.user_id as AnalysisJudgement['userId'],
    userName: row.user_name,
    fields: AnalysisJudgementFields.parse(JSON.parse(row.content)),
    isBlinded: row.is_blinded === 1 && wasAnalysisLockedFirst(db, sessionId, analysis),
    lockedAt: row.locked_at,
    isAfterReveal: row.is_after_reveal === 1,
  }));
}

export function insertAnalysisReceipt(db: WritableDb, row: Tables['analysis_receipt']): void {
  run(db, sqlBuilder.insertInto('analysis_receipt').values(row));
}

export function findAnalysisReceipt(
  db: ReadableDb,
  receiptHash: string,
): Tables['analysis_receipt'] | undefined {
  return first(
    db,
    sqlBuilder.selectFrom('analysis_receipt').selectAll().where('receipt_hash', '=', receiptHash),
  );
}

/**
 * Numbers in the audit trail of the first lock of an analysis and of its newest result; 0 without one. The n-th row of a
 * session has the n-th number of its event.
 */
export function analysisSteps(
  db: ReadableDb,
  sessionId: string,
  analysis: AnalysisId,
): { lockedSeq: number; resultSeq: number } {
  const locks = sqlBuilder
    .selectFrom('analysis_judgement')
    .select('analysis')
    .where('session_id', '=', sessionId)
    .where('is_after_reveal', '=', 0);
  const results = sqlBuilder
    .selectFrom('analysis_prediction')
    .select('analysis')
    .where('session_id', '=', sessionId);
  const isOfIt = (row: { analysis: string }) => row.analysis === analysis;
  const lockPlace = all(db, locks.orderBy(sql`rowid`)).findIndex(isOfIt);
  const resultPlace = all(db, results.orderBy(sql`rowid`)).findLastIndex(isOfIt);
  return {
    lockedSeq: stepsOf(db, 'analysis.locked', sessionId)[lockPlace]?.seq ?? 0,
    resultSeq: stepsOf(db, 'analysis.stored', sessionId)[resultPlace]?.seq ?? 0,
  };
}

/** Hash of the input that the judgement was locked on: that of its first receipt. */
export function findLockedInputHash(db: ReadableDb, sessionId: string, analysis: AnalysisId): string | null {
  const row = first(
    db,
    sqlBuilder
      .selectFrom('analysis_receipt')
      .select('input_hash')
      .where('session_id', '=', sessionId)
      .where('analysis', '=', analysis)
      .orderBy(sql`rowid`)
      .limit(1),
  );
  return row?.input_hash ?? null;
}

/** @returns false when it was spent before. */
export function spendAnalysisReceipt(db: WritableDb, receiptHash: string, spentAt: string): boolean {
  const changed = run(
    db,
    sqlBuilder
      .updateTable('analysis_receipt')
      .set({ spent_at: spentAt })
      .where('receipt_hash', '=', receiptHash)
      .where('spent_at', 'is', null),
  );
  return changed === 1;
}

export function insertAnalysisPrediction(db: WritableDb, row: Tables['analysis_prediction']): void {
  run(db, sqlBuilder.insertInto('analysis_prediction').values(row));
}

export interface StoredAnalysis {
  id: string;
  inputHash: string;
  /** What it was computed from. */
  input: AnalysisInput;
  prediction: AnalysisPrediction;
}

/** The newest answer of an analysis; earlier ones stay in the store. */
export const findAnalysisPrediction = (
  db: ReadableDb,
  sessionId: string,
  analysis: AnalysisId,
): StoredAnalysis | null => answerAtEnd(db, sessionId, analysis, 'desc');

/** The first answer of an analysis: what came of the measurements as they were judged. */
export const findFirstAnalysisPrediction = (
  db: ReadableDb,
  sessionId: string,
  analysis: AnalysisId,
): StoredAnalysis | null => answerAtEnd(db, sessionId, analysis, 'asc');

function answerAtEnd(
  db: ReadableDb,
  sessionId: string,
  analysis: AnalysisId,
  order: 'asc' | 'desc',
): StoredAnalysis | null {
  const row = first(
    db,
    sqlBuilder
      .selectFrom('analysis_prediction')
      .selectAll()
      .where('session_id', '=', sessionId)
      .where('analysis', '=', analysis)
      .orderBy(sql`rowid`, order)
      .limit(1),
  );
  if (!row) return null;
  return {
    id: row.id,
    inputHash: row.input_hash,
    input: AnalysisInput.parse(JSON.parse(row.model_input)),
    prediction: AnalysisPrediction.parse(JSON.parse(row.content)),
  };
}

export function insertAnalysisExplanation(db: WritableDb, row: Tables['analysis_explanation']): void {
  run(db, sqlBuilder.insertInto('analysis_explanation').values(row));
}

export function findAnalysisExplanation(db: ReadableDb, predictionId: string): AnalysisExplanation | null {
  const row = first(
    db,
    sqlBuilder
      .selectFrom('analysis_explanation')
      .select('content')
      .where('prediction_id', '=', predictionId)
      .orderBy(sql`rowid`, 'desc')
      .limit(1),
  );
  return row ? AnalysisExplanation.parse(JSON.parse(row.content)) : null;
}
