import { FEATURE_NAMES } from '../../../core/clinical/answer-names.ts';
import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import { driverTexts } from './driver-texts.ts';

/** Below a third more or less than expected, a value is no reason to look at it first. */
const WORTH_NAMING = Math.log(4 / 3);
const MOST = 4;

/**
 * The values furthest from what is expected of this person, in proportion, largest first: where to look when a result is
 * out of range. Which of them made the model refuse is not known: the check looks at all of them together.
 * @returns at most four, e.g. "radial deviation strength 18.0 N·m (expected 7.9 N·m)".
 */
export function furthestValues(features: WristStatePrediction['features'], pinchUnit: ForceUnit): string[] {
  return features
    .flatMap((feature) => {
      const { value, referenceValue } = feature;
      if (value === null || referenceValue === null || value <= 0 || referenceValue <= 0) return [];
      return [{ feature, distance: Math.abs(Math.log(value / referenceValue)) }];
    })
    .filter(({ distance }) => distance > WORTH_NAMING)
    .sort((a, b) => b.distance - a.distance)
    .slice(0, MOST)
    .map(({ feature }) => {
      const { measured, reference } = driverTexts(feature, pinchUnit);
      return `${FEATURE_NAMES[feature.id]} ${measured} (expected ${reference})`;
    });
}
