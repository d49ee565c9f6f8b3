import type { ConformalInterval } from './conformal-interval.ts';

/**
 * Share of truths inside their interval, both ends included; an unbounded interval holds every truth.
 * @throws RangeError when there is no interval, lengths differ, a truth is not finite, an end is not a number, or the
 *   ends are crossed.
 */
export function intervalCoverage(truths: ArrayLike<number>, intervals: readonly ConformalInterval[]): number {
  const bounds = checkedBounds(truths, intervals);
  return bounds.filter((ends, i) => isInside(truths[i]!, ends)).length / bounds.length;
}

/**
 * Mean width, in the output's unit; infinite when an interval is unbounded.
 * @throws RangeError when there is no interval, an end is not a number, or the ends are crossed.
 */
export function meanIntervalWidth(intervals: readonly ConformalInterval[]): number {
  const bounds = intervals.map(boundsOf);
  return mean(bounds.map(widthOf));
}

/** Coverage by width: the promise should hold for narrow and for wide intervals alike. */
export interface SizeStratifiedCoverage {
  /** Coverage of each bin, the narrowest intervals first. */
  coverages: number[];
  /** Smallest of them. */
  smallest: number;
}

/**
 * Size-stratified coverage: intervals in order of width (equal ones in the order given), cut into bins of nearly equal
 * numbers, the earlier bins taking what is over. Source: Angelopoulos & Bates 2021 (arXiv:2107.07511).
 * @param binCount - a whole number from 1 to the number of intervals.
 * @throws RangeError for any other, or as {@link intervalCoverage}.
 */
export function sizeStratifiedCoverage(
  truths: ArrayLike<number>,
  intervals: readonly ConformalInterval[],
  binCount: number,
): SizeStratifiedCoverage {
  const bounds = checkedBounds(truths, intervals);
  if (!Number.isSafeInteger(binCount) || binCount < 1 || binCount > bounds.length) {
    throw new RangeError('the number of bins is a whole number from 1 to the number of intervals');
  }
  const order = bounds.map((_, i) => i).sort((a, b) => compareWidths(bounds[a]!, bounds[b]!));
  const hits = order.map((i): number => (isInside(truths[i]!, bounds[i]!) ? 1 : 0));
  const size = Math.floor(hits.length / binCount);
  const over = hits.length % binCount;
  const coverages = Array.from({ length: binCount }, (_, bin) => {
    const start = bin * size + Math.min(bin, over);
    return mean(hits.slice(start, start + size + (bin < over ? 1 : 0)));
  });
  return { coverages, smallest: Math.min(...coverages) };
}

/**
 * Mean pinball loss of predicted quantiles: level * (y - q) above the quantile, (1 - level) * (q - y) below. In the
 * output's unit; smallest for the true quantile.
 * @param quantiles - one per truth. @param level - of the quantile, above 0 and below 1.
 * @throws RangeError when there is no truth, lengths differ, a number is not finite, or for any other level.
 */
export function pinballLoss(truths: ArrayLike<number>, quantiles: ArrayLike<number>, level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError('the level of a quantile lies between 0 and 1');
  if (truths.length !== quantiles.length) throw new RangeError('every truth needs a quantile');
  return mean(
    Array.from(truths, (truth, i) => {
      const above = truth - quantiles[i]!;
      if (!Number.isFinite(above)) throw new RangeError('truths and quantiles are finite numbers');
      return Math.max(level * above, (level - 1) * above);
    }),
  );
}

/**
 * Mean Winkler interval score: width, plus 2 / alpha times the distance of a truth outside its interval. In the output's
 * unit, smaller is better. Sources: Winkler 1972; Gneiting & Raftery 2007, section 6.2.
 * @param alpha - share of misses that the intervals were made for, above 0 and below 1.
 * @returns infinite when an interval is unbounded. @throws RangeError for any other alpha, or as {@link intervalCoverage}.
 */
export function winklerScore(
  truths: ArrayLike<number>,
  intervals: readonly ConformalInterval[],
  alpha: number,
): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  return mean(
    checkedBounds(truths, intervals).map((ends, i) => {
      const outside = Math.max(ends[0] - truths[i]!, truths[i]! - ends[1], 0);
      return widthOf(ends) + (2 / alpha) * outside;
    }),
  );
}

/**
 * Coverage-width criterion: (1 - mean width / range of the truths) * exp(-eta * (coverage - (1 - alpha))^2). Larger is
 * better; 1 at most unless eta is below 0. Source: Khosravi 2010.
 * @param alpha - share of misses that the intervals were made for, above 0 and below 1. @param eta - weight of a coverage
 *   that is off; at 0 only the width counts, below 0 a coverage that is off is rewarded.
 * @throws RangeError for other values, when all truths are equal, an interval is unbounded, or as {@link intervalCoverage}.
 */
export function coverageWidthCriterion(
  truths: ArrayLike<number>,
  intervals: readonly ConformalInterval[],
  alpha: number,
  eta: number,
): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  if (!Number.isFinite(eta)) throw new RangeError('eta is a finite number');
  const off = intervalCoverage(truths, intervals) - (1 - alpha);
  const width = meanIntervalWidth(intervals);
  if (width === Number.POSITIVE_INFINITY)
    throw new RangeError('an unbounded interval has no share of a range');
  const values = Array.from(truths);
  const range = Math.max(...values) - Math.min(...values);
  if (range === 0) throw new RangeError('all truths are equal: they have no range');
  return (1 - width / range) * Math.exp(-eta * off * off);
}

type Bounds = readonly [number, number];

function boundsOf(interval: ConformalInterval): Bounds {
  if (interval === 'unbounded') return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (!(interval[0] <= interval[1])) {
    throw new RangeError('the lower end of an interval lies above its upper one, or is not a number');
  }
  return interval;
}

function checkedBounds(truths: ArrayLike<number>, intervals: readonly ConformalInterval[]): Bounds[] {
  if (intervals.length !== truths.length) throw new RangeError('every truth needs an interval');
  if (intervals.length === 0) throw new RangeError('at least one interval is needed');
  if (!Array.from(truths).every(Number.isFinite)) throw new RangeError('a truth is a finite number');
  return intervals.map(boundsOf);
}

const widthOf = ([lower, upper]: Bounds): number => upper - lower;
const isInside = (truth: number, [lower, upper]: Bounds): boolean => truth >= lower && truth <= upper;

/** Two infinite widths are equal; their difference would be none. */
function compareWidths(a: Bounds, b: Bounds): number {
  const difference = widthOf(a) - widthOf(b);
  return Number.isNaN(difference) ? 0 : difference;
}

function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('at least one case is needed');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
