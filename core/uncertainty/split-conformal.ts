import { checkColumns } from './checked-columns.ts';
import type { ConformalInterval } from './conformal-interval.ts';
import { type ConformalThreshold, conformalThreshold } from './conformal-rank.ts';

/** Split conformal calibration with absolute residuals: every interval is equally wide. */
export interface SplitCalibration {
  alpha: number;
  /** Half the width of every interval, in the output's unit. */
  halfWidth: ConformalThreshold;
  /** Calibration cases. */
  count: number;
}

/**
 * Calibrates intervals prediction +- half width on cases that the model never saw. A new case that is exchangeable with
 * them lies inside with a chance of at least 1 - alpha; with unlike people in it the promise holds on average only.
 * Source: Lei 2018 (split conformal, absolute residuals).
 * @param predictions - one per calibration case. @param truths - likewise, same unit.
 * @param alpha - share of misses, above 0 and below 1, as the decimal.
 * @throws RangeError when there is no case, lengths differ, a number is not finite, or for any other alpha.
 */
export function calibrateSplit(
  predictions: ArrayLike<number>,
  truths: ArrayLike<number>,
  alpha: number,
): SplitCalibration {
  const count = checkColumns({ predictions, truths });
  const residuals = Float64Array.from(truths, (truth, i) => Math.abs(truth - predictions[i]!));
  return { alpha, halfWidth: conformalThreshold(residuals, alpha), count };
}

/** Interval of one prediction, both ends included. @throws RangeError when the prediction or the half width is not finite. */
export function splitInterval(
  prediction: number,
  { halfWidth }: Pick<SplitCalibration, 'halfWidth'>,
): ConformalInterval {
  if (!Number.isFinite(prediction)) throw new RangeError('a prediction is a finite number');
  if (halfWidth !== 'unbounded' && !Number.isFinite(halfWidth)) {
    throw new RangeError('a half width is a finite number');
  }
  return halfWidth === 'unbounded' ? 'unbounded' : [prediction - halfWidth, prediction + halfWidth];
}
