import { hypergeometric, hypergeometricUpperTail } from '../numerics/hypergeometric.ts';
import { chanceCorrected } from './chance-corrected.ts';
import { diagnosticFigures } from './diagnostic-table.ts';
import { type CannotSayReason, markReason, type OverlapMeasure } from './overlap-measure.ts';
import { overlapOfMostRelevant, type TiedOverlap } from './step-selection.ts';
import { markedCount, type TraceMask, traceMask } from './trace-marks.ts';

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

/** Two sets of steps of one trace. Chance levels: means over all sets of marked steps of the same size. */
export interface MaskOverlap extends Readonly<Record<MaskMeasure, OverlapMeasure>> {
  stepCount: number;
  markedCount: number;
  selectedCount: number;
  /** Steps in both; a mean where selected steps are tied. */
  overlap: number;
  /** Chance that as many steps drawn at random overlap at least as much (hypergeometric); null when it says nothing. */
  p: number | null;
}

/**
 * Overlap of selected steps with the marks: shared over united steps, Dice coefficient, kappa, AC1, Matthews
 * correlation, sensitivity and specificity of the selection for the marks.
 * @param selected - 0 and 1, one a step. @param mask - the marks.
 * @throws RangeError when lengths differ, are 0, or anything but 0 and 1 is in them.
 */
export function maskOverlap(selected: TraceMask, mask: TraceMask): MaskOverlap {
  return allMeasures(selectionBeside(selected, mask));
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
  return allMeasures(equalAreaBeside(relevance, mask));
}

/** One measure of {@link equalAreaOverlap} alone. @throws RangeError as there. */
export function equalAreaMeasure(
  name: MaskMeasure,
  relevance: ArrayLike<number>,
  mask: TraceMask,
): OverlapMeasure {
  return measureOf(equalAreaBeside(relevance, mask), name);
}

/** Sizes of two sets of steps and how many steps they may share. */
interface TwoSets {
  stepCount: number;
  marked: number;
  selected: number;
  tied: TiedOverlap;
  reason: CannotSayReason | null;
}

function selectionBeside(selected: TraceMask, mask: TraceMask): TwoSets {
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

function equalAreaBeside(relevance: ArrayLike<number>, mask: TraceMask): TwoSets {
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

function allMeasures(sets: TwoSets): MaskOverlap {
  const { stepCount, marked, selected, tied, reason } = sets;
  const tail = tied.overlaps.reduce(
    (sum, { overlap, probability }) =>
      sum + probability * hypergeometricUpperTail(stepCount, marked, selected, overlap),
    0,
  );
  const measures = MASK_MEASURES.map((name) => [name, measureOf(sets, name)] as const);
  return {
    ...(Object.fromEntries(measures) as Record<MaskMeasure, OverlapMeasure>),
    stepCount,
    markedCount: marked,
    selectedCount: selected,
    overlap: tied.expected,
    p: reason === null ? Math.min(1, tail) : null,
  };
}

function measureOf(
  { stepCount, marked, selected, tied, reason }: TwoSets,
  name: MaskMeasure,
): OverlapMeasure {
  const mean = (over: TiedOverlap['overlaps']): number | null => {
    let sum = 0;
    for (const { overlap, probability } of over) {
      const value = MEASURES[name]({ stepCount, marked, selected, overlap });
      if (value === null) return null;
      sum += probability * value;
    }
    return sum;
  };
  const { least, probabilities } = hypergeometric(stepCount, marked, selected);
  const atRandom = Array.from(probabilities, (probability, index) => ({
    overlap: least + index,
    probability,
  }));
  return { value: mean(tied.overlaps), chance: mean(atRandom), cannotSay: reason };
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
