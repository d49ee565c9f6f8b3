import type { ScoredForecast } from '../../../core/agreement/forecast-score.ts';
import type { ForecastRow } from '../../../core/contract/schemas/forecast.ts';

/** The forecasts whose next visit has come, with the 50 % range of the network where it gave one. */
export const scoredForecasts = (rows: readonly ForecastRow[]): ScoredForecast[] =>
  rows.flatMap(({ patientId, clinician, model, outcome }) =>
    outcome.kind !== 'scored'
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
        ],
  );
