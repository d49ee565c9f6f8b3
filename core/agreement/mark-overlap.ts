import type { ChanceDistribution } from './chance-distribution.ts';
import { type EventMatching, MATCHING_IOU, matchEvents } from './event-matching.ts';
import { equalAreaMeasure, maskMeasure } from './mask-overlap.ts';
import { type OverlapOnTrace, overlapBesideMarksElsewhere } from './overlap-beside-marks-elsewhere.ts';
import { type OverlapMeasure, readableValue } from './overlap-measure.ts';
import { pointingGame } from './pointing-game.ts';
import { chanceOfRandomMarks, type RandomMarksOptions } from './random-marks.ts';
import { relevanceMass } from './relevance-mass.ts';
import {
  areaUnderCurve,
  averagePrecision,
  pointBiserialCorrelation,
  rankAccuracy,
} from './relevance-ranking.ts';
import { halfMaximumSteps } from './step-selection.ts';
import { eventsOfMask, type TraceEvent, type TraceMask } from './trace-marks.ts';
import { equalAreaBeside, selectionBeside } from './two-step-sets.ts';

export interface MarkOverlapOptions {
  /** Of the pointing game, steps; 0 when absent. */
  toleranceSteps?: number;
  /** Least overlap of matched events; {@link MATCHING_IOU} when absent. */
  minimumIou?: number;
  /** Where marks of the same lengths are put elsewhere for comparison. */
  random: RandomMarksOptions;
}

/** Measures compared with marks of the same lengths elsewhere. Kappa, Dice and the like follow the shared steps. */
export const COMPARED_MEASURES = [
  'massAbsolute',
  'massPositive',
  'massSigned',
  'rankAccuracy',
  'areaUnderCurve',
  'averagePrecision',
  'pointingGame',
  'intersectionOverUnionEqualArea',
  'intersectionOverUnionHalfMaximum',
  'eventF1',
] as const;
export type ComparedMeasure = (typeof COMPARED_MEASURES)[number];

/**
 * How an explanation of a trace lies beside the clinician's marks. It says whether the two look at the same place, not
 * whether either is right.
 */
export interface MarkOverlap {
  mass: { absolute: OverlapMeasure; positive: OverlapMeasure; signed: OverlapMeasure };
  rankAccuracy: OverlapMeasure;
  areaUnderCurve: OverlapMeasure;
  averagePrecision: OverlapMeasure;
  pointBiserial: OverlapMeasure;
  pointingGame: OverlapMeasure;
  /** As many most relevant steps as are marked; p and chance levels from marks of the same lengths elsewhere. */
  equalArea: OverlapOnTrace;
  /** Steps of at least half the largest relevance; likewise. */
  halfMaximum: OverlapOnTrace;
  /** Stretches of at least half the largest relevance, matched with the marks. */
  events: EventMatching & { modelEvents: TraceEvent[]; clinicianEvents: TraceEvent[] };
  /** Each measure over marks of the same lengths elsewhere; null where it has no value to compare. */
  random: Record<ComparedMeasure, ChanceDistribution | null>;
}

/**
 * All measures of one recording.
 * @param relevance - one number a step, any sign. @param mask - the clinician's marks, one 0 or 1 a step.
 * @throws RangeError when lengths differ or are 0, a relevance is not finite, or an option is out of range.
 */
export function markOverlap(
  relevance: ArrayLike<number>,
  mask: TraceMask,
  { toleranceSteps = 0, minimumIou = MATCHING_IOU, random }: MarkOverlapOptions,
): MarkOverlap {
  const selected = halfMaximumSteps(relevance);
  const modelEvents = eventsOfMask(selected);
  const eventsOf = (marks: TraceMask) =>
    matchEvents(modelEvents, eventsOfMask(marks), marks.length, minimumIou);
  const compared: Record<ComparedMeasure, (marks: TraceMask) => number | null> = {
    massAbsolute: (marks) => readableValue(relevanceMass(relevance, marks, 'absolute')),
    massPositive: (marks) => readableValue(relevanceMass(relevance, marks, 'positive')),
    massSigned: (marks) => readableValue(relevanceMass(relevance, marks, 'signed')),
    rankAccuracy: (marks) => readableValue(rankAccuracy(relevance, marks)),
    areaUnderCurve: (marks) => readableValue(areaUnderCurve(relevance, marks)),
    averagePrecision: (marks) => readableValue(averagePrecision(relevance, marks)),
    pointingGame: (marks) => readableValue(pointingGame(relevance, marks, toleranceSteps)),
    intersectionOverUnionEqualArea: (marks) =>
      readableValue(equalAreaMeasure('intersectionOverUnion', relevance, marks)),
    intersectionOverUnionHalfMaximum: (marks) =>
      readableValue(maskMeasure('intersectionOverUnion', selected, marks)),
    eventF1: (marks) => {
      const { cannotSay, f1 } = eventsOf(marks);
      return cannotSay === null ? f1 : null;
    },
  };
  return {
    mass: {
      absolute: relevanceMass(relevance, mask, 'absolute'),
      positive: relevanceMass(relevance, mask, 'positive'),
      signed: relevanceMass(relevance, mask, 'signed'),
    },
    rankAccuracy: rankAccuracy(relevance, mask),
    areaUnderCurve: areaUnderCurve(relevance, mask),
    averagePrecision: averagePrecision(relevance, mask),
    pointBiserial: pointBiserialCorrelation(relevance, mask),
    pointingGame: pointingGame(relevance, mask, toleranceSteps),
    equalArea: overlapBesideMarksElsewhere((marks) => equalAreaBeside(relevance, marks), mask, random),
    halfMaximum: overlapBesideMarksElsewhere((marks) => selectionBeside(selected, marks), mask, random),
    events: { ...eventsOf(mask), modelEvents, clinicianEvents: eventsOfMask(mask) },
    random: Object.fromEntries(
      COMPARED_MEASURES.map((name) => [name, chanceOfRandomMarks(mask, compared[name], random)]),
    ) as Record<ComparedMeasure, ChanceDistribution | null>,
  };
}
