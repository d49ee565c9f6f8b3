import { ANSWER_NAMES, FEATURE_NAMES } from '../../core/clinical/answer-names.ts';
import type { WristClass } from '../../core/contract/schemas/clinical.ts';
import type { FeatureId, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import { PINCH_NOISE, TORQUE_NOISE } from '../../core/inference/measured-again.ts';
import { signedNumber } from './signed-number.ts';

/** One change of a single measurement that changes the call. */
export interface CallChange {
  measurement: string;
  /** As measured, e.g. "2.70 N·m"; of key pinch the best trial, as on the result. */
  now: string;
  /** At which the call is another one, rounded away from today's value: "2.66 N·m or less", the words only where it holds to the limit. */
  needed: string;
  /** Of today's value, e.g. "−1.5 %". */
  change: string;
  /** No larger than what one measurement scatters when it is repeated. */
  isWithinScatter: boolean;
  newClass: string;
}

interface ChangedFeature {
  feature: WristStatePrediction['features'][number];
  value: number;
  delta: number;
  newClass: WristClass;
  /** Whether the model answers that class from the value to the limit of the training people. */
  isToLimit: boolean;
}

/** Usual scatter of one measurement, share of its value (one standard deviation, an assumption of the simulation). */
export const scatterOf = (id: FeatureId): number => (id.startsWith('wrist-') ? TORQUE_NOISE : PINCH_NOISE);

/**
 * A change in words, in the unit of the measurement. Percent of expected is proportional to what was measured, so that the
 * measured value moves by the same share; so does a ratio with the measurement above its line.
 * @param toUnit - a measured value in the unit of the screen.
 */
export function callChange(
  { feature, value, delta, newClass, isToLimit }: ChangedFeature,
  toUnit: (value: number, unit: string) => { value: number; unit: string },
): CallChange {
  const own = value - delta;
  const hasMeasured = feature.measured !== null && own !== 0;
  const shown = (at: number) =>
    hasMeasured
      ? toUnit((feature.measured! * at) / own, feature.measuredUnit)
      : { value: feature.unit === 'ratio' ? 100 * at : at, unit: '%' };
  const digits = shown(own).unit === '%' || shown(own).unit === 'N' ? 1 : 2;
  const factor = 10 ** digits;
  const there = shown(value);
  const rounded = (delta > 0 ? Math.ceil(there.value * factor) : Math.floor(there.value * factor)) / factor;
  const further = isToLimit ? ` or ${delta > 0 ? 'more' : 'less'}` : '';
  const best = bestTrialWords(feature, hasMeasured);
  return {
    measurement: FEATURE_NAMES[feature.id],
    now: `${shown(own).value.toFixed(digits)} ${there.unit}${best}`,
    needed: `${rounded.toFixed(digits)} ${there.unit}${further}${best}`,
    change: own === 0 ? '' : `${signedNumber((100 * delta) / Math.abs(own), 1)} %`,
    isWithinScatter: own !== 0 && Math.abs(delta / own) <= scatterOf(feature.id),
    newClass: ANSWER_NAMES[newClass],
  };
}

/** The model reads the best trial where the clinician reads the mean. */
function bestTrialWords({ unit, measuredUnit }: ChangedFeature['feature'], hasMeasured: boolean): string {
  if (hasMeasured) return measuredUnit === 'N' ? ', best trial' : '';
  return unit === 'ratio' ? ', best trials' : '';
}

/**
 * How little it takes, of all changes that change the call; null when each is larger than the scatter of one measurement.
 */
export function scatterSentence(changes: readonly Pick<CallChange, 'isWithinScatter'>[]): string | null {
  const within = changes.filter(({ isWithinScatter }) => isWithinScatter).length;
  if (within === 0) return null;
  return `${within} of ${changes.length} ${changes.length === 1 ? 'change' : 'changes'} ${within === 1 ? 'is' : 'are'} smaller than the scatter of one measurement: this call hangs by a thread.`;
}
