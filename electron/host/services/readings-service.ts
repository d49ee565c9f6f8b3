/** The blinded second reader: measurements only, and nobody's answer before the own lock. */
import type { ReadingComparison, ReadingView } from '../../../core/contract/channels/readings.ts';
import type { Session } from '../../../core/contract/channels/sessions.ts';
import type { Output } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import type { Judgement } from '../../../core/contract/schemas/judgement.ts';
import type {
  ReaderJudgement,
  ReadingFields,
  ReadingMaterial,
  ReadingPerson,
  ReadingRow,
  ReadRecording,
  ReadTrial,
} from '../../../core/contract/schemas/reading.ts';
import type { Recording } from '../../../core/contract/schemas/recording.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { transact } from '../db/open-store.ts';
import { listJudgements } from '../db/repositories/judgement-repository.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import {
  type AskedSession,
  findAsked,
  insertReading,
  listAsked,
  listReadings,
} from '../db/repositories/reading-repository.ts';
import { findSession, isJudgementOpen } from '../db/repositories/session-repository.ts';
import { hasTrialsSince, lockSeq, newestLockByOthers } from '../db/repositories/step-order.ts';
import { listTrials } from '../db/repositories/trial-repository.ts';
import { writeAudit } from './audit.ts';
import { assertBands } from './band-check.ts';
import { ageYearsAt } from './model-input.ts';
import { blindHeader, recordingsOfSession } from './recordings-service.ts';
import type { ReadScope, WriteScope } from './scope.ts';
import { seenBefore, wasOpenedSince } from './seen-before.ts';
import { sessionToShow } from './session-view.ts';
import { isWaitingReader } from './waiting-reader.ts';

/** A list of five hundred that wait is worked off from the top. */
const MOST_LISTED = 500;
/** Characters of a session's identifier that stand for the patient. */
const SHORT_ID = 8;

interface ReadSession {
  session: Session;
  judgedSide: Side;
  first: Judgement;
}

/** A judged session with the judgement that counts; null when there is none to read beside. */
function readSession(db: ReadableDb, sessionId: string): ReadSession | null {
  const session = findSession(db, sessionId);
  if (!session) throw new AppError('session.not_found');
  const first = listJudgements(db, sessionId).find(({ isAfterReveal }) => !isAfterReveal);
  return first && session.judgedSide !== null ? { session, judgedSide: session.judgedSide, first } : null;
}

/**
 * A session that this user may read as the second one.
 * @throws AppError session.not_found, reading.own, reading.not_asked
 */
function requireReadable(scope: ReadScope, sessionId: string): ReadSession {
  const read = readSession(scope.db, sessionId);
  if (read?.first.userId === scope.user.id) throw new AppError('reading.own');
  if (read === null || findAsked(scope.db, sessionId) === null) throw new AppError('reading.not_asked');
  return read;
}

/** No name, no date and no number of the clinic, by which the record is found: the session's identifier begins so. */
function personOf(db: ReadableDb, session: Session): ReadingPerson {
  const patient = findPatient(db, session.patientId);
  if (!patient) throw new AppError('session.not_found');
  return {
    identifier: `session ${session.id.slice(0, SHORT_ID)}`,
    ageYears: Math.floor(ageYearsAt(patient.birthDate, session.startedAt)),
    sex: patient.sex,
    heightM: patient.heightM,
    weightKg: patient.weightKg,
    dominantHand: patient.dominantHand,
    affectedSide: patient.affectedSide,
  };
}

/** Who placed a mark stays behind with names and dates, and what the file called its channels. */
const blindRecording = ({ id, side, measure, sampleCount, header, view }: Recording): ReadRecording => ({
  id,
  side,
  measure,
  sampleCount,
  header: blindHeader(header),
  view: { ...view, marks: null },
});

function materialOf(scope: ReadScope, { session, judgedSide }: ReadSession): ReadingMaterial {
  const { db } = scope;
  const trials = listTrials(db, session.id).newest.map(
    // Date, author and history of a trial stay behind, and the device: it may be known from the patient's course.
    ({
      id: _id,
      version: _version,
      createdAt: _at,
      correctionReason: _why,
      deviceId: _device,
      ...trial
    }): ReadTrial => trial,
  );
  return {
    sessionId: session.id,
    person: personOf(db, session),
    judgedSide,
    summaryRule: session.summaryRule,
    trials,
    recordings: recordingsOfSession(scope, session.id).map(blindRecording),
  };
}

const withoutUser = ({
  userId: _userId,
  ...reading
}: ReaderJudgement & { userId: string }): ReaderJudgement => reading;

