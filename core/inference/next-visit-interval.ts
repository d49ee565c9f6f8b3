import type { ConformalInterval } from '../uncertainty/conformal-interval.ts';
import { type ConformalThreshold, conformalThreshold } from '../uncertainty/conformal-rank.ts';

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
  if (lows.length !== truths.length || highs.length !== truths.length) {
    throw new RangeError('every person needs a low quantile, a high quantile and a truth');
  }
  const scores = Float64Array.from(truths, (truth, i) => Math.max(lows[i]! - truth, truth - highs[i]!));
  if (!scores.every(Number.isFinite)) throw new RangeError('a quantile or a truth is not finite');
  return { alpha, margin: conformalThreshold(scores, alpha), count: scores.length };
}

/**
 * Interval of one forecast. Quantiles that a negative margin would turn around give their middle alone: it contains
 * the empty set that the method asks for, so nothing promised is lost.
 */
export function quantileInterval(
  low: number,
  high: number,
  calibration: Pick<QuantileCalibration, 'margin'>,
): ConformalInterval {
  const { margin } = calibration;
  if (margin === 'unbounded') return 'unbounded';
  if (low - margin <= high + margin) return [low - margin, high + margin];
  const middle = (low + high) / 2;
  return [middle, middle];
}

/**
 * Quantiles in ascending order: sorting estimated quantiles never takes them further from the true ones. Source:
 * Chernozhukov, Fernandez-Val & Galichon 2010, Econometrica 78:1093 (rearrangement).
 */
export const withoutCrossing = (quantiles: Float64Array): Float64Array => Float64Array.from(quantiles).sort();
