import { mostRelevantFirst } from './deletion-curve.ts';
import { checkQuestion, outputWithOnly, outputWithout, type RemovalQuestion } from './removal-question.ts';

/** What the k groups that speak most for an output are worth to it. */
export interface TopGroups {
  /** Indices of the groups. */
  groups: readonly number[];
  /** Fall of the output without them: large when they matter. */
  comprehensiveness: number;
  /** Fall of the output when only they are left: near zero, or below, when they are enough. */
  sufficiency: number;
}

/**
 * Comprehensiveness and sufficiency of the k groups with the largest values. Source: DeYoung et al. 2020.
 * @param values - one a group. @param k - 1 to the number of groups.
 * @throws RangeError when something does not fit or an output is not finite.
 */
export function topGroupsWorth(question: RemovalQuestion, values: ArrayLike<number>, k: number): TopGroups {
  checkQuestion(question, values);
  if (!Number.isInteger(k) || k < 1 || k > question.groups.length) {
    throw new RangeError(`there are no ${k} of ${question.groups.length} groups`);
  }
  const groups = mostRelevantFirst(values).slice(0, k);
  const output = outputWithout(question, []);
  return {
    groups,
    comprehensiveness: output - outputWithout(question, groups),
    sufficiency: output - outputWithOnly(question, groups),
  };
}
