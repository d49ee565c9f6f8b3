/** Units from the largest to the smallest |value|, of equal ones the first first. @returns indexes; empty without values. */
export const strongestFirst = (values: ArrayLike<number>): number[] =>
  Array.from(values, (_, i) => i).sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!) || a - b);

/** Index of the largest |value|, the first of equal ones. @throws RangeError without a value. */
export function strongestUnit(values: ArrayLike<number>): number {
  const [top] = strongestFirst(values);
  if (top === undefined) throw new RangeError('an explanation needs a unit');
  return top;
}
