import { forwardNetwork } from './forward-network.ts';
import type { Network } from './network.ts';

/**
 * Forward pass of an ensemble over a batch: result[member][row] is the vector of raw outputs (logits).
 * Two engines supply it: tfjs for predictions, plain Float64 code for explanations; they must agree.
 */
export type EnsembleForward = (batch: Float64Array[]) => Float64Array[][];

/** The Float64 engine as an {@link EnsembleForward}. @throws RangeError as forwardNetwork does. */
export function float64EnsembleForward(members: readonly Network[]): EnsembleForward {
  return (batch) => members.map((member) => batch.map((row) => forwardNetwork(member, row).output));
}

/** Mean over the members of the raw outputs of one row. @throws RangeError without members. */
export function averageLogits(logits: readonly Float64Array[]): Float64Array {
  const first = logits[0];
  if (!first) throw new RangeError('an ensemble needs a member');
  const mean = new Float64Array(first.length);
  for (const member of logits) for (let k = 0; k < mean.length; k += 1) mean[k]! += member[k]!;
  for (let k = 0; k < mean.length; k += 1) mean[k]! /= logits.length;
  return mean;
}

/**
 * Softmax of logits divided by a temperature; sums to 1, safe against overflow.
 * @param temperature - above 0. @throws RangeError otherwise, and when a logit is not finite.
 */
export function softmax(logits: ArrayLike<number>, temperature = 1): Float64Array {
  if (!(temperature > 0)) throw new RangeError('a temperature must be above 0');
  const values = Float64Array.from(logits, (logit) => logit / temperature);
  const top = Math.max(...values);
  if (!Number.isFinite(top)) throw new RangeError('a logit is not finite');
  let sum = 0;
  for (let k = 0; k < values.length; k += 1) sum += values[k] = Math.exp(values[k]! - top);
  for (let k = 0; k < values.length; k += 1) values[k]! /= sum;
  return values;
}
