import {
  ledoitWolf,
  type ShrunkCovariance,
  squaredDistance,
  type Whitening,
  whitening,
} from '../../core/uncertainty/covariance.ts';

/** The plain twin of the shrunk covariance: divided by n - 1, nothing taken off. @throws as ledoitWolf. */
export function sampleCovariance(rows: readonly ArrayLike<number>[]): ShrunkCovariance {
  const n = rows.length;
  const { mean } = ledoitWolf(rows);
  const p = mean.length;
  const covariance = new Float64Array(p * p);
  for (const row of rows) {
    for (let j = 0; j < p; j += 1) {
      for (let k = 0; k < p; k += 1) {
        covariance[j * p + k]! += ((row[j]! - mean[j]!) * (row[k]! - mean[k]!)) / (n - 1);
      }
    }
  }
  return { mean, shrinkage: 0, covariance };
}

/** A normal distribution, ready for distances and densities. */
export interface GaussianCloud extends Whitening {
  /** Natural logarithm of the determinant of the covariance. */
  logDeterminant: number;
  shrinkage: number;
}

/** @throws RangeError when the covariance is not positive definite, as the sample covariance of n <= p points is. */
export function gaussianCloud(covariance: ShrunkCovariance): GaussianCloud {
  const made = whitening(covariance);
  const p = made.mean.length;
  let logDeterminant = 0;
  for (let j = 0; j < p; j += 1) logDeterminant -= 2 * Math.log(made.inverseFactor[j * (p + 1)]!);
  return { ...made, logDeterminant, shrinkage: covariance.shrinkage };
}

/** Log density of a point, nats. */
export const logDensity = (point: ArrayLike<number>, cloud: GaussianCloud): number =>
  -0.5 * (cloud.mean.length * Math.log(2 * Math.PI) + cloud.logDeterminant + squaredDistance(point, cloud));
