import {
  losses,
  maximum,
  mul,
  type Scalar,
  sub,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs-core';
import type { TrainingRows } from './training-rows.ts';

/**
 * What training makes small, a weighted mean over rows (and outputs):
 * - `softmax-cross-entropy`: outputs are logits, targets one-hot;
 * - `mean-squared-error`: over every target whose weight is not 0;
 * - `pinball`: quantiles. Output column t * levels + l is the quantile of level l (0..1) of target t; the error e =
 *   target - output costs level * e above and (level - 1) * e below (Koenker & Bassett 1978).
 */
export type Loss = 'softmax-cross-entropy' | 'mean-squared-error' | Pinball;
export interface Pinball {
  kind: 'pinball';
  levels: readonly number[];
}

/** Numbers of a row of targets for a model of so many outputs. @throws RangeError when the levels do not fit. */
export function targetCountOf(loss: Loss, outputCount: number): number {
  if (typeof loss === 'string') return outputCount;
  const { levels } = loss;
  if (levels.length === 0 || levels.some((level) => !(level > 0 && level < 1))) {
    throw new RangeError('quantile levels lie between 0 and 1');
  }
  if (outputCount % levels.length !== 0) {
    throw new RangeError(`${outputCount} outputs are no multiple of ${levels.length} quantiles`);
  }
  return outputCount / levels.length;
}

/**
 * Weighted mean loss of a batch and the number of terms it is the mean of.
 * @param output - shape [rows, outputs]. @param outputWeights - weight of each output column, or null for 1 each.
 * @returns `value` is 0 when every weight is 0.
 */
export function batchLoss(
  output: Tensor,
  batch: TrainingRows,
  loss: Loss,
  outputWeights: Float32Array | null,
): { value: Scalar; terms: number } {
  const { count } = batch;
  const targets = tensor2d(batch.targets, [count, batch.targets.length / count]);
  if (loss === 'softmax-cross-entropy') {
    const value = losses.softmaxCrossEntropy(targets, output as Tensor2D, tensor1d(batch.rowWeights));
    return { value: value as Scalar, terms: countNonZero(batch.rowWeights) };
  }
  const outputs = output.shape[1]!;
  if (loss === 'mean-squared-error') {
    const weights = weightMatrix(batch, outputs, 1, outputWeights);
    const value = losses.meanSquaredError(targets, output, weights.tensor) as Scalar;
    return { value, terms: weights.terms };
  }
  const levels = loss.levels.length;
  const weights = weightMatrix(batch, outputs, levels, outputWeights);
  const repeated = new Float32Array(count * outputs);
  for (let i = 0; i < repeated.length; i += 1) {
    const row = Math.floor(i / outputs);
    repeated[i] = batch.targets[row * (outputs / levels) + Math.floor((i % outputs) / levels)]!;
  }
  const level = Float32Array.from({ length: outputs }, (_, j) => loss.levels[j % levels]!);
  const error = sub(tensor(repeated, [count, outputs]), output);
  const below = level.map((value) => value - 1);
  const cost = maximum(mul(error, tensor1d(level)), mul(error, tensor1d(below)));
  return { value: losses.computeWeightedLoss(cost, weights.tensor) as Scalar, terms: weights.terms };
}

function countNonZero(values: Float32Array): number {
  let count = 0;
  for (const value of values) if (value !== 0) count += 1;
  return count;
}

/** Weight of every output: of its row, its column and its target. Shape [rows, outputs], or [rows, 1] if all the same. */
function weightMatrix(
  batch: TrainingRows,
  outputs: number,
  levels: number,
  outputWeights: Float32Array | null,
): { tensor: Tensor2D; terms: number } {
  const { count, rowWeights, targetMask } = batch;
  if (!targetMask && !outputWeights) {
    return { tensor: tensor2d(rowWeights, [count, 1]), terms: outputs * countNonZero(rowWeights) };
  }
  const targets = outputs / levels;
  const weights = new Float32Array(count * outputs);
  for (let row = 0; row < count; row += 1) {
    for (let j = 0; j < outputs; j += 1) {
      const mask = targetMask ? targetMask[row * targets + Math.floor(j / levels)]! : 1;
      weights[row * outputs + j] = rowWeights[row]! * mask * (outputWeights ? outputWeights[j]! : 1);
    }
  }
  return { tensor: tensor2d(weights, [count, outputs]), terms: countNonZero(weights) };
}
