/**
 * A number as every published page writes it: whole ones are counts and exact, others have four digits.
 */
export const figureText = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
