/** People as a classifier sees them: equally long rows of numbers, and the class of each. */
export interface LabelledRows {
  rows: readonly Float64Array[];
  /** 0 .. classes - 1, one a row. */
  labels: readonly number[];
}

/**
 * Checks a set before anything is learnt from it.
 * @returns the length of a row. @throws RangeError when it is empty, uneven, not finite, or a label is no class.
 */
export function checkLabelledRows(set: LabelledRows): number {
  const width = set.rows[0]?.length ?? 0;
  if (width === 0) throw new RangeError('a labelled set needs at least one row of at least one number');
  if (set.labels.length !== set.rows.length) throw new RangeError('every row needs one label');
  for (const row of set.rows) {
    if (row.length !== width) throw new RangeError('rows of a labelled set must have the same length');
    if (!row.every(Number.isFinite)) throw new RangeError('a value of a labelled set is not a finite number');
  }
  if (set.labels.some((label) => !Number.isInteger(label) || label < 0)) {
    throw new RangeError('a label is a whole number from 0');
  }
  return width;
}

/** Rows of one class, in order. */
export const rowsOfClass = (set: LabelledRows, label: number): Float64Array[] =>
  set.rows.filter((_, i) => set.labels[i] === label);

/** One set after another. */
export const joinRows = (...sets: readonly LabelledRows[]): LabelledRows => ({
  rows: sets.flatMap((set) => [...set.rows]),
  labels: sets.flatMap((set) => [...set.labels]),
});

/** Mean and standard deviation of each column, of training people only. */
export interface ColumnStandard {
  mean: Float64Array;
  /** Divided by n; 1 where a column never varies, so that it becomes 0 and harms nobody. */
  sd: Float64Array;
}

/** @param rows - at least one. @throws RangeError when there is none. */
export function columnStandard(rows: readonly ArrayLike<number>[]): ColumnStandard {
  const width = rows[0]?.length ?? 0;
  if (width === 0) throw new RangeError('a standard needs at least one row');
  const mean = new Float64Array(width);
  const sd = new Float64Array(width);
  for (const row of rows) for (let j = 0; j < width; j += 1) mean[j]! += row[j]! / rows.length;
  for (const row of rows)
    for (let j = 0; j < width; j += 1) sd[j]! += (row[j]! - mean[j]!) ** 2 / rows.length;
  for (let j = 0; j < width; j += 1) sd[j] = sd[j]! > 0 ? Math.sqrt(sd[j]!) : 1;
  return { mean, sd };
}

/** Rows in standard deviations from the mean. */
export const standardise = (rows: readonly ArrayLike<number>[], standard: ColumnStandard): Float64Array[] =>
  rows.map((row) =>
    Float64Array.from({ length: row.length }, (_, j) => (row[j]! - standard.mean[j]!) / standard.sd[j]!),
  );
