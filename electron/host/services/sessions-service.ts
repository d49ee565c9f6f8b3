import type { Session, SessionView } from '../../../core/contract/channels/sessions.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { SessionDraft, SessionState, TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import { transact } from '../db/open-store.ts';
import { findDevice } from '../db/repositories/device-repository.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import {
  deleteDraft,
  deleteSession,
  findOpenSessions,
  findSession,
  insertSession,
  putDraft,
  updateSession,
} from '../db/repositories/session-repository.ts';
import { insertTrial, listTrials } from '../db/repositories/trial-repository.ts';
import { wasUnblinded, writeAudit } from './audit.ts';
import type { WriteScope } from './scope.ts';
import { sessionToShow } from './session-view.ts';
import { assertTrials } from './trial-check.ts';

/**
 * The session, if it is in one of `states`.
 * @throws AppError session.not_found, session.wrong_state
 */
export function requireSession(scope: WriteScope, id: string, ...states: SessionState[]): Session {
  const session = findSession(scope.db, id);
  if (!session) throw new AppError('session.not_found');
  if (!states.includes(session.state)) throw new AppError('session.wrong_state', { state: session.state });
  return session;
}

/** A device that has gone from the list must not make a draft unsavable: the reference is dropped. */
const knownDevice = (scope: WriteScope, draft: SessionDraft) =>
  findDevice(scope.db, draft.deviceId)?.id ?? null;

const STANDARD_PROTOCOL = 'pinch-and-wrist';
/** Protocol and conditions as the form has them. */
const measuredUnder = (draft: SessionDraft) => ({
  protocol: draft.protocol ?? STANDARD_PROTOCOL,
  conditions: JSON.stringify(draft.conditions ?? {}),
});

/** A new session, or the one that is being measured already. */
export function startSession(scope: WriteScope, patientId: string, draft: SessionDraft): SessionView {
  const id = scope.newId();
  const resumed = transact(scope.db, () => {
    if (!findPatient(scope.db, patientId)) throw new AppError('patient.not_found');
    const open = findOpenSessions(scope.db, patientId).find(({ state }) => state === 'measuring');
    if (open) return open.id;
    const at = scope.clock().toISOString();
    const seq = writeAudit(scope, 'session.started', id, { patientId });
    insertSession(scope.db, {
      id,
      patient_id: patientId,
      user_id: scope.user.id,
      state: 'measuring',
      started_at: at,
      saved_at: null,
      device_id: knownDevice(scope, draft),
      summary_rule: draft.summaryRule,
      note: '',
      is_blinded: draft.isBlinded ? 1 : 0,
      judged_side: null,
      last_seq: seq,
      ...measuredUnder(draft),
      episode_id: null,
    });
    putDraft(scope.db, id, draft, at);
    return id;
  });
  const view = sessionToShow(scope.db, resumed);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}

/**
 * Blinding can be given up, never put back: what was seen once is known.
 * @returns 1 or 0 for the column. Must run inside the transaction of the change.
 */
function blinding(scope: WriteScope, session: Session, isWanted: boolean): 0 | 1 {
  if (session.isBlinded && !isWanted) writeAudit(scope, 'session.unblinded', session.id);
  return isWanted && !wasUnblinded(scope.db, session.id) ? 1 : 0;
}

/** Drafts are no evidence yet: they are replaced, and leave no audit row a keystroke. */
export function saveDraft(scope: WriteScope, sessionId: string, draft: SessionDraft): { savedAt: string } {
  const savedAt = scope.clock().toISOString();
  transact(scope.db, () => {
    const session = requireSession(scope, sessionId, 'measuring');
    putDraft(scope.db, sessionId, draft, savedAt);
    updateSession(scope.db, sessionId, {
      device_id: knownDevice(scope, draft),
      summary_rule: draft.summaryRule,
      is_blinded: blinding(scope, session, draft.isBlinded),
      ...measuredUnder(draft),
    });
  });
  return { savedAt };
}

/** Takes back a session in which nothing was saved as a measurement. */
export function discardSession(scope: WriteScope, sessionId: string): void {
  const session = transact(scope.db, () => {
    const found = requireSession(scope, sessionId, 'measuring');
    writeAudit(scope, 'session.discarded', sessionId, { patientId: found.patientId });
    deleteSession(scope.db, sessionId);
    return found;
  });
  scope.emit('patients.changed', { id: session.patientId });
}

