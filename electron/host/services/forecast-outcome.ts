import type { ClinicianForecast, ForecastOutcome } from '../../../core/contract/schemas/forecast.ts';
import type { PinchOfVisit } from '../db/repositories/forecast-repository.ts';

/**
 * What came of a forecast: the first later visit with a key pinch of that hand is the truth. Measured with another device
 * it is none, and neither is anything after the value that was gone by has been corrected.
 * @param visits - all of the patient, both hands, oldest first.
 */
export function forecastOutcome(
  sessionId: string,
  clinician: Pick<ClinicianForecast, 'side' | 'lastN'>,
  visits: readonly PinchOfVisit[],
): ForecastOutcome {
  const ofHand = visits.filter(({ side }) => side === clinician.side);
  const place = ofHand.findIndex((visit) => visit.sessionId === sessionId);
  const from = ofHand[place];
  if (from === undefined || Math.abs(from.pinchPeakN - clinician.lastN) > 1e-9) return { kind: 'corrected' };
  const next = ofHand.slice(place + 1).find(({ at }) => at > from.at);
  if (next === undefined) return { kind: 'waiting' };
  if (next.deviceId !== from.deviceId) return { kind: 'other-device', at: next.at };
  return {
    kind: 'scored',
    sessionId: next.sessionId as Extract<ForecastOutcome, { kind: 'scored' }>['sessionId'],
    at: next.at,
    pinchPeakN: next.pinchPeakN,
  };
}
