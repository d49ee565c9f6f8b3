/**
 * Cuts between equal-frequency levels of one feature, ascending, without repeats.
 * @param levels - 2 to 256. @throws RangeError otherwise.
 */
export function levelEdges(
  rows: readonly ArrayLike<number>[],
  feature: number,
  levels: number,
): Float64Array {
  if (!(Number.isInteger(levels) && levels >= 2 && levels <= 256)) {
    throw new RangeError('a feature is rounded to 2 to 256 levels');
  }
  const sorted = Float64Array.from(rows, (row) => row[feature]!).sort();
  const edges = new Set<number>();
  for (let level = 1; level < levels; level += 1) {
    edges.add(sorted[Math.floor((level * sorted.length) / levels)]!);
  }
  return Float64Array.from(edges);
}

/** Level of a value: the number of edges at or below it. */
export function levelOf(value: number, edges: Float64Array): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
