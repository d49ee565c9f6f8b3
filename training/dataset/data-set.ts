/** People who serve one purpose and no other. */
export interface DataSetPart {
  /** "train", "validation", "calibration", "test", ... */
  name: string;
  count: number;
  /** Every person's numbers, in the order of the set's columns; labels as numbers. Same order each time. */
  rows(): Iterable<ArrayLike<number>>;
}

/** A data set that is frozen by the hash of its rows (training/dataset/frozen-data-sets.json). */
export interface DataSet {
  /** Small letters, digits and "-". */
  name: string;
  about: string;
  columns: readonly string[];
  parts: readonly DataSetPart[];
}
