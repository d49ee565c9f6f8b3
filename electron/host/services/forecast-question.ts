import type { Session } from '../../../core/contract/channels/sessions.ts';
import type { Patient, Side } from '../../../core/contract/schemas/clinical.ts';
import type { ClinicianForecast, ForecastQuestion } from '../../../core/contract/schemas/forecast.ts';
import type { PinchOfVisit } from '../db/repositories/forecast-repository.ts';
import { ageYearsAt } from './model-input.ts';

const MS_PER_WEEK = 7 * 86_400_000;

/** This and earlier visits of one hand with the same device, oldest first. */
export function visitsUntil(session: Session, side: Side, visits: readonly PinchOfVisit[]): PinchOfVisit[] {
  const own = visits.find((visit) => visit.sessionId === session.id && visit.side === side);
  if (own === undefined) return [];
  return visits.filter(
    (visit) =>
      visit.side === side &&
      visit.deviceId === own.deviceId &&
      (visit.sessionId === session.id || visit.at < own.at),
  );
}

/**
 * What the network is asked. Visits before the operation are no part of the course after it.
 * @returns null without a date of operation before this visit.
 */
export function questionOf(
  session: Session,
  patient: Patient,
  clinician: ClinicianForecast,
  all: readonly PinchOfVisit[],
): ForecastQuestion | null {
  const { operationDate } = patient;
  if (operationDate === null) return null;
  const startMs = Date.parse(`${operationDate}T00:00:00Z`);
  const weeksAt = (instant: string) => (Date.parse(instant) - startMs) / MS_PER_WEEK;
  if (weeksAt(session.startedAt) < 0) return null;
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
