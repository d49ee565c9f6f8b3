/** A share written as an exact fraction of whole numbers. */
export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/**
 * The fraction that a decimal literal means: 0.18 is 18/100, not the nearest double.
 * @param share - 0 to 1, with at most 15 significant digits as typed. @throws RangeError otherwise.
 */
export function exactFraction(share: number): Fraction {
  if (!(share >= 0 && share <= 1)) throw new RangeError('a share lies between 0 and 1');
  const [digits = '0', exponent = '0'] = share.toString().split('e');
  const [whole = '0', decimals = ''] = digits.split('.');
  const places = decimals.length - Number(exponent);
  return {
    numerator: BigInt(whole + decimals) * 10n ** BigInt(Math.max(0, -places)),
    denominator: 10n ** BigInt(Math.max(0, places)),
  };
}

/**
 * Rank of the calibration score that bounds a split conformal set: ceil((n + 1)(1 - alpha)) in whole numbers.
 * Floating point gets some pairs wrong, e.g. n = 149, alpha = 0.18. Source: Vovk 2005; Angelopoulos 2021.
 * @param count - calibration scores, 0 or more.
 * @param alpha - allowed share of misses, above 0 and below 1.
 * @returns 1..count, or 'unbounded' when the calibration set is too small for this alpha.
 * @throws RangeError outside these ranges.
 */
export function conformalRank(count: number, alpha: number): number | 'unbounded' {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('a count is a whole number from 0');
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const { numerator, denominator } = exactFraction(alpha);
  const top = BigInt(count + 1) * (denominator - numerator);
  const rank = Number((top + denominator - 1n) / denominator);
  return rank > count ? 'unbounded' : rank;
}

/** A bound, or the statement that this calibration set cannot give one. */
export type ConformalThreshold = number | 'unbounded';

/**
 * The score that bounds a split conformal set: the rank-th smallest of the calibration scores.
 * @param scores - one per calibration person, in any order; larger is stranger.
 * @throws RangeError when a score is not a number, or as {@link conformalRank}.
 */
export function conformalThreshold(scores: ArrayLike<number>, alpha: number): ConformalThreshold {
  const rank = conformalRank(scores.length, alpha);
  if (rank === 'unbounded') return 'unbounded';
  const sorted = Float64Array.from(scores).sort();
  if (sorted.some(Number.isNaN)) throw new RangeError('a score is not a number');
  return sorted[rank - 1]!;
}

/**
 * Conformal p value of a score: (number of calibration scores >= score, plus 1) / (n + 1). Small means strange.
 * @param sortedScores - calibration scores, ascending.
 * @returns above 0 to 1; 1 when there is no calibration score. @throws RangeError when `score` is NaN.
 */
export function conformalP(sortedScores: ArrayLike<number>, score: number): number {
  if (Number.isNaN(score)) throw new RangeError('a score is not a number');
  let low = 0;
  let high = sortedScores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sortedScores[middle]! < score) low = middle + 1;
    else high = middle;
  }
  return (sortedScores.length - low + 1) / (sortedScores.length + 1);
}
