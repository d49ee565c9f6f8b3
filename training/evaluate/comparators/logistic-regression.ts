import { Matrix, solve } from 'ml-matrix';
import { type Classifier, checkRows, type LabelledRows } from './classifier.ts';

/** Newton steps after which a fit that still moves is a defect: separable classes are held by the ridge. */
const MAX_STEPS = 50;
const TOLERANCE = 1e-9;

export interface LogisticRegression {
  classify: Classifier;
  /** Newton steps that were needed. */
  steps: number;
}

/**
 * Multinomial logistic regression by Newton's method on standardised features, the last class as reference, with a small
 * ridge on the slopes (penalty ridge / 2 x squared length, per row) that keeps separable classes finite.
 * Source: Hastie, Tibshirani & Friedman 2009, section 4.4.
 * @param ridge - 0 or more, in units of one row's log likelihood.
 * @throws RangeError as checkRows, for a negative ridge, or when Newton's method does not settle.
 */
export function fitLogisticRegression(data: LabelledRows, ridge = 1e-4): LogisticRegression {
  checkRows(data);
  if (!(ridge >= 0)) throw new RangeError('a ridge is 0 or more');
  const { rows, labels, classCount } = data;
  const width = rows[0]!.length;
  const scale = standardisation(rows, width);
  const design = rows.map((row) => designRow(row, scale));
  const size = width + 1;
  const free = classCount - 1;
  const coefficients = new Float64Array(size * free);
  for (let step = 1; step <= MAX_STEPS; step += 1) {
    const gradient = new Float64Array(size * free);
    const hessian = Matrix.zeros(size * free, size * free);
    for (const [i, x] of design.entries()) {
      const p = probabilitiesOf(x, coefficients, classCount);
      for (let k = 0; k < free; k += 1) {
        const residual = (labels[i] === k ? 1 : 0) - p[k]!;
        for (let a = 0; a < size; a += 1) gradient[k * size + a]! += residual * x[a]!;
        for (let l = 0; l <= k; l += 1) {
          const weight = p[k]! * ((k === l ? 1 : 0) - p[l]!);
          for (let a = 0; a < size; a += 1) {
            const half = weight * x[a]!;
            for (let b = 0; b < size; b += 1) {
              hessian.set(k * size + a, l * size + b, hessian.get(k * size + a, l * size + b) + half * x[b]!);
            }
          }
        }
      }
    }
    const strength = ridge * rows.length;
    for (let k = 0; k < free; k += 1) {
      for (let l = 0; l < k; l += 1) {
        for (let a = 0; a < size; a += 1) {
          for (let b = 0; b < size; b += 1) {
            hessian.set(l * size + b, k * size + a, hessian.get(k * size + a, l * size + b));
          }
        }
      }
      // The intercept (last of each class) is not penalised: it carries the class's frequency.
      for (let a = 0; a < width; a += 1) {
        const at = k * size + a;
        gradient[at]! -= strength * coefficients[at]!;
        hessian.set(at, at, hessian.get(at, at) + strength);
      }
    }
    const move = solve(hessian, Matrix.columnVector(Array.from(gradient))).to1DArray();
    let largest = 0;
    move.forEach((value, at) => {
      coefficients[at]! += value;
      largest = Math.max(largest, Math.abs(value));
    });
    if (!Number.isFinite(largest)) break;
    if (largest < TOLERANCE) {
      return {
        classify: (row) => probabilitiesOf(designRow(row, scale), coefficients, classCount),
        steps: step,
      };
    }
  }
  throw new RangeError('the logistic regression does not settle: the features may repeat each other');
}

interface Standardisation {
  mean: Float64Array;
  sd: Float64Array;
}

function standardisation(rows: readonly ArrayLike<number>[], width: number): Standardisation {
  const mean = new Float64Array(width);
  const sd = new Float64Array(width);
  for (const row of rows) for (let j = 0; j < width; j += 1) mean[j]! += row[j]! / rows.length;
  for (const row of rows)
    for (let j = 0; j < width; j += 1) sd[j]! += (row[j]! - mean[j]!) ** 2 / rows.length;
  // A feature that never changes says nothing; its slope stays 0 under the ridge.
  return { mean, sd: sd.map((variance) => Math.sqrt(variance) || 1) };
}

/** Standardised features and a final 1 for the intercept. */
function designRow(row: ArrayLike<number>, { mean, sd }: Standardisation): Float64Array {
  if (row.length !== mean.length) throw new RangeError(`a row has ${mean.length} features`);
  const x = new Float64Array(mean.length + 1).fill(1);
  for (let j = 0; j < mean.length; j += 1) x[j] = (row[j]! - mean[j]!) / sd[j]!;
  return x;
}

function probabilitiesOf(x: Float64Array, coefficients: Float64Array, classCount: number): Float64Array {
  const scores = new Float64Array(classCount);
  for (let k = 0; k < classCount - 1; k += 1) {
    for (let a = 0; a < x.length; a += 1) scores[k]! += coefficients[k * x.length + a]! * x[a]!;
  }
  const top = Math.max(...scores);
  let sum = 0;
  for (let k = 0; k < classCount; k += 1) sum += scores[k] = Math.exp(scores[k]! - top);
  return scores.map((score) => score / sum);
}
