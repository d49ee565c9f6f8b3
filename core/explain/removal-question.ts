import { checkGroups, type InputGroup, type Reference } from './attribution.ts';
import type { ExplainedOutput } from './explained-output.ts';

/** What an explanation is judged by: how an output moves when groups of inputs are put to their reference. */
export interface RemovalQuestion {
  /** The explained output, or another function of the same rows, e.g. a probability. */
  explained: Pick<ExplainedOutput, 'inputCount' | 'valueOf'>;
  row: Float64Array;
  reference: Reference;
  /** Units that are replaced together: measurements or time bands. */
  groups: readonly InputGroup[];
}

/** @throws RangeError when rows, groups or (when given) the values of the groups do not fit each other. */
export function checkQuestion(question: RemovalQuestion, values?: ArrayLike<number>): void {
  const { explained, row, reference, groups } = question;
  for (const each of [row, reference.row]) {
    if (each.length !== explained.inputCount) {
      throw new RangeError(`the model takes ${explained.inputCount} numbers, not ${each.length}`);
    }
    if (!each.every(Number.isFinite)) throw new RangeError('an input or a reference is not finite');
  }
  checkGroups(groups, explained.inputCount);
  if (values === undefined) return;
  if (values.length !== groups.length) {
    throw new RangeError(`${groups.length} groups need as many values, not ${values.length}`);
  }
  if (!Array.from(values).every(Number.isFinite)) throw new RangeError('a value of a group is not finite');
}

/** Output with the groups of `removed`, by index, at their reference. @throws RangeError when it is not finite. */
export function outputWithout(question: RemovalQuestion, removed: Iterable<number>): number {
  const { explained, row, reference, groups } = question;
  const replaced = row.slice();
  for (const index of removed) {
    const group = groups[index];
    if (!group) throw new RangeError(`there is no group ${index} among ${groups.length}`);
    for (const column of group.columns) replaced[column] = reference.row[column]!;
  }
  return finiteOutput(explained.valueOf(replaced));
}

/** Output with only the groups of `kept` at their own values and all other groups at their reference. */
export function outputWithOnly(question: RemovalQuestion, kept: Iterable<number>): number {
  const stay = new Set(kept);
  return outputWithout(
    question,
    [...question.groups.keys()].filter((index) => !stay.has(index)),
  );
}

function finiteOutput(output: number): number {
  if (!Number.isFinite(output)) throw new RangeError('an output is not finite');
  return output;
}
