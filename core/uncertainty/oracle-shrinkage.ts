import {
  columnMeans,
  covarianceAround,
  meanVariance,
  type ShrunkCovariance,
  shrunkTowardsIdentity,
} from './covariance.ts';

/**
 * The oracle approximating shrinkage as printed ('paper'), or without its two terms in 2 / p as scikit-learn computes it
 * ('scikit-learn'); the two agree for many columns.
 */
export type OracleForm = 'paper' | 'scikit-learn';

/**
 * Share of the scaled identity that oracle approximating shrinkage gives a covariance. Source: Chen 2010,
 * arXiv:0907.4698, equation 23 for 'paper'.
 * @param covariance - p x p, row after row, divided by n. @param count - n >= 2 points behind it.
 * @returns 0..1; 0 for one column, whose covariance is its own target.
 * @throws RangeError with fewer points, or when it is no square table of finite numbers.
 */
export function oracleShrinkage(covariance: Float64Array, count: number, form: OracleForm = 'paper'): number {
  const p = Math.sqrt(covariance.length);
  if (!(Number.isInteger(p) && p >= 1 && covariance.every(Number.isFinite))) {
    throw new RangeError('a covariance is a square table of finite numbers');
  }
  if (!(Number.isSafeInteger(count) && count >= 2)) {
    throw new RangeError('a covariance needs at least two points');
  }
  if (p === 1) return 0;
  // For a symmetric matrix the trace of its square is the sum of its squared entries.
  const traceOfSquare = covariance.reduce((sum, value) => sum + value * value, 0);
  const squareOfTrace = (p * meanVariance(covariance)) ** 2;
  const correction = form === 'paper' ? 2 / p : 0;
  const top = (1 - correction) * traceOfSquare + squareOfTrace;
  const bottom = (count + 1 - correction) * (traceOfSquare - squareOfTrace / p);
  // A covariance that is a scaled identity already leaves nothing to divide by, and is its own target.
  return bottom > 0 ? Math.min(1, top / bottom) : 1;
}

/**
 * Covariance with oracle approximating shrinkage towards a scaled identity.
 * @param rows - n >= 2 points of p numbers. @param mean - when it is known beforehand; else that of the points.
 * @throws RangeError with fewer, when lengths differ, or when an entry is not finite.
 */
export function oracleShrunkCovariance(
  rows: readonly ArrayLike<number>[],
  form: OracleForm = 'paper',
  mean: Float64Array = columnMeans(rows),
): ShrunkCovariance {
  const covariance = covarianceAround(rows, mean);
  const shrinkage = oracleShrinkage(covariance, rows.length, form);
  return { mean, shrinkage, covariance: shrunkTowardsIdentity(covariance, shrinkage) };
}
