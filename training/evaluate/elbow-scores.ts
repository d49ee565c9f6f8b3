import { ELBOW_OUTPUT_COUNT, type ElbowBundle, LOG_TIME_OUTPUT } from '../../core/inference/elbow-bundle.ts';
import {
  type ElbowEnsembleAnswer,
  elbowEnsembleAnswer,
  elbowInterval,
  elbowRangeP,
} from '../../core/inference/elbow-forecast.ts';
import { type ElbowQuestion, elbowInputRow } from '../../core/inference/elbow-input.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { elbowQuestion, elbowTruths } from '../fit/elbow-rows.ts';
import { type ElbowRecording, TORQUE_TIMES_S } from '../simulation/elbow/elbow-recording.ts';
import { plainPerson } from '../simulation/elbow/simulation-runs.ts';
import { SAMPLE_RATE_HZ, simulateHold } from '../simulation/elbow/sustained-hold.ts';
import { FLEXORS_BY_SEX } from '../simulation/elbow/three-compartment-fatigue.ts';

/** One person's forecast beside what was recorded. */
export interface ScoredHold {
  recording: ElbowRecording;
  question: ElbowQuestion;
  answer: ElbowEnsembleAnswer;
  isRefused: boolean;
  /** Of every output: does the interval hold the truth? */
  isCovered: readonly boolean[];
  /** Half widths of the intervals in the answer's unit; Infinity when unbounded. */
  halfWidths: Float64Array;
  /** Predicted - recorded torque at each time, N.m. */
  errorsNm: Float64Array;
}

/**
 * Scores people. An interval of the time to failure holds a censored truth when it reaches the horizon: both say "not
 * before 150 s", since truth and middle are the censored quantity.
 */
export function scoreHolds(bundle: ElbowBundle, recordings: readonly ElbowRecording[]): ScoredHold[] {
  return recordings.map((recording) => {
    const question = elbowQuestion(recording);
    const answer = elbowEnsembleAnswer(bundle.members, elbowInputRow(question));
    const truths = elbowTruths(recording);
    const halfWidths = new Float64Array(ELBOW_OUTPUT_COUNT);
    const isCovered = Array.from({ length: ELBOW_OUTPUT_COUNT }, (_, j) => {
      const interval = elbowInterval(answer, question, j, bundle.calibration);
      halfWidths[j] = interval === 'unbounded' ? Number.POSITIVE_INFINITY : (interval[1] - interval[0]) / 2;
      return interval === 'unbounded' || (truths[j]! >= interval[0] && truths[j]! <= interval[1]);
    });
    return {
      recording,
      question,
      answer,
      isRefused: elbowRangeP(question, answer, bundle.calibration) <= bundle.calibration.rangeAlpha,
      isCovered,
      halfWidths,
      errorsNm: recording.torqueNm.map(
        (torqueNm, j) => answer.means[j]! * recording.maximalTorqueNm - torqueNm,
      ),
    };
  });
}

/** Root mean square over the recorded times. */
export const rmsNm = (errorsNm: ArrayLike<number>): number => {
  let squares = 0;
  for (let i = 0; i < errorsNm.length; i += 1) squares += errorsNm[i]! ** 2;
  return Math.sqrt(squares / errorsNm.length);
};
/** Share of the recorded times within 2 N.m. */
export const within2Nm = (errorsNm: ArrayLike<number>): number =>
  Array.from(errorsNm).filter((error) => Math.abs(error) <= 2).length / errorsNm.length;

/** Torque of the average person of a sex at a hold level, share of maximal torque, and the time to failure. */
interface AverageCourse {
  shares: Float64Array;
  timeToFailureS: number;
}
/** Levels are looked up to a thousandth of maximum. */
const LEVEL_STEPS = 1000;
const courses = new Map<string, AverageCourse>();

/**
 * The baseline: what the fatigue model says of the average person of this sex at this level, without any EMG. Constants
 * of Rakshit et al. 2021; the target is reached and held by even sharing.
 */
export function averageCourse(sex: 'female' | 'male', level: number): AverageCourse {
  const step = Math.round(level * LEVEL_STEPS);
  const key = `${sex}-${step}`;
  const known = courses.get(key);
  if (known) return known;
  const person = {
    ...plainPerson({ strength: 1, fatigueRate: 1, recoveryRate: 1, sharing: [1, 1, 1, 1], emgGain: 1 }),
    fatigue: new Array(5).fill(FLEXORS_BY_SEX[sex]),
  };
  const hold = simulateHold(person, step / LEVEL_STEPS);
  const made = {
    shares: Float64Array.from(
      TORQUE_TIMES_S,
      (timeS) => hold.torqueNm[timeS * SAMPLE_RATE_HZ - 1]! / hold.maximalTorqueNm,
    ),
    timeToFailureS: hold.timeToFailureS,
  };
  courses.set(key, made);
  return made;
}

/** Errors of the average course, N.m. */
export function baselineErrorsNm(recording: ElbowRecording): Float64Array {
  const sex = recording.demographics?.sex;
  if (!sex) throw new RangeError('the average course needs a sex');
  const { shares } = averageCourse(sex, recording.level);
  return recording.torqueNm.map((torqueNm, j) => shares[j]! * recording.maximalTorqueNm - torqueNm);
}

/** A figure with its 95 % percentile interval over people. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}
const RESAMPLES = 400;

/**
 * Bootstrap over people of a figure that is made of per-person numbers.
 * @param rows - one row of numbers a person. @param figure - from the mean of each number over people.
 */
export function bootstrapPeople(
  rows: readonly (readonly number[])[],
  figure: (means: readonly number[]) => number,
  name: string,
): Estimate {
  const width = rows[0]?.length ?? 0;
  if (rows.length < 2 || width === 0) throw new RangeError('a bootstrap needs at least two people');
  const stream = randomStream('elbow-bootstrap', name, 0);
  const meansOf = (pick: () => number) => {
    const sums = new Array<number>(width).fill(0);
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[pick()]!;
      for (let j = 0; j < width; j += 1) sums[j]! += row[j]!;
    }
    return sums.map((sum) => sum / rows.length);
  };
  let next = 0;
  const value = figure(
    meansOf(() => {
      next += 1;
      return next - 1;
    }),
  );
  const values = Float64Array.from({ length: RESAMPLES }, () =>
    figure(meansOf(() => stream.integer(rows.length))),
  ).sort();
  return {
    value,
    low: values[Math.floor(0.025 * RESAMPLES)]!,
    high: values[Math.ceil(0.975 * RESAMPLES) - 1]!,
  };
}

/** ln of predicted over recorded time to failure, both censored at the horizon. */
export const logTimeError = ({ answer, recording }: ScoredHold): number =>
  answer.means[LOG_TIME_OUTPUT]! - elbowTruths(recording)[LOG_TIME_OUTPUT]!;
