import { mean, sampleStandardDeviation } from 'simple-statistics';

/** 97.5 % point of the standard normal distribution. */
const Z_95 = 1.959963984540054;

/** A sample by its moments; what a table does not state is left out. */
export interface Sample {
  mean: number;
  sd?: number;
  count?: number;
}
export type FullSample = Required<Sample>;

/** A figure with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** @throws RangeError with fewer than two values. */
export function sampleOf(values: readonly number[]): FullSample {
  if (values.length < 2) throw new RangeError('moments need at least two values');
  return { mean: mean([...values]), sd: sampleStandardDeviation([...values]), count: values.length };
}

/** Relative variance of a mean; a table without spread or count counts as exact, which its sentence must say. */
const relativeVariance = ({ mean: m, sd, count }: Sample): number =>
  sd === undefined || count === undefined ? 0 : (sd / m) ** 2 / count;

const around = (value: number, standardError: number): Estimate => ({
  value,
  low: value - Z_95 * standardError,
  high: value + Z_95 * standardError,
});

/**
 * Mean of the made people against a known mean, percent above it (negative: below), averaged over cells. Interval:
 * normal, from the sampling errors of both sides.
 * @param cells - at least one. @throws RangeError without any.
 */
export function meanDifference(cells: readonly (readonly [made: FullSample, known: Sample])[]): Estimate {
  if (cells.length === 0) throw new RangeError('a comparison needs at least one cell');
  const ratios = cells.map(([made, known]) => made.mean / known.mean);
  const variances = cells.map(
    ([made, known], i) => ratios[i]! ** 2 * (relativeVariance(made) + relativeVariance(known)),
  );
  const standardError = Math.sqrt(variances.reduce((sum, v) => sum + v, 0)) / cells.length;
  return around(100 * (mean(ratios) - 1), 100 * standardError);
}

/** Standard deviation against a known one, percent above it. Interval: normal, SD of log SD 1 / root(2 n). */
export function sdDifference(made: FullSample, known: Required<Pick<Sample, 'sd'>> & Sample): Estimate {
  const ratio = made.sd / known.sd;
  const variance = 1 / (2 * made.count) + (known.count === undefined ? 0 : 1 / (2 * known.count));
  return around(100 * (ratio - 1), 100 * ratio * Math.sqrt(variance));
}

/** Correlation with Fisher's interval. @param count - people, at least 4. */
export function correlationEstimate(correlation: number, count: number): Estimate {
  if (!(count >= 4)) throw new RangeError('a correlation needs at least four people');
  const { low, high } = around(Math.atanh(correlation), 1 / Math.sqrt(count - 3));
  return { value: correlation, low: Math.tanh(low), high: Math.tanh(high) };
}

/** The estimate farthest from zero, with what it belongs to. @throws RangeError without any. */
export function farthest<Named extends { estimate: Estimate }>(all: readonly Named[]): Named {
  const [first, ...rest] = all;
  if (!first) throw new RangeError('a comparison needs at least one cell');
  return rest.reduce(
    (worst, next) => (Math.abs(next.estimate.value) > Math.abs(worst.estimate.value) ? next : worst),
    first,
  );
}
