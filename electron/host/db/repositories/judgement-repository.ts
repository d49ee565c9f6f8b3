import { sql } from 'kysely';
import * as z from 'zod';
import {
  Comparison,
  Driver,
  Explanation,
  type Judgement,
  ModelInput,
  ReasonOverlap,
  type StoredComparison,
  TimeBand,
  WristStatePrediction,
} from '../../../../core/contract/schemas/judgement.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, first, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';
import { newestResultSeq, stepsOf } from './step-order.ts';

const Drivers = z.array(Driver);
const Bands = z.array(TimeBand);

export function insertJudgement(db: WritableDb, judgement: Judgement): void {
  run(
    db,
    sqlBuilder.insertInto('judgement').values({
      id: judgement.id,
      session_id: judgement.sessionId,
      user_id: judgement.userId,
      answer: judgement.answer,
      confidence_percent: judgement.confidencePercent,
      drivers: JSON.stringify(judgement.drivers),
      is_blinded: judgement.isBlinded ? 1 : 0,
      duration_ms: judgement.durationMs,
      locked_at: judgement.lockedAt,
      is_after_reveal: judgement.isAfterReveal ? 1 : 0,
      bands: JSON.stringify(judgement.bands ?? []),
      recording_id: judgement.recordingId ?? null,
    }),
  );
}

/** In the order they were made; the first is the one that counts. */
export function listJudgements(db: ReadableDb, sessionId: string): Judgement[] {
  return all(
    db,
    sqlBuilder
      .selectFrom('judgement')
      .innerJoin('app_user', 'app_user.id', 'judgement.user_id')
      .selectAll('judgement')
      .select('app_user.name as user_name')
      .where('session_id', '=', sessionId)
      .orderBy('is_after_reveal')
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
    isAfterReveal: row.is_after_reveal === 1,
    bands: Bands.parse(JSON.parse(row.bands)),
    recordingId: row.recording_id,
  }));
}

export function insertReceipt(db: WritableDb, row: Tables['receipt']): void {
  run(db, sqlBuilder.insertInto('receipt').values(row));
}

export function findReceipt(db: ReadableDb, receiptHash: string): Tables['receipt'] | undefined {
  return first(db, sqlBuilder.selectFrom('receipt').selectAll().where('receipt_hash', '=', receiptHash));
}

/** @returns false when it was spent before. */
export function spendReceipt(db: WritableDb, receiptHash: string, spentAt: string): boolean {
  const changed = run(
    db,
    sqlBuilder
      .updateTable('receipt')
      .set({ spent_at: spentAt })
      .where('receipt_hash', '=', receiptHash)
      .where('spent_at', 'is', null),
  );
  return changed === 1;
}

export function insertPrediction(db: WritableDb, row: Tables['prediction']): void {
  run(db, sqlBuilder.insertInto('prediction').values(row));
}

export interface StoredPrediction {
  id: string;
  inputHash: string;
  createdAt: string;
  prediction: WristStatePrediction;
}

const newestRow = (db: ReadableDb, sessionId: string) =>
  first(
    db,
    sqlBuilder
      .selectFrom('prediction')
      .selectAll()
      .where('session_id', '=', sessionId)
      .orderBy(sql`rowid`, 'desc')
      .limit(1),
  );

/** What the newest prediction of a session was computed from. */
export function findPredictionInput(db: ReadableDb, sessionId: string): ModelInput | null {
  const row = newestRow(db, sessionId);
  return row ? ModelInput.parse(JSON.parse(row.model_input)) : null;
}

/** The newest prediction of a session; an earlier one stays in the store. */
export function findPrediction(db: ReadableDb, sessionId: string): StoredPrediction | null {
  const row = newestRow(db, sessionId);
  if (!row) return null;
  return {
    id: row.id,
    inputHash: row.input_hash,
    createdAt: row.created_at,
    prediction: WristStatePrediction.parse(JSON.parse(row.content)),
  };
}

export function insertExplanation(db: WritableDb, row: Tables['explanation']): void {
  run(db, sqlBuilder.insertInto('explanation').values(row));
}

export function findExplanation(
  db: ReadableDb,
  predictionId: string,
): { explanation: Explanation; overlap: ReasonOverlap | null } | null {
  const row = first(
    db,
    sqlBuilder
      .selectFrom('explanation')
      .selectAll()
      .where('prediction_id', '=', predictionId)
      .orderBy(sql`rowid`, 'desc')
      .limit(1),
  );
  if (!row) return null;
  return {
    explanation: Explanation.parse(JSON.parse(row.content)),
    overlap: row.overlap === null ? null : ReasonOverlap.parse(JSON.parse(row.overlap)),
  };
}

export function insertComparison(
  db: WritableDb,
  sessionId: string,
  userId: string,
  comparison: Comparison,
): void {
  run(
    db,
    sqlBuilder.insertInto('comparison').values({
      id: comparison.id,
      session_id: sessionId,
      user_id: userId,
      content: JSON.stringify(comparison),
      created_at: comparison.createdAt,
    }),
  );
}

/** The newest comparison, unless it was made before the newest result: then it is of an earlier one. */
export function findComparison(db: ReadableDb, sessionId: string): StoredComparison | null {
  const compared = stepsOf(db, 'comparison.stored', sessionId).at(-1)?.seq ?? 0;
  if (compared < newestResultSeq(db, sessionId)) return null;
  const row = first(
    db,
    sqlBuilder
      .selectFrom('comparison')
      .innerJoin('app_user', 'app_user.id', 'comparison.user_id')
      .select(['comparison.content', 'app_user.name as user_name'])
      .where('session_id', '=', sessionId)
      .orderBy(sql`comparison.rowid`, 'desc')
      .limit(1),
  );
  if (!row) return null;
  return { ...Comparison.parse(JSON.parse(row.content)), userName: row.user_name };
}
