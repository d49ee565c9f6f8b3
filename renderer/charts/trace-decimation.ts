/** What is drawn of a long trace: of each pixel column its lowest and highest sample. For drawing only, never for a figure. */

export interface DrawnTrace {
  timeS: number[];
  /** Null: the line breaks here, a sample is missing. */
  values: (number | null)[];
  /** True when every sample of the stretch is drawn. */
  isEverySample: boolean;
}

/** Index of the first time at or after `atS`; the length when there is none. @param timeS - never falling. */
export function firstAtOrAfter(timeS: Float64Array, atS: number): number {
  let low = 0;
  let high = timeS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeS[middle]! < atS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sample nearest in time; -1 when there is none. */
export function nearestSample(timeS: Float64Array, atS: number): number {
  const after = firstAtOrAfter(timeS, atS);
  if (timeS.length === 0) return -1;
  if (after === 0) return 0;
  if (after === timeS.length) return after - 1;
  return timeS[after]! - atS < atS - timeS[after - 1]! ? after : after - 1;
}

/** Which pixel column a time inside the stretch lies in. The law of the decimation is stated with it, so it is one function. */
export const columnOf = (atS: number, fromS: number, toS: number, columns: number): number =>
  Math.min(columns - 1, Math.max(0, Math.floor(((atS - fromS) / (toS - fromS)) * columns)));

/** The first index from `first` on whose time is beyond, `end` when none is: by halving, so that each sample is looked at once. */
function firstBeyond(
  timeS: Float64Array,
  first: number,
  end: number,
  isBeyond: (atS: number) => boolean,
): number {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBeyond(timeS[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The samples to draw between two times, and one on either side so that the line reaches the edges.
 * Every pixel column keeps its lowest and its highest sample, in the order of time; a missing sample (NaN) breaks the line
 * once a column. The two samples outside belong to no column: they must not stand for those that are seen. A stretch of no
 * more than two samples a column is drawn whole.
 * @param columns - pixel columns of the plot, at least 1.
 */
export function decimateTrace(
  timeS: Float64Array,
  values: Float64Array,
  stretch: { fromS: number; toS: number },
  columns: number,
): DrawnTrace {
  const { fromS, toS } = stretch;
  const first = firstAtOrAfter(timeS, fromS);
  let end = firstAtOrAfter(timeS, toS);
  while (end < timeS.length && timeS[end]! <= toS) end++;
  const drawn: DrawnTrace = { timeS: [], values: [], isEverySample: end - first <= 2 * columns };
  const add = (index: number) => {
    const value = values[index]!;
    drawn.timeS.push(timeS[index]!);
    drawn.values.push(Number.isNaN(value) ? null : value);
  };
  if (first > 0) add(first - 1);
  if (drawn.isEverySample) for (let i = first; i < end; i++) add(i);
  for (let index = drawn.isEverySample ? end : first; index < end; ) {
    const column = columnOf(timeS[index]!, fromS, toS, columns);
    const after = firstBeyond(timeS, index, end, (atS) => columnOf(atS, fromS, toS, columns) > column);
    let lowest = -1;
    let highest = -1;
    let missing = -1;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (; index < after; index++) {
      const value = values[index]!;
      if (value < low) {
        low = value;
        lowest = index;
      }
      if (value > high) {
        high = value;
        highest = index;
      }
      if (Number.isNaN(value)) missing = index;
    }
    const kept = [lowest, highest, missing].filter((i, place, all) => i >= 0 && all.indexOf(i) === place);
    for (const i of kept.sort((a, b) => a - b)) add(i);
  }
  if (end < timeS.length) add(end);
  return drawn;
}
