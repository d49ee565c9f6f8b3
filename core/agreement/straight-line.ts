import { pearsonCorrelation as correlationOf } from '../numerics/rank-correlation.ts';
import { studentTwoSidedProbability } from '../numerics/student-t.ts';
import { checkPairs, momentsOf, sumOfProducts } from './paired-values.ts';

/** Least-squares line y = intercept + slope x. */
export interface StraightLine {
  slope: number;
  intercept: number;
  slopeStandardError: number;
  /** Two-sided, of no slope. */
  slopeProbability: number;
}

/**
 * Ordinary least squares of y on x. @param x - 3 or more finite numbers. @param y - as long.
 * @returns null when x does not vary or y lies on the line exactly: no test then. @throws RangeError otherwise.
 */
export function straightLine(x: ArrayLike<number>, y: ArrayLike<number>): StraightLine | null {
  checkPairs(x, y, 3);
  const [xs, ys] = [momentsOf(x, 3), momentsOf(y, 3)];
  if (xs.squares === 0) return null;
  const slope = sumOfProducts(x, y) / xs.squares;
  const intercept = ys.mean - slope * xs.mean;
  const rest = Array.from(x).reduce((sum, value, i) => sum + (y[i]! - intercept - slope * value) ** 2, 0);
  const slopeStandardError = Math.sqrt(rest / (xs.count - 2) / xs.squares);
  if (slopeStandardError === 0) return null;
  const slopeProbability = studentTwoSidedProbability(slope / slopeStandardError, xs.count - 2);
  return { slope, intercept, slopeStandardError, slopeProbability };
}

/** Pearson's correlation, -1..1, with its test. */
export interface Correlation {
  correlation: number;
  /** Two-sided, of none, by Student's t with two degrees of freedom less than pairs. */
  probability: number;
}

/**
 * Pearson's correlation with a test of none. @param x - 3 or more finite numbers. @param y - as long.
 * @returns null when one does not vary. @throws RangeError otherwise.
 */
export function pearsonCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): Correlation | null {
  checkPairs(x, y, 3);
  const correlation = correlationOf(x, y);
  if (correlation === null) return null;
  const degrees = x.length - 2;
  const t = correlation * Math.sqrt(degrees / (1 - correlation ** 2));
  return { correlation, probability: studentTwoSidedProbability(t, degrees) };
}
