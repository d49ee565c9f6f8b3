import { randomStream } from '../../core/numerics/random-stream.ts';
import { expectedStrength, type PersonSize } from '../../core/signals/expected-strength.ts';
import type { ContactModel } from '../simulation/pinch/maximal-pinch.ts';
import { HEIGHT_SD_M, LOG_WEIGHT_SD } from './demographics.ts';

/**
 * Coefficient of variation of measured key pinch within sex, age band and hand: root mean square over
 * the bands and hands of Mathiowetz et al. 1985 (recalled), one figure a sex.
 */
export const KEY_PINCH_CV = { male: 0.169, female: 0.172 } as const;

/** Share of the variance of log key pinch (given sex, age, size) that general strength explains: assumption. */
export const COMMON_STRENGTH_SHARE = 0.6;

/**
 * What the sixteen muscles' own factors do to the maximal pinch with the default spread: mean of (varied /
 * generic) and standard deviation of its logarithm. Measured on 4,000 hands; the population test fails when
 * they drift.
 */
export const MUSCLE_VARIATION: Readonly<Record<ContactModel, { meanRatio: number; logSd: number }>> = {
  A: { meanRatio: 0.965, logSd: 0.0757 },
  B: { meanRatio: 0.981, logSd: 0.0855 },
};

/** Measurement noise of a mean of three trials (log SD), from the trial and session noise below. */
const MEASUREMENT_LOG_SD = 0.053;

/** Maximal pinch of the generic hand with the wrist neutral, newtons (decision 1: 92.3 and 115.3, within 2 %). */
export const GENERIC_PINCH_N: Readonly<Record<ContactModel, number>> = { A: 92.547, B: 115.482 };

export interface StrengthFactors {
  /** Factor on every muscle force, wrist muscles and grip included; mean 1. */
  common: number;
  /** The person's own factor on pinch strength beyond it; mean 1. */
  individual: number;
  /** Standard normal score of the common factor, which grip shares. */
  commonScore: number;
}

/**
 * Standard deviations of the two logarithms for a sex. Measured spread of key pinch less that of size and of
 * measurement is the person's own; the common factor has its share of it, the muscles theirs (with the default
 * spread), the individual factor the rest.
 * @param commonShare - above 0 and below 1. Above about 0.74 (men) and 0.75 (women) nothing is left for the
 * individual factor and the spread of pinch exceeds the norm's.
 */
export function strengthSpread(
  sex: 'female' | 'male',
  commonShare = COMMON_STRENGTH_SHARE,
): { common: number; individual: number } {
  if (!(commonShare > 0 && commonShare < 1)) {
    throw new RangeError('the share of the common factor lies between 0 and 1');
  }
  const measured = Math.log(1 + KEY_PINCH_CV[sex] ** 2);
  // Height enters with exponent 1 and weight with 0.1 (weight also follows height, exponent about 2.3).
  const average = sex === 'male' ? 1.75 : 1.61;
  const size = (1.23 * (HEIGHT_SD_M[sex] / average)) ** 2 + (0.1 * LOG_WEIGHT_SD[sex]) ** 2;
  const given = measured - size - MEASUREMENT_LOG_SD ** 2;
  const common = commonShare * given;
  const individual = given - common - MUSCLE_VARIATION.A.logSd ** 2;
  return { common: Math.sqrt(common), individual: Math.sqrt(Math.max(0, individual)) };
}

/**
 * Standardised true log key pinch of a person given sex, age and size: mean about 0, SD about 1 (default spread).
 * @param capacityN - true maximal pinch, newtons. @param expectedN - norm for sex, age and size, newtons.
 */
export function pinchScore(
  sex: 'female' | 'male',
  capacityN: number,
  expectedN: number,
  commonShare = COMMON_STRENGTH_SHARE,
): number {
  if (!(capacityN > 0 && expectedN > 0)) throw new RangeError('pinch and expected pinch must be above 0');
  const { common, individual } = strengthSpread(sex, commonShare);
  const variance = common ** 2 + individual ** 2 + MUSCLE_VARIATION.A.logSd ** 2;
  // Factors of mean 1 have a mean logarithm of minus half their variance.
  return (Math.log(capacityN / expectedN) + variance / 2) / Math.sqrt(variance);
}

/** The person's general and own strength; each factor has mean 1. @throws RangeError for a share outside (0, 1). */
export function drawStrengthFactors(
  seed: number | string,
  subject: number,
  sex: 'female' | 'male',
  commonShare = COMMON_STRENGTH_SHARE,
): StrengthFactors {
  const spread = strengthSpread(sex, commonShare);
  const commonScore = randomStream(seed, 'common-strength', subject).normal();
  const ownScore = randomStream(seed, 'individual-strength', subject).normal();
  return {
    common: Math.exp(spread.common * commonScore - spread.common ** 2 / 2),
    individual: Math.exp(spread.individual * ownScore - spread.individual ** 2 / 2),
    commonScore,
  };
}

/**
 * Level of a person's pinch by the norm, relative to the generic hand in a contact model: in A about 1.25 for a
 * young man (decision 2), in B about 1.
 */
export function normLevel(person: PersonSize, side: 'right' | 'left', contact: ContactModel): number {
  return expectedStrength(person, side).pinchN / GENERIC_PINCH_N[contact];
}
