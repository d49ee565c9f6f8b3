import { measuresWithContent, STANDARD_PROTOCOL } from '../../../core/clinical/protocols.ts';
import { deviceOf } from '../../../core/clinical/session-entries.ts';
import type { Session, SessionView } from '../../../core/contract/channels/sessions.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type {
  DeviceId,
  SessionDraft,
  SessionState,
  TrialEntry,
} from '../../../core/contract/schemas/clinical.ts';
import { transact } from '../db/open-store.ts';
import { findDevice } from '../db/repositories/device-repository.ts';
import { findOpenEpisode } from '../db/repositories/episode-repository.ts';
import { findPatientState, putPatientState } from '../db/repositories/record-repository.ts';
import { hasRecordings } from '../db/repositories/recording-repository.ts';
import {
  deleteDraft,
  deleteSession,
  findDraft,
  findOpenSessions,
  findSession,
  insertSession,
  putDraft,
  updateSession,
} from '../db/repositories/session-repository.ts';
import { insertTrial, listTrials } from '../db/repositories/trial-repository.ts';
import { wasUnblinded, writeAudit } from './audit.ts';
import { requireUnmerged } from './record-rules.ts';
import type { WriteScope } from './scope.ts';
import { isOtherVisitOfBlinded, sessionToShow, TAKES_MORE_TRIALS } from './session-view.ts';
import { assertTrials } from './trial-check.ts';
import { isWaitingReader } from './waiting-reader.ts';

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

/** Protocol and conditions as the form has them. */
const measuredUnder = (draft: SessionDraft) => ({
  protocol: draft.protocol ?? STANDARD_PROTOCOL,
  conditions: JSON.stringify(draft.conditions ?? {}),
});

/**
 * Keeps that a clock before the newest record was confirmed as right. Must run inside the transaction.
 * @param sessionId the session that is started or taken up with this clock.
 */
function confirmClock(scope: WriteScope, sessionId: string, draft: SessionDraft): void {
  const note = draft.conditions?.clockNote ?? '';
  if (note !== '') writeAudit(scope, 'clock.confirmed', sessionId, { note });
}

/** A session that is being measured already takes over what was said about the clock, and nothing else. */
function resume(scope: WriteScope, sessionId: string, draft: SessionDraft): string {
  const open = draft.conditions?.clockNote ? findDraft(scope.db, sessionId) : null;
  if (open === null || !draft.conditions) return sessionId;
  confirmClock(scope, sessionId, draft);
  const conditions = { ...draft.conditions, ...open.conditions, clockNote: draft.conditions.clockNote };
  putDraft(scope.db, sessionId, { ...open, conditions }, scope.clock().toISOString());
  return sessionId;
}

/**
 * A new session, or the one that is being measured already.
 * @param leaves sessions that are being measured and are not taken up: those of another day, which keep their date.
 */
export function startSession(
  scope: WriteScope,
  patientId: string,
  draft: SessionDraft,
  leaves: readonly string[] = [],
): SessionView {
  const id = scope.newId();
  const resumed = transact(scope.db, () => {
    requireUnmerged(scope.db, patientId);
    const open = findOpenSessions(scope.db, patientId).find(
      ({ state, id: other }) => state === 'measuring' && !leaves.includes(other),
    );
    if (open) return resume(scope, open.id, draft);
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
      episode_id: findOpenEpisode(scope.db, patientId)?.id ?? null,
    });
    putDraft(scope.db, id, draft, at);
    confirmClock(scope, id, draft);
    // Somebody who is measured again is no longer put away.
    if (findPatientState(scope.db, patientId).archivedAt !== null) {
      putPatientState(scope.db, patientId, { archived_at: null });
      writeAudit(scope, 'patient.unarchived', patientId);
    }
    return id;
  });
  const view = sessionToShow(scope, resumed);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}

/**
 * Blinding can be given up, never put back: what was seen once is known. Switched on while measuring it counts from then;
 * what was seen of the record before is not known, and the trail says when it was switched on.
 * @returns 1 or 0 for the column. Must run inside the transaction of the change.
 */
function blinding(scope: WriteScope, session: Session, isWanted: boolean): 0 | 1 {
  if (session.isBlinded && !isWanted) writeAudit(scope, 'session.unblinded', session.id);
  const isBlinded = isWanted && !wasUnblinded(scope.db, session.id);
  if (isBlinded && !session.isBlinded) writeAudit(scope, 'session.blinded', session.id);
  return isBlinded ? 1 : 0;
}

