import { inverseNormal } from '../numerics/random-stream.ts';
import { FEW_SUBJECTS } from './few-subjects.ts';
import { checkPairs, momentsOf, sumOfProducts } from './paired-values.ts';

/** Lin's concordance correlation coefficient. Null: cannot say, see the reason. */
export interface LinConcordance {
  /** -1..1; 1 only when all pairs are equal. */
  value: number | null;
  /** Fewer than 20 subjects: the interval is too narrow. */
  areFew: boolean;
  /** By Fisher's z transformation. */
  interval: [number, number] | null;
  /** Pearson's correlation, -1..1: how close the pairs are to some line. */
  precision: number | null;
  /** Bias correction factor, 0..1: how close that line is to the line of equality. */
  accuracy: number | null;
  /** Why something is null; empty when nothing is. */
  reason: string;
}

/**
 * Lin's concordance correlation (Lin 1989, Biometrics 45:255, with moments of divisor n) and its interval by the z
 * transformation with the variance of Lin's note of 2000 (Biometrics 56:324, divisor n - 2). Assumes independent subjects.
 *
 * With few subjects the interval holds too seldom: of normal pairs with correlations of 0.5 and 0.9 and a shift of 0.3
 * standard deviations a 95 % interval held in 84 % with 3 subjects, 89 % with 5, 93 % with 10, 94 % with 20.
 * @param first - measurements of 2 or more subjects, finite (3 for an interval). @param second - the same subjects by the other method.
 * @param alpha - of the interval, above 0 and below 1.
 * @throws RangeError for lists of different length, fewer than 2 subjects, numbers that are not finite, another alpha.
 */
export function linConcordance(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  alpha = 0.05,
): LinConcordance {
  checkPairs(first, second, 2);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const [one, two] = [momentsOf(first, 2), momentsOf(second, 2)];
  const { count } = one;
  const areFew = count < FEW_SUBJECTS;
  const shift = one.mean - two.mean;
  const whole = (one.squares + two.squares) / count + shift ** 2;
  if (whole === 0) {
    return {
      value: null,
      areFew,
      interval: null,
      precision: null,
      accuracy: null,
      reason: 'all measurements are one number',
    };
  }
  const covariance = sumOfProducts(first, second) / count;
  const value = (2 * covariance) / whole;
  if (one.squares === 0 || two.squares === 0) {
    const reason = 'one method always gave the same number';
    return { value, areFew, interval: null, precision: null, accuracy: null, reason };
  }
  const spread = Math.sqrt(one.squares / count) * Math.sqrt(two.squares / count);
  const precision = Math.max(-1, Math.min(1, covariance / spread));
  const accuracy = (2 * spread) / whole;
  const known = { value, areFew, precision, accuracy };
  if (count < 3) return { ...known, interval: null, reason: 'two subjects have no spread' };
  if (covariance === 0)
    return { ...known, interval: null, reason: 'no correlation: the variance would be divided by it' };
  if (1 - Math.abs(value) < 1e-15) return { ...known, interval: null, reason: 'all pairs are equal' };
  const [c2, r2, u2] = [value ** 2, precision ** 2, shift ** 2 / spread];
  const variance =
    ((1 - r2) * c2 * (1 - c2)) / r2 +
    (2 * value * c2 * (1 - value) * u2) / precision -
    (0.5 * c2 * c2 * u2 ** 2) / r2;
  // Fisher's z of the value; its variance is that of the value over (1 - value^2)^2.
  const half = (-inverseNormal(alpha / 2) * Math.sqrt(Math.max(0, variance) / (count - 2))) / (1 - c2);
  const centre = Math.atanh(value);
  return { ...known, interval: [Math.tanh(centre - half), Math.tanh(centre + half)], reason: '' };
}
