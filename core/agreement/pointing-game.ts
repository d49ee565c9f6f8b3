import { absoluteRelevance, markReason, type OverlapMeasure } from './overlap-measure.ts';
import type { TraceMask } from './trace-marks.ts';

/**
 * Does the most relevant step lie in a mark, or at most `toleranceSteps` beside one? (Pointing game, Zhang et al. 2018,
 * Int J Comput Vis 126:1084.) Steps that share the largest size of relevance count as the share of them that hit.
 * Chance is the share of steps that would hit.
 * @param relevance - one number a step, any sign. @param mask - the clinician's marks.
 * @param toleranceSteps - whole number from 0, e.g. half the window of the explanation.
 * @returns 1 hit, 0 miss, between for ties; null, never a hit, for empty and full marks and without relevance.
 * @throws RangeError for another tolerance, when lengths differ or a number is not finite.
 */
export function pointingGame(
  relevance: ArrayLike<number>,
  mask: TraceMask,
  toleranceSteps = 0,
): OverlapMeasure {
  if (!Number.isSafeInteger(toleranceSteps) || toleranceSteps < 0) {
    throw new RangeError('a tolerance is a whole number of steps from 0');
  }
  const sizes = absoluteRelevance(relevance, mask);
  const largest = sizes.reduce((size, value) => Math.max(size, value), 0);
  const isNear = (step: number) =>
    mask.subarray(Math.max(0, step - toleranceSteps), step + toleranceSteps + 1).includes(1);
  const near = Array.from(mask, (_, step) => isNear(step));
  const reason =
    markReason(mask) ??
    (largest === 0 ? 'no-relevance' : near.every(Boolean) ? 'tolerance-covers-all' : null);
  if (reason !== null) return { value: null, chance: null, cannotSay: reason };
  const maxima = near.filter((_, step) => sizes[step] === largest);
  const share = (hits: readonly boolean[]) => hits.filter(Boolean).length / hits.length;
  return { value: share(maxima), chance: share(near), cannotSay: null };
}