/** Both readings and the model. Hidden, as every result, while another judgement of the patient is open. */
function comparisonOf(scope: ReadScope, { session, first }: ReadSession): ReadingComparison | null {
  const { db } = scope;
  if (isJudgementOpen(db, session.patientId)) return null;
  const { prediction, explanation, overlap } = sessionToShow(scope, session.id);
  return {
    first,
    readings: listReadings(db, session.id).map(withoutUser),
    prediction,
    explanation,
    overlap,
    hasLaterTrials: hasTrialsSince(db, session.id, lockSeq(db, session.id)),
  };
}

/** @throws AppError session.not_found, reading.own, reading.not_asked */
export function getReading(scope: ReadScope, sessionId: string): ReadingView {
  const read = requireReadable(scope, sessionId);
  const own = listReadings(scope.db, sessionId).find(({ userId }) => userId === scope.user.id);
  return {
    material: materialOf(scope, read),
    own: own ? withoutUser(own) : null,
    comparison: own ? comparisonOf(scope, read) : null,
  };
}

/** @throws AppError session.not_found, reading.own, reading.not_asked; reading.done for a second try. */
export function lockReading(scope: WriteScope, sessionId: string, fields: ReadingFields): ReadingView {
  transact(scope.db, () => {
    const { session, judgedSide } = requireReadable(scope, sessionId);
    assertBands(scope.db, sessionId, judgedSide, fields);
    if (listReadings(scope.db, sessionId).some(({ userId }) => userId === scope.user.id)) {
      throw new AppError('reading.done');
    }
    const content = { ...fields, seenBefore: seenBefore(scope, session) };
    const lockedAt = scope.clock().toISOString();
    insertReading(scope.db, {
      id: scope.newId(),
      sessionId,
      userId: scope.user.id,
      lockedAt,
      content,
    });
    writeAudit(scope, 'reading.locked', sessionId, content);
  });
  return getReading(scope, sessionId);
}

/**
 * Opens the answers to a reader who was asked; a reading made afterwards is not blinded.
 * @throws AppError session.not_found, reading.own, reading.not_asked; reading.done when nothing is held back any more.
 */
export function lookFirst(scope: WriteScope, sessionId: string): void {
  const patientId = transact(scope.db, () => {
    const { session } = requireReadable(scope, sessionId);
    if (!isWaitingReader(scope, sessionId)) throw new AppError('reading.done');
    writeAudit(scope, 'reading.looked_first', sessionId);
    return session.patientId;
  });
  scope.emit('patients.changed', { id: patientId });
}

const ORDER: readonly ReadingRow['state'][] = ['waiting', 'asked-by-you', 'read-by-you'];

/** Sessions a colleague was asked about: waiting ones first. Nobody's answer is in a row. */
export function listReadingRows(scope: ReadScope): ReadingRow[] {
  const rows = listAsked(scope.db, MOST_LISTED).flatMap((asked) => rowOf(scope, asked));
  return rows.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}

function rowOf({ db, user }: ReadScope, { sessionId, askedAt }: AskedSession): ReadingRow[] {
  const read = readSession(db, sessionId);
  if (read === null) return [];
  const readings = listReadings(db, sessionId);
  const isRead = readings.some(({ userId }) => userId === user.id);
  const state = read.first.userId === user.id ? 'asked-by-you' : isRead ? 'read-by-you' : 'waiting';
  return [
    {
      sessionId: read.session.id,
      person: personOf(db, read.session),
      judgedSide: read.judgedSide,
      askedAt,
      state,
      readCount: readings.length,
    },
  ];
}

/** @throws AppError session.not_found */
export function readingsOfSession(scope: ReadScope, sessionId: string): Output<'readings.ofSession'> {
  const read = readSession(scope.db, sessionId);
  const isAsked = read !== null && findAsked(scope.db, sessionId) !== null;
  if (read === null || !isAsked) return { isAsked: false, isWaitingForYou: false, readings: [] };
  const readings = listReadings(scope.db, sessionId);
  const hasJudged =
    read.first.userId === scope.user.id || readings.some(({ userId }) => userId === scope.user.id);
  const isShown = hasJudged && !isJudgementOpen(scope.db, read.session.patientId);
  return { isAsked, isWaitingForYou: !hasJudged, readings: isShown ? readings.map(withoutUser) : [] };
}

/** Notes once a lock of others that this user opened the patient's page. @throws AppError patient.not_found */
export function notePatientOpened(scope: WriteScope, patientId: string): void {
  if (!findPatient(scope.db, patientId)) throw new AppError('patient.not_found');
  const newestLock = newestLockByOthers(scope.db, scope.user.id, patientId);
  if (newestLock === null || wasOpenedSince(scope, patientId, newestLock)) return;
  transact(scope.db, () => writeAudit(scope, 'patient.opened', patientId));
}
