import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { whitening } from './covariance.ts';

/** Eigenvalues this small against the largest, times p, are rounding: the covariance has no spread in that direction. */
const ROUNDING = 2 ** -52;

/**
 * Ratio of the largest to the smallest eigenvalue of a covariance: how much a distance depends on its flattest direction.
 * @param covariance - p x p, symmetric, row after row.
 * @returns 1 or more; infinite when a direction has no spread, as with n <= p points and no shrinkage.
 * @throws RangeError when it is no square symmetric table of finite numbers with a spread.
 */
export function conditionNumber(covariance: Float64Array): number {
  const p = sizeOf(covariance);
  const values = new EigenvalueDecomposition(Matrix.from1DArray(p, p, covariance), {
    assumeSymmetric: true,
  }).realEigenvalues;
  const largest = Math.max(...values);
  const smallest = Math.min(...values);
  if (!(largest > 0)) throw new RangeError('a covariance of equal points has no condition');
  return smallest > p * ROUNDING * largest ? largest / smallest : Number.POSITIVE_INFINITY;
}

/**
 * Natural logarithm of the determinant of a covariance.
 * @param covariance - p x p, symmetric, row after row. @throws RangeError when it is not positive definite.
 */
export function logDeterminant(covariance: Float64Array): number {
  const p = sizeOf(covariance);
  const { inverseFactor } = whitening({ mean: new Float64Array(p), covariance });
  let sum = 0;
  for (let j = 0; j < p; j += 1) sum -= 2 * Math.log(inverseFactor[j * (p + 1)]!);
  return sum;
}

function sizeOf(covariance: Float64Array): number {
  const p = Math.sqrt(covariance.length);
  if (!(Number.isInteger(p) && p >= 1 && covariance.every(Number.isFinite))) {
    throw new RangeError('a covariance is a square table of finite numbers');
  }
  const scale = Math.max(...covariance.map(Math.abs));
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k < j; k += 1) {
      if (Math.abs(covariance[j * p + k]! - covariance[k * p + j]!) > p * ROUNDING * scale) {
        throw new RangeError('a covariance is symmetric');
      }
    }
  }
  return p;
}
