import { forwardNetwork } from '../networks/dense-network.ts';
import { averageLogits } from '../networks/ensemble-forward.ts';
import { inRangeP } from '../uncertainty/combined-range-score.ts';
import type { VerifiedBundle } from './bundle.ts';
import { NEXT_VISIT_LEVELS, type NextVisitCalibration } from './next-visit-bundle.ts';
import {
  isOutOfPersonRange,
  type NextVisitQuestion,
  nextVisitInput,
  nextVisitPattern,
  nextVisitRangeVector,
} from './next-visit-input.ts';
import { quantileInterval, withoutCrossing } from './next-visit-interval.ts';
import { rangeScoresOf } from './range-score.ts';

const MEDIAN = NEXT_VISIT_LEVELS.indexOf(0.5);

type Members = VerifiedBundle['members'];
/** What a forecast needs of a bundle. */
export interface NextVisitModel {
  members: Members;
  calibration: NextVisitCalibration;
}

/** What the quantiles and the range check of one question are made of; no promise in it yet. */
export interface RawForecast {
  /** Quantiles of ln(next / last), ascending, in the order of NEXT_VISIT_LEVELS. */
  logChanges: Float64Array;
  /** Standard deviation over the members of the middle quantile: how far they disagree. */
  memberSpread: number;
}

/**
 * Mean over the members of each quantile, sorted. Averaging quantiles keeps the members' width, where averaging their
 * distributions would widen it by their disagreement; the conformal margin is added afterwards.
 * @param values - the network's input, as nextVisitInput gives it.
 */
export const rawForecast = (members: Members, values: Float64Array): RawForecast =>
  combine(members.map((member) => forwardNetwork(member, values).output));

function combine(outputs: readonly Float64Array[]): RawForecast {
  const middle = outputs.map((output) => output[MEDIAN] ?? Number.NaN);
  const mean = middle.reduce((sum, value) => sum + value, 0) / middle.length;
  const variance = middle.reduce((sum, value) => sum + (value - mean) ** 2, 0) / middle.length;
  return { logChanges: withoutCrossing(averageLogits(outputs)), memberSpread: Math.sqrt(variance) };
}

/** A forecast and how much its input is like the training people, from one run of the members. */
export interface ExaminedInput extends RawForecast {
  /** Conformal p value of "like the training people"; small means unlike them. */
  p: number;
}

/** Runs the members once. @throws RangeError when the input is not of the promised form. */
export function examineInput(model: NextVisitModel, values: Float64Array): ExaminedInput {
  const { patterns, hiddenClouds } = model.calibration;
  const pattern = patterns.get(nextVisitPattern(values));
  if (!pattern) throw new RangeError('the calibration does not know this pattern of visits');
  const results = model.members.map((member) => forwardNetwork(member, values));
  const { featureScore, hiddenScore } = rangeScoresOf(
    nextVisitRangeVector(values),
    results.map(({ lastHidden }) => lastHidden),
    { featureCloud: pattern.cloud, hiddenClouds },
  );
  return {
    ...combine(results.map(({ output }) => output)),
    p: inRangeP(featureScore, hiddenScore, pattern.range),
  };
}

/** Why an interval is as wide as it is, or why the forecast deserves less trust than its width says. */
export type ForecastReason =
  | 'one-visit'
  | 'early-after-surgery'
  | 'no-other-hand'
  | 'long-wait'
  | 'members-disagree'
  | 'far-from-training';

export type NextVisitForecast =
  /** p is null when the person lies outside PERSON_RANGE: no network was asked. */
  | { kind: 'refused'; reason: 'out-of-range'; p: number | null }
  | {
      kind: 'forecast';
      /** In the order of NEXT_VISIT_LEVELS, newtons. The middle one is the forecast. */
      quantilesN: Float64Array;
      /** Made so that it holds the next visit of 9 of 10 simulated patients. */
      intervalN: readonly [number, number] | 'unbounded';
      /** Conformal p value of "like the training people". */
      p: number;
      reasons: ForecastReason[];
    };

const EARLY_WEEKS = 12;
const LONG_WAIT_WEEKS = 9;
/** Members whose forecasts differ by more than this share of the last value (one SD) disagree. */
const MEMBER_SPREAD = 0.03;
const FAR_P = 0.15;

/**
 * Forecast of the key pinch at the next visit. Learned on simulated recovery courses that nobody measured: what it says
 * of a real patient is unknown, and every screen must say so.
 * @returns refused without asking the networks when the person lies outside the range of the training people.
 * @throws RangeError as nextVisitInput, when the question itself is malformed.
 */
export function forecastNextVisit(model: NextVisitModel, question: NextVisitQuestion): NextVisitForecast {
  if (isOutOfPersonRange(question)) return { kind: 'refused', reason: 'out-of-range', p: null };
  const { values, lastN } = nextVisitInput(question);
  const { calibration } = model;
  const { logChanges, memberSpread, p } = examineInput(model, values);
  if (p <= calibration.rangeAlpha) return { kind: 'refused', reason: 'out-of-range', p };
  const inNewtons = (logChange: number) => lastN * Math.exp(logChange);
  const interval = quantileInterval(logChanges[0]!, logChanges.at(-1)!, calibration.interval);
  const reasons: ForecastReason[] = [];
  if (question.visits.length === 1) reasons.push('one-visit');
  if (question.visits.at(-1)!.weeks < EARLY_WEEKS) reasons.push('early-after-surgery');
  if (question.otherHandPinchPeakN === null) reasons.push('no-other-hand');
  if (question.weeksToNextVisit > LONG_WAIT_WEEKS) reasons.push('long-wait');
  if (memberSpread > MEMBER_SPREAD) reasons.push('members-disagree');
  if (p < FAR_P) reasons.push('far-from-training');
  return {
    kind: 'forecast',
    quantilesN: logChanges.map(inNewtons),
    intervalN: interval === 'unbounded' ? 'unbounded' : [inNewtons(interval[0]), inNewtons(interval[1])],
    p,
    reasons,
  };
}
