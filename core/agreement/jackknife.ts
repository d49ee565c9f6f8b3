/**
 * The statistic with each row left out once.
 * @param rows - at least 2. @param statistic - null where it is not defined.
 * @returns one number a row, in order; null when it is not defined for one of them.
 * @throws RangeError with fewer than two rows, or when the statistic is not a finite number.
 */
export function leaveOneOutStatistics<Row>(
  rows: readonly Row[],
  statistic: (rows: readonly Row[]) => number | null,
): Float64Array | null {
  if (rows.length < 2) throw new RangeError('leaving one row out needs at least two');
  const values = new Float64Array(rows.length);
  for (let left = 0; left < rows.length; left += 1) {
    const value = statistic(rows.filter((_, row) => row !== left));
    if (value === null) return null;
    if (!Number.isFinite(value)) throw new RangeError('a statistic is a finite number or null');
    values[left] = value;
  }
  return values;
}

/**
 * Acceleration of a BCa interval: sum of d^3 over 6 (sum of d^2)^1.5, d the mean of the leave-one-out values minus each
 * of them. Source: Efron 1987, J Am Stat Assoc 82:171. It is invariant under affine transformations of the statistic,
 * under others only to first order.
 * @param leaveOneOut - at least 2, finite.
 * @returns null when they do not differ by more than rounding, where it is 0 / 0.
 * @throws RangeError otherwise.
 */
export function jackknifeAcceleration(leaveOneOut: ArrayLike<number>): number | null {
  const { differences, largest } = differencesOf(leaveOneOut);
  // Equal values whose sum was rounded: a few units in the last place.
  const rounding = 4 * Number.EPSILON * largest;
  if (differences.every((difference) => Math.abs(difference) <= rounding)) return null;
  // Scaled first, so that neither tiny nor huge statistics leave the range of numbers.
  const scale = differences.reduce((widest, difference) => Math.max(widest, Math.abs(difference)), 0);
  let cubes = 0;
  let squares = 0;
  for (const difference of differences) {
    const scaled = difference / scale;
    squares += scaled ** 2;
    cubes += scaled ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}

/**
 * Jackknife standard error: square root of (n - 1) / n times the sum of squared distances from their mean.
 * Source: Efron & Tibshirani 1993, chapter 11.
 * @param leaveOneOut - at least 2, finite. @throws RangeError otherwise.
 */
export function jackknifeStandardError(leaveOneOut: ArrayLike<number>): number {
  const { differences } = differencesOf(leaveOneOut);
  const count = differences.length;
  const squares = differences.reduce((sum, difference) => sum + difference ** 2, 0);
  return Math.sqrt(((count - 1) / count) * squares);
}

function differencesOf(leaveOneOut: ArrayLike<number>): { differences: Float64Array; largest: number } {
  const values = Float64Array.from(leaveOneOut);
  if (values.length < 2 || !values.every(Number.isFinite)) {
    throw new RangeError('a jackknife needs at least two finite values');
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    differences: values.map((value) => mean - value),
    largest: values.reduce((size, value) => Math.max(size, Math.abs(value)), 0),
  };
}
