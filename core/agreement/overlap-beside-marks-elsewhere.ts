import { chanceDistribution } from './chance-distribution.ts';
import {
  MASK_MEASURES,
  type MaskMeasure,
  type MaskOverlap,
  meanOverOverlaps,
  overlapOfSets,
} from './mask-overlap.ts';
import { marksElsewhere, type RandomMarksOptions } from './random-marks.ts';
import type { TraceMask } from './trace-marks.ts';
import type { TwoStepSets } from './two-step-sets.ts';

/** Overlap of a selection with the marks, beside marks of the same lengths elsewhere. */
export interface OverlapOnTrace extends MaskOverlap {
  /** Share of marks of the same lengths elsewhere that share as many steps at least; null when it says nothing. */
  p: number | null;
}

/**
 * Overlap of selected steps with the marks, the chance levels and p from marks of the same lengths elsewhere: as marks and
 * relevance come in stretches, steps drawn one by one would call too much a match.
 *
 * At these sizes every measure grows with the shared steps, so one p serves all of them.
 * @param setsOf - the selection beside any marks of as many steps.
 * @throws RangeError as `setsOf` and {@link marksElsewhere}.
 */
export function overlapBesideMarksElsewhere(
  setsOf: (mask: TraceMask) => TwoStepSets,
  mask: TraceMask,
  options: RandomMarksOptions,
): OverlapOnTrace {
  const { kind, arrangements } = marksElsewhere(mask, options);
  const own = setsOf(mask);
  const overlap = overlapOfSets(own);
  const shared: number[] = [];
  /** How often each number of shared steps came up: all that the measures depend on. */
  const counts = new Float64Array(own.selected + 1);
  if (own.reason === null) {
    for (const arrangement of arrangements) {
      const { tied } = setsOf(arrangement);
      shared.push(tied.expected);
      for (const each of tied.overlaps) counts[each.overlap]! += each.probability;
    }
  }
  const overlaps = Array.from(counts, (count, steps) => ({
    overlap: steps,
    probability: count / shared.length,
  })).filter(({ probability }) => probability > 0);
  const chanceOf = (name: MaskMeasure) =>
    overlaps.length === 0 ? null : meanOverOverlaps(name, overlaps, own);
  const measures = MASK_MEASURES.map((name) => [name, { ...overlap[name], chance: chanceOf(name) }] as const);
  return {
    ...overlap,
    ...(Object.fromEntries(measures) as Pick<MaskOverlap, MaskMeasure>),
    p: own.reason === null ? chanceDistribution(kind, own.tied.expected, shared).p : null,
  };
}
