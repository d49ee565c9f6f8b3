import type {
  Session,
  SessionTrial,
  SessionView,
  ShownSession,
} from '../../../core/contract/channels/sessions.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { Patient } from '../../../core/contract/schemas/clinical.ts';
import type { Episode } from '../../../core/contract/schemas/episode.ts';
import type { ModelInput } from '../../../core/contract/schemas/judgement.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { findDevice } from '../db/repositories/device-repository.ts';
import { findEpisode, findOpenEpisode } from '../db/repositories/episode-repository.ts';
import {
  findComparison,
  findExplanation,
  findPrediction,
  findPredictionInput,
  listJudgements,
} from '../db/repositories/judgement-repository.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import {
  findDraft,
  findSession,
  isJudgementOpen,
  isPatientBlinded,
} from '../db/repositories/session-repository.ts';
import { listNamedTrials } from '../db/repositories/trial-repository.ts';
import { traceRecordingOf } from './pinch-trace-source.ts';
import { isResultForAnother } from './session-moves.ts';
import { isWaitingReader, type ViewScope } from './waiting-reader.ts';

/** Blanks what a blinded judge must not see; the flag tells the screen to say "hidden", not "none". */
export function blindPatient(patient: Patient): Patient {
  const { episode: _episode, ...rest } = patient;
  return {
    ...rest,
    diagnosis: '',
    operation: 'none',
    operationNote: '',
    operationDate: null,
    isBlinded: true,
  };
}

/** The episode a session belongs to, or else the one that goes on; a removed one is none. */
function episodeToShow(db: ReadableDb, patientId: string, episodeId: string | null): Episode | undefined {
  const named = episodeId === null ? undefined : findEpisode(db, episodeId);
  if (episodeId !== null && named && !named.isRemoved && named.patientId === patientId) {
    return { id: episodeId, version: named.version, ...named.fields };
  }
  return findOpenEpisode(db, patientId);
}

/**
 * A patient as they may be shown now.
 * @param episodeId - of the session they are shown for; null shows the episode that goes on.
 * @throws AppError patient.not_found
 */
export function patientToShow(db: ReadableDb, id: string, episodeId: string | null = null): Patient {
  const patient = findPatient(db, id);
  if (!patient) throw new AppError('patient.not_found');
  if (isPatientBlinded(db, id)) return blindPatient(patient);
  const episode = episodeToShow(db, id, episodeId);
  return episode ? { ...patient, episode } : patient;
}

/** What was written at a visit besides its values: it may tell the operation. */
export const blindSession = (session: Session): ShownSession => ({
  ...session,
  note: '',
  conditions: null,
  episodeId: null,
});

/** What a blinded judge is told of another visit: not its words, and no date, which tells the time since the operation. */
export const blindOtherVisit = (session: Session): ShownSession => ({
  ...blindSession(session),
  startedAt: null,
  savedAt: null,
});

/** Values as they count now, without what was written when they were corrected. */
const blindTrial = ({ userName: _userName, ...trial }: SessionTrial): SessionTrial => ({
  ...trial,
  createdAt: null,
  correctionReason: null,
});

/** A visit that is over, of a patient with a blinded judgement open. */
export const isOtherVisitOfBlinded = (db: ReadableDb, session: Session): boolean =>
  !['measuring', 'saved'].includes(session.state) && isPatientBlinded(db, session.patientId);

/** States in which a saved session takes further trials, and keeps what is typed of them. */
export const TAKES_MORE_TRIALS = ['saved', 'locked', 'revealed', 'compared'] as const;

const NO_MODEL_RESULT = { prediction: null, explanation: null, overlap: null } as const;

/**
 * A session with what may be shown: no model result before its own lock, and none of an earlier session while another
 * judgement of this patient is open. What the clinician wrote after seeing a result is hidden along with it. A user who
 * is asked to read the session blinded is shown neither answer nor diagnosis before the own lock. A blinded judge is shown
 * the values of other visits, without their dates and words.
 * @throws AppError session.not_found
 */
export function sessionToShow(scope: ViewScope, sessionId: string): SessionView {
  const { db } = scope;
  const session = findSession(db, sessionId);
  if (!session) throw new AppError('session.not_found');
  const trials = listNamedTrials(db, sessionId);
  const judgements = listJudgements(db, sessionId);
  const isWaiting = judgements.length > 0 && isWaitingReader(scope, sessionId);
  const isHidden = isWaiting || judgements.length === 0 || isJudgementOpen(db, session.patientId);
  // What was answered at earlier visits tells a blinded judge as much as the operation does.
  const isOtherVisit = isOtherVisitOfBlinded(db, session);
  const isTelling = isWaiting || isOtherVisit;
  const patient = patientToShow(db, session.patientId, session.episodeId ?? null);
  const stored = isHidden ? null : findPrediction(db, sessionId);
  const explained = stored ? findExplanation(db, stored.id) : null;
  return {
    session: isOtherVisit
      ? blindOtherVisit(session)
      : isWaiting
        ? blindSession(session)
        : patient.isBlinded === true
          ? { ...session, episodeId: null }
          : session,
    patient: isWaiting ? blindPatient(patient) : patient,
    device: findDevice(db, session.deviceId),
    // What is typed of another visit stays stored, and its note may tell the operation.
    draft: isTelling ? null : findDraft(db, sessionId),
    trials: isTelling ? trials.newest.map(blindTrial) : trials.newest,
    history: isTelling ? [] : trials.superseded,
    judgements: isTelling ? [] : isHidden ? judgements.filter((j) => !j.isAfterReveal) : judgements,
    ...(stored
      ? {
          prediction: stored.prediction,
          explanation: explained?.explanation ?? null,
          overlap: explained?.overlap ?? null,
        }
      : NO_MODEL_RESULT),
    // A comparison belongs to the result it was made on: after a newer one it is history.
    comparison: isHidden || isTelling ? null : findComparison(db, sessionId),
    ...(stored && isResultForAnother(db, sessionId) ? { isForAnotherPerson: true } : {}),
    ...(stored && isTraceChanged(db, sessionId) ? { isTraceChanged: true } : {}),
    ...(isWaiting ? { isWaitingForYou: true } : {}),
  };
}

/** Whether the recording that the newest result read is another one, or none, by now. */
function isTraceChanged(db: ReadableDb, sessionId: string): boolean {
  const input = findPredictionInput(db, sessionId);
  if (input === null) return false;
  const now = traceRecordingOf(db, sessionId, input.side)?.id ?? null;
  return (input.pinchTraceSource?.recordingId ?? null) !== now;
}

/**
 * What the result of a session was computed from: to be seen where the result itself may be seen, and nowhere else.
 * @throws AppError session.not_found; judgement.not_locked where no result is shown.
 */
export function inputToShow(scope: ViewScope, sessionId: string): ModelInput {
  const isShown = sessionToShow(scope, sessionId).prediction !== null;
  const input = isShown ? findPredictionInput(scope.db, sessionId) : null;
  if (input === null) throw new AppError('judgement.not_locked');
  return input;
}
