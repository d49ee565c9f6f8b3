import { sampleCorrelation } from 'simple-statistics';

/** Two lists of equal length. @throws RangeError when they differ, are empty, or hold a number that is not finite. */
function checkPair(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length === 0 || a.length !== b.length) {
    throw new RangeError(
      `a correlation needs two lists of one length above 0, not ${a.length} and ${b.length}`,
    );
  }
  for (const list of [a, b]) {
    if (!Array.from(list).every(Number.isFinite)) throw new RangeError('a number of the list is not finite');
  }
}

const isConstant = (list: ArrayLike<number>): boolean => Array.from(list).every((value) => value === list[0]);
/** Rounding may carry a perfect correlation past 1. */
const bounded = (correlation: number): number => Math.min(1, Math.max(-1, correlation));

/**
 * Pearson's product-moment correlation, -1 to 1.
 * @returns null when one of the lists is constant: then there is nothing to correlate.
 * @throws RangeError when the lengths differ, a list is empty, or a number is not finite.
 */
export function pearsonCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  checkPair(a, b);
  // Asked before the division: the rounded mean of equal numbers can leave a spread of 1e-17.
  if (isConstant(a) || isConstant(b)) return null;
  const correlation = sampleCorrelation(Array.from(a), Array.from(b));
  return Number.isFinite(correlation) ? bounded(correlation) : null;
}

/** Rank of every number from 1, the smallest; equal numbers share the mean of their ranks. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1;
    for (const i of order.slice(start, end)) ranks[i] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/**
 * Spearman's rank correlation with average ranks for ties, -1 to 1: Pearson's correlation of the ranks. (The function of
 * that name in simple-statistics ranks ties by their place in the list.)
 * @returns null when one of the lists is constant. @throws RangeError as pearsonCorrelation.
 */
export function spearmanCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  checkPair(a, b);
  return pearsonCorrelation(averageRanks(a), averageRanks(b));
}

/**
 * Kendall's tau-b, -1 to 1: concordant less discordant pairs over the root of the pairs not tied in the one list times
 * those not tied in the other. All pairs are looked at: for lists of up to a few thousand.
 * @returns null when one of the lists is constant. @throws RangeError as pearsonCorrelation.
 */
export function kendallTauB(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  checkPair(a, b);
  let agreement = 0;
  let untiedA = 0;
  let untiedB = 0;
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const signA = Math.sign(a[i]! - a[j]!);
      const signB = Math.sign(b[i]! - b[j]!);
      agreement += signA * signB;
      untiedA += Math.abs(signA);
      untiedB += Math.abs(signB);
    }
  }
  if (untiedA === 0 || untiedB === 0) return null;
  return bounded(agreement / Math.sqrt(untiedA) / Math.sqrt(untiedB));
}
