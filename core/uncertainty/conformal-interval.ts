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

/** Interval of one prediction. */
export function conformalInterval(
  mean: number,
  spread: number,
  calibration: IntervalCalibration,
): ConformalInterval {
  if (calibration.multiple === 'unbounded') return 'unbounded';
  const half = calibration.multiple * (spread + calibration.spreadFloor);
  return [mean - half, mean + half];
}
