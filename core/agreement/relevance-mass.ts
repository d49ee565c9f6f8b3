import { absoluteRelevance, markReason, type OverlapMeasure } from './overlap-measure.ts';
import { markedCount, type TraceMask } from './trace-marks.ts';

/** Which relevance counts: its size, the part that speaks for the class, or for minus against. */
export type RelevanceSign = 'absolute' | 'positive' | 'signed';

/** Below this share of the sizes a signed total is rounding and cancellation. */
const CANCELLED = 1e-12;

/**
 * Share of the relevance that lies inside the marks (relevance mass accuracy, Arras, Osman & Samek 2022, Inf Fusion
 * 81:14). Chance is the share of marked steps.
 * @param relevance - one number a step, any sign; its scale does not matter. @param mask - the clinician's marks.
 * @returns 0..1; the signed share may lie outside. 0 for an empty mark and 1 for a full one, both no evidence.
 * @throws RangeError when lengths differ or a number is not finite.
 */
export function relevanceMass(
  relevance: ArrayLike<number>,
  mask: TraceMask,
  sign: RelevanceSign,
): OverlapMeasure {
  const sizes = absoluteRelevance(relevance, mask);
  const largest = sizes.reduce((size, value) => Math.max(size, value), 0);
  const chance = markedCount(mask) / mask.length;
  if (largest === 0) return { value: null, chance: null, cannotSay: 'no-relevance' };
  // Scaled first: sums of huge numbers stay finite.
  const counted = sizes.map((size, step) => {
    const scaled = (sign === 'absolute' ? size : relevance[step]!) / largest;
    return sign === 'positive' ? Math.max(0, scaled) : scaled;
  });
  const total = counted.reduce((sum, value) => sum + value, 0);
  if (total === 0 && sign === 'positive') return { value: null, chance: null, cannotSay: 'no-relevance' };
  const size = counted.reduce((sum, value) => sum + Math.abs(value), 0);
  if (Math.abs(total) <= CANCELLED * size) {
    return { value: null, chance: null, cannotSay: 'relevance-cancels' };
  }
  const inside = counted.reduce((sum, value, step) => sum + value * mask[step]!, 0);
  return { value: inside / total, chance, cannotSay: markReason(mask) };
}
