import { checkPairs, momentsOf } from './paired-values.ts';

/** How much repeated measurements of one subject by one method differ. */
export interface Repeatability {
  /** Root of the mean variance within subjects. */
  withinStandardDeviation: number;
  /** Standard deviation of the difference of two measurements of one subject: sqrt(2) x the one within. */
  differenceStandardDeviation: number;
  /** Two measurements of one subject differ by less than this in `coverage` of pairs: multiplier x sqrt(2) x the one within. */
  repeatability: number;
  withinMeanSquare: number;
  /** Null for one subject. */
  betweenMeanSquare: number | null;
  /** ICC(1,1) of Shrout & Fleiss 1979, at most 1; null for one subject or when nothing varies. */
  intraclassCorrelation: number | null;
  /** 100 x the one within / mean of all; null unless that mean is above 0. */
  withinPercent: number | null;
}

/**
 * Repeatability by one-way analysis of variance (Bland & Altman, BMJ 1996;313:744; 1999). With two measurements each, the
 * mean difference between first and second is taken as 0, as in the paper of 1986.
 * @param subjects - subjects[i]: 1 or more measurements of subject i, finite; at least one subject has 2.
 * @param multiplier - of the repeatability, above 0; 1.96, in the paper of 1986 2.
 * @throws RangeError otherwise.
 */
export function repeatability(subjects: readonly (readonly number[])[], multiplier = 1.96): Repeatability {
  if (!(multiplier > 0 && Number.isFinite(multiplier))) throw new RangeError('a multiplier lies above 0');
  const moments = subjects.map((values) => momentsOf(values, 1));
  const total = moments.reduce((sum, { count }) => sum + count, 0);
  const spare = total - moments.length;
  if (spare < 1) throw new RangeError('repeatability needs a subject that was measured twice');
  const withinMeanSquare = moments.reduce((sum, { squares }) => sum + squares, 0) / spare;
  const within = Math.sqrt(withinMeanSquare);
  const mean = moments.reduce((sum, each) => sum + each.count * each.mean, 0) / total;
  const between = moments.reduce((sum, each) => sum + each.count * (each.mean - mean) ** 2, 0);
  const betweenMeanSquare = moments.length > 1 ? between / (moments.length - 1) : null;
  return {
    withinStandardDeviation: within,
    differenceStandardDeviation: Math.SQRT2 * within,
    repeatability: multiplier * Math.SQRT2 * within,
    withinMeanSquare,
    betweenMeanSquare,
    intraclassCorrelation:
      betweenMeanSquare === null ? null : intraclass(moments, total, betweenMeanSquare, withinMeanSquare),
    withinPercent: mean > 0 ? (100 * within) / mean : null,
  };
}

/** With unequal numbers of measurements, their effective number stands for the common one. */
function intraclass(
  moments: readonly { count: number }[],
  total: number,
  between: number,
  within: number,
): number | null {
  const squares = moments.reduce((sum, { count }) => sum + count ** 2, 0);
  const effective = (total - squares / total) / (moments.length - 1);
  const whole = between + (effective - 1) * within;
  return whole === 0 ? null : (between - within) / whole;
}

/** Limits of agreement of single measurements, from averages of several by each method. */
export interface ReplicatedLimits {
  /** First method minus second, of the averages. */
  bias: number;
  /** Of the differences of the averages, divisor n - 1: too small for single measurements. */
  averagesStandardDeviation: number;
  /** Of differences of single measurements. */
  correctedStandardDeviation: number;
  limits: [number, number];
}

/**
 * Limits of agreement when each method measured every subject several times (Bland & Altman 1986; 1999): averages are
 * compared, and the variance that averaging took away is added again: (1 - 1 / m) s_w^2 of each method with m measurements.
 * @param first - first[i]: m measurements of subject i, the same m for all, 1 or more; 2 or more subjects.
 * @param second - the same subjects by the other method, its own m. @param multiplier - of the limits, above 0.
 * @throws RangeError otherwise.
 */
export function replicatedLimits(
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[],
  multiplier = 1.96,
): ReplicatedLimits {
  if (!(multiplier > 0 && Number.isFinite(multiplier))) throw new RangeError('a multiplier lies above 0');
  const [one, two] = [first, second].map(averages) as [Averages, Averages];
  checkPairs(one.means, two.means, 2);
  const differences = one.means.map((mean, i) => mean - two.means[i]!);
  const { count, mean: bias, squares } = momentsOf(differences, 2);
  const variance = squares / (count - 1);
  const corrected = Math.sqrt(variance + one.lostVariance + two.lostVariance);
  return {
    bias,
    averagesStandardDeviation: Math.sqrt(variance),
    correctedStandardDeviation: corrected,
    limits: [bias - multiplier * corrected, bias + multiplier * corrected],
  };
}

interface Averages {
  means: Float64Array;
  lostVariance: number;
}

function averages(subjects: readonly (readonly number[])[]): Averages {
  const size = subjects[0]?.length ?? 0;
  if (!subjects.every((values) => values.length === size)) {
    throw new RangeError('a method measured every subject equally often');
  }
  const means = Float64Array.from(subjects, (values) => momentsOf(values, 1).mean);
  const lostVariance = size > 1 ? (1 - 1 / size) * repeatability(subjects).withinMeanSquare : 0;
  return { means, lostVariance };
}
