import { hypergeometric } from '../numerics/hypergeometric.ts';
import { chanceCorrected } from './chance-corrected.ts';
import { diagnosticFigures } from './diagnostic-table.ts';
import type { OverlapMeasure } from './overlap-measure.ts';
import type { TiedOverlap } from './step-selection.ts';
import type { TraceMask } from './trace-marks.ts';
import { equalAreaBeside, selectionBeside, type TwoStepSets } from './two-step-sets.ts';

/** Measures of a set of selected steps beside the marked ones. */
export const MASK_MEASURES = [
  'intersectionOverUnion',
  'dice',
  'kappa',
  'gwetAgreement',
  'matthewsCorrelation',
  'sensitivity',
  'specificity',
] as const;
export type MaskMeasure = (typeof MASK_MEASURES)[number];

/**
 * Two sets of steps of one trace. Chance levels: means over all sets of marked steps of the same size, as if each step was
 * marked by itself; those of marks in stretches are in {@link overlapBesideMarksElsewhere}.
 */
export interface MaskOverlap extends Readonly<Record<MaskMeasure, OverlapMeasure>> {
  stepCount: number;
  markedCount: number;
  selectedCount: number;
  /** Steps in both; a mean where selected steps are tied. */
  overlap: number;
}

/**
 * Overlap of selected steps with the marks: shared over united steps, Dice coefficient, kappa, AC1, Matthews
 * correlation, sensitivity and specificity of the selection for the marks.
 * @param selected - 0 and 1, one a step. @param mask - the marks.
 * @throws RangeError when lengths differ, are 0, or anything but 0 and 1 is in them.
 */
export function maskOverlap(selected: TraceMask, mask: TraceMask): MaskOverlap {
  return overlapOfSets(selectionBeside(selected, mask));
}

/** One measure of {@link maskOverlap} alone. @throws RangeError as there. */
export function maskMeasure(name: MaskMeasure, selected: TraceMask, mask: TraceMask): OverlapMeasure {
  return measureOf(selectionBeside(selected, mask), name);
}

/**
 * Overlap of the marks with as many steps of largest relevance, in size: neither side can win by marking more. Every
 * measure is the mean over the order of tied steps.
 * @throws RangeError when lengths differ, are 0, or a number is not finite.
 */
export function equalAreaOverlap(relevance: ArrayLike<number>, mask: TraceMask): MaskOverlap {
  return overlapOfSets(equalAreaBeside(relevance, mask));
}

/** One measure of {@link equalAreaOverlap} alone. @throws RangeError as there. */
export function equalAreaMeasure(
  name: MaskMeasure,
  relevance: ArrayLike<number>,
  mask: TraceMask,
): OverlapMeasure {
  return measureOf(equalAreaBeside(relevance, mask), name);
}

/** All measures of two sets of steps. */
export function overlapOfSets(sets: TwoStepSets): MaskOverlap {
  const { stepCount, marked, selected, tied } = sets;
  const measures = MASK_MEASURES.map((name) => [name, measureOf(sets, name)] as const);
  return {
    ...(Object.fromEntries(measures) as Record<MaskMeasure, OverlapMeasure>),
    stepCount,
    markedCount: marked,
    selectedCount: selected,
    overlap: tied.expected,
  };
}

/**
 * Mean of one measure over numbers of shared steps, the sizes of both sets being given.
 * @param overlaps - with their probabilities, which sum to 1. @returns null where the measure is 0 / 0 for one of them.
 */
export function meanOverOverlaps(
  name: MaskMeasure,
  overlaps: TiedOverlap['overlaps'],
  { stepCount, marked, selected }: Pick<TwoStepSets, 'stepCount' | 'marked' | 'selected'>,
): number | null {
  let sum = 0;
  for (const { overlap, probability } of overlaps) {
    const value = MEASURES[name]({ stepCount, marked, selected, overlap });
    if (value === null) return null;
    sum += probability * value;
  }
  return sum;
}

function measureOf(sets: TwoStepSets, name: MaskMeasure): OverlapMeasure {
  const { stepCount, marked, selected, tied, reason } = sets;
  const { least, probabilities } = hypergeometric(stepCount, marked, selected);
  const atRandom = Array.from(probabilities, (probability, index) => ({
    overlap: least + index,
    probability,
  }));
  return {
    value: meanOverOverlaps(name, tied.overlaps, sets),
    chance: meanOverOverlaps(name, atRandom, sets),
    cannotSay: reason,
  };
}

interface OverlapCounts {
  stepCount: number;
  marked: number;
  selected: number;
  overlap: number;
}

const MEASURES: Readonly<Record<MaskMeasure, (counts: OverlapCounts) => number | null>> = {
  intersectionOverUnion: ({ marked, selected, overlap }) => {
    const union = marked + selected - overlap;
    return union === 0 ? null : overlap / union;
  },
  dice: ({ marked, selected, overlap }) =>
    marked + selected === 0 ? null : (2 * overlap) / (marked + selected),
  kappa: (counts) => chanceCorrected(tableOf(counts), 'cohen').value,
  gwetAgreement: (counts) => chanceCorrected(tableOf(counts), 'gwet').value,
  matthewsCorrelation: (counts) => {
    const [[truePositives, falsePositives], [falseNegatives, trueNegatives]] = tableOf(counts);
    return diagnosticFigures({ truePositives, falsePositives, falseNegatives, trueNegatives })
      .matthewsCorrelation;
  },
  sensitivity: ({ marked, overlap }) => (marked === 0 ? null : overlap / marked),
  specificity: ({ stepCount, marked, selected, overlap }) =>
    marked === stepCount ? null : 1 - (selected - overlap) / (stepCount - marked),
};

type TwoByTwo = [[number, number], [number, number]];
function tableOf({ stepCount, marked, selected, overlap }: OverlapCounts): TwoByTwo {
  return [
    [overlap, selected - overlap],
    [marked - overlap, stepCount - marked - selected + overlap],
  ];
}
