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
  const { count, mean, squares } = momentsOf(logs, 2);
  const spread = Math.sqrt(squares / (count - 1));
  return {
    meanLogDifference: mean,
    logStandardDeviation: spread,
    ratio: Math.exp(mean),
    ratioLimits: [Math.exp(mean - multiplier * spread), Math.exp(mean + multiplier * spread)],
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
  const { count, mean, squares } = momentsOf(percents, 2);
  const spread = Math.sqrt(squares / (count - 1));
  return {
    biasPercent: mean,
    standardDeviationPercent: spread,
    limitsPercent: [mean - multiplier * spread, mean + multiplier * spread],
  };
}

function checkPositivePairs(first: ArrayLike<number>, second: ArrayLike<number>, multiplier: number): void {
  checkPairs(first, second, 2);
  if (![first, second].every((values) => Array.from(values).every((value) => value > 0))) {
    throw new RangeError('ratios are taken of measurements above 0');
  }
  if (!(multiplier > 0 && Number.isFinite(multiplier))) throw new RangeError('a multiplier lies above 0');
}
