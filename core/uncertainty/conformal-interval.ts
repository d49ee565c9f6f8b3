import { type ConformalThreshold, conformalThreshold } from './conformal-rank.ts';

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
 * Calibrates intervals mean +- multiple * (member spread + floor) on people the network never saw.
 * @param floor - above 0, e.g. the median absolute error. @throws RangeError when lengths differ or floor <= 0.
 */
export function calibrateInterval(
  means: ArrayLike<number>,
  spreads: ArrayLike<number>,
  truths: ArrayLike<number>,
  floor: number,
  alpha: number,
): IntervalCalibration {
  if (means.length !== truths.length || spreads.length !== truths.length) {
    throw new RangeError('every row needs a mean, a spread and a truth');
  }
  if (!(floor > 0)) throw new RangeError('the floor of the spread must be above 0');
  const scores = Float64Array.from(truths, (truth, i) => Math.abs(truth - means[i]!) / (spreads[i]! + floor));
  return {
    alpha,
    spreadFloor: floor,
    multiple: conformalThreshold(scores, alpha),
    count: scores.length,
  };
}

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
