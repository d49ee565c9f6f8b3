import { Matrix, QrDecomposition } from 'ml-matrix';

/**
 * Least squares by QR decomposition.
 * @param terms - the row of one person: as many numbers for each, a 1 for the intercept included.
 * @returns coefficients in the order of the terms; residuals in the order of the people; their standard deviation
 * with n less the terms in the denominator.
 * @throws RangeError with fewer people than twice the terms, or a value that is no number.
 */
export function regress<Person>(
  people: readonly Person[],
  terms: (person: Person) => number[],
  target: (person: Person) => number,
): { coefficients: number[]; residuals: number[]; residualSd: number } {
  const rows = people.map(terms);
  const values = people.map(target);
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.length < 2 * width)
    throw new RangeError('There are too few people for a regression.');
  if (!values.every(Number.isFinite) || !rows.flat().every(Number.isFinite)) {
    throw new RangeError('A person has a missing number where a regression needs it.');
  }
  const coefficients = new QrDecomposition(new Matrix(rows)).solve(Matrix.columnVector(values)).to1DArray();
  const residuals = rows.map(
    (row, i) => values[i]! - row.reduce((sum, term, j) => sum + term * coefficients[j]!, 0),
  );
  const squares = residuals.reduce((sum, residual) => sum + residual * residual, 0);
  return { coefficients, residuals, residualSd: Math.sqrt(squares / (rows.length - width)) };
}
