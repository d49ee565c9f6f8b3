/** The forecast duel: the clinician locks first, only then the network is asked, and the next visit scores both. */

import { parseMeasurement } from '../../../core/clinical/parse-measurement.ts';
import type { Session } from '../../../core/contract/channels/sessions.ts';
import type { Output } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { Patient, Side } from '../../../core/contract/schemas/clinical.ts';
import type {
  ClinicianForecast,
  ForecastFields,
  ForecastHand,
  ForecastOutcome,
  ForecastQuestion,
  ForecastRow,
  ForecastView,
  ModelForecast,
} from '../../../core/contract/schemas/forecast.ts';
import { isSameForecast } from '../../../core/inference/model-forecast.ts';
import { type ForceUnit, toNewtons } from '../../../core/units/quantities.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { transact } from '../db/open-store.ts';
import { findDevice } from '../db/repositories/device-repository.ts';
import {
  insertClinicianForecast,
  insertModelForecast,
  listFirstPinchVisits,
  listForecasts,
  listPinchVisits,
  type PinchOfVisit,
} from '../db/repositories/forecast-repository.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import {
  findSession,
  isJudgementOpen,
  isPatientBlinded,
  listSessions,
} from '../db/repositories/session-repository.ts';
import { forecastLockSeq, startSeq } from '../db/repositories/step-order.ts';
import { writeAudit } from './audit.ts';
import { forecastOutcome } from './forecast-outcome.ts';
import { isAffectedHand, questionOf, visitsUntil } from './forecast-question.ts';
import type { WriteScope } from './scope.ts';
import { wasUnderAnotherPatient } from './session-moves.ts';
import { blindPatient, isOtherVisitOfBlinded, patientToShow } from './session-view.ts';
import { isWaitingReader, type ViewScope } from './waiting-reader.ts';

const SIDES: readonly Side[] = ['right', 'left'];

/** True when it was locked while the session stood under another patient. */
const isForAnother = (db: ReadableDb, sessionId: string, side: Side): boolean =>
  wasUnderAnotherPatient(db, sessionId, forecastLockSeq(db, sessionId, side));

/** Key pinches of a patient's visits: as they count now, and as first saved. */
interface PinchCourse {
  newest: PinchOfVisit[];
  firstSaved: PinchOfVisit[];
}
const pinchCourse = (db: ReadableDb, patientId: string): PinchCourse => ({
  newest: listPinchVisits(db, patientId),
  firstSaved: listFirstPinchVisits(db, patientId),
});

/** What came of a forecast; of one that was made in front of another person's name nothing can. */
function outcomeOf(
  db: ReadableDb,
  sessionId: string,
  clinician: ClinicianForecast,
  { newest, firstSaved }: PinchCourse,
): ForecastOutcome {
  const locked = forecastLockSeq(db, sessionId, clinician.side);
  return wasUnderAnotherPatient(db, sessionId, locked)
    ? { kind: 'corrected' }
    : forecastOutcome(sessionId, clinician, newest, firstSaved, (visit) => startSeq(db, visit) < locked);
}

/** A saved session with its patient, unblanked: what leaves the host is blanked where it leaves. */
function requireSaved(db: ReadableDb, sessionId: string): { session: Session; patient: Patient } {
  const session = findSession(db, sessionId);
  const patient = session && findPatient(db, session.patientId);
  if (!session || !patient) throw new AppError('session.not_found');
  if (session.state === 'measuring') throw new AppError('session.wrong_state', { state: session.state });
  return { session, patient };
}

/** A forecast of the sound hand is no question for the network, and so no match for it. */
const soundHandMark = (
  patient: Pick<Patient, 'affectedSide'>,
  side: Side,
): Pick<ForecastRow, 'isOfSoundHand'> => (isAffectedHand(patient, side) ? {} : { isOfSoundHand: true });

/** A later visit of the patient that has begun, saved or not. */
const hasLaterVisit = (db: ReadableDb, session: Session): boolean =>
  listSessions(db, session.patientId, 1, 0).some(
    ({ id, startedAt }) => id !== session.id && startedAt > session.startedAt,
  );

/**
 * Forecasts of a session with what may be shown: dates and forces of other visits are hidden from a blinded judge and from
 * a user who is still to read the session blinded; of another visit than the judged one a blinded judge is told nothing.
 * @throws AppError session.not_found; session.wrong_state while the session is being measured.
 */
