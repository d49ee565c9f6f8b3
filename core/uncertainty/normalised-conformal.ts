import { checkColumns } from './checked-columns.ts';
import { type ConformalInterval, conformalInterval, type IntervalCalibration } from './conformal-interval.ts';
import { conformalThreshold } from './conformal-rank.ts';

/**
 * Calibrates intervals prediction +- multiple * (difficulty + floor) on cases that the model never saw: wider where the
 * model is less sure, with the same promise as plain split conformal prediction. Score |y - prediction| / (difficulty +
 * floor). Sources: Papadopoulos 2008; Lei 2018.
 * @param columns.difficulties - expected size of the error of each case, above 0 together with the floor.
 * @param floor - added to every difficulty, in the output's unit, 0 or more; keeps tiny difficulties from ruling.
 * @param alpha - share of misses, above 0 and below 1, as the decimal.
 * @throws RangeError when there is no case, lengths differ, a number is not finite or a scale not above 0.
 */
export function calibrateNormalised(
  columns: {
    predictions: ArrayLike<number>;
    difficulties: ArrayLike<number>;
    truths: ArrayLike<number>;
  },
  floor: number,
  alpha: number,
): IntervalCalibration {
  const { predictions, difficulties, truths } = columns;
  const count = checkColumns({ predictions, difficulties, truths });
  if (!(Number.isFinite(floor) && floor >= 0)) throw new RangeError('the floor of a difficulty is 0 or more');
  const scores = Float64Array.from(truths, (truth, i) => {
    const scale = scaleOf(difficulties[i]!, floor);
    return Math.abs(truth - predictions[i]!) / scale;
  });
  return { alpha, spreadFloor: floor, multiple: conformalThreshold(scores, alpha), count };
}

/**
 * Interval of one prediction, both ends included.
 * @throws RangeError when the prediction is not finite, or its difficulty and the floor together not above 0.
 */
export function normalisedInterval(
  prediction: number,
  difficulty: number,
  calibration: IntervalCalibration,
): ConformalInterval {
  if (!Number.isFinite(prediction)) throw new RangeError('a prediction is a finite number');
  scaleOf(difficulty, calibration.spreadFloor);
  return conformalInterval(prediction, difficulty, calibration);
}

function scaleOf(difficulty: number, floor: number): number {
  const scale = difficulty + floor;
  if (!(difficulty >= 0 && scale > 0 && Number.isFinite(scale))) {
    throw new RangeError('a difficulty is 0 or more, and above 0 together with its floor');
  }
  return scale;
}
