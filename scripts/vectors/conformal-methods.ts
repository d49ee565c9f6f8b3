import { randomStream } from '../../core/numerics/random-stream.ts';
import type { ConformalInterval } from '../../core/uncertainty/conformal-interval.ts';
import {
  calibrateSets,
  calibrateSetsByClass,
  conformalSet,
  type LabelledCases,
  type PredictionSet,
} from '../../core/uncertainty/conformal-sets.ts';
import { calibrateGroups, groupInterval } from '../../core/uncertainty/group-conditional.ts';
import { jackknifePlusInterval } from '../../core/uncertainty/jackknife-plus.ts';
import { calibrateNormalised, normalisedInterval } from '../../core/uncertainty/normalised-conformal.ts';
import {
  calibrateQuantileSides,
  calibrateQuantiles,
  quantileInterval,
} from '../../core/uncertainty/quantile-conformal.ts';
import type { SetScore } from '../../core/uncertainty/set-scores.ts';
import { calibrateSplit, splitInterval } from '../../core/uncertainty/split-conformal.ts';

/** What a regression model says about a case, and what came true. */
export interface Case {
  prediction: number;
  difficulty: number;
  lower: number;
  upper: number;
  truth: number;
}

/** Calibrates on cases and answers the interval of a new one. */
export type IntervalMethod = (
  calibration: readonly Case[],
  alpha: number,
) => (test: Case) => ConformalInterval;
/** Calibrates on labelled cases and answers the set of a new one. */
export type SetMethod = (
  calibration: LabelledCases,
  alpha: number,
) => (probabilities: number[], draw?: number) => PredictionSet;

export const column = (cases: readonly Case[], name: keyof Case): number[] => cases.map((each) => each[name]);

const columnsOf = (cases: readonly Case[]) => ({
  predictions: column(cases, 'prediction'),
  difficulties: column(cases, 'difficulty'),
  truths: column(cases, 'truth'),
  lower: column(cases, 'lower'),
  upper: column(cases, 'upper'),
});

export const split: IntervalMethod = (cases, alpha) => {
  const { predictions, truths } = columnsOf(cases);
  const calibration = calibrateSplit(predictions, truths, alpha);
  return ({ prediction }) => splitInterval(prediction, calibration);
};

const quantilesBy =
  (calibrate: typeof calibrateQuantiles): IntervalMethod =>
  (cases, alpha) => {
    const calibration = calibrate(columnsOf(cases), alpha);
    return ({ lower, upper }) => quantileInterval(lower, upper, calibration).interval;
  };

/** Methods with one threshold, whose coverage is therefore beta distributed. */
export const ONE_THRESHOLD: Readonly<Record<string, IntervalMethod>> = {
  split,
  normalised: (cases, alpha) => {
    const calibration = calibrateNormalised(columnsOf(cases), 0.1, alpha);
    return ({ prediction, difficulty }) => normalisedInterval(prediction, difficulty, calibration);
  },
  quantiles: quantilesBy(calibrateQuantiles),
};

export const INTERVALS: Readonly<Record<string, IntervalMethod>> = {
  ...ONE_THRESHOLD,
  'quantiles, a shift for each side': quantilesBy(calibrateQuantileSides),
  'group of its own': (cases, alpha) => {
    const residuals = cases.map(({ prediction, truth }) => Math.abs(truth - prediction));
    const calibration = calibrateGroups(residuals, Array(cases.length).fill('only'), alpha);
    return ({ prediction }) => {
      const interval = groupInterval(prediction, 'only', calibration);
      if (interval === 'never-seen') throw new Error('the group was seen');
      return interval;
    };
  },
  // Stand-ins for the models without one case: each is off by a share of that case's difficulty.
  'jackknife+': (cases, alpha) => (test) => {
    const predictions = cases.map(({ difficulty }) => test.prediction + 0.1 * difficulty);
    const residuals = cases.map(({ prediction, truth }) => Math.abs(truth - prediction));
    return jackknifePlusInterval(predictions, residuals, alpha);
  },
};

