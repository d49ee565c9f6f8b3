import { conformalP } from './conformal-rank.ts';
import { ledoitWolf, squaredDistance, type Whitening, whitening } from './covariance.ts';
import { conditionNumber } from './covariance-condition.ts';

/** Eigenvalues that differ by less than this share are equal up to rounding. */
const SPHERE = 1e-12;

/** A cloud with the distances of points that had no part in it. */
export interface HeldOutDistances {
  cloud: Whitening;
  /** Share of the scaled identity in the covariance, 0..1. */
  shrinkage: number;
  /** The covariance is a scaled identity, as often with n <= p points: the distance is Euclidean, columns count alike. */
  isEuclidean: boolean;
  /** Squared Mahalanobis distances of the held-out points, ascending. */
  sortedDistances: Float64Array;
}

/**
 * Cloud of one group of points and distances of another. The held-out points must be others than the cloud's: points that
 * made a covariance lie closer to it than new ones do, so their ranks would call ordinary points strange.
 * @param cloudPoints - n >= 3 points of p numbers, of comparable scale. Two points give Ledoit and Wolf nothing to tell
 *   noise from covariance by: they shrink not at all, and the covariance is singular.
 * @param heldOutPoints - exchangeable with the points to come; may be empty, then every p value is 1.
 * @throws RangeError with fewer points, when lengths differ, when an entry is not finite, or when the covariance is
 *   singular even so, as with equal points.
 */
export function holdOutDistances(
  cloudPoints: readonly ArrayLike<number>[],
  heldOutPoints: readonly ArrayLike<number>[],
): HeldOutDistances {
  if (cloudPoints.length < 3) throw new RangeError('a shrunk cloud needs at least three points');
  const shrunk = ledoitWolf(cloudPoints);
  const condition = conditionNumber(shrunk.covariance);
  if (!Number.isFinite(condition)) throw new RangeError('the covariance is singular');
  const cloud = whitening(shrunk);
  const distances = Float64Array.from(heldOutPoints, (point) => finiteDistance(point, cloud));
  return {
    cloud,
    shrinkage: shrunk.shrinkage,
    isEuclidean: condition < 1 + SPHERE,
    sortedDistances: distances.sort(),
  };
}

/**
 * Conformal p value of "a point like the held-out ones": small means strange. At most a share alpha of exchangeable points
 * has a p value of alpha or less, whatever their distribution; a chi-squared p value holds for normal points and a known
 * covariance only. Source: Vovk 2005.
 * @param point - p finite numbers. @returns above 0 to 1, not below 1 / (held-out points + 1).
 * @throws RangeError when the length differs or an entry is not finite.
 */
export function heldOutP(
  point: ArrayLike<number>,
  distances: Pick<HeldOutDistances, 'cloud' | 'sortedDistances'>,
): number {
  return conformalP(distances.sortedDistances, finiteDistance(point, distances.cloud));
}

function finiteDistance(point: ArrayLike<number>, cloud: Whitening): number {
  const distance = squaredDistance(point, cloud);
  if (!Number.isFinite(distance)) throw new RangeError('the point has an entry that is not finite');
  return distance;
}
