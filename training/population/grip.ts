import { randomStream } from '../../core/numerics/random-stream.ts';
import { logGripOf, type PersonSize } from '../../core/signals/expected-strength.ts';
import { COMMON_STRENGTH_SHARE } from './strength-factors.ts';

/**
 * Spread of log grip around its regression on sex, age, height and weight, growing with age: set so that the
 * survey's standard deviations in kilograms are met in every age band (half A).
 */
export const gripLogSd = (ageYears: number): number => 0.175 + 0.001 * (ageYears - 50);
/** Correlation of log grip with log key pinch given sex, age and size: assumption (0.5-0.9 in robustness). */
export const GRIP_PINCH_CORRELATION = 0.7;

/**
 * Grip strength of the right hand, best of three, kilogram-force. Statistical, not mechanical (decision 5): the
 * survey's regression, the common strength factor, and an own residual. The common factor explains the given
 * share of key pinch, so its weight here is the wanted correlation over the root of that share.
 * @param commonScore - the person's score of the common factor.
 */
export function drawGripKg(
  seed: number | string,
  subject: number,
  person: PersonSize,
  commonScore: number,
  correlation = GRIP_PINCH_CORRELATION,
): number {
  const weight = Math.min(1, correlation / Math.sqrt(COMMON_STRENGTH_SHARE));
  const own = randomStream(seed, 'grip', subject).normal();
  const score = weight * commonScore + Math.sqrt(1 - weight * weight) * own;
  return Math.exp(logGripOf(person) + gripLogSd(person.ageYears) * score);
}
