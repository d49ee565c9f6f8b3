import { hypergeometric } from '../numerics/hypergeometric.ts';
import { absoluteRelevance } from './overlap-measure.ts';
import type { TraceMask } from './trace-marks.ts';

/** Number of selected steps inside the marks, with the chance of each over the order of tied steps. */
export interface TiedOverlap {
  overlaps: readonly { overlap: number; probability: number }[];
  /** Mean over the order of tied steps. */
  expected: number;
}

/**
 * The `count` steps of largest relevance in size; of steps tied at the border the earliest. For drawing and for events;
 * {@link overlapOfMostRelevant} counts without preferring any.
 * @param count - 0 to the number of steps. @throws RangeError otherwise and for relevance that is not finite.
 */
export function mostRelevantSteps(relevance: ArrayLike<number>, count: number): TraceMask {
  const selected = new Uint8Array(relevance.length);
  const sizes = absoluteRelevance(relevance, selected);
  checkCount(count, sizes.length);
  const order = Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  for (const step of order.slice(0, count)) selected[step] = 1;
  return selected;
}

/**
 * The steps whose relevance is at least half the largest, in size; none when there is no relevance at all.
 * @throws RangeError for relevance that is not finite and for no step.
 */
export function halfMaximumSteps(relevance: ArrayLike<number>): TraceMask {
  const selected = new Uint8Array(relevance.length);
  const sizes = absoluteRelevance(relevance, selected);
  const largest = sizes.reduce((size, value) => Math.max(size, value), 0);
  return largest === 0 ? selected : selected.map((_, step) => (sizes[step]! >= 0.5 * largest ? 1 : 0));
}

/**
 * How many of the `count` steps of largest relevance, in size, are marked. Where steps are tied at the border, each
 * choice among them is equally likely, which makes the number hypergeometric.
 * @param count - 0 to the number of steps. @throws RangeError otherwise, when lengths differ or a number is not finite.
 */
export function overlapOfMostRelevant(
  relevance: ArrayLike<number>,
  mask: TraceMask,
  count: number,
): TiedOverlap {
  const sizes = absoluteRelevance(relevance, mask);
  checkCount(count, sizes.length);
  if (count === 0) return { overlaps: [{ overlap: 0, probability: 1 }], expected: 0 };
  const border = Float64Array.from(sizes).sort()[sizes.length - count]!;
  let above = 0;
  let markedAbove = 0;
  let tied = 0;
  let markedTied = 0;
  for (const [step, size] of sizes.entries()) {
    if (size > border) {
      above += 1;
      markedAbove += mask[step]!;
    } else if (size === border) {
      tied += 1;
      markedTied += mask[step]!;
    }
  }
  const { least, probabilities } = hypergeometric(tied, markedTied, count - above);
  return {
    overlaps: Array.from(probabilities, (probability, index) => ({
      overlap: markedAbove + least + index,
      probability,
    })),
    expected: markedAbove + ((count - above) * markedTied) / tied,
  };
}

function checkCount(count: number, stepCount: number): void {
  if (!Number.isSafeInteger(count) || count < 0 || count > stepCount) {
    throw new RangeError(`of ${stepCount} steps ${count} cannot be selected`);
  }
}
