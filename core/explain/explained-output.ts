import { forwardNetwork } from '../networks/forward-network.ts';
import { inputGradient } from '../networks/input-gradient.ts';
import type { Network } from '../networks/network.ts';

/** One number that a model answers, as a function of its input row: what an explanation explains. */
export interface ExplainedOutput {
  inputCount: number;
  /** Unit of the number, e.g. 'logit' or 'N.m'. */
  unit: string;
  /** @throws RangeError when the length differs or an entry is not finite. */
  valueOf(row: Float64Array): number;
  /** Slope by every input. @throws RangeError as valueOf. */
  gradientOf(row: Float64Array): Float64Array;
}

/**
 * Mean over the members of a weighted sum of their outputs: a logit, a margin between two classes, a torque.
 * @param members - at least one; all with the same inputs and outputs.
 * @param readout - a weight for each output; one-hot for a logit, +1 and -1 for a margin. Explain logits, never
 *   probabilities: a probability of 0.999 hardly moves whatever is taken away.
 * @throws RangeError without members or when lengths differ.
 */
export function ensembleOutput(
  members: readonly Network[],
  readout: Float64Array,
  unit: string,
): ExplainedOutput {
  const [first] = members;
  if (!first) throw new RangeError('an ensemble needs a member');
  for (const { inputCount, outputCount } of members) {
    if (inputCount !== first.inputCount || outputCount !== readout.length) {
      throw new RangeError('the members of an ensemble and its readout must fit each other');
    }
  }
  const share = 1 / members.length;
  return {
    inputCount: first.inputCount,
    unit,
    valueOf: (row) =>
      members.reduce((sum, member) => {
        const { output } = forwardNetwork(member, row);
        return sum + share * output.reduce((total, value, k) => total + readout[k]! * value, 0);
      }, 0),
    gradientOf: (row) => {
      const mean = new Float64Array(first.inputCount);
      for (const member of members) {
        const { gradient } = inputGradient(member, row, readout);
        for (let i = 0; i < mean.length; i += 1) mean[i]! += share * gradient[i]!;
      }
      return mean;
    },
  };
}
