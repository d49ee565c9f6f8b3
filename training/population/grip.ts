import { randomStream } from '../../core/numerics/random-stream.ts';
import { logGripOf, type PersonSize } from '../../core/signals/expected-strength.ts';
import type { Demographics } from './demographics.ts';
import { COMMON_STRENGTH_SHARE } from './strength-factors.ts';
import { SURVEY } from './survey-table.ts';
import { TOP_CODED_YEARS } from './survey-table-schema.ts';

/**
 * Spread of log grip around its regression on sex, age, height and weight, growing with age: set so that the
 * survey's standard deviations in kilograms are met in every age band.
 */
export const gripLogSd = (ageYears: number): number => {
  const { atFifty, perYear } = SURVEY.used.gripRelativeSd;
  return atFifty + perYear * (Math.min(ageYears, TOP_CODED_YEARS) - 50);
};

/**
 * Mean of log grip (kgf) of the right hand. The survey's 80 stands for 80 and older, so its curve ends there: carried
 * on to 85 it would take another 9 % from men and leave the band of 70 and older 5 % short.
 */
const meanLogGrip = (person: PersonSize): number =>
  logGripOf({ ...person, ageYears: Math.min(person.ageYears, TOP_CODED_YEARS) });

/** Correlation of log grip with log key pinch given sex, age and size: assumption (0.5-0.9 in robustness). */
export const GRIP_PINCH_CORRELATION = 0.7;

/** What ties a person's grip to the person's key pinch. */
export interface GripTie {
  /** Wanted correlation of log grip with true log key pinch given sex, age and size, 0..1. */
  correlation?: number;
  /** Share of key pinch that the common factor explains, as the person was drawn with. */
  commonShare?: number;
  /**
   * Standardised true log key pinch given sex, age and size (`pinchScore`): needed above the root of the share,
   * where the common factor alone cannot carry the correlation.
   */
  pinchScore?: number;
}

/**
 * Grip strength of the right hand, best of three, kilogram-force. Statistical, not mechanical (decision 5): the
 * survey's regression, the common strength factor, and an own residual. The common factor explains the given
 * share of key pinch, so its weight here is the wanted correlation over the root of that share.
 * @param commonScore - the person's standard normal score of the common factor.
 * @param tie - the correlation alone, or with what it needs. @throws RangeError when it cannot be reached.
 */
export function drawGripKg(
  seed: number | string,
  subject: number,
  person: PersonSize,
  commonScore: number,
  tie: number | GripTie = GRIP_PINCH_CORRELATION,
): number {
  const score = gripScore(seed, subject, commonScore, typeof tie === 'number' ? { correlation: tie } : tie);
  return Math.exp(meanLogGrip(person) + gripLogSd(person.ageYears) * score);
}

/**
 * Standard normal score of grip. Up to the root of the share: common factor and an own residual. Above it: common
 * factor C and pinch P without residual, weights a and b from var(a C + b P) = 1 and cov(a C + b P, P) = r.
 */
function gripScore(seed: number | string, subject: number, commonScore: number, tie: GripTie): number {
  const correlation = tie.correlation ?? GRIP_PINCH_CORRELATION;
  const share = tie.commonShare ?? COMMON_STRENGTH_SHARE;
  if (!(correlation >= 0 && correlation <= 1))
    throw new RangeError('a correlation of grip lies between 0 and 1');
  if (!(share > 0 && share < 1)) throw new RangeError('the share of the common factor lies between 0 and 1');
  const weight = correlation / Math.sqrt(share);
  if (weight <= 1) {
    const own = randomStream(seed, 'grip', subject).normal();
    return weight * commonScore + Math.sqrt(1 - weight * weight) * own;
  }
  if (tie.pinchScore === undefined) {
    throw new RangeError(
      `a correlation of ${correlation} with key pinch needs the person's pinch score: the common factor explains ${share}`,
    );
  }
  const common = Math.sqrt((1 - correlation ** 2) / (1 - share));
  return common * commonScore + (correlation - common * Math.sqrt(share)) * tie.pinchScore;
}

/** Grip of both hands, kilogram-force: three trials each, in order, and the best of them. */
export interface GripSession {
  rightTrialsKg: readonly number[];
  leftTrialsKg: readonly number[];
  rightBestKg: number;
  leftBestKg: number;
}

const TRIAL_COUNT = 3;

/**
 * A grip session of both hands. The right best is exactly what `drawGripKg` gives. The left hand: the survey's
 * mean ratio for right- and left-handed people, and a residual that shares the survey's part with the right one.
 * Trials lie below the best by normal noise of the logarithm, without order effect (assumption: in the survey the
 * first trial is about 3 % weaker than the next two).
 * @param rightBestKg - best of three of the right hand, above 0.
 */
export function drawGripSession(
  seed: number | string,
  subject: number,
  person: Demographics,
  rightBestKg: number,
): GripSession {
  if (!(rightBestKg > 0)) throw new RangeError('the best grip of the right hand must be above 0');
  const shared = SURVEY.used.handResidualCorrelation;
  const spread = gripLogSd(person.ageYears);
  const rightScore = (Math.log(rightBestKg) - meanLogGrip(person)) / spread;
  const own = randomStream(seed, 'grip-left', subject).normal();
  const leftScore = shared * rightScore + Math.sqrt(1 - shared * shared) * own;
  const leftBestKg = Math.exp(
    meanLogGrip(person) - SURVEY.used.handLogRatio[person.sex][person.dominantHand] + spread * leftScore,
  );
  return {
    rightTrialsKg: trialsBelow(seed, 'right', subject, rightBestKg),
    leftTrialsKg: trialsBelow(seed, 'left', subject, leftBestKg),
    rightBestKg,
    leftBestKg,
  };
}

/** Three trials whose best is exactly the given one: noise relative to the luckiest of the three. */
function trialsBelow(seed: number | string, hand: string, subject: number, bestKg: number): number[] {
  const stream = randomStream(seed, `grip-trial-${hand}`, subject);
  const luck = Array.from({ length: TRIAL_COUNT }, () => stream.normal());
  const best = Math.max(...luck);
  return luck.map((score) => bestKg * Math.exp(SURVEY.used.gripTrialLogSd * (score - best)));
}
