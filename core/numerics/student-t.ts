import type { Tails } from './distribution-quantile.ts';
import { incompleteBetaTails, inverseIncompleteBetaLogit } from './incomplete-beta.ts';

/**
 * Both tails of Student's t distribution at t (DLMF 8.17 with a = degrees / 2, b = 1/2).
 * @param t - any number, may be infinite. @param degreesOfFreedom - above 0, at most 2e9, need not be whole.
 * @throws RangeError for NaN and outside these ranges.
 */
export function studentTails(t: number, degreesOfFreedom: number): Tails {
  checkDegrees(degreesOfFreedom);
  if (Number.isNaN(t)) throw new RangeError('a t value is a number');
  // Ratio first: t squared may overflow.
  const ratio = Math.abs(t) / Math.sqrt(degreesOfFreedom);
  const x = 1 / (1 + ratio * ratio);
  const complement = ratio > 1 ? 1 / (1 + (1 / ratio) ** 2) : ratio * ratio * x;
  const outer = 0.5 * incompleteBetaTails(x, complement, degreesOfFreedom / 2, 0.5).lower;
  return t <= 0 ? { lower: outer, upper: 1 - outer } : { lower: 1 - outer, upper: outer };
}

/** Chance of an absolute t value of at least |t|. @throws RangeError as {@link studentTails}. */
export function studentTwoSidedProbability(t: number, degreesOfFreedom: number): number {
  return Math.min(1, 2 * studentTails(-Math.abs(t), degreesOfFreedom).lower);
}

/**
 * Quantile of Student's t distribution.
 * @param probability - 0..1; minus and plus infinity for the ends, exactly 0 for one half.
 * @param degreesOfFreedom - above 0, at most 2e9, need not be whole.
 * @throws RangeError outside these ranges.
 */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  checkDegrees(degreesOfFreedom);
  if (!(probability >= 0 && probability <= 1)) throw new RangeError('a probability lies between 0 and 1');
  if (probability === 0.5) return 0;
  const outer = probability < 0.5 ? probability : 1 - probability;
  const logit = inverseIncompleteBetaLogit(2 * outer, degreesOfFreedom / 2, 0.5);
  const size = Math.sqrt(degreesOfFreedom) * Math.exp(-logit / 2);
  return probability < 0.5 ? -size : size;
}

function checkDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0 && degreesOfFreedom <= 2e9)) {
    throw new RangeError('degrees of freedom lie above 0 and at most at 2e9');
  }
}
