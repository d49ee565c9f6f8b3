import { normalTails } from '../numerics/normal-distribution.ts';
import { checkForecasts } from './probability-rows.ts';

/** Is the Brier score what calibrated forecasts would get? */
export interface SpiegelhalterTest {
  n: number;
  /**
   * Standard normal when the forecasts are calibrated; above 0: the score is worse than they promise. Null when every
   * forecast is 0, 1/2 or 1: nothing to divide by.
   */
  z: number | null;
  /** Two-sided; 0 when something impossible happened, whatever z is. */
  p: number;
  /** Events that came true at a forecast of 0 or did not at 1: one refutes the calibration. */
  impossibleCount: number;
}

/**
 * Spiegelhalter's test of calibration. Source: Spiegelhalter 1986, Stat Med 5:421.
 * @param probabilities - of a yes-or-no event, 0..1. @param cameTrue - as many.
 * @returns null when every forecast is 0, 1/2 or 1, so that the Brier score has no spread to test against, unless something
 *   impossible happened: that has probability 0 under calibration.
 * @throws RangeError without forecasts, when lengths differ, or when a probability is outside 0 to 1.
 */
export function spiegelhalterTest(
  probabilities: ArrayLike<number>,
  cameTrue: ArrayLike<boolean>,
): SpiegelhalterTest | null {
  checkForecasts(probabilities, cameTrue);
  let [excess, variance, impossibleCount] = [0, 0, 0];
  for (let i = 0; i < probabilities.length; i += 1) {
    const p = probabilities[i]!;
    if (cameTrue[i] ? p === 0 : p === 1) impossibleCount += 1;
    excess += ((cameTrue[i] ? 1 : 0) - p) * (1 - 2 * p);
    variance += (1 - 2 * p) ** 2 * p * (1 - p);
  }
  const n = probabilities.length;
  const z = variance === 0 ? null : excess / Math.sqrt(variance);
  if (impossibleCount > 0) return { n, z, p: 0, impossibleCount };
  return z === null ? null : { n, z, p: 2 * normalTails(Math.abs(z)).upper, impossibleCount };
}
