import type { AffectedSide, Measure, Side } from '../contract/schemas/clinical.ts';
import { measureOf } from './measures.ts';
import { percentOfOther } from './trial-summary.ts';

/** One hand as a percentage of the other, or the reason why no such number is given. */
export type OtherHandShare = { percent: number; reason: null } | { percent: null; reason: string };

export const otherSide = (side: Side): Side => (side === 'right' ? 'left' : 'right');

export const BOTH_AFFECTED = 'both hands are affected, so neither is the measure of the other';

/** Why a measure of this patient has no percentage of the other hand at all; null when it has. */
export function whyNoOtherHand(measure: Measure, affectedSide: AffectedSide): string | null {
  if (!measureOf(measure).isSided) return 'it is a value of the whole person';
  return affectedSide === 'both' ? BOTH_AFFECTED : null;
}

/**
 * One hand in percent of the other at the same visit.
 * @param own, other the values in one unit, by one rule, with a text that names the device; null when not measured.
 * @returns never a number when both hands are affected, when the other was not measured or is zero, or when another
 * device measured it.
 */
export function shareOfOtherHand(
  measure: Measure,
  affectedSide: AffectedSide,
  own: { valueSi: number; device: string } | null,
  other: { valueSi: number; device: string } | null,
): OtherHandShare {
  const general = whyNoOtherHand(measure, affectedSide);
  if (general !== null) return { percent: null, reason: general };
  if (own === null) return { percent: null, reason: 'this hand was not measured' };
  if (other === null) return { percent: null, reason: 'the other hand was not measured that day' };
  if (own.device !== other.device) {
    return { percent: null, reason: 'the other hand was measured with another device' };
  }
  const percent = percentOfOther(own.valueSi, other.valueSi);
  return percent === null
    ? { percent: null, reason: 'the other hand gave no measurable value' }
    : { percent, reason: null };
}
