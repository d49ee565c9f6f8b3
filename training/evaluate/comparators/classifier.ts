/** A trained classifier: probabilities of the classes 0, 1, ... for one row of features; sums to 1. */
export type Classifier = (row: ArrayLike<number>) => Float64Array;

/** People as a classifier learns from them. */
export interface LabelledRows {
  rows: readonly ArrayLike<number>[];
  /** Class of each row, 0 to classCount - 1. */
  labels: readonly number[];
  classCount: number;
}

/**
 * Refuses what no classifier can learn from.
 * @throws RangeError without rows, when lengths differ, for a label that is no class, a class without a row, or a
 *   feature that is not finite.
 */
export function checkRows({ rows, labels, classCount }: LabelledRows): void {
  if (rows.length === 0 || rows.length !== labels.length) throw new RangeError('every row needs a label');
  const width = rows[0]?.length ?? 0;
  for (const row of rows) {
    if (row.length !== width) throw new RangeError('rows must have the same length');
    for (let j = 0; j < width; j += 1) {
      if (!Number.isFinite(row[j])) throw new RangeError('a feature is not finite');
    }
  }
  const seen = new Set(labels);
  if (labels.some((label) => !(Number.isInteger(label) && label >= 0 && label < classCount))) {
    throw new RangeError('a label is no class');
  }
  if (seen.size !== classCount) throw new RangeError('a class has no row');
}
