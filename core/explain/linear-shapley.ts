import { Matrix, pseudoInverse } from 'ml-matrix';
import { exactShapley } from './exact-shapley.ts';

/** f(x) = intercept + weights . x, with what is known of its inputs. The intercept moves no value. */
export interface LinearModel {
  weights: Float64Array;
  /** Mean of the inputs: what stands for "absent". */
  mean: Float64Array;
}

/**
 * Shapley values of a linear model when an absent input is replaced by its mean, whatever the others are:
 * phi_i = weight_i (x_i - mean_i). Source: Lundberg & Lee 2017, corollary 1.
 * @throws RangeError without an input, when lengths differ or a number is not finite.
 */
export function linearShapley(model: LinearModel, input: Float64Array): Float64Array {
  checkLinear(model, input);
  return input.map((value, i) => model.weights[i]! * (value - model.mean[i]!));
}

/**
 * Shapley values of a linear model when absent inputs are replaced by their conditional mean under a normal
 * distribution: v(S) = E[f(x) | x_S]. Correlated inputs share what they tell together.
 * @param covariance - of the inputs, one row each; symmetric, may be singular (pseudo-inverse). @param input - 1 to 12.
 * @throws RangeError when shapes differ, a number is not finite, or the covariance is not symmetric or has a
 *   negative variance.
 */
export function linearConditionalShapley(
  model: LinearModel,
  covariance: readonly ArrayLike<number>[],
  input: Float64Array,
): Float64Array {
  checkLinear(model, input);
  checkCovariance(covariance, input.length);
  const { weights, mean } = model;
  const base = weights.reduce((sum, weight, i) => sum + weight * mean[i]!, 0);
  const outputOf = (mask: number): number => {
    const known = Array.from(input.keys()).filter((i) => mask & (1 << i));
    if (known.length === 0) return base;
    const inner = pseudoInverse(new Matrix(known.map((i) => known.map((j) => covariance[i]![j]!))));
    const surprise = inner.mmul(Matrix.columnVector(known.map((i) => input[i]! - mean[i]!)));
    return weights.reduce((sum, weight, i) => {
      if (mask & (1 << i)) return sum + weight * input[i]!;
      const shift = known.reduce((total, j, k) => total + covariance[i]![j]! * surprise.get(k, 0), 0);
      return sum + weight * (mean[i]! + shift);
    }, 0);
  };
  return exactShapley(input.length, outputOf).values;
}

function checkLinear({ weights, mean }: LinearModel, input: Float64Array): void {
  if (input.length === 0) throw new RangeError('a linear model needs an input');
  if (weights.length !== input.length || mean.length !== input.length) {
    throw new RangeError('weights, means and inputs must be equally many');
  }
  for (const numbers of [weights, mean, input]) {
    if (!numbers.every(Number.isFinite)) throw new RangeError('a weight, a mean or an input is not finite');
  }
}

function checkCovariance(covariance: readonly ArrayLike<number>[], count: number): void {
  if (covariance.length !== count || covariance.some((row) => row.length !== count)) {
    throw new RangeError(`the covariance of ${count} inputs has ${count} rows of ${count} numbers`);
  }
  for (const [i, row] of covariance.entries()) {
    for (let j = 0; j < count; j += 1) {
      if (!Number.isFinite(row[j])) throw new RangeError('an entry of the covariance is not finite');
      // Rounding of an estimate is small beside the two standard deviations.
      const limit = 1e-9 * Math.sqrt(row[i]! * covariance[j]![j]!);
      if (!(Math.abs(row[j]! - covariance[j]![i]!) <= limit)) {
        throw new RangeError('the covariance is not symmetric or has a negative variance');
      }
    }
  }
}
