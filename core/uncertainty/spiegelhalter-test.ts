import { normalTails } from '../numerics/normal-distribution.ts';
import { checkForecasts } from './probability-rows.ts';

/** Is the Brier score what calibrated forecasts would get? */
export interface SpiegelhalterTest {
  n: number;
  /** Standard normal when the forecasts are calibrated; above 0: the score is worse than they promise. */
  z: number;
  /** Two-sided. */
  p: number;
}

/**
 * Spiegelhalter's test of calibration. Source: Spiegelhalter 1986, Stat Med 5:421.
 * @param probabilities - of a yes-or-no event, 0..1. @param cameTrue - as many.
 * @returns null when every forecast is 0, 1/2 or 1: the Brier score then has no spread to test against.
 * @throws RangeError without forecasts, when lengths differ, or when a probability is outside 0 to 1.
 */
export function spiegelhalterTest(
  probabilities: ArrayLike<number>,
  cameTrue: ArrayLike<boolean>,
): SpiegelhalterTest | null {
  checkForecasts(probabilities, cameTrue);
  let [excess, variance] = [0, 0];
  for (let i = 0; i < probabilities.length; i += 1) {
    const p = probabilities[i]!;
    excess += ((cameTrue[i] ? 1 : 0) - p) * (1 - 2 * p);
    variance += (1 - 2 * p) ** 2 * p * (1 - p);
  }
  if (variance === 0) return null;
  const z = excess / Math.sqrt(variance);
  return { n: probabilities.length, z, p: 2 * normalTails(Math.abs(z)).upper };
}
