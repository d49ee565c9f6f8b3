/** How long an elbow flexion was held, as typed into the session: the truth of a judged hold, and what gives it away. */
import type { ReadableDb } from '../db/open-store.ts';
import { findRecording, listSessionRecordings } from '../db/repositories/recording-repository.ts';
import { analysisLockSeq, hasTrialsSince } from '../db/repositories/step-order.ts';
import { listTrials } from '../db/repositories/trial-repository.ts';

const HOLD = 'elbow-endurance';

export interface MeasuredHold {
  /** Time held, seconds. */
  heldS: number;
  /** Ended before it failed: it would have been held longer, nobody knows how long. */
  isStoppedEarly: boolean;
}

/**
 * The time that belongs to a judged recording: one hold of that arm, and one recording of it. Of several times, or several
 * recordings, nobody knows which belong together.
 * @returns null then, and where the time was not measured.
 */
export function measuredHold(db: ReadableDb, sessionId: string, recordingId: string): MeasuredHold | null {
  const judged = findRecording(db, recordingId);
  if (judged === undefined || judged.side === null) return null;
  const others = listSessionRecordings(db, sessionId).filter(
    ({ id, side, measure }) => id !== recordingId && side === judged.side && measure === judged.measure,
  );
  const [trial, ...further] = listTrials(db, sessionId).newest.filter(
    ({ measure, side, valueSi }) => measure === HOLD && side === judged.side && valueSi !== null,
  );
  if (trial === undefined || trial.valueSi === null || further.length + others.length > 0) return null;
  return { heldS: trial.valueSi, isStoppedEarly: trial.isStoppedEarly };
}

/**
 * Whether a time held by that arm stood in the session at the lock, whoever typed it and whether it was corrected since: what
 * was known cannot be foretold, with or without the tick of the clinician. A clock that was set back does not hide it: where
 * the trail has no trial after the lock, every trial was there before.
 * @param lockedAt - UTC instant.
 */
export function wasHoldKnown(
  db: ReadableDb,
  sessionId: string,
  recordingId: string,
  lockedAt: string,
): boolean {
  const side = findRecording(db, recordingId)?.side;
  const { newest, superseded } = listTrials(db, sessionId);
  const times = [...newest, ...superseded].filter(
    (trial) => trial.measure === HOLD && trial.side === side && trial.valueSi !== null,
  );
  if (times.length === 0) return false;
  if (times.some(({ createdAt }) => createdAt <= lockedAt)) return true;
  const seq = analysisLockSeq(db, sessionId, 'elbow-torque-fatigue');
  return seq > 0 && !hasTrialsSince(db, sessionId, seq);
}
