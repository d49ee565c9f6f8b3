import type { SessionTrial } from '../../../../core/contract/channels/sessions.ts';
import type { TrialEntry } from '../../../../core/contract/schemas/clinical.ts';
import type { ReadableDb, WritableDb } from '../open-store.ts';
import { all, run, sqlBuilder } from '../query.ts';
import type { Tables } from '../schema.ts';

/** A version of a trial as it is kept; what is shown of it may be less. */
export type KeptTrial = SessionTrial & { createdAt: string };

const trialFrom = (row: Tables['trial']): KeptTrial => ({
  id: row.id,
  version: row.version,
  createdAt: row.created_at,
  correctionReason: row.correction_reason,
  measure: row.measure as SessionTrial['measure'],
  side: row.side as SessionTrial['side'],
  trialNumber: row.trial_number,
  typedText: row.typed_text,
  typedUnit: row.typed_unit as SessionTrial['typedUnit'],
  valueSi: row.value_si,
  pain: row.pain,
  isStoppedEarly: row.is_stopped_early === 1,
  notTestedReason: row.not_tested_reason as SessionTrial['notTestedReason'],
  isConfirmedUnusual: row.is_confirmed_unusual === 1,
  deviceId: row.device_id as SessionTrial['deviceId'],
});

/** Appends one version of one trial; an existing version is never changed. */
export function insertTrial(
  db: WritableDb,
  sessionId: string,
  trial: TrialEntry,
  meta: { id: string; version: number; userId: string; createdAt: string; correctionReason: string | null },
): void {
  run(
    db,
    sqlBuilder.insertInto('trial').values({
      id: meta.id,
      session_id: sessionId,
      measure: trial.measure,
      side: trial.side,
      trial_number: trial.trialNumber,
      version: meta.version,
      typed_text: trial.typedText,
      typed_unit: trial.typedUnit,
      value_si: trial.valueSi,
      pain: trial.pain,
      is_stopped_early: trial.isStoppedEarly ? 1 : 0,
      not_tested_reason: trial.notTestedReason,
      is_confirmed_unusual: trial.isConfirmedUnusual ? 1 : 0,
      correction_reason: meta.correctionReason,
      user_id: meta.userId,
      created_at: meta.createdAt,
      device_id: trial.deviceId ?? null,
    }),
  );
}

const trialKey = (t: Pick<SessionTrial, 'measure' | 'side' | 'trialNumber'>) =>
  `${t.measure}/${t.side}/${t.trialNumber}`;

interface TrialsOfSession {
  newest: KeptTrial[];
  superseded: KeptTrial[];
}

const rowsOf = (db: ReadableDb, sessionId: string) =>
  all(
    db,
    sqlBuilder
      .selectFrom('trial')
      .innerJoin('app_user', 'app_user.id', 'trial.user_id')
      .selectAll('trial')
      .select('app_user.name as user_name')
      .where('session_id', '=', sessionId)
      .orderBy('measure')
      .orderBy('side', 'desc')
      .orderBy('trial_number')
      .orderBy('version'),
  );

function byVersion(trials: readonly KeptTrial[]): TrialsOfSession {
  const newest = new Map(trials.map((trial) => [trialKey(trial), trial]));
  return {
    newest: [...newest.values()],
    superseded: trials.filter((trial) => newest.get(trialKey(trial)) !== trial),
  };
}

/** Newest version of each trial in the order of measure, side and number, and the superseded ones. */
export const listTrials = (db: ReadableDb, sessionId: string): TrialsOfSession =>
  byVersion(rowsOf(db, sessionId).map(trialFrom));

/** As {@link listTrials}, each version with the name of whoever saved it: never for a reader who is to judge blinded. */
export const listNamedTrials = (db: ReadableDb, sessionId: string): TrialsOfSession =>
  byVersion(rowsOf(db, sessionId).map((row) => ({ ...trialFrom(row), userName: row.user_name })));
