import { forwardNetwork } from '../networks/forward-network.ts';
import type { Network } from '../networks/network.ts';
import { inRangeP } from '../uncertainty/combined-range-score.ts';
import { type ConformalInterval, conformalInterval } from '../uncertainty/conformal-interval.ts';
import {
  ELBOW_OUTPUT_COUNT,
  type ElbowCalibration,
  elbowBandOf,
  FATIGUE_MODULE_LAYER,
  LOG_TIME_OUTPUT,
  levelBinOf,
  RANGE_LAYER,
  TORQUE_MODULE_LAYER,
} from './elbow-bundle.ts';
import {
  ELBOW_HOLD_LEVELS,
  ELBOW_HORIZON_S,
  ELBOW_TORQUE_TIMES_S,
  type ElbowQuestion,
  elbowInputRow,
  elbowRangeVector,
} from './elbow-input.ts';
import { rangeScoresOf } from './range-score.ts';

/** What a forecast needs of a bundle. */
export interface ElbowModel {
  members: readonly Network[];
  calibration: ElbowCalibration;
}

/** Mean and spread over the members of every output; torques as shares of maximal torque. */
export interface ElbowEnsembleAnswer {
  means: Float64Array;
  /** Standard deviation over the members. */
  spreads: Float64Array;
  /** Torque module: held torque, share of maximal torque. */
  heldShare: number;
  /** Fatigue module: share of the held torque that is left at each predicted time, 0..1. */
  sharesLeft: Float64Array;
  /** Last hidden layer of each member, for the range check. */
  hidden: readonly Float64Array[];
}

/**
 * Runs the members once.
 * @param row - as elbowInputRow gives it. @throws RangeError without members.
 */
export function elbowEnsembleAnswer(members: readonly Network[], row: Float64Array): ElbowEnsembleAnswer {
  const count = members.length;
  if (count === 0) throw new RangeError('an ensemble needs a member');
  const maximalTorqueNm = row.at(-1)!;
  const means = new Float64Array(ELBOW_OUTPUT_COUNT);
  const squares = new Float64Array(ELBOW_OUTPUT_COUNT);
  const sharesLeft = new Float64Array(ELBOW_TORQUE_TIMES_S.length);
  let heldShare = 0;
  const hidden = members.map((member) => {
    const { output, recorded } = forwardNetwork(member, row, [
      TORQUE_MODULE_LAYER,
      FATIGUE_MODULE_LAYER,
      RANGE_LAYER,
    ]);
    for (let j = 0; j < ELBOW_OUTPUT_COUNT; j += 1) {
      const value = j === LOG_TIME_OUTPUT ? output[j]! : output[j]! / maximalTorqueNm;
      means[j]! += value / count;
      squares[j]! += (value * value) / count;
    }
    heldShare += recorded.get(TORQUE_MODULE_LAYER)!.output[0]! / count;
    const shares = recorded.get(FATIGUE_MODULE_LAYER)!.output;
    for (let j = 0; j < sharesLeft.length; j += 1) sharesLeft[j]! += shares[j]! / count;
    return recorded.get(RANGE_LAYER)!.output;
  });
  const spreads = means.map((mean, j) => Math.sqrt(Math.max(0, squares[j]! - mean * mean)));
  return { means, spreads, heldShare, sharesLeft, hidden };
}

/**
 * Interval of one output in the unit of {@link ElbowEnsembleAnswer.means}: half width = multiple x (spread of the members +
 * difficulty of this hold level), calibrated among people of the same sex and age band.
 */
export function elbowInterval(
  answer: ElbowEnsembleAnswer,
  question: Pick<ElbowQuestion, 'sex' | 'ageYears' | 'level'>,
  output: number,
  calibration: ElbowCalibration,
): ConformalInterval {
  const difficulty = calibration.difficulty[levelBinOf(question.level)]![output]!;
  return conformalInterval(
    answer.means[output]!,
    answer.spreads[output]! + difficulty,
    calibration.intervals[elbowBandOf(question)]![output]!,
  );
}