/**
 * Drafts are no evidence yet: they are replaced, and leave no audit row a keystroke. Of a saved session it is what is
 * typed to be added; the session itself stays as it is.
 */
export function saveDraft(scope: WriteScope, sessionId: string, draft: SessionDraft): { savedAt: string } {
  const savedAt = scope.clock().toISOString();
  transact(scope.db, () => {
    const session = requireSession(scope, sessionId, 'measuring', ...TAKES_MORE_TRIALS, 'closed');
    if (session.state !== 'measuring') {
      requireMoreTrials(scope, session);
      // A form that was cleared is no draft.
      if (measuresWithContent(draft).length === 0) deleteDraft(scope.db, sessionId);
      else putDraft(scope.db, sessionId, draft, savedAt);
      return;
    }
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
    // A recording is evidence: it stays, and so does its session.
    if (hasRecordings(scope.db, sessionId)) throw new AppError('session.has_recordings');
    writeAudit(scope, 'session.discarded', sessionId, { patientId: found.patientId });
    deleteSession(scope.db, sessionId);
    return found;
  });
  scope.emit('patients.changed', { id: session.patientId });
}

/**
 * @param deviceIdOf what a trial was measured with when it does not say so itself.
 */
function appendTrials(
  scope: WriteScope,
  sessionId: string,
  trials: readonly TrialEntry[],
  deviceIdOf: (trial: TrialEntry) => DeviceId | null,
): void {
  const createdAt = scope.clock().toISOString();
  for (const trial of trials) {
    const named = trial.deviceId === undefined ? deviceIdOf(trial) : trial.deviceId;
    const deviceId = findDevice(scope.db, named)?.id ?? null;
    insertTrial(
      scope.db,
      sessionId,
      { ...trial, deviceId },
      {
        id: scope.newId(),
        version: 1,
        userId: scope.user.id,
        createdAt,
        correctionReason: null,
      },
    );
  }
}

/**
 * An earlier session that was saved and never judged ends when a later one is saved: with two waiting at once, the result
 * of one would be seen before the other is judged. Not at the start of the later one, which may still be discarded.
 */
function closeUnjudged(scope: WriteScope, later: Session): void {
  const begun = findOpenSessions(scope.db, later.patientId);
  // Those begun after it are none of its earlier ones: yesterday's, finished today, does not end today's.
  for (const { id, state } of begun.slice(
    0,
    begun.findIndex((session) => session.id === later.id),
  )) {
    if (state !== 'saved') continue;
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
    appendTrials(scope, sessionId, trials, ({ measure }) => deviceOf(draft, measure));
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
  const view = sessionToShow(scope, sessionId);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}

/**
 * Whether a saved session takes more: one that was closed meanwhile does while something typed for it waits. Nobody from whom
 * the draft is hidden writes over it.
 * @throws AppError session.wrong_state otherwise.
 */
function requireMoreTrials(scope: WriteScope, session: Session): void {
  const isHidden = isWaitingReader(scope, session.id) || isOtherVisitOfBlinded(scope.db, session);
  const isClosed = session.state === 'closed' && findDraft(scope.db, session.id) === null;
  if (isHidden || isClosed) throw new AppError('session.wrong_state');
}

/** Adds trials of measures not taken yet, or further trials; existing ones are corrected, never overwritten. */
export function addTrials(scope: WriteScope, sessionId: string, trials: readonly TrialEntry[]): SessionView {
  assertTrials(trials);
  transact(scope.db, () => {
    const session = requireSession(scope, sessionId, ...TAKES_MORE_TRIALS, 'closed');
    requireMoreTrials(scope, session);
    const taken = new Set(
      listTrials(scope.db, sessionId).newest.map((t) => `${t.measure}/${t.side}/${t.trialNumber}`),
    );
    if (trials.some((t) => taken.has(`${t.measure}/${t.side}/${t.trialNumber}`))) {
      throw new AppError('session.wrong_state');
    }
    appendTrials(scope, sessionId, trials, ({ measure }) => deviceOf(session, measure));
    const seq = writeAudit(scope, 'session.extended', sessionId, { trials });
    updateSession(scope.db, sessionId, { last_seq: seq });
    deleteDraft(scope.db, sessionId);
  });
  const view = sessionToShow(scope, sessionId);
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
  const view = sessionToShow(scope, sessionId);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}
