import { checkPairs, momentsOf } from './paired-values.ts';

/** Limits of the ratio first / second. */
export interface RatioLimits {
  meanLogDifference: number;
  /** Of the logarithms' differences, divisor n - 1. */
  logStandardDeviation: number;
  /** Geometric mean of the ratios. */
  ratio: number;
  ratioLimits: [number, number];
}

/**
 * Limits of agreement of a ratio, by limits of the logarithms (Bland & Altman, Stat Methods Med Res 1999;8:135): for
 * differences that grow with size.
 * @param first - measurements of 2 or more subjects, above 0. @param second - the same subjects by the other method.
 * @param multiplier - standard deviations from the mean to a limit, above 0.
 * @throws RangeError for lists of different length or fewer than 2 subjects, numbers not above 0, another multiplier.
 */
export function ratioLimits(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  multiplier = 1.96,
): RatioLimits {
  checkPositivePairs(first, second, multiplier);
  const logs = Float64Array.from(first, (value, i) => Math.log(value) - Math.log(second[i]!));
  const { mean, standardDeviation, lower, upper } = limitsAround(logs, multiplier);
  return {
    meanLogDifference: mean,
    logStandardDeviation: standardDeviation,
    ratio: Math.exp(mean),
    ratioLimits: [Math.exp(lower), Math.exp(upper)],
  };
}

/** Limits of the difference in percent of the mean of both methods. */
export interface PercentLimits {
  biasPercent: number;
  /** Divisor n - 1. */
  standardDeviationPercent: number;
  limitsPercent: [number, number];
}

/**
 * Limits of agreement of 100 (first - second) / ((first + second) / 2).
 * @param first - measurements of 2 or more subjects, above 0. @param second - the same subjects by the other method.
 * @param multiplier - standard deviations from the mean to a limit, above 0. @throws RangeError as {@link ratioLimits}.
 */
export function percentLimits(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  multiplier = 1.96,
): PercentLimits {
  checkPositivePairs(first, second, multiplier);
  const percents = Float64Array.from(
    first,
    (value, i) => (100 * (value - second[i]!)) / ((value + second[i]!) / 2),
  );
  const { mean, standardDeviation, lower, upper } = limitsAround(percents, multiplier);
  return { biasPercent: mean, standardDeviationPercent: standardDeviation, limitsPercent: [lower, upper] };
}

function limitsAround(differences: Float64Array, multiplier: number) {
  const { count, mean, squares } = momentsOf(differences, 2);
  const standardDeviation = Math.sqrt(squares / (count - 1));
  const half = multiplier * standardDeviation;
  return { mean, standardDeviation, lower: mean - half, upper: mean + half };
}

function checkPositivePairs(first: ArrayLike<number>, second: ArrayLike<number>, multiplier: number): void {
  checkPairs(first, second, 2);
  if (![first, second].every((values) => Array.from(values).every((value) => value > 0))) {
    throw new RangeError('ratios are taken of measurements above 0');
  }
  if (!(multiplier > 0 && Number.isFinite(multiplier))) throw new RangeError('a multiplier lies above 0');
}
