import { TRIALS_OF_A_VERDICT } from '../../../core/clinical/change-thresholds.ts';
import { daysBetween } from '../../../core/clinical/judged-later.ts';
import type { ClinicianForecast, ForecastOutcome } from '../../../core/contract/schemas/forecast.ts';
import type { PinchOfVisit } from '../db/repositories/forecast-repository.ts';
import { pinchDeviceKey } from './forecast-question.ts';

/** A next visit after more than twice, or less than half, of the planned time is another question than the one answered. */
const FAR_FROM_PLAN = 2;

/**
 * What came of a forecast: the first visit on a later calendar day with a key pinch of that hand is the truth, as it was
 * first saved: a value typed later, with both forecasts known, could decide between them. A second session of the same day is
 * none: nothing has had time to happen. Measured with another device, or with one that is not named on both days, it is none,
 * as in the trends; nor is the best of another number of trials than three on either day: the best of one lies below the best
 * of three without any change, and "same as last time" was made for three and three. Neither is
 * anything after the value that was gone by has been corrected. A visit that had begun before the forecast was locked, under
 * another record at the time, could be known: nothing is scored on it.
 * @param visits - all of the patient, both hands, oldest first. Days are those of the computer's own calendar.
 * @param firstSaved - the same as first saved.
 * @param wasBegunBefore - whether the visit with this id began before the lock, by the audit and not by the clock.
 */
export function forecastOutcome(
  sessionId: string,
  clinician: Pick<ClinicianForecast, 'side' | 'lastN' | 'plannedOn'>,
  visits: readonly PinchOfVisit[],
  firstSaved: readonly PinchOfVisit[],
  wasBegunBefore: (sessionId: string) => boolean,
): ForecastOutcome {
  const ofHand = visits.filter(({ side }) => side === clinician.side);
  const from = ofHand.find((visit) => visit.sessionId === sessionId);
  if (from === undefined || Math.abs(from.pinchPeakN - clinician.lastN) > 1e-9) return { kind: 'corrected' };
  const next = firstSaved.find(({ side, at }) => side === clinician.side && daysBetween(from.at, at) > 0);
  if (next === undefined) return { kind: 'waiting' };
  if (wasBegunBefore(next.sessionId)) return { kind: 'known-before', at: next.at };
  // The visit of the forecast, too, by the device and the trials that were first saved.
  const begun =
    firstSaved.find((visit) => visit.sessionId === sessionId && visit.side === clinician.side) ?? from;
  if (pinchDeviceKey(next) !== pinchDeviceKey(begun)) {
    const isUnnamed = next.deviceId === null || begun.deviceId === null;
    return { kind: isUnnamed ? 'device-not-named' : 'other-device', at: next.at };
  }
  if (begun.trialCount !== TRIALS_OF_A_VERDICT || next.trialCount !== TRIALS_OF_A_VERDICT) {
    return { kind: 'not-three-trials', at: next.at, trials: [begun.trialCount, next.trialCount] };
  }
  const now = ofHand.find((visit) => visit.sessionId === next.sessionId);
  const isCorrectedSince = now === undefined || Math.abs(now.pinchPeakN - next.pinchPeakN) > 1e-9;
  return {
    kind: 'scored',
    sessionId: next.sessionId,
    at: next.at,
    pinchPeakN: next.pinchPeakN,
    ...(isCorrectedSince ? { isCorrectedSince } : {}),
    isFarFromPlan: isFarFromPlan(from.at, next.at, clinician.plannedOn),
  };
}

/** @param plannedOn - a calendar day. */
function isFarFromPlan(from: string, next: string, plannedOn: string): boolean {
  const planned = Math.max(1, daysBetween(from, plannedOn));
  const actual = daysBetween(from, next);
  return actual > FAR_FROM_PLAN * planned || FAR_FROM_PLAN * actual < planned;
}
