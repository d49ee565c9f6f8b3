import type { Measure } from '../contract/schemas/clinical.ts';
import { measureOf } from './measures.ts';
import type { ParsedMeasurement } from './parse-measurement.ts';

/** The contract's upper bound of a stored value. */
const MAX_SI = 2000;

/**
 * Why a readable number cannot be this measure's value at all; null when it can. Beyond what is unusual, which is asked.
 * @param valueSi in the stored unit of the measure, finite, >= 0.
 */
export function rangeProblem(measure: Measure, valueSi: number): string | null {
  const { quantity, name, askAbove } = measureOf(measure);
  if (quantity === 'score' && valueSi > askAbove) {
    return `A ${name} lies between 0 and ${askAbove}. Check the number.`;
  }
  if (quantity === 'angle' && valueSi > 360) return 'A joint cannot move this far. Check the number.';
  if (valueSi <= MAX_SI) return null;
  return quantity === 'duration'
    ? 'This is longer than a test can last. Check the number.'
    : 'This is more than any gauge can show. Check the number and the unit.';
}

/** Why text is no number, for the measure it stands under: degrees, seconds and points are no strengths. */
export function problemSentence(measure: Measure, parsed: Extract<ParsedMeasurement, { ok: false }>): string {
  const { quantity } = measureOf(measure);
  if (quantity === 'force' || quantity === 'torque') return parsed.sentence;
  switch (parsed.problem) {
    case 'negative':
      return quantity === 'angle'
        ? 'Degrees are kept from 0 on. Type 0, and note a lag below zero in words.'
        : 'This cannot be below zero. Type the number without the minus sign.';
    case 'letters':
      return 'Type the number only, for example 42.';
    case 'exponent':
      return 'Type the number in full, for example 42, without the letter e.';
    case 'too-large':
    case 'too-many-digits':
      return 'This is not a number of such a test. Type at most four digits, and three after the decimal mark.';
    default:
      return parsed.sentence;
  }
}
