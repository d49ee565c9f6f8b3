import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { FlatRows } from './random-features.ts';

/** Ridge regressions of several outputs for every strength of penalty, from one decomposition. */
export interface RidgePath {
  featureMean: Float64Array;
  targetMean: Float64Array;
  /** One a strength: width x outputs, row-major. */
  coefficients: Float64Array[];
  /** One a strength: mean squared error of each output on the training rows. */
  trainErrors: Float64Array[];
}

/** Eigenvalues below this share of the largest count as zero. */
const RANK_TOLERANCE = 1e-10;

function columnMeans(rows: FlatRows): Float64Array {
  const mean = new Float64Array(rows.width);
  for (let i = 0; i < rows.count; i += 1) {
    for (let j = 0; j < rows.width; j += 1) mean[j]! += rows.values[i * rows.width + j]! / rows.count;
  }
  return mean;
}

/**
 * Minimises mean squared error + strength |coefficients|^2 with a free intercept, output by output, through the eigenvalues
 * of the feature covariance (Hastie, Tibshirani & Friedman 2009, section 3.4.1). Strength 0 is the solution of least norm:
 * with fewer people than features it meets every training target.
 * @param features - rows of `width` features. @param targets - as many rows. @param strengths - 0 or more.
 * @throws RangeError when sizes do not fit, there are fewer than two rows, or a strength is negative.
 */
export function ridgePath(features: FlatRows, targets: FlatRows, strengths: readonly number[]): RidgePath {
  const { count, width } = features;
  const outputs = targets.width;
  if (count < 2 || targets.count !== count)
    throw new RangeError('a regression needs two rows, features as targets');
  if (strengths.some((strength) => !(strength >= 0))) throw new RangeError('a ridge strength is 0 or more');
  const [featureMean, targetMean] = [columnMeans(features), columnMeans(targets)];
  const covariance = new Float64Array(width * width);
  const cross = new Float64Array(width * outputs);
  const targetVariance = new Float64Array(outputs);
  const x = new Float64Array(width);
  const y = new Float64Array(outputs);
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j < width; j += 1) x[j] = features.values[i * width + j]! - featureMean[j]!;
    for (let k = 0; k < outputs; k += 1) {
      y[k] = targets.values[i * outputs + k]! - targetMean[k]!;
      targetVariance[k]! += (y[k]! * y[k]!) / count;
    }
    for (let j = 0; j < width; j += 1) {
      const value = x[j]! / count;
      for (let l = 0; l <= j; l += 1) covariance[j * width + l]! += value * x[l]!;
      for (let k = 0; k < outputs; k += 1) cross[j * outputs + k]! += value * y[k]!;
    }
  }
  for (let j = 0; j < width; j += 1) {
    for (let l = j + 1; l < width; l += 1) covariance[j * width + l] = covariance[l * width + j]!;
  }
  const decomposition = new EigenvalueDecomposition(Matrix.from1DArray(width, width, covariance), {
    assumeSymmetric: true,
  });
  const vectors = decomposition.eigenvectorMatrix;
  const values = decomposition.realEigenvalues;
  const floor = RANK_TOLERANCE * Math.max(...values);
  const rotated = vectors.transpose().mmul(Matrix.from1DArray(width, outputs, cross));
  const coefficients: Float64Array[] = [];
  const trainErrors: Float64Array[] = [];
  for (const strength of strengths) {
    const shrunk = rotated.clone();
    const errors = targetVariance.slice();
    for (let j = 0; j < width; j += 1) {
      const value = Math.max(0, values[j]!);
      const factor = value <= floor ? 0 : 1 / (value + strength);
      for (let k = 0; k < outputs; k += 1) {
        const component = rotated.get(j, k);
        shrunk.set(j, k, factor * component);
        // Error = var(y) - 2 b'c + b' C b, in the rotated axes.
        errors[k]! += factor * component * component * (factor * value - 2);
      }
    }
    coefficients.push(Float64Array.from(vectors.mmul(shrunk).to1DArray()));
    trainErrors.push(errors.map((error) => Math.max(0, error)));
  }
  return { featureMean, targetMean, coefficients, trainErrors };
}

/** Predictions of one strength of a path, row after row. @throws RangeError when the features do not fit. */
export function ridgePredict(path: RidgePath, index: number, features: FlatRows): Float64Array {
  const width = path.featureMean.length;
  const outputs = path.targetMean.length;
  const coefficients = path.coefficients[index];
  if (!coefficients || features.width !== width)
    throw new RangeError('the features do not fit the regression');
  const predicted = new Float64Array(features.count * outputs);
  for (let i = 0; i < features.count; i += 1) {
    const own = predicted.subarray(i * outputs, (i + 1) * outputs);
    own.set(path.targetMean);
    for (let j = 0; j < width; j += 1) {
      const value = features.values[i * width + j]! - path.featureMean[j]!;
      for (let k = 0; k < outputs; k += 1) own[k]! += value * coefficients[j * outputs + k]!;
    }
  }
  return predicted;
}
