import { hypergeometricUpperTail } from '../numerics/hypergeometric.ts';
import type { TraceMask } from './trace-marks.ts';
import { equalAreaBeside, selectionBeside, type TwoStepSets } from './two-step-sets.ts';

/**
 * Chance that as many marked steps, each drawn by itself, overlap the selection at least as much (hypergeometric). It holds
 * for independent steps only. Steps of a trace are not: marks and relevance come in stretches, so that far larger
 * overlaps come up by chance. Over 2,000 draws of 60 steps with one mark of 8 to 24 steps anywhere it was 0.05 or less in
 * 7 to 14 % of them where relevance was noise smoothed over 6 steps, and in 14 to 33 % where it came in 8 bands. For traces
 * read the p of markOverlap.
 * @param selected - 0 and 1, one a step. @param mask - the marks.
 * @returns 0..1; null when the overlap says nothing.
 * @throws RangeError when lengths differ, are 0, or anything but 0 and 1 is in them.
 */
export function independentStepsP(selected: TraceMask, mask: TraceMask): number | null {
  return upperTail(selectionBeside(selected, mask));
}

/**
 * The same for as many steps of largest relevance, in size, as are marked; the mean over the order of tied steps.
 * Holds for independent steps only, as {@link independentStepsP}.
 * @throws RangeError when lengths differ, are 0, or a number is not finite.
 */
export function equalAreaIndependentStepsP(relevance: ArrayLike<number>, mask: TraceMask): number | null {
  return upperTail(equalAreaBeside(relevance, mask));
}

function upperTail({ stepCount, marked, selected, tied, reason }: TwoStepSets): number | null {
  if (reason !== null) return null;
  const tail = tied.overlaps.reduce(
    (sum, { overlap, probability }) =>
      sum + probability * hypergeometricUpperTail(stepCount, marked, selected, overlap),
    0,
  );
  return Math.min(1, tail);
}
