import { classRanks } from './set-scores.ts';

/**
 * Share of cases whose own class is in their set.
 * @param labels - class of each case. @param sets - class indexes of each case's set.
 * @throws RangeError when there is no case, lengths differ, or a label or member is no class index.
 */
export function setCoverage(labels: ArrayLike<number>, sets: readonly (readonly number[])[]): number {
  checkSets(sets);
  if (labels.length !== sets.length) throw new RangeError('every set needs a label');
  const isIn = sets.map((members, i) => {
    checkLabel(labels[i]!);
    return members.includes(labels[i]!);
  });
  return isIn.filter(Boolean).length / sets.length;
}

/** Mean number of classes in a set, empty sets included. @throws RangeError as {@link setCoverage}. */
export function meanSetSize(sets: readonly (readonly number[])[]): number {
  checkSets(sets);
  return sets.reduce((sum, members) => sum + members.length, 0) / sets.length;
}

/**
 * How many classes are more probable than a case's own one: 0 when the model is right. Of equal probabilities the lower
 * index counts as more probable.
 * @throws RangeError when the label is no class, or a probability is not finite.
 */
export function trueLabelPosition(probabilities: ArrayLike<number>, label: number): number {
  const rank = classRanks(probabilities)[label];
  if (rank === undefined)
    throw new RangeError(`label ${label} is none of the ${probabilities.length} classes`);
  return rank - 1;
}

function checkSets(sets: readonly (readonly number[])[]): void {
  if (sets.length === 0) throw new RangeError('at least one set is needed');
  for (const members of sets) {
    for (const label of members) checkLabel(label);
    if (new Set(members).size !== members.length) throw new RangeError('a set holds a class once');
  }
}

function checkLabel(label: number): void {
  if (!Number.isSafeInteger(label) || label < 0)
    throw new RangeError('a class index is a whole number from 0');
}