/** Time to task failure. Beyond 150 s nothing was recorded, so nothing is said. */
export interface TimeToFailure {
  /** Middle of the forecast, seconds; null: beyond 150 s. */
  middleS: number | null;
  lowS: number;
  /** Null: beyond 150 s, or the calibration set is too small for a bound. */
  highS: number | null;
}

export type ElbowForecast =
  | { kind: 'refused'; reason: 'hold-level-not-trained' | 'out-of-range'; p: number }
  | {
      kind: 'answer';
      /** Conformal p value of "like the training people". */
      p: number;
      /** Torque at ELBOW_TORQUE_TIMES_S, N.m, with the interval; 0 is the lowest bound. */
      torque: readonly { timeS: number; middleNm: number; intervalNm: ConformalInterval }[];
      timeToFailure: TimeToFailure;
      /** Torque module: what is held before fatigue, N.m. */
      heldTorqueNm: number;
      /** Fatigue module: share of it that is left at each time, 0..1. */
      sharesLeft: Float64Array;
    };

/** Conformal p value of "like the training people", from one run of the members. */
export function elbowRangeP(
  question: ElbowQuestion,
  answer: ElbowEnsembleAnswer,
  calibration: ElbowCalibration,
): number {
  const scores = rangeScoresOf(elbowRangeVector(question), answer.hidden, calibration);
  return inRangeP(scores.featureScore, scores.hiddenScore, calibration);
}

/** True for hold levels that the model was trained on; 0.5 % of maximum is the rounding of a target. */
export const isTrainedLevel = (level: number): boolean =>
  level >= ELBOW_HOLD_LEVELS[0] - 0.005 && level <= ELBOW_HOLD_LEVELS[1] + 0.005;

/** Seconds of an output ln(t / 60 s); null from the horizon on. */
export function secondsOf(logMinutes: number): number | null {
  const seconds = 60 * Math.exp(logMinutes);
  return seconds >= ELBOW_HORIZON_S ? null : seconds;
}

/**
 * Torque to 150 s and time to task failure from the first 30 s.
 * @throws RangeError with a sentence when the question is incomplete or impossible.
 */
export function forecastElbow(model: ElbowModel, question: ElbowQuestion): ElbowForecast {
  const { calibration } = model;
  const answer = elbowEnsembleAnswer(model.members, elbowInputRow(question));
  const p = elbowRangeP(question, answer, calibration);
  if (!isTrainedLevel(question.level)) return { kind: 'refused', reason: 'hold-level-not-trained', p };
  if (p <= calibration.rangeAlpha) return { kind: 'refused', reason: 'out-of-range', p };
  const intervalOf = (output: number) => elbowInterval(answer, question, output, calibration);
  const { maximalTorqueNm } = question;
  const time = intervalOf(LOG_TIME_OUTPUT);
  return {
    kind: 'answer',
    p,
    torque: ELBOW_TORQUE_TIMES_S.map((timeS, j) => {
      const interval = intervalOf(j);
      return {
        timeS,
        middleNm: answer.means[j]! * maximalTorqueNm,
        intervalNm:
          interval === 'unbounded'
            ? interval
            : [Math.max(0, interval[0]) * maximalTorqueNm, Math.max(0, interval[1]) * maximalTorqueNm],
      };
    }),
    timeToFailure: {
      middleS: secondsOf(answer.means[LOG_TIME_OUTPUT]!),
      lowS: time === 'unbounded' ? 0 : Math.min(ELBOW_HORIZON_S, 60 * Math.exp(time[0])),
      highS: time === 'unbounded' ? null : secondsOf(time[1]),
    },
    heldTorqueNm: answer.heldShare * maximalTorqueNm,
    sharesLeft: answer.sharesLeft,
  };
}