export function forecastsToShow(scope: ViewScope, sessionId: string): ForecastView {
  const { db } = scope;
  const { session, patient } = requireSaved(db, sessionId);
  const isOpen = isJudgementOpen(db, patient.id);
  const isWaiting = isWaitingReader(scope, sessionId);
  const isBlinded = isWaiting || isPatientBlinded(db, patient.id);
  const shown = patientToShow(db, patient.id);
  const person = { patient: isWaiting ? blindPatient(shown) : shown, isJudgementOpen: isOpen };
  if (isOtherVisitOfBlinded(db, session)) {
    return { sessionId: session.id, startedAt: null, ...person, hands: [], earlier: [] };
  }
  const stored = listForecasts(db, { patientId: patient.id });
  const course = pinchCourse(db, patient.id);
  const all = course.newest;
  const isTooLate = hasLaterVisit(db, session);
  const hands = SIDES.flatMap((side): ForecastHand[] => {
    const visits = visitsUntil(session, side, all);
    const last = visits.at(-1);
    if (last === undefined) return [];
    const known = stored.find((each) => each.sessionId === sessionId && each.clinician.side === side);
    const clinician = known?.clinician ?? null;
    const modelState = ((): ForecastHand['modelState'] => {
      if (clinician === null) return 'forecast-not-locked';
      if (isOpen) return 'judgement-open';
      if (known?.model) return 'answered';
      const question = questionOf(session, patient, clinician, all);
      return typeof question === 'string' ? question : 'ready';
    })();
    return [
      {
        side,
        isAffected: isAffectedHand(patient, side),
        lastN: last.pinchPeakN,
        unit: last.typedUnit as ForceUnit,
        deviceName: findDevice(db, last.deviceId)?.name ?? '',
        visits: isBlinded ? [] : visits.map(({ at, pinchPeakN }) => ({ at, pinchPeakN })),
        isTooLate,
        clinician,
        modelState,
        model: modelState === 'answered' ? (known?.model ?? null) : null,
        outcome: clinician ? outcomeOf(db, sessionId, clinician, course) : { kind: 'waiting' },
        ...(clinician && isForAnother(db, sessionId, side) ? { isForAnotherPerson: true } : {}),
      },
    ];
  });
  return {
    sessionId: session.id,
    startedAt: session.startedAt,
    ...person,
    hands: hands.sort((a, b) => Number(b.isAffected) - Number(a.isAffected)),
    // Dates and forces of other visits tell a blinded judge where in the course this one lies.
    earlier: isBlinded
      ? []
      : stored
          .filter((each) => each.sessionId !== sessionId)
          .map((each) => ({
            sessionId: each.sessionId as ForecastView['sessionId'],
            patientId: each.patientId,
            clinician: each.clinician,
            model: isOpen ? null : each.model,
            outcome: outcomeOf(db, each.sessionId, each.clinician, course),
            ...soundHandMark(patient, each.clinician.side),
          }))
          .reverse(),
  };
}

/** Two conversions of the same digits differ by rounding only. */
const RELATIVE_TOLERANCE = 1e-9;

/** The range must be what was typed, converted: the page is not trusted with it. @throws AppError input.invalid */
function assertTyped({ lowN, highN, typedLow, typedHigh, unit }: ForecastFields): void {
  for (const [name, typed, forceN] of [
    ['typedLow', typedLow, lowN],
    ['typedHigh', typedHigh, highN],
  ] as const) {
    const read = parseMeasurement(typed);
    const typedN = read.ok ? toNewtons(read.value, unit) : Number.NaN;
    const isSame = Math.abs(typedN - forceN) <= RELATIVE_TOLERANCE * Math.max(1, forceN);
    if (!isSame) throw new AppError('input.invalid', { path: `forecast.${name}` });
  }
}

/**
 * @throws AppError input.invalid when range, text and unit do not say the same;
 * session.incomplete without a key pinch of that hand, or when the next visit is planned before this one;
 * session.wrong_state when it is locked already, or a later visit has begun: what is known cannot be foretold.
 */
