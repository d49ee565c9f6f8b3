import {
  columnMeans,
  ledoitWolf,
  type ShrunkCovariance,
  squaredDistance,
  type Whitening,
  whitening,
} from './covariance.ts';
import { conditionNumber } from './covariance-condition.ts';
import { checkLabels } from './probability-rows.ts';

/** Clouds of K classes with one covariance, and the cloud of all points for the relative distance. */
export interface ClassClouds {
  /** Per class. */
  classMeans: readonly Float64Array[];
  /** Of the points about the mean of their class; its mean is zero. */
  tied: ShrunkCovariance;
  /** Of all points, classes forgotten. */
  background: ShrunkCovariance;
  /** Ready for distances: one per class. */
  classWhitenings: readonly Whitening[];
  backgroundWhitening: Whitening;
}

/**
 * Class means with a covariance that all classes share, shrunk by Ledoit and Wolf about the class means. Source: Lee 2018,
 * arXiv:1807.03888.
 * @param points - n points of p numbers; standardise columns of different scale first, the shrinkage target is a sphere.
 * @param labels - class of each point, 0..classCount - 1. @param classCount - each class needs a point.
 * @throws RangeError otherwise, when an entry is not finite, or when a covariance is singular in spite of
 *   shrinking, as when all points equal the mean of their class.
 */
export function fitClassClouds(
  points: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  classCount: number,
): ClassClouds {
  if (!(Number.isSafeInteger(classCount) && classCount >= 1)) {
    throw new RangeError('a number of classes is a whole number from 1');
  }
  checkLabels(labels, points.length, classCount);
  const classMeans = Array.from({ length: classCount }, (_, k) => {
    const own = points.filter((_, i) => labels[i] === k);
    if (own.length === 0) throw new RangeError(`class ${k} has no point`);
    return columnMeans(own);
  });
  const background = ledoitWolf(points);
  const residuals = points.map((point, i) =>
    Float64Array.from(point, (value, j) => value - classMeans[labels[i]!]![j]!),
  );
  const tied = ledoitWolf(residuals, new Float64Array(background.mean.length));
  for (const { covariance } of [tied, background]) {
    if (!Number.isFinite(conditionNumber(covariance))) throw new RangeError('a covariance is singular');
  }
  const { inverseFactor } = whitening(tied);
  return {
    classMeans,
    tied,
    background,
    classWhitenings: classMeans.map((mean) => ({ mean, inverseFactor })),
    backgroundWhitening: whitening(background),
  };
}

/** Squared Mahalanobis distances of a point. */
export interface ClassDistance {
  /** To the mean of each class. */
  squared: Float64Array;
  /** The smallest of these. */
  smallest: number;
  /** Its class; the first of equal ones. */
  nearestClass: number;
  /** Smallest minus the squared distance to the cloud of all points; may be negative. Large means strange. */
  relative: number;
}

/**
 * Distance of a point to the nearest class, and the relative one that takes off what is strange to all classes alike.
 * Sources: Lee 2018, arXiv:1807.03888; Ren 2021, arXiv:2106.09022 (relative).
 * @param point - p finite numbers. @throws RangeError otherwise.
 */
export function classDistance(
  point: ArrayLike<number>,
  clouds: Pick<ClassClouds, 'classWhitenings' | 'backgroundWhitening'>,
): ClassDistance {
  if (!Array.from(point).every(Number.isFinite))
    throw new RangeError('the point has an entry that is not finite');
  const squared = Float64Array.from(clouds.classWhitenings, (cloud) => squaredDistance(point, cloud));
  const relative = Math.min(...squared) - squaredDistance(point, clouds.backgroundWhitening);
  if (Number.isNaN(relative)) throw new RangeError('the clouds of the classes hold no numbers');
  const smallest = Math.min(...squared);
  return {
    squared,
    smallest,
    nearestClass: squared.indexOf(smallest),
    relative,
  };
}