export const setsBy =
  (score: SetScore, calibrate: typeof calibrateSets): SetMethod =>
  (cases, alpha) => {
    const calibration = calibrate(score, cases, alpha);
    return (probabilities, draw) =>
      conformalSet(probabilities, calibration, draw === undefined ? {} : { draw });
  };

/** Calibrates with draws of one size, and asks with those that it is given, or with another one. */
export const drawsOf =
  (method: SetMethod, calibrationDraw: number | null, askedDraw: number | null): SetMethod =>
  (cases, alpha) => {
    const same = Array<number>(cases.probabilities.length).fill(calibrationDraw ?? 0);
    const answer = method(calibrationDraw === null ? cases : { ...cases, draws: same }, alpha);
    return (probabilities, draw) => answer(probabilities, askedDraw ?? draw);
  };

export const RAPS: SetScore = { kind: 'raps', penalty: 0.1, freeRank: 1 };
const SCORES: SetScore[] = [{ kind: 'lac' }, { kind: 'aps' }, RAPS, { kind: 'margin' }, { kind: 'top-k' }];
export const SETS: Readonly<Record<string, SetMethod>> = Object.fromEntries(
  SCORES.flatMap((score) => [
    [score.kind, setsBy(score, calibrateSets)],
    [`${score.kind} by class`, setsBy(score, calibrateSetsByClass)],
  ]),
);

/** A uniform draw for each case, which makes the coverage of `aps` and `raps` exact. */
export function drawnShares(name: string, seed: number, count: number): number[] {
  const stream = randomStream('conformal laws', `${name} shares`, seed);
  return Array.from({ length: count }, stream.uniform);
}

export function drawnCases(name: string, seed: number, count: number): Case[] {
  const stream = randomStream('conformal laws', name, seed);
  return Array.from({ length: count }, () => {
    const difficulty = 0.2 + stream.uniform();
    const prediction = 5 * stream.uniform();
    const truth = prediction + 0.1 + difficulty * stream.normal();
    return { difficulty, prediction, truth, lower: prediction - difficulty, upper: prediction + difficulty };
  });
}

/** Probabilities of three classes that are right about how sure they are. */
export function drawnLabels(name: string, seed: number, count: number) {
  const stream = randomStream('conformal laws', name, seed);
  const cases = Array.from({ length: count }, () => {
    const weights = [0, 1, 2].map(() => Math.exp(2 * stream.normal()));
    const sum = weights[0]! + weights[1]! + weights[2]!;
    const probabilities = weights.map((weight) => weight / sum);
    const at = stream.uniform();
    const label = at < probabilities[0]! ? 0 : at < probabilities[0]! + probabilities[1]! ? 1 : 2;
    return { probabilities, label };
  });
  return {
    probabilities: cases.map((each) => each.probabilities),
    labels: cases.map((each) => each.label),
  };
}

export const endsOf = (interval: ConformalInterval): readonly [number, number] =>
  interval === 'unbounded' ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : interval;

/** A threshold with one defect, as a split conformal method. */
export const splitWith =
  (threshold: (residuals: number[], alpha: number) => number): IntervalMethod =>
  (cases, alpha) => {
    const halfWidth = threshold(
      cases.map(({ prediction, truth }) => Math.abs(truth - prediction)),
      alpha,
    );
    return ({ prediction }) => [prediction - halfWidth, prediction + halfWidth];
  };
const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);
/** The k-th smallest; the largest when there is none so large. */
export const atRank = (values: readonly number[], rank: number) =>
  ascending(values)[Math.min(rank, values.length) - 1]!;
export const floatingRank = (count: number, alpha: number) => Math.ceil((count + 1) * (1 - alpha));

/** What a law asks of every interval and every set. */
export interface Promised {
  intervals: Readonly<Record<string, IntervalMethod>>;
  sets: Readonly<Record<string, SetMethod>>;
}
