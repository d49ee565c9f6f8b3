import type { ScoredForecast } from '../../../core/agreement/forecast-score.ts';
import type { ForecastRow } from '../../../core/contract/schemas/forecast.ts';

/** What came of a forecast, as far as the figures are concerned. */
export type ForecastStanding = 'in-figures' | 'waiting' | 'not-scored' | 'far-from-plan' | 'sound-hand';

export function standingOf({ outcome, isOfSoundHand }: ForecastRow): ForecastStanding {
  if (isOfSoundHand === true) return 'sound-hand';
  if (outcome.kind === 'waiting') return 'waiting';
  if (outcome.kind !== 'scored') return 'not-scored';
  return outcome.isFarFromPlan ? 'far-from-plan' : 'in-figures';
}

/**
 * The forecasts that are in the figures, with the 50 % range of the network where it gave one: of the affected hand, whose next
 * visit has come, at about the time for which both were asked.
 */
export const scoredForecasts = (rows: readonly ForecastRow[]): ScoredForecast[] =>
  rows.flatMap((row) => {
    const { patientId, clinician, model, outcome } = row;
    return outcome.kind !== 'scored' || standingOf(row) !== 'in-figures'
      ? []
      : [
          {
            patientId,
            lastN: clinician.lastN,
            truthN: outcome.pinchPeakN,
            clinicianN: [clinician.lowN, clinician.highN] as const,
            modelN: model?.quantilesN ? ([model.quantilesN[1], model.quantilesN[3]] as const) : null,
            isModelRefused: model !== null && model.refusal !== null,
          },
        ];
  });
