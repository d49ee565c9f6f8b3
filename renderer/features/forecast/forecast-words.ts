import { valueText } from '../../../core/clinical/stored-value.ts';
import type {
  ForecastHand,
  ForecastOutcome,
  ForecastRow,
  ModelForecast,
} from '../../../core/contract/schemas/forecast.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import { shortDate } from '../../ui/calendar-date.ts';

export const rangeText = (range: readonly [number, number], unit: ForceUnit): string =>
  `${valueText(range[0], unit).replace(` ${unit}`, '')} to ${valueText(range[1], unit)}`;

/** The 50 % range of the network; null when it was refused. */
export const halfRangeOf = (model: ModelForecast | null): readonly [number, number] | null =>
  model?.quantilesN ? [model.quantilesN[1], model.quantilesN[3]] : null;

export const REASON_WORDS: Readonly<Record<ModelForecast['reasons'][number], string>> = {
  'one-visit': 'only one visit to go by',
  'early-after-surgery': 'early after surgery, when courses differ most',
  'no-other-hand': 'the other hand is no help: not measured, or affected too',
  'long-wait': 'a long time until the next visit',
  'members-disagree': 'the networks of the model disagree',
  'far-from-training': 'unlike most simulated patients the model was trained on',
};

const isInside = (value: number, [low, high]: readonly [number, number]) => value >= low && value <= high;

/** What came of a range, in words: never right or wrong, a 50 % range misses half of the time. */
export function outcomeWords(
  { outcome, clinician, model }: Pick<ForecastRow, 'outcome' | 'model'> & Pick<ForecastHand, 'clinician'>,
  unit: ForceUnit,
): string {
  switch (outcome.kind) {
    case 'waiting':
      return 'waits for the next visit';
    case 'other-device':
      return `not scored: the visit of ${shortDate(outcome.at)} was measured with another device`;
    case 'device-not-named':
      return `not scored: the device is not named on both days, so the visit of ${shortDate(outcome.at)} is not compared`;
    case 'not-three-trials':
      return `not scored: best of ${outcome.trials[0]} and of ${outcome.trials[1]} trials on ${shortDate(outcome.at)}; only the best of three on both days are compared`;
    case 'corrected':
      return 'not scored: the value it was made on was corrected, or the session put under another patient, afterwards';
    case 'known-before':
      return `not scored: the visit of ${shortDate(outcome.at)} had begun before the forecast was locked`;
    case 'scored': {
      const value = `${valueText(outcome.pinchPeakN, unit)} on ${shortDate(outcome.at)}`;
      const own = clinician && isInside(outcome.pinchPeakN, [clinician.lowN, clinician.highN]);
      const half = halfRangeOf(model);
      const parts = [`${own ? 'inside' : 'outside'} the clinician’s range`];
      if (half) parts.push(`${isInside(outcome.pinchPeakN, half) ? 'inside' : 'outside'} the model’s`);
      if (outcome.isFarFromPlan) {
        parts.push('at less than half or more than twice the planned time, so in no figure');
      }
      if (outcome.isCorrectedSince) parts.push('scored as first saved, the value was changed since');
      return `${value}: ${parts.join(', ')}`;
    }
  }
}

export const truthOf = (outcome: ForecastOutcome): number | null =>
  outcome.kind === 'scored' ? outcome.pinchPeakN : null;
