/** Rows of numbers, flat and row after row. */
export interface TrainingRows {
  count: number;
  /** Length count * inputs of the model: its inputs one after another, in the model's order, each [step][channel]. */
  inputs: Float32Array;
  /** Length count * targets: one-hot classes, or standardised values. */
  targets: Float32Array;
  /** Length count: weight of each row in the loss, e.g. of its class. */
  rowWeights: Float32Array;
  /**
   * Length count * targets: weight of each single target, e.g. 0 for a censored value (its target is then never
   * looked at, but must be finite). Not for classes.
   */
  targetMask?: Float32Array;
}

/**
 * Weights per row that make every class count the same in the loss; their mean is 1.
 * @param labels - class of each row, 0..classCount-1. @throws RangeError when a class has no row.
 */
export function classWeights(labels: ArrayLike<number>, classCount: number): Float32Array {
  const counts = new Array<number>(classCount).fill(0);
  for (let i = 0; i < labels.length; i += 1) counts[labels[i]!]! += 1;
  if (counts.some((count) => count === 0)) throw new RangeError('a class has no row');
  return Float32Array.from(labels, (label) => labels.length / (classCount * counts[label]!));
}

/** The rows at these places, in that order (a place may come twice: a bootstrap sample). */
export function takeRows(rows: TrainingRows, places: ArrayLike<number>): TrainingRows {
  return mapColumns(rows, places.length, (values, width) => {
    const taken = new Float32Array(places.length * width);
    for (let to = 0; to < places.length; to += 1) {
      const from = places[to]! * width;
      taken.set(values.subarray(from, from + width), to * width);
    }
    return taken;
  });
}

/** Rows from `first` to before `end`, as views of the same memory. */
export function sliceRows(rows: TrainingRows, first: number, end: number): TrainingRows {
  const last = Math.min(end, rows.count);
  return mapColumns(rows, last - first, (values, width) => values.subarray(first * width, last * width));
}

function mapColumns(
  rows: TrainingRows,
  count: number,
  change: (values: Float32Array, width: number) => Float32Array,
): TrainingRows {
  const changed = (values: Float32Array) => change(values, values.length / rows.count);
  return {
    count,
    inputs: changed(rows.inputs),
    targets: changed(rows.targets),
    rowWeights: changed(rows.rowWeights),
    ...(rows.targetMask ? { targetMask: changed(rows.targetMask) } : {}),
  };
}

/** @throws RangeError when a length does not fit, or a number is not finite. */
export function checkRows(rows: TrainingRows, inputCount: number, targetCount: number): void {
  const { count, inputs, targets, rowWeights, targetMask } = rows;
  const isConsistent =
    count > 0 &&
    inputs.length === count * inputCount &&
    targets.length === count * targetCount &&
    rowWeights.length === count &&
    (!targetMask || targetMask.length === targets.length);
  if (!isConsistent) throw new RangeError('the training rows do not fit the model');
  for (const [name, values] of Object.entries({ inputs, targets, rowWeights, targetMask })) {
    if (typeof values === 'object' && !values.every(Number.isFinite)) {
      throw new RangeError(`the ${name} of the training rows hold a value that is not finite`);
    }
  }
}
