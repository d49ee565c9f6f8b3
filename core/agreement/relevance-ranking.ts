import { averageRanks, pearsonCorrelation } from '../numerics/rank-correlation.ts';
import { absoluteRelevance, markReason, type OverlapMeasure } from './overlap-measure.ts';
import { overlapOfMostRelevant } from './step-selection.ts';
import { markedCount, type TraceMask } from './trace-marks.ts';

/** No value and why. */
const cannotSay = (reason: NonNullable<OverlapMeasure['cannotSay']>): OverlapMeasure => ({
  value: null,
  chance: null,
  cannotSay: reason,
});

/**
 * Share of the `count` most relevant steps that are marked (top-k intersection). Ties are averaged; chance is the
 * share of marked steps.
 * @param count - 1 to the number of steps.
 * @returns 0..1; 0 for an empty mark and 1 for a full one, both no evidence, as without relevance.
 * @throws RangeError for another count, when lengths differ or a relevance is not finite.
 */
export function topStepShare(relevance: ArrayLike<number>, mask: TraceMask, count: number): OverlapMeasure {
  const { expected } = overlapOfMostRelevant(relevance, mask, count);
  if (count === 0) throw new RangeError('a share of no steps is not defined');
  return {
    value: expected / count,
    chance: markedCount(mask) / mask.length,
    cannotSay: markReason(mask) ?? (hasRelevance(relevance) ? null : 'no-relevance'),
  };
}

/**
 * Of as many most relevant steps as are marked, the share that is marked (relevance rank accuracy, Arras, Osman & Samek
 * 2022, Inf Fusion 81:14). Ties are averaged: a flat explanation has exactly the chance level, the share of marked steps.
 * @returns 0..1; null for an empty mark; 1 for a full one, no evidence. @throws RangeError as {@link topStepShare}.
 */
export function rankAccuracy(relevance: ArrayLike<number>, mask: TraceMask): OverlapMeasure {
  const marked = markedCount(mask);
  absoluteRelevance(relevance, mask);
  return marked === 0 ? cannotSay('empty-mark') : topStepShare(relevance, mask, marked);
}

/**
 * Area under the receiver operating curve of the size of relevance: the chance that a marked step is more relevant
 * than an unmarked one, ties counted half (Mann & Whitney 1947). Chance is one half.
 * @returns 0..1; null for empty and full marks; one half without relevance, no evidence.
 * @throws RangeError when lengths differ or a relevance is not finite.
 */
export function areaUnderCurve(relevance: ArrayLike<number>, mask: TraceMask): OverlapMeasure {
  const sizes = absoluteRelevance(relevance, mask);
  const reason = markReason(mask);
  if (reason !== null) return cannotSay(reason);
  const marked = markedCount(mask);
  const rankSum = averageRanks(sizes).reduce((sum, rank, step) => sum + rank * mask[step]!, 0);
  return {
    value: (rankSum - (marked * (marked + 1)) / 2) / (marked * (mask.length - marked)),
    chance: 0.5,
    cannotSay: hasRelevance(relevance) ? null : 'no-relevance',
  };
}

/**
 * Average precision: over falling thresholds of the size of relevance, the precision weighted by the gain in recall;
 * steps that are tied enter together. Chance is the mean over all marks of as many steps, at the same ties.
 * @returns 0..1; null for an empty mark; 1 for a full one, no evidence, as without relevance.
 * @throws RangeError when lengths differ or a relevance is not finite.
 */
export function averagePrecision(relevance: ArrayLike<number>, mask: TraceMask): OverlapMeasure {
  const sizes = absoluteRelevance(relevance, mask);
  const marked = markedCount(mask);
  const steps = mask.length;
  if (marked === 0) return cannotSay('empty-mark');
  const order = Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]!);
  // Chance that one more given step is marked when one is.
  const another = steps === 1 ? 0 : (marked - 1) / (steps - 1);
  let found = 0;
  let value = 0;
  let chance = 0;
  for (let taken = 0; taken < steps; ) {
    const size = sizes[order[taken]!]!;
    let end = taken;
    let gained = 0;
    while (end < steps && sizes[order[end]!] === size) gained += mask[order[end++]!]!;
    found += gained;
    value += ((gained / marked) * found) / end;
    chance += ((end - taken) / steps) * ((1 + (end - 1) * another) / end);
    taken = end;
  }
  return {
    value,
    chance,
    cannotSay: markReason(mask) ?? (hasRelevance(relevance) ? null : 'no-relevance'),
  };
}

/**
 * Point-biserial correlation of the size of relevance with the marks, -1 to 1: Pearson's correlation with 0 and 1.
 * Chance is 0.
 * @returns null for empty and full marks and for flat relevance.
 * @throws RangeError when lengths differ or a relevance is not finite.
 */
export function pointBiserialCorrelation(relevance: ArrayLike<number>, mask: TraceMask): OverlapMeasure {
  const sizes = absoluteRelevance(relevance, mask);
  const reason = markReason(mask) ?? (hasRelevance(relevance) ? null : 'no-relevance');
  if (reason !== null) return cannotSay(reason);
  // Scaled first: squares of huge or tiny relevance would leave the range of numbers.
  const largest = sizes.reduce((size, value) => Math.max(size, value), 0);
  const value = pearsonCorrelation(
    sizes.map((size) => size / largest),
    mask,
  );
  return value === null ? cannotSay('flat-relevance') : { value, chance: 0, cannotSay: null };
}

const hasRelevance = (relevance: ArrayLike<number>) => Array.from(relevance).some((value) => value !== 0);
