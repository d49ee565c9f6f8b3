import { forwardNetwork } from '../networks/forward-network.ts';
import type { Network } from '../networks/network.ts';

/** A score for each class (logits) as a function of the input row; the call is the class with the largest. */
export interface ClassScores {
  inputCount: number;
  /** @throws RangeError when the length differs or an entry is not finite. */
  scoresOf(row: Float64Array): Float64Array;
}

/**
 * Mean of the members' outputs.
 * @param members - at least one, with the same inputs and outputs; two outputs or more.
 * @throws RangeError otherwise.
 */
export function ensembleScores(members: readonly Network[]): ClassScores {
  const [first] = members;
  if (!first) throw new RangeError('an ensemble needs a member');
  if (first.outputCount < 2) throw new RangeError('a call needs at least two classes');
  if (
    members.some((each) => each.inputCount !== first.inputCount || each.outputCount !== first.outputCount)
  ) {
    throw new RangeError('the members of an ensemble must fit each other');
  }
  return {
    inputCount: first.inputCount,
    scoresOf: (row) => {
      const mean = new Float64Array(first.outputCount);
      for (const member of members) {
        const { output } = forwardNetwork(member, row);
        for (let k = 0; k < mean.length; k += 1) mean[k]! += output[k]! / members.length;
      }
      return mean;
    },
  };
}

/** Class with the largest score, of equal ones the first. @throws RangeError without scores or with one that is not finite. */
export function callOf(scores: ArrayLike<number>): number {
  if (scores.length === 0) throw new RangeError('a call needs a score');
  let best = 0;
  for (let k = 0; k < scores.length; k += 1) {
    if (!Number.isFinite(scores[k])) throw new RangeError('a score is not finite');
    if (scores[k]! > scores[best]!) best = k;
  }
  return best;
}

/** Score of a class minus the largest of the others: negative when another one is called. @throws RangeError with fewer than two classes or when the class is none of them. */
export function marginOver(scores: ArrayLike<number>, called: number): number {
  if (scores.length < 2 || !Number.isInteger(called) || called < 0 || called >= scores.length) {
    throw new RangeError(`class ${called} has no margin among ${scores.length} scores`);
  }
  let next = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k += 1) if (k !== called) next = Math.max(next, scores[k]!);
  return scores[called]! - next;
}
