/** How much a pair of categories counts as agreement: 1 on the diagonal, falling with the distance of ordered categories. */
export type AgreementWeights = 'none' | 'linear' | 'quadratic';

/** Shares of subjects by the categories that two raters chose, and what they are compared with. */
export interface RatingTable {
  /** Subjects in the table. */
  count: number;
  categoryCount: number;
  /** Share of subjects in row k (first rater) and column l (second rater), row-major; sums to 1. */
  shares: Float64Array;
  rowShares: Float64Array;
  columnShares: Float64Array;
}

/**
 * Reads a square table of counts. @param counts - counts[k][l]: subjects that the first rater put into category k and the
 *   second into l; numbers from 0, not all 0; two categories or more, in their order for weights.
 * @throws RangeError for anything else.
 */
export function ratingTable(counts: readonly (readonly number[])[]): RatingTable {
  const size = counts.length;
  if (size < 2) throw new RangeError('a table of ratings has two categories or more');
  if (!counts.every((row) => row.length === size)) {
    throw new RangeError('a table of ratings has as many rows as columns');
  }
  const flat = Float64Array.from(counts.flat());
  if (!flat.every((value) => value >= 0 && Number.isFinite(value))) {
    throw new RangeError('the counts of a table are numbers from 0');
  }
  const count = flat.reduce((sum, value) => sum + value, 0);
  if (count === 0) throw new RangeError('a table of ratings needs at least one subject');
  const shares = flat.map((value) => value / count);
  const rowShares = new Float64Array(size);
  const columnShares = new Float64Array(size);
  for (let k = 0; k < size; k += 1) {
    for (let l = 0; l < size; l += 1) {
      // Margins from counts: whole numbers add up without rounding.
      rowShares[k]! += flat[k * size + l]!;
      columnShares[l]! += flat[k * size + l]!;
    }
  }
  const asShares = (margin: Float64Array) => margin.map((value) => value / count);
  return {
    count,
    categoryCount: size,
    shares,
    rowShares: asShares(rowShares),
    columnShares: asShares(columnShares),
  };
}

/**
 * Agreement weights of every pair of ordered categories, row-major (Cohen 1968): 1 - d / (q - 1) for linear and
 * 1 - (d / (q - 1))^2 for quadratic ones, d the distance of the two.
 * @param categoryCount - q, a whole number from 2. @returns q * q numbers 0..1. @throws RangeError otherwise.
 */
export function agreementWeights(categoryCount: number, weights: AgreementWeights): Float64Array {
  if (!(Number.isSafeInteger(categoryCount) && categoryCount >= 2)) {
    throw new RangeError('a number of categories is a whole number from 2');
  }
  return Float64Array.from({ length: categoryCount ** 2 }, (_, index) => {
    const distance = Math.abs(Math.floor(index / categoryCount) - (index % categoryCount));
    if (weights === 'none') return distance === 0 ? 1 : 0;
    const share = distance / (categoryCount - 1);
    return 1 - (weights === 'linear' ? share : share ** 2);
  });
}