function appendTrials(scope: WriteScope, sessionId: string, trials: readonly TrialEntry[]): void {
  const createdAt = scope.clock().toISOString();
  for (const trial of trials) {
    insertTrial(scope.db, sessionId, trial, {
      id: scope.newId(),
      version: 1,
      userId: scope.user.id,
      createdAt,
      correctionReason: null,
    });
  }
}

/**
 * An earlier session that was saved and never judged ends when a later one is saved: with two waiting at once, the result
 * of one would be seen before the other is judged. Not at the start of the later one, which may still be discarded.
 */
function closeUnjudged(scope: WriteScope, later: Session): void {
  for (const { id, state } of findOpenSessions(scope.db, later.patientId)) {
    if (state !== 'saved' || id === later.id) continue;
    const seq = writeAudit(scope, 'session.closed', id, { reason: 'a later session was saved' });
    updateSession(scope.db, id, { state: 'closed', last_seq: seq });
  }
}

/** @throws AppError session.incomplete when not one trial carries a value or a reason. */
export function saveMeasurements(
  scope: WriteScope,
  sessionId: string,
  trials: readonly TrialEntry[],
  draft: SessionDraft,
): SessionView {
  assertTrials(trials);
  transact(scope.db, () => {
    const session = requireSession(scope, sessionId, 'measuring');
    appendTrials(scope, sessionId, trials);
    closeUnjudged(scope, session);
    const isBlinded = blinding(scope, session, draft.isBlinded);
    const seq = writeAudit(scope, 'session.saved', sessionId, { trials });
    updateSession(scope.db, sessionId, {
      state: 'saved',
      saved_at: scope.clock().toISOString(),
      device_id: knownDevice(scope, draft),
      summary_rule: draft.summaryRule,
      note: draft.note,
      is_blinded: isBlinded,
      last_seq: seq,
      ...measuredUnder(draft),
    });
    deleteDraft(scope.db, sessionId);
  });
  const view = sessionToShow(scope.db, sessionId);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}

/** Adds trials of measures not taken yet, or further trials; existing ones are corrected, never overwritten. */
export function addTrials(scope: WriteScope, sessionId: string, trials: readonly TrialEntry[]): SessionView {
  assertTrials(trials);
  transact(scope.db, () => {
    requireSession(scope, sessionId, 'saved', 'locked', 'revealed', 'compared');
    const taken = new Set(
      listTrials(scope.db, sessionId).newest.map((t) => `${t.measure}/${t.side}/${t.trialNumber}`),
    );
    if (trials.some((t) => taken.has(`${t.measure}/${t.side}/${t.trialNumber}`))) {
      throw new AppError('session.wrong_state');
    }
    appendTrials(scope, sessionId, trials);
    const seq = writeAudit(scope, 'session.extended', sessionId, { trials });
    updateSession(scope.db, sessionId, { last_seq: seq });
  });
  const view = sessionToShow(scope.db, sessionId);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}

export function correctTrial(
  scope: WriteScope,
  sessionId: string,
  trial: TrialEntry,
  reason: string,
): SessionView {
  assertTrials([trial]);
  transact(scope.db, () => {
    requireSession(scope, sessionId, 'saved', 'locked', 'revealed', 'compared', 'closed');
    const current = listTrials(scope.db, sessionId).newest.find(
      (t) => t.measure === trial.measure && t.side === trial.side && t.trialNumber === trial.trialNumber,
    );
    if (!current) throw new AppError('session.not_found');
    insertTrial(scope.db, sessionId, trial, {
      id: scope.newId(),
      version: current.version + 1,
      userId: scope.user.id,
      createdAt: scope.clock().toISOString(),
      correctionReason: reason,
    });
    const seq = writeAudit(scope, 'trial.corrected', sessionId, { trial, reason });
    updateSession(scope.db, sessionId, { last_seq: seq });
  });
  const view = sessionToShow(scope.db, sessionId);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}

/** Ends a session; nothing is deleted. A saved session closed this way has no judgement, on purpose. */
export function closeSession(scope: WriteScope, sessionId: string): SessionView {
  transact(scope.db, () => {
    requireSession(scope, sessionId, 'saved', 'locked', 'revealed', 'compared');
    const seq = writeAudit(scope, 'session.closed', sessionId);
    updateSession(scope.db, sessionId, { state: 'closed', last_seq: seq });
  });
  const view = sessionToShow(scope.db, sessionId);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}
