import { checkQuestion, outputWithOnly, type RemovalQuestion } from './removal-question.ts';

/** Outputs while groups are put back from the least to the most important one. */
export interface Monotonicity {
  /** After each group, the last with all of them. */
  outputs: Float64Array;
  /** Whether the output never falls. */
  isMonotonic: boolean;
}

/**
 * Puts groups back into the reference in the order of growing |value|; of equal ones the first comes first.
 * Source: Arya et al. 2019.
 * @param values - one a group. @throws RangeError when something does not fit or an output is not finite.
 */
export function monotonicity(question: RemovalQuestion, values: ArrayLike<number>): Monotonicity {
  checkQuestion(question, values);
  const order = [...question.groups.keys()].sort(
    (a, b) => Math.abs(values[a]!) - Math.abs(values[b]!) || a - b,
  );
  const outputs = Float64Array.from(order, (_, last) => outputWithOnly(question, order.slice(0, last + 1)));
  return {
    outputs,
    isMonotonic: outputs.every((output, i) => i === 0 || output >= outputs[i - 1]!),
  };
}
