import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** Mean and shrunk covariance of a cloud of points, ready for distances. */
export interface ShrunkCovariance {
  mean: Float64Array;
  /** Share of the scaled identity, 0..1. */
  shrinkage: number;
  /** p x p, row after row: (1 - shrinkage) S + shrinkage tr(S)/p I, S divided by n. */
  covariance: Float64Array;
}

/** Mean of every column. @param rows - n >= 1 points of p >= 1 numbers. @throws RangeError otherwise. */
export function columnMeans(rows: readonly ArrayLike<number>[]): Float64Array {
  const n = rows.length;
  const p = rows[0]?.length ?? 0;
  if (n === 0 || p === 0) throw new RangeError('a mean needs at least one point');
  const mean = new Float64Array(p);
  for (const row of rows) {
    if (row.length !== p) throw new RangeError('points must have the same length');
    for (let j = 0; j < p; j += 1) mean[j]! += row[j]! / n;
  }
  if (!mean.every(Number.isFinite)) throw new RangeError('a point has an entry that is not finite');
  return mean;
}

/**
 * Covariance about a mean, divided by n (maximum likelihood).
 * @param rows - n >= 2 points. @param mean - of the points, or known beforehand.
 * @returns p x p, row after row. @throws RangeError with fewer, or when lengths differ.
 */
export function covarianceAround(rows: readonly ArrayLike<number>[], mean: Float64Array): Float64Array {
  return momentsAround(rows, mean).covariance;
}

/** Means of products and of squared products of centred columns. */
function momentsAround(rows: readonly ArrayLike<number>[], mean: Float64Array) {
  const n = rows.length;
  const p = mean.length;
  if (n < 2) throw new RangeError('a covariance needs at least two points');
  const covariance = new Float64Array(p * p);
  const squares = new Float64Array(p * p);
  const centred = new Float64Array(p);
  for (const row of rows) {
    if (row.length !== p) throw new RangeError('points must have the same length');
    for (let j = 0; j < p; j += 1) centred[j] = row[j]! - mean[j]!;
    for (let j = 0; j < p; j += 1) {
      for (let k = 0; k < p; k += 1) {
        const product = centred[j]! * centred[k]!;
        covariance[j * p + k]! += product / n;
        squares[j * p + k]! += (product * product) / n;
      }
    }
  }
  return { covariance, squares };
}

/** (1 - shrinkage) S + shrinkage tr(S)/p I. @param shrinkage - 0..1. @throws RangeError outside it. */
export function shrunkTowardsIdentity(covariance: Float64Array, shrinkage: number): Float64Array {
  if (!(shrinkage >= 0 && shrinkage <= 1)) throw new RangeError('a shrinkage lies between 0 and 1');
  const mu = meanVariance(covariance);
  const step = Math.sqrt(covariance.length) + 1;
  return covariance.map((value, i) => (1 - shrinkage) * value + (i % step === 0 ? shrinkage * mu : 0));
}

/** tr(S) / p of a p x p matrix. */
export function meanVariance(covariance: Float64Array): number {
  const p = Math.sqrt(covariance.length);
  let trace = 0;
  for (let j = 0; j < p; j += 1) trace += covariance[j * p + j]!;
  return trace / p;
}

/**
 * Ledoit-Wolf shrinkage towards a scaled identity. Source: Ledoit & Wolf 2004, J Multivar Anal 88:365, with the
 * covariance divided by n, as scikit-learn 1.2.1 computes it.
 * @param rows - n points of p numbers, n >= 2. @param mean - when it is known beforehand; else that of the points.
 * @throws RangeError with fewer, when lengths differ, or when an entry is not finite.
 */
export function ledoitWolf(
  rows: readonly ArrayLike<number>[],
  mean: Float64Array = columnMeans(rows),
): ShrunkCovariance {
  const { covariance, squares } = momentsAround(rows, mean);
  const p = mean.length;
  const mu = meanVariance(covariance);
  let spread = 0;
  let estimation = 0;
  for (let i = 0; i < p * p; i += 1) {
    const value = covariance[i]!;
    const target = i % (p + 1) === 0 ? mu : 0;
    spread += (value - target) ** 2;
    estimation += (squares[i]! - value * value) / rows.length;
  }
  const shrinkage = spread === 0 ? 0 : Math.min(1, Math.max(0, estimation / spread));
  return { mean, shrinkage, covariance: shrunkTowardsIdentity(covariance, shrinkage) };
}

/** A linear map after which squared length is the squared Mahalanobis distance. */
export interface Whitening {
  mean: Float64Array;
  /** Inverse of the lower Cholesky factor, p x p, row after row; zeros above the diagonal. */
  inverseFactor: Float64Array;
}

/**
 * Whitening of a covariance. @throws RangeError when the covariance is not positive definite, e.g. when all
 * points are equal.
 */
export function whitening(cloud: Pick<ShrunkCovariance, 'mean' | 'covariance'>): Whitening {
  const p = cloud.mean.length;
  const decomposition = new CholeskyDecomposition(Matrix.from1DArray(p, p, cloud.covariance));
  if (!decomposition.isPositiveDefinite()) throw new RangeError('the covariance is not positive definite');
  const factor = decomposition.lowerTriangularMatrix;
  const inverseFactor = new Float64Array(p * p);
  for (let column = 0; column < p; column += 1) {
    for (let row = column; row < p; row += 1) {
      let value = row === column ? 1 : 0;
      for (let k = column; k < row; k += 1) value -= factor.get(row, k) * inverseFactor[k * p + column]!;
      inverseFactor[row * p + column] = value / factor.get(row, row);
    }
  }
  return { mean: cloud.mean, inverseFactor };
}

/** Squared Mahalanobis distance of a point. @throws RangeError when the length differs. */
export function squaredDistance(point: ArrayLike<number>, cloud: Whitening): number {
  const p = cloud.mean.length;
  if (point.length !== p) throw new RangeError(`the point needs ${p} numbers`);
  let sum = 0;
  for (let row = 0; row < p; row += 1) {
    let value = 0;
    for (let k = 0; k <= row; k += 1) {
      value += cloud.inverseFactor[row * p + k]! * (point[k]! - cloud.mean[k]!);
    }
    sum += value * value;
  }
  return sum;
}
