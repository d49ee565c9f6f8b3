import { CholeskyDecomposition, Matrix } from 'ml-matrix';

export interface LogisticFit {
  intercept: number;
  coefficients: Float64Array;
}

export const logisticScore = (fit: LogisticFit, row: ArrayLike<number>): number => {
  let score = fit.intercept;
  for (let j = 0; j < fit.coefficients.length; j += 1) score += fit.coefficients[j]! * row[j]!;
  return score;
};

const MAX_ITERATIONS = 30;

/**
 * Two-class logistic regression with a ridge penalty, by Newton's method (iteratively reweighted least squares; Hastie,
 * Tibshirani & Friedman 2009, section 4.4). Minimises sum log(1 + exp(-y score)) + strength/2 |coefficients|^2, the
 * intercept free. Convex: the minimum is the only one.
 * @param rows - standardised. @param isSecond - the class of each row. @param strength - above 0.
 * @throws RangeError when sizes do not fit, a class is empty, or a strength is not above 0.
 */
export function fitRidgeLogistic(
  rows: readonly Float64Array[],
  isSecond: readonly boolean[],
  strength: number,
): LogisticFit {
  const width = rows[0]?.length ?? 0;
  const seconds = isSecond.filter(Boolean).length;
  if (width === 0 || rows.length !== isSecond.length) throw new RangeError('every row needs a class');
  if (seconds === 0 || seconds === rows.length) throw new RangeError('a class has no row');
  if (!(strength > 0)) throw new RangeError('the ridge strength must be above 0');
  const size = width + 1;
  let weights = new Float64Array(size);
  const objective = (w: Float64Array): number => {
    let sum = 0;
    rows.forEach((row, i) => {
      let score = w[width]!;
      for (let j = 0; j < width; j += 1) score += w[j]! * row[j]!;
      const margin = isSecond[i] ? score : -score;
      sum += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
    });
    for (let j = 0; j < width; j += 1) sum += (strength / 2) * w[j]! ** 2;
    return sum;
  };
  let current = objective(weights);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration += 1) {
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    rows.forEach((row, i) => {
      let score = weights[width]!;
      for (let j = 0; j < width; j += 1) score += weights[j]! * row[j]!;
      const probability = 1 / (1 + Math.exp(-score));
      const error = probability - (isSecond[i] ? 1 : 0);
      const curvature = Math.max(1e-10, probability * (1 - probability));
      for (let j = 0; j < size; j += 1) {
        const left = j === width ? 1 : row[j]!;
        gradient[j]! += error * left;
        const scaled = curvature * left;
        const start = j * size;
        for (let k = 0; k <= j; k += 1) hessian[start + k]! += scaled * (k === width ? 1 : row[k]!);
      }
    });
    for (let j = 0; j < size; j += 1) {
      for (let k = j + 1; k < size; k += 1) hessian[j * size + k] = hessian[k * size + j]!;
      if (j < width) {
        gradient[j]! += strength * weights[j]!;
        hessian[j * size + j]! += strength;
      }
    }
    const step = new CholeskyDecomposition(Matrix.from1DArray(size, size, hessian))
      .solve(Matrix.columnVector(gradient))
      .getColumn(0);
    // Halved until it goes down: a full Newton step may overshoot where classes separate.
    let scale = 1;
    let next = weights;
    let value = current;
    for (; scale > 1e-6; scale /= 2) {
      next = weights.map((weight, j) => weight - scale * step[j]!);
      value = objective(next);
      if (value <= current) break;
    }
    const gained = current - value;
    if (value <= current) {
      weights = next as Float64Array<ArrayBuffer>;
      current = value;
    }
    if (!(gained > 1e-9 * (1 + current))) break;
  }
  return { intercept: weights[width]!, coefficients: weights.slice(0, width) };
}
