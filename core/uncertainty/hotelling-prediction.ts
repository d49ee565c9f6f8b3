import { fTails } from '../numerics/f-distribution.ts';
import { columnMeans, covarianceAround, squaredDistance, whitening } from './covariance.ts';
import { conditionNumber } from './covariance-condition.ts';

/** Is a new point what a normal sample lets expect? */
export interface HotellingPrediction {
  n: number;
  /** Squared Mahalanobis distance with the covariance divided by n - 1. */
  squaredDistance: number;
  /** n (n - p) / (p (n^2 - 1)) times that distance: F distributed for a new point of the same normal distribution. */
  f: number;
  degreesOfFreedom: readonly [number, number];
  /** Probability of a larger distance, 0..1. */
  p: number;
}

/**
 * Hotelling's test of a new point against a normal sample. It pays for estimating the covariance, which the chi-squared
 * distribution does not: with few points the latter calls almost everything strange. Source: Hotelling 1931, Ann Math
 * Stat 2:360.
 * @param rows - n > p points of p numbers, from one normal distribution. @param point - p finite numbers.
 * @throws RangeError with fewer points, when lengths differ, when an entry is not finite, or when the covariance is
 *   singular.
 */
export function hotellingPrediction(
  rows: readonly ArrayLike<number>[],
  point: ArrayLike<number>,
): HotellingPrediction {
  const mean = columnMeans(rows);
  const [n, p] = [rows.length, mean.length];
  if (n <= p) throw new RangeError('a test against a normal sample needs more points than columns');
  const covariance = covarianceAround(rows, mean).map((value) => (value * n) / (n - 1));
  if (!Number.isFinite(conditionNumber(covariance))) throw new RangeError('the covariance is singular');
  const distance = squaredDistance(point, whitening({ mean, covariance }));
  if (!Number.isFinite(distance)) throw new RangeError('the point has an entry that is not finite');
  const f = ((n * (n - p)) / (p * (n ** 2 - 1))) * distance;
  return { n, squaredDistance: distance, f, degreesOfFreedom: [p, n - p], p: fTails(f, p, n - p).upper };
}
