/**
 * Refuses columns that cannot belong to the same cases.
 * @param columns - by name, one number per case. @returns number of cases, from 1.
 * @throws RangeError when there is no case, when lengths differ or when a number is not finite.
 */
export function checkColumns(columns: Readonly<Record<string, ArrayLike<number>>>): number {
  const [[firstName, first] = ['', []]] = Object.entries(columns);
  const count = first.length;
  if (count === 0) throw new RangeError('at least one case is needed');
  for (const [name, values] of Object.entries(columns)) {
    if (values.length !== count) {
      throw new RangeError(`${firstName} has ${count} cases and ${name} ${values.length}`);
    }
    for (let i = 0; i < count; i += 1) {
      if (!Number.isFinite(values[i])) throw new RangeError(`${name} of case ${i} is not a finite number`);
    }
  }
  return count;
}
