import type { ConformalThreshold } from './conformal-rank.ts';
import { labelsWithin } from './conformal-sets.ts';
import { calibrateGroups } from './group-conditional.ts';
import { checkProbabilityRows } from './probability-rows.ts';

/** Thresholds of class-conditional (Mondrian) conformal sets with the score 1 - probability (LAC). */
export interface ClassConditionalCalibration {
  /** Allowed share of people whose own class is missing from the set, in every class. */
  alpha: number;
  /** One per class; 'unbounded' puts the class into every set. */
  thresholds: ConformalThreshold[];
  /** Calibration people of each class. */
  counts: number[];
}

/**
 * Calibrates prediction sets class by class, so that coverage holds in each class and not only on average.
 * Sources: Sadinle 2019 (LAC score), Vovk 2005 (Mondrian).
 * @param probabilities - one row per calibration person, people whom the network never saw.
 * @param labels - class of each row. @throws RangeError without a row, when the lengths differ, a label is no class, a row
 *   is not of one probability per class with the sum 1, and for alpha outside 0 to 1.
 */
export function calibrateClassConditional(
  probabilities: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  classCount: number,
  alpha: number,
): ClassConditionalCalibration {
  if (checkProbabilityRows(probabilities, labels) !== classCount) {
    throw new RangeError(`a row needs the probabilities of ${classCount} classes`);
  }
  const scores = probabilities.map((row, i) => 1 - row[labels[i]!]!);
  const { thresholds, counts } = calibrateGroups(scores, labels, alpha);
  const classes = Array.from({ length: classCount }, (_, label) => label);
  return {
    alpha,
    // Nobody of a class says nothing of it: as unbounded as too few.
    thresholds: classes.map((label) => thresholds.get(label) ?? 'unbounded'),
    counts: classes.map((label) => counts.get(label) ?? 0),
  };
}

/**
 * Classes that cannot be ruled out: those whose score 1 - probability stays within the class's threshold.
 * @returns class indexes, ascending; empty and full sets both mean "cannot tell".
 * @throws RangeError when there is not one probability for each class, one is not within 0 to 1, or their sum is not 1.
 */
export function predictionSet(
  probabilities: ArrayLike<number>,
  calibration: Pick<ClassConditionalCalibration, 'thresholds'>,
): number[] {
  checkProbabilityRows([probabilities]);
  const scores = Float64Array.from(probabilities, (probability) => 1 - probability);
  return labelsWithin(scores, calibration.thresholds);
}