export function lockForecast(scope: WriteScope, sessionId: string, fields: ForecastFields): ForecastView {
  assertTyped(fields);
  const patientId = transact(scope.db, () => {
    const { session } = requireSaved(scope.db, sessionId);
    const all = listPinchVisits(scope.db, session.patientId);
    const last = visitsUntil(session, fields.side, all).at(-1);
    if (last === undefined || fields.plannedOn <= session.startedAt.slice(0, 10)) {
      throw new AppError('session.incomplete');
    }
    const isLocked = listForecasts(scope.db, { sessionId }).some(
      ({ clinician }) => clinician.side === fields.side,
    );
    if (isLocked || hasLaterVisit(scope.db, session)) throw new AppError('session.wrong_state');
    const forecast: ClinicianForecast = {
      ...fields,
      id: scope.newId(),
      userId: scope.user.id as ClinicianForecast['userId'],
      userName: scope.user.name,
      lastN: last.pinchPeakN,
      lockedAt: scope.clock().toISOString(),
    };
    insertClinicianForecast(scope.db, sessionId, forecast);
    writeAudit(scope, 'forecast.locked', sessionId, forecast);
    return session.patientId;
  });
  scope.emit('patients.changed', { id: patientId });
  return forecastsToShow(scope, sessionId);
}

/**
 * The question of a locked forecast that the network has not answered.
 * @throws AppError judgement.not_locked before the clinician's lock, while a judgement of the patient is open, and once it
 * is answered; session.incomplete without a date of operation, and for a hand that was not operated.
 */
function requireQuestion(scope: WriteScope, sessionId: string, side: Side): ForecastQuestion {
  const session = findSession(scope.db, sessionId);
  const patient = session && findPatient(scope.db, session.patientId);
  if (!session || !patient) throw new AppError('session.not_found');
  const known = listForecasts(scope.db, { sessionId }).find(({ clinician }) => clinician.side === side);
  if (known === undefined || known.model !== null || isJudgementOpen(scope.db, patient.id)) {
    throw new AppError('judgement.not_locked');
  }
  const question = questionOf(session, patient, known.clinician, listPinchVisits(scope.db, patient.id));
  if (typeof question === 'string') throw new AppError('session.incomplete');
  return question;
}

export function takeQuestion(
  scope: WriteScope,
  sessionId: string,
  side: Side,
): Output<'forecasts.takeQuestion'> {
  return transact(scope.db, () => {
    const question = requireQuestion(scope, sessionId, side);
    writeAudit(scope, 'forecast.asked', sessionId, question);
    return { question };
  });
}

/**
 * Stores what the page's network answered, once, if the same bundle answers the same here.
 * @throws AppError model.not_found for a bundle the app does not carry, prediction.mismatch for another answer.
 */
export function storeModelForecast(
  scope: WriteScope,
  sessionId: string,
  side: Side,
  forecast: ModelForecast,
): ForecastView {
  transact(scope.db, () => {
    const question = requireQuestion(scope, sessionId, side);
    const bundle = scope.knownBundles.get(forecast.bundleHash);
    if (bundle?.modelId !== 'next-visit' || bundle.version !== forecast.modelVersion || !bundle.forecast) {
      throw new AppError('model.not_found');
    }
    if (!isSameForecast(bundle.forecast(question), forecast)) throw new AppError('prediction.mismatch');
    insertModelForecast(
      scope.db,
      {
        id: scope.newId(),
        sessionId,
        side,
        userId: scope.user.id,
        lockedAt: scope.clock().toISOString(),
      },
      { forecast, question },
    );
    writeAudit(scope, 'forecast.stored', sessionId, forecast);
  });
  return forecastsToShow(scope, sessionId);
}

/** Every locked forecast with what came of it; those of patients with an open judgement are held back whole. */
export function forecastScoreboard(db: ReadableDb): Output<'forecasts.scoreboard'> {
  const courses = new Map<string, PinchCourse>();
  const isOpen = new Map<string, boolean>();
  const patients = new Map<string, Patient | undefined>();
  let heldBack = 0;
  const rows = listForecasts(db, 'all').flatMap(({ sessionId, patientId, clinician, model }) => {
    const open = isOpen.get(patientId) ?? isJudgementOpen(db, patientId);
    isOpen.set(patientId, open);
    if (open) {
      heldBack += 1;
      return [];
    }
    const course = courses.get(patientId) ?? pinchCourse(db, patientId);
    courses.set(patientId, course);
    const patient = patients.get(patientId) ?? findPatient(db, patientId);
    patients.set(patientId, patient);
    return [
      {
        sessionId: sessionId as ForecastView['sessionId'],
        patientId,
        clinician,
        model,
        outcome: outcomeOf(db, sessionId, clinician, course),
        ...(patient ? soundHandMark(patient, clinician.side) : {}),
      },
    ];
  });
  return { rows, heldBack };
}
