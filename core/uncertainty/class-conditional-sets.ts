import { type ConformalThreshold, conformalThreshold } from './conformal-rank.ts';

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
 * @param labels - class of each row. @throws RangeError when the lengths differ or a label is no class.
 */
export function calibrateClassConditional(
  probabilities: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  classCount: number,
  alpha: number,
): ClassConditionalCalibration {
  if (probabilities.length !== labels.length) throw new RangeError('every row needs a label');
  const scores = Array.from({ length: classCount }, (): number[] => []);
  for (const [row, values] of probabilities.entries()) {
    const own = scores[labels[row]!];
    if (!own) throw new RangeError(`label ${labels[row]} is not a class`);
    own.push(1 - values[labels[row]!]!);
  }
  return {
    alpha,
    thresholds: scores.map((own) => conformalThreshold(own, alpha)),
    counts: scores.map((own) => own.length),
  };
}

/**
 * Classes that cannot be ruled out: those whose score 1 - probability stays within the class's threshold.
 * @returns class indexes, ascending; empty and full sets both mean "cannot tell".
 */
export function predictionSet(
  probabilities: ArrayLike<number>,
  calibration: Pick<ClassConditionalCalibration, 'thresholds'>,
): number[] {
  return calibration.thresholds.flatMap((threshold, label) =>
    threshold === 'unbounded' || 1 - probabilities[label]! <= threshold ? [label] : [],
  );
}
