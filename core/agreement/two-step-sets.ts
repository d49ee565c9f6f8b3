import { type CannotSayReason, markReason } from './overlap-measure.ts';
import { overlapOfMostRelevant, type TiedOverlap } from './step-selection.ts';
import { markedCount, type TraceMask, traceMask } from './trace-marks.ts';

/** Sizes of a selection of steps and of the marks on one trace, and how many steps they may share. */
export interface TwoStepSets {
  stepCount: number;
  marked: number;
  selected: number;
  tied: TiedOverlap;
  /** Why their overlap is no evidence; null when it can be read. */
  reason: CannotSayReason | null;
}

/**
 * A given selection beside the marks.
 * @param selected - 0 and 1, one a step. @param mask - the marks.
 * @throws RangeError when lengths differ, are 0, or anything but 0 and 1 is in them.
 */
export function selectionBeside(selected: TraceMask, mask: TraceMask): TwoStepSets {
  if (selected.length !== mask.length) {
    throw new RangeError(`two masks of one trace have one length, not ${selected.length} and ${mask.length}`);
  }
  const steps = traceMask(selected);
  const overlap = traceMask(mask).reduce((sum, value, step) => sum + value * steps[step]!, 0);
  const count = markedCount(steps);
  return {
    stepCount: mask.length,
    marked: markedCount(mask),
    selected: count,
    tied: { overlaps: [{ overlap, probability: 1 }], expected: overlap },
    reason: markReason(mask) ?? (count === 0 ? 'no-relevance' : null),
  };
}

/**
 * As many steps of largest relevance, in size, as are marked beside the marks.
 * @throws RangeError when lengths differ, are 0, or a number is not finite.
 */
export function equalAreaBeside(relevance: ArrayLike<number>, mask: TraceMask): TwoStepSets {
  const marked = markedCount(traceMask(mask));
  const hasRelevance = Array.from(relevance).some((value) => value !== 0);
  return {
    stepCount: mask.length,
    marked,
    selected: marked,
    tied: overlapOfMostRelevant(relevance, mask, marked),
    reason: markReason(mask) ?? (hasRelevance ? null : 'no-relevance'),
  };
}
