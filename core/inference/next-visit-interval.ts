import type { ConformalInterval } from '../uncertainty/conformal-interval.ts';
import type { ConformalThreshold } from '../uncertainty/conformal-rank.ts';
import { calibrateQuantiles, quantileInterval as shiftedBand } from '../uncertainty/quantile-conformal.ts';

/** Conformalised quantile regression of one output. */
export interface QuantileCalibration {
  /** Allowed share of misses, e.g. 0.1. */
  alpha: number;
  /** Added on either side of the two quantiles, in the output's unit; below 0 when they were too wide. */
  margin: ConformalThreshold;
  /** Calibration people. */
  count: number;
}

/**
 * Calibrates the interval between two estimated quantiles on people the network never saw: margin = the conformal
 * quantile of max(low - truth, truth - high). Over exchangeable people the interval then holds the truth with chance
 * at least 1 - alpha, however good the quantiles are. Source: Romano, Patterson & Candes 2019, NeurIPS, theorem 1.
 * @param lows - one per person, in the output's unit; `highs` and `truths` alike.
 * @throws RangeError when lengths differ, a value is not finite, or alpha lies outside (0, 1).
 */
export function calibrateQuantileInterval(
  lows: ArrayLike<number>,
  highs: ArrayLike<number>,
  truths: ArrayLike<number>,
  alpha: number,
): QuantileCalibration {
  const { lowerShift, count } = calibrateQuantiles({ lower: lows, upper: highs, truths }, alpha);
  return { alpha, margin: lowerShift, count };
}

/**
 * Interval of one forecast. Quantiles that a negative margin would turn around give their middle alone: it contains
 * the empty set that the method asks for, so nothing promised is lost. @throws RangeError when a quantile is not finite.
 */
export function quantileInterval(
  low: number,
  high: number,
  calibration: Pick<QuantileCalibration, 'margin'>,
): ConformalInterval {
  const { margin } = calibration;
  const { interval, isCrossed } = shiftedBand(low, high, { lowerShift: margin, upperShift: margin });
  if (!isCrossed) return interval;
  const middle = (low + high) / 2;
  return [middle, middle];
}

/**
 * Quantiles in ascending order: sorting estimated quantiles never takes them further from the true ones. Source:
 * Chernozhukov, Fernandez-Val & Galichon 2010, Econometrica 78:1093 (rearrangement).
 */
export const withoutCrossing = (quantiles: Float64Array): Float64Array => Float64Array.from(quantiles).sort();
