import { type BinnedCalibrationErrors, binnedCalibrationErrors } from './binned-calibration-errors.ts';
import { checkProbabilityRows } from './probability-rows.ts';
import { type ReliabilityOptions, reliabilityTable } from './reliability-table.ts';

/** Calibration errors of the probability of each class. */
export interface ClassWiseCalibrationError {
  n: number;
  classes: readonly BinnedCalibrationErrors[];
  /** Mean over the classes of the expected error, 0..1. */
  mean: number;
}

/**
 * Calibration error of each class against all others, and their mean: the top label alone hides a class whose small
 * probabilities are wrong. Source: Kull 2019, arXiv:1910.12656.
 * @param rows - n rows of K probabilities. @param labels - class of each row, 0..K-1.
 * @throws RangeError when rows are no probabilities, a label is no class, or as {@link reliabilityTable}.
 */
export function classWiseCalibrationError(
  rows: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  options: ReliabilityOptions = {},
): ClassWiseCalibrationError {
  const classCount = checkProbabilityRows(rows, labels);
  const classes = Array.from({ length: classCount }, (_, k) =>
    binnedCalibrationErrors(
      reliabilityTable(
        rows.map((row) => row[k]!),
        Array.from(labels, (label) => label === k),
        options,
      ),
    ),
  );
  const mean = classes.reduce((sum, { expected }) => sum + expected, 0) / classCount;
  return { n: rows.length, classes, mean };
}
