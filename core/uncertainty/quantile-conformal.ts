import { neededCalibrationCount } from './calibration-size.ts';
import { checkColumns } from './checked-columns.ts';
import type { ConformalInterval } from './conformal-interval.ts';
import { type ConformalThreshold, conformalThreshold } from './conformal-rank.ts';

/** How far each end of a quantile model's band is moved outwards; negative draws it in. In the output's unit. */
export interface QuantileCalibration {
  alpha: number;
  lowerShift: ConformalThreshold;
  upperShift: ConformalThreshold;
  /** Calibration cases. */
  count: number;
  /** Calibration cases from which this alpha can be promised: about twice as many when each side has its own shift. */
  neededCount: number;
}

/** A band of a quantile model with its truths, one per calibration case, in one unit. */
export interface QuantileColumns {
  lower: ArrayLike<number>;
  upper: ArrayLike<number>;
  truths: ArrayLike<number>;
}

/**
 * Conformalised quantile regression with one shift for both ends: the score of a case is how far its truth lies outside
 * the band, max(lower - y, y - upper), negative inside. Source: Romano 2019 (arXiv:1905.03222), equations 6 to 8.
 * @param alpha - share of misses on both sides together, above 0 and below 1, as the decimal.
 * @throws RangeError when there is no case, lengths differ, a number is not finite, or for any other alpha.
 */
export function calibrateQuantiles(columns: QuantileColumns, alpha: number): QuantileCalibration {
  const { lower, upper, truths } = columns;
  const count = checkColumns({ lower, upper, truths });
  const scores = Float64Array.from(truths, (truth, i) => Math.max(lower[i]! - truth, truth - upper[i]!));
  const shift = conformalThreshold(scores, alpha);
  return { alpha, lowerShift: shift, upperShift: shift, count, neededCount: neededCalibrationCount(alpha) };
}

/**
 * Conformalised quantile regression with a shift for each end, so that either side misses at most alpha / 2. Wider on
 * average, and in need of about twice the calibration cases. Source: Romano 2019, theorem 2.
 * @param alpha - share of misses on both sides together, above 0 and below 1, as the decimal.
 * @throws RangeError when there is no case, lengths differ, a number is not finite, or for any other alpha.
 */
export function calibrateQuantileSides(columns: QuantileColumns, alpha: number): QuantileCalibration {
  const { lower, upper, truths } = columns;
  const count = checkColumns({ lower, upper, truths });
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  // Halving a double is exact, so the half of a decimal is the nearest double of the halved decimal.
  const side = alpha / 2;
  return {
    alpha,
    lowerShift: conformalThreshold(
      Float64Array.from(truths, (truth, i) => lower[i]! - truth),
      side,
    ),
    upperShift: conformalThreshold(
      Float64Array.from(truths, (truth, i) => truth - upper[i]!),
      side,
    ),
    count,
    neededCount: neededCalibrationCount(side),
  };
}

/** An interval of conformalised quantiles. */
export interface QuantileInterval {
  interval: ConformalInterval;
  /** The lower end lies above the upper one: no value is inside. To be reported, never swapped. */
  isCrossed: boolean;
}

/**
 * Interval of one case: its band with both ends shifted, ends included.
 * @param lower - the quantile model's lower end. @param upper - its upper end; may lie below when the model crosses.
 * @throws RangeError when an end or a shift is not finite.
 */
export function quantileInterval(
  lower: number,
  upper: number,
  { lowerShift, upperShift }: Pick<QuantileCalibration, 'lowerShift' | 'upperShift'>,
): QuantileInterval {
  if (!Number.isFinite(lower) || !Number.isFinite(upper)) {
    throw new RangeError('both ends of a band are finite numbers');
  }
  if (lowerShift === 'unbounded' || upperShift === 'unbounded') {
    return { interval: 'unbounded', isCrossed: false };
  }
  if (!Number.isFinite(lowerShift) || !Number.isFinite(upperShift)) {
    throw new RangeError('the shifts of a band are finite numbers');
  }
  const interval = [lower - lowerShift, upper + upperShift] as const;
  return { interval, isCrossed: interval[0] > interval[1] };
}
