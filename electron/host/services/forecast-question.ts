import { deviceKey } from '../../../core/clinical/trend-runs.ts';
import type { Session } from '../../../core/contract/channels/sessions.ts';
import type { Patient, Side } from '../../../core/contract/schemas/clinical.ts';
import type { ClinicianForecast, ForecastQuestion } from '../../../core/contract/schemas/forecast.ts';
import type { PinchOfVisit } from '../db/repositories/forecast-repository.ts';
import { ageYearsAt } from './model-input.ts';

const MS_PER_WEEK = 7 * 86_400_000;

/** What a visit was measured with, by the rule of the trends: one that is not named is one of its own. */
export const pinchDeviceKey = ({
  sessionId,
  deviceId,
}: Pick<PinchOfVisit, 'sessionId' | 'deviceId'>): string =>
  deviceKey({ measure: 'lateral-pinch', sessionId, deviceId });

/** The network was made for the operated hand beside a sound one. */
export const isAffectedHand = ({ affectedSide }: Pick<Patient, 'affectedSide'>, side: Side): boolean =>
  affectedSide === side || affectedSide === 'both';

/** This and earlier visits of one hand with the same device, oldest first. */
export function visitsUntil(session: Session, side: Side, visits: readonly PinchOfVisit[]): PinchOfVisit[] {
  const own = visits.find((visit) => visit.sessionId === session.id && visit.side === side);
  if (own === undefined) return [];
  return visits.filter(
    (visit) =>
      visit.side === side &&
      pinchDeviceKey(visit) === pinchDeviceKey(own) &&
      (visit.sessionId === session.id || visit.at < own.at),
  );
}

/**
 * What the network is asked. Visits before the operation are no part of the course after it.
 * @returns why there is no question: no date of operation before this visit, or a hand that was not operated, of whose course
 * the network knows nothing.
 */
export function questionOf(
  session: Session,
  patient: Patient,
  clinician: ClinicianForecast,
  all: readonly PinchOfVisit[],
): ForecastQuestion | 'no-surgery-date' | 'not-the-affected-hand' {
  const { operationDate } = patient;
  if (!isAffectedHand(patient, clinician.side)) return 'not-the-affected-hand';
  if (operationDate === null) return 'no-surgery-date';
  const startMs = Date.parse(`${operationDate}T00:00:00Z`);
  const weeksAt = (instant: string) => (Date.parse(instant) - startMs) / MS_PER_WEEK;
  if (weeksAt(session.startedAt) < 0) return 'no-surgery-date';
  const { side, plannedOn } = clinician;
  const visits = visitsUntil(session, side, all)
    .map(({ at, pinchPeakN }) => ({ weeks: weeksAt(at), pinchPeakN }))
    .filter(({ weeks }) => weeks >= 0);
  const other = all.find((visit) => visit.sessionId === session.id && visit.side !== side);
  const isOtherSound = patient.affectedSide !== 'both';
  return {
    sex: patient.sex,
    ageYears: ageYearsAt(patient.birthDate, session.startedAt),
    heightM: patient.heightM,
    weightKg: patient.weightKg,
    side,
    visits,
    otherHandPinchPeakN: isOtherSound ? (other?.pinchPeakN ?? null) : null,
    // Whole days between the two dates: at what hour the next visit takes place nobody knows yet.
    weeksToNextVisit:
      (Date.parse(`${plannedOn}T00:00:00Z`) - Date.parse(`${session.startedAt.slice(0, 10)}T00:00:00Z`)) /
      MS_PER_WEEK,
  };
}
