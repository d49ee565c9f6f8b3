import type { ConformalThreshold } from './conformal-rank.ts';

/** Normalised split conformal calibration of one output of a regression ensemble. */
export interface IntervalCalibration {
  alpha: number;
  /** Added to the members' spread, in the output's unit, so that agreeing members do not give a zero width. */
  spreadFloor: number;
  /** Multiple of (spread + floor) on either side. */
  multiple: ConformalThreshold;
  count: number;
}

/** An interval, or the statement that the calibration set cannot give one. */
export type ConformalInterval = readonly [number, number] | 'unbounded';

/**
 * Interval of one prediction, in its unit.
 * @param spread - of the members, 0 or more.
 * @throws RangeError when the prediction is not finite, the spread is below 0, or the half width is not a finite number from 0.
 */
export function conformalInterval(
  mean: number,
  spread: number,
  calibration: IntervalCalibration,
): ConformalInterval {
  if (!Number.isFinite(mean)) throw new RangeError('a prediction is a finite number');
  if (!(spread >= 0)) throw new RangeError('a spread is 0 or more');
  if (calibration.multiple === 'unbounded') return 'unbounded';
  const half = calibration.multiple * (spread + calibration.spreadFloor);
  if (!(half >= 0 && half < Number.POSITIVE_INFINITY)) {
    throw new RangeError('the half width of an interval is a finite number from 0');
  }
  return [mean - half, mean + half];
}
