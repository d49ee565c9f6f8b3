import { nonCentralTQuantile } from '../numerics/non-central-t.ts';
import { inverseNormal } from '../numerics/random-stream.ts';
import { studentQuantile, studentTwoSidedProbability } from '../numerics/student-t.ts';
import { FEW_SUBJECTS } from './few-subjects.ts';
import { checkPairs, momentsOf } from './paired-values.ts';
import { type Correlation, pearsonCorrelation, type StraightLine, straightLine } from './straight-line.ts';

type Interval = [number, number];

/** Intervals of the two limits. */
export interface LimitIntervals {
  lower: Interval;
  upper: Interval;
}

/** Limits of agreement of two methods; all in the unit of the measurements unless said otherwise. */
export interface LimitsOfAgreement {
  count: number;
  /** Fewer than 20 subjects: the limits are uninformative. */
  areFew: boolean;
  /** First method minus second, subject by subject. */
  differences: Float64Array;
  /** Mean of both methods, subject by subject. */
  means: Float64Array;
  bias: number;
  /** Of the differences, divisor n - 1. */
  standardDeviation: number;
  biasStandardError: number;
  biasInterval: Interval;
  /** Two-sided paired t test of no bias; null when neither bias nor spread is there. */
  biasProbability: number | null;
  /** bias - multiplier x standard deviation. */
  lower: number;
  upper: number;
  /** Differences within the limits, ends included. */
  insideCount: number;
  /** Student's t behind the intervals of the bias and of the first two kinds below. */
  tQuantile: number;
  /** Bland & Altman 1986: standard error sqrt(3 s^2 / n) of a limit. */
  approximate1986: LimitIntervals & { standardError: number };
  /** Bland & Altman 1999: s sqrt(1 / n + z^2 / (2 (n - 1))). */
  approximate1999: LimitIntervals & { standardError: number };
  /** Exact for normal differences, by the non-central t distribution (Carkeet 2015). Of the population's central range. */
  exact: LimitIntervals;
  /** Differences on means: does the bias grow with size? Null when it cannot be told. */
  proportionalBias: StraightLine | null;
  /** Distance from the bias on means: does the spread grow with size? Then use ratios. Null when it cannot be told. */
  spreadTrend: Correlation | null;
  /** Of both methods; says nothing of agreement. */
  correlation: Correlation | null;
}

/** What the limits and their intervals promise. */
export interface LimitOptions {
  /** Standard deviations from the bias to a limit; 1.96, in the first papers 2. */
  multiplier?: number;
  /** Share of differences that the population's limits hold, behind the 1999 and the exact intervals. */
  coverage?: number;
  /** 1 minus the confidence level of the intervals. */
  alpha?: number;
}

/**
 * Limits of agreement (Bland & Altman, Lancet 1986;i:307; Stat Methods Med Res 1999;8:135) with three kinds of intervals of
 * the limits. Assumes independent subjects, one pair each, and differences that are roughly normal with the same bias and
 * spread at all sizes.
 * @param first - measurements of 2 or more subjects, finite. @param second - the same subjects by the other method.
 * @throws RangeError for lists of different length or fewer than 2 subjects, numbers that are not finite, a multiplier not
 *   above 0, a coverage or alpha outside (0, 1).
 */
export function limitsOfAgreement(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { multiplier = 1.96, coverage = 0.95, alpha = 0.05 }: LimitOptions = {},
): LimitsOfAgreement {
  checkPairs(first, second, 2);
  if (!(multiplier > 0 && Number.isFinite(multiplier))) throw new RangeError('a multiplier lies above 0');
  if (!(coverage > 0 && coverage < 1)) throw new RangeError('a coverage lies between 0 and 1');
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const differences = Float64Array.from(first, (value, i) => value - second[i]!);
  const means = Float64Array.from(first, (value, i) => (value + second[i]!) / 2);
  const { count, mean: bias, squares } = momentsOf(differences, 2);
  const standardDeviation = Math.sqrt(squares / (count - 1));
  const biasStandardError = standardDeviation / Math.sqrt(count);
  const tQuantile = studentQuantile(1 - alpha / 2, count - 1);
  const lower = bias - multiplier * standardDeviation;
  const upper = bias + multiplier * standardDeviation;
  const around = (centre: number, half: number): Interval => [centre - half, centre + half];
  const approximate = (standardError: number) => ({
    standardError,
    lower: around(lower, tQuantile * standardError),
    upper: around(upper, tQuantile * standardError),
  });
  const z = inverseNormal((1 + coverage) / 2);
  const [near, far] = [alpha / 2, 1 - alpha / 2].map(
    (p) => (standardDeviation * nonCentralTQuantile(p, count - 1, z * Math.sqrt(count))) / Math.sqrt(count),
  ) as Interval;
  const distances = differences.map((difference) => Math.abs(difference - bias));
  const canFit = count >= 3;
  return {
    count,
    areFew: count < FEW_SUBJECTS,
    differences,
    means,
    bias,
    standardDeviation,
    biasStandardError,
    biasInterval: around(bias, tQuantile * biasStandardError),
    biasProbability:
      biasStandardError === 0 && bias === 0
        ? null
        : studentTwoSidedProbability(bias / biasStandardError, count - 1),
    lower,
    upper,
    insideCount: differences.filter((difference) => difference >= lower && difference <= upper).length,
    tQuantile,
    approximate1986: approximate(Math.sqrt(3) * biasStandardError),
    approximate1999: approximate(standardDeviation * Math.sqrt(1 / count + z ** 2 / (2 * (count - 1)))),
    exact: { lower: [bias - far, bias - near], upper: [bias + near, bias + far] },
    proportionalBias: canFit ? straightLine(means, differences) : null,
    spreadTrend: canFit ? pearsonCorrelation(means, distances) : null,
    correlation: canFit ? pearsonCorrelation(first, second) : null,
  };
}
