import type { ReliabilityTable } from './reliability-table.ts';

/** Gaps between confidence and frequency, and the number of rows without which they mean nothing. */
export interface BinnedCalibrationErrors {
  /** Rows. A perfectly calibrated model shows about 0.2 with 20 rows and 0.02 with 2,000 (ten bins). */
  n: number;
  binCount: number;
  /** ECE: mean gap over the rows, 0..1. */
  expected: number;
  /** MCE: largest gap of a bin that holds somebody, 0..1. */
  maximum: number;
  /** Mean gap over the bins that hold somebody, each counted alike, 0..1. */
  average: number;
}

/**
 * Expected, maximum and average calibration error of a reliability table. With edges of equal counts the expected error is
 * the adaptive one. Sources: Naeini 2015, AAAI (expected, maximum); Neumann 2018 (average).
 * @throws RangeError for a table without rows.
 */
export function binnedCalibrationErrors(table: ReliabilityTable): BinnedCalibrationErrors {
  let [weight, weighted, maximum, sum, filled] = [0, 0, 0, 0, 0];
  for (const bin of table.bins) {
    if (bin.meanConfidence === null || bin.frequency === null) continue;
    const gap = Math.abs(bin.frequency - bin.meanConfidence);
    weight += bin.weight;
    weighted += bin.weight * gap;
    maximum = Math.max(maximum, gap);
    sum += gap;
    filled += 1;
  }
  if (filled === 0) throw new RangeError('a calibration error needs rows');
  if (!Number.isFinite(weighted / weight) || !Number.isFinite(table.n)) {
    throw new RangeError('a table of reliability holds numbers');
  }
  // A mean never exceeds its largest part, but rounding may: keep the order that readers rely on.
  const expected = Math.min(weighted / weight, maximum);
  const average = Math.min(sum / filled, maximum);
  return { n: table.n, binCount: table.bins.length, expected, maximum, average };
}
