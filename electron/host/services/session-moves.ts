/** A session under the wrong patient, put under the right one; and whose person an earlier result was computed for. */
import type { Session } from '../../../core/contract/channels/sessions.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { PatientId, SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { transact } from '../db/open-store.ts';
import { findOpenEpisode } from '../db/repositories/episode-repository.ts';
import { findPredictionInput } from '../db/repositories/judgement-repository.ts';
import {
  findMove,
  findPatientState,
  insertMove,
  listMerges,
  markUndone,
  movesOfSession,
  placeSession,
} from '../db/repositories/record-repository.ts';
import { findSession } from '../db/repositories/session-repository.ts';
import { newestResultSeq, stepsOf } from '../db/repositories/step-order.ts';
import { hashDetails, writeAudit } from './audit.ts';
import { buildModelInput } from './model-input.ts';
import { assertNoneOpen, assertNotBlinded, requireUnmerged } from './record-rules.ts';
import type { WriteScope } from './scope.ts';

/**
 * A session that waits for its own judgement may be put under the right patient; one that was judged carries results
 * with it, and stays while any judgement of either patient is open.
 */
function assertMayMove(db: ReadableDb, session: Session, from: string, to: string): void {
  assertNotBlinded(db, from, to);
  if (session.state !== 'measuring' && session.state !== 'saved') assertNoneOpen(db, from, to);
}

/**
 * @throws AppError session.not_found, patient.not_found, patient.merged; patient.judgement_open while a judgement of
 * either patient is open (a session that is open itself: while a blinded one is); input.invalid when the session is
 * there already.
 */
export function moveSession(scope: WriteScope, sessionId: SessionId, toPatientId: PatientId, reason: string) {
  const { db } = scope;
  const moveId = scope.newId();
  const fromPatientId = transact(db, () => {
    const session = findSession(db, sessionId);
    if (!session) throw new AppError('session.not_found');
    const from = session.patientId;
    if (from === toPatientId) throw new AppError('input.invalid', { path: 'toPatientId' });
    requireUnmerged(db, toPatientId);
    assertMayMove(db, session, from, toPatientId);
    insertMove(db, {
      id: moveId,
      session_id: sessionId,
      from_patient_id: from,
      to_patient_id: toPatientId,
      from_episode_id: session.episodeId ?? null,
      reason,
      user_id: scope.user.id,
      created_at: scope.clock().toISOString(),
    });
    const lastSeq = writeAudit(scope, 'session.moved', sessionId, { moveId, from, toPatientId, reason });
    const episodeId = findOpenEpisode(db, toPatientId)?.id ?? null;
    placeSession(db, sessionId, { patientId: toPatientId, episodeId, lastSeq });
    return from;
  });
  for (const id of [fromPatientId, toPatientId]) scope.emit('patients.changed', { id });
  return { moveId, fromPatientId };
}

/**
 * @throws AppError undo.not_possible when the session has been moved on since, or the patient it came from was merged;
 * patient.judgement_open as {@link moveSession}.
 */
export function undoMove(scope: WriteScope, moveId: string) {
  const { db } = scope;
  const move = transact(db, () => {
    const row = findMove(db, moveId);
    const session = row && findSession(db, row.session_id);
    if (!row || !session || row.undone_at !== null || session.patientId !== row.to_patient_id) {
      throw new AppError('undo.not_possible');
    }
    if (findPatientState(db, row.from_patient_id).mergedInto !== null) {
      throw new AppError('undo.not_possible');
    }
    assertMayMove(db, session, row.from_patient_id, row.to_patient_id);
    const lastSeq = writeAudit(scope, 'move.undone', row.session_id, { moveId });
    placeSession(db, row.session_id, {
      patientId: row.from_patient_id,
      episodeId: row.from_episode_id,
      lastSeq,
    });
    markUndone(db, 'session_move', moveId, scope.clock().toISOString(), scope.user.id);
    return row;
  });
  for (const id of [move.from_patient_id, move.to_patient_id]) {
    scope.emit('patients.changed', { id: id as PatientId });
  }
  return { sessionId: move.session_id as SessionId, patientId: move.from_patient_id as PatientId };
}

/**
 * True when the session stood under another patient at that step than it does now, by its moves and their undoing.
 * Merges play no part: they say that two records are one person. Neither does the clock: it can be set back.
 * @param seq - number in the audit trail, e.g. of a prediction, judgement or forecast of the session.
 */
export function wasUnderAnotherPatient(db: ReadableDb, sessionId: string, seq: number): boolean {
  const moves = movesOfSession(db, sessionId);
  if (moves.length === 0) return false;
  const undone = new Map(
    stepsOf(db, 'move.undone', sessionId).map((step) => [step.detailsHash, step.seq] as const),
  );
  const moved = stepsOf(db, 'session.moved', sessionId);
  const steps = moves
    .flatMap((move, place) => {
      const undoneSeq = undone.get(hashDetails({ moveId: move.id }));
      return [
        { seq: moved[place]?.seq ?? 0, patientId: move.to_patient_id },
        ...(undoneSeq === undefined ? [] : [{ seq: undoneSeq, patientId: move.from_patient_id }]),
      ];
    })
    .sort((a, b) => a.seq - b.seq);
  const then = steps.filter((step) => step.seq <= seq).at(-1)?.patientId ?? moves[0]?.from_patient_id;
  return then !== steps.at(-1)?.patientId;
}

/**
 * True when the newest result of a session was computed for another person: the session was moved since, or its record
 * was merged into one with another sex, age, size or affected side.
 */
export function isResultForAnother(db: ReadableDb, sessionId: string): boolean {
  if (wasUnderAnotherPatient(db, sessionId, newestResultSeq(db, sessionId))) return true;
  const session = findSession(db, sessionId);
  if (!session) return false;
  const wasMerged = listMerges(db, session.patientId).some((merge) => merge.moved.includes(sessionId));
  const stored = wasMerged ? findPredictionInput(db, sessionId) : null;
  if (!stored) return false;
  const now = buildModelInput(db, sessionId, stored.side);
  const person = ['sex', 'ageYears', 'heightM', 'weightKg', 'affectedSide'] as const;
  return person.some((name) => stored[name] !== now[name]);
}
