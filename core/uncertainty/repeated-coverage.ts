import { incompleteBetaTails } from '../numerics/incomplete-beta.ts';
import { conformalRank } from './conformal-rank.ts';
import type { CountRange } from './coverage-range.ts';

/** A conformal method tried out many times, each time on one new case with a calibration set of its own. */
export interface RepeatedCoverage {
  /** Trials, a whole number from 1. */
  repeats: number;
  /** Calibration cases of each trial. */
  calibrationCount: number;
  /** Promised share of misses. */
  alpha: number;
  /** Chance that a kept promise stays inside the range, e.g. 0.999. */
  level: number;
}

/**
 * Counts of covered cases that a kept promise explains. Every trial covers its case with chance k / (n + 1), k =
 * ceil((n + 1)(1 - alpha)), so the count is binomial, and unlike one long trial with a single calibration set
 * it shows a rank that is one off. Assumes continuous scores; ties only cover more (then judge `low` alone).
 * @returns the central range, at most (1 - level) / 2 left out on either side.
 * @throws RangeError for counts below 1, a level outside (0, 1), or when the calibration sets are too small for alpha.
 */
export function repeatedCoverageRange(trial: RepeatedCoverage): CountRange {
  const { repeats, calibrationCount, alpha, level } = trial;
  if (!Number.isSafeInteger(repeats) || repeats < 1) {
    throw new RangeError('the number of trials is a whole number from 1');
  }
  if (!(level > 0 && level < 1)) throw new RangeError('a level lies between 0 and 1');
  const rank = conformalRank(calibrationCount, alpha);
  if (rank === 'unbounded')
    throw new RangeError('these calibration sets are too small to promise a coverage');
  const share = rank / (calibrationCount + 1);
  const tail = (1 - level) / 2;
  return {
    low: binomialQuantile(repeats, share, tail),
    high: repeats - binomialQuantile(repeats, 1 - share, tail),
  };
}

/** Smallest count whose distribution function is above `tail`. */
function binomialQuantile(count: number, share: number, tail: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { upper } = incompleteBetaTails(share, 1 - share, middle + 1, count - middle);
    if (upper > tail) high = middle;
    else low = middle + 1;
  }
  return low;
}
