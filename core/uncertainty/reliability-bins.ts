/**
 * Which bin a value on an inner edge belongs to. 'right-open': [lower, upper), the last bin closed, so that a
 * confidence of 1 is counted. 'left-open': (lower, upper], the first bin closed (Guo 2017, arXiv:1706.04599).
 */
export type EdgeRule = 'right-open' | 'left-open';

/**
 * Edges of equally wide bins over 0..1.
 * @param binCount - 1 or more. @returns binCount + 1 ascending edges, computed as i times 1 / binCount: the edge that
 *   follows 0.2 is 0.30000000000000004 with ten bins, so a confidence typed as 0.3 lies below it.
 * @throws RangeError unless it is a whole number from 1.
 */
export function equalWidthEdges(binCount: number): Float64Array {
  checkBinCount(binCount);
  const width = 1 / binCount;
  return Float64Array.from({ length: binCount + 1 }, (_, i) => (i === binCount ? 1 : i * width));
}

/**
 * Edges between which about equally many confidences lie: their quantiles, linear between order statistics (type 7 of
 * Hyndman & Fan 1996), with 0 and 1 as the outer ones. Equal confidences make equal edges and so empty bins.
 * @param confidences - 0..1, at least one, in any order. @param binCount - 1 or more.
 * @returns binCount + 1 ascending edges. @throws RangeError otherwise.
 */
export function equalCountEdges(confidences: ArrayLike<number>, binCount: number): Float64Array {
  checkBinCount(binCount);
  if (confidences.length === 0) throw new RangeError('bins of equal counts need a confidence');
  const sorted = Float64Array.from(confidences).sort();
  if (!sorted.every((value) => value >= 0 && value <= 1)) {
    throw new RangeError('a confidence lies between 0 and 1');
  }
  return equalWidthEdges(binCount).map((share, i) => {
    if (i === 0 || i === binCount) return share;
    // Whole numbers first: (n - 1) times a rounded share could pass the order statistic that it should meet.
    const position = ((sorted.length - 1) * i) / binCount;
    const below = Math.floor(position);
    const from = sorted[below]!;
    const step = (sorted[below + 1] ?? from) - from;
    const part = position - below;
    // From the nearer end, so that a quantile never rounds past the order statistic above it.
    return part < 0.5 ? from + step * part : from + step - step * (1 - part);
  });
}

/**
 * Bin of a confidence: how many inner edges lie below it, or at it when bins are open to the right.
 * @param edges - ascending, from {@link equalWidthEdges} or {@link equalCountEdges}. @returns 0..edges.length - 2.
 * @throws RangeError when the confidence is outside 0 to 1.
 */
export function binOf(confidence: number, edges: ArrayLike<number>, rule: EdgeRule = 'right-open'): number {
  if (!(confidence >= 0 && confidence <= 1)) throw new RangeError('a confidence lies between 0 and 1');
  let bin = 0;
  while (
    bin < edges.length - 2 &&
    (rule === 'right-open' ? edges[bin + 1]! <= confidence : edges[bin + 1]! < confidence)
  ) {
    bin += 1;
  }
  return bin;
}

function checkBinCount(binCount: number): void {
  if (!(Number.isSafeInteger(binCount) && binCount >= 1)) {
    throw new RangeError('a number of bins is a whole number from 1');
  }
}
