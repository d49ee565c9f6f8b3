/** Consecutive numbers of people whose every draw is keyed by (seed, subject). */
export interface SubjectRange {
  seed: string;
  first: number;
  /** Subjects drawn; a part may leave some of them out. */
  count: number;
}

/** People who serve one purpose and no other. */
export interface DataSetPart {
  /** "train", "validation", "calibration", "test", ... */
  name: string;
  count: number;
  /** Who is in it; the subjects of two purposes may not overlap. */
  subjects?: SubjectRange;
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
