import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import { quantityText } from '../../app/measured-quantity.ts';

type Feature = WristStatePrediction['features'][number];

/**
 * Value and reference of a driver as text: measurements in their own unit (pinch in the unit it was typed in),
 * ratios in percent of what they are a ratio to. The model reads the best trial where the clinician reads the mean: the
 * text says so, or the two numbers of one hand would look like an error.
 */
export function driverTexts(
  feature: Feature | undefined,
  pinchUnit: ForceUnit,
): { measured: string; reference: string | null } {
  if (!feature || feature.value === null) return { measured: 'not measured', reference: null };
  const { measured, measuredReference, measuredUnit } = feature;
  if (measured !== null) {
    return {
      measured: `${quantityText(measured, measuredUnit, pinchUnit)}${measuredUnit === 'N' ? ', best trial' : ''}`,
      reference: measuredReference === null ? null : quantityText(measuredReference, measuredUnit, pinchUnit),
    };
  }
  const scale = feature.unit === 'ratio' ? 100 : 1;
  return {
    measured: `${(scale * feature.value).toFixed(0)} %${feature.unit === 'ratio' ? ', best trials' : ''}`,
    reference: feature.referenceValue === null ? null : `${(scale * feature.referenceValue).toFixed(0)} %`,
  };
}
