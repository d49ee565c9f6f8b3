import type { Tails } from './distribution-quantile.ts';
import { incompleteGammaTails, inverseIncompleteGamma } from './incomplete-gamma.ts';

/**
 * Both tails of the chi-squared distribution at a value: P(degrees / 2, value / 2) and its complement.
 * @param value - 0 or more, may be infinite. @param degreesOfFreedom - above 0, at most 2e9.
 * @throws RangeError outside these ranges.
 */
export function chiSquaredTails(value: number, degreesOfFreedom: number): Tails {
  return incompleteGammaTails(value / 2, degreesOfFreedom / 2);
}

/**
 * Quantile of the chi-squared distribution.
 * @param probability - 0..1. @param degreesOfFreedom - above 0, at most 2e9. @throws RangeError outside these ranges.
 */
export function chiSquaredQuantile(probability: number, degreesOfFreedom: number): number {
  return 2 * inverseIncompleteGamma(probability, degreesOfFreedom / 2);
}
