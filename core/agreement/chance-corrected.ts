import { studentQuantile } from '../numerics/student-t.ts';
import { FEW_SUBJECTS } from './few-subjects.ts';
import { type AgreementWeights, agreementWeights, type RatingTable, ratingTable } from './rating-table.ts';

/**
 * What agreement by chance is taken to be: `none` (raw agreement), `cohen` (each rater has its own margins: kappa),
 * `scott` (both share the mean margins: pi), `gwet` (AC1, AC2), `brennan-prediger` (categories equally likely; with two
 * of them PABAK), `krippendorff` (scott, corrected for few subjects: alpha).
 */
export type ChanceModel = 'none' | 'cohen' | 'scott' | 'gwet' | 'brennan-prediger' | 'krippendorff';

/** A coefficient (observed - expected) / (1 - expected). Null: cannot say, see the reason. */
export interface ChanceCorrected {
  value: number | null;
  /** Fewer than 20 subjects: the large-sample interval is not to be relied on. */
  areFew: boolean;
  /** Weighted share of agreement, 0..1. */
  observed: number;
  /** The same by chance alone, 0..1. */
  expected: number;
  /** Of the value, over random subjects. */
  standardError: number | null;
  /** By Student's t with one degree of freedom less than subjects, cut at 1 above. */
  interval: [number, number] | null;
  /** Why something is null; empty when nothing is. */
  reason: string;
}

/** When every rating falls into one category, chance agreement is complete and 0 / 0 is left. */
export const NO_VARIATION = 'no variation: both raters always chose the same one category';
/** Why a variance of 0 is no standard error. */
export const NO_SPREAD = 'the large-sample variance is 0 here and would pretend certainty: use a bootstrap';

/**
 * Chance-corrected agreement of two raters over one table. Variance: delta method over subjects with divisor n, which for
 * kappa is Fleiss, Cohen & Everitt 1969 and for AC1 and AC2 Gwet 2008 (Br J Math Stat Psychol 61:29). The variance of
 * `krippendorff` is that of `scott`. All of them are for many subjects.
 * @param counts - counts[k][l]: subjects that the first rater put into category k and the second into l.
 * @param weights - for ordered categories. @param alpha - of the interval, above 0 and below 1.
 * @throws RangeError for tables that are not square, of fewer than two categories, of negative numbers or of no subject.
 */
export function chanceCorrected(
  counts: readonly (readonly number[])[],
  chance: ChanceModel,
  weights: AgreementWeights = 'none',
  alpha = 0.05,
): ChanceCorrected {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const table = ratingTable(counts);
  const weight = agreementWeights(table.categoryCount, weights);
  const observed = weighted(table.shares, weight);
  const { expected, slope } = chanceAgreement(table, weight, chance);
  const areFew = table.count < FEW_SUBJECTS;
  // Tables of whole counts give 1 exactly or miss it by a subject.
  if (1 - expected < 1e-12) {
    return {
      value: null,
      areFew,
      observed,
      expected,
      standardError: null,
      interval: null,
      reason: NO_VARIATION,
    };
  }
  const value = (observed - expected) / (1 - expected);
  const { categoryCount: size, shares, count } = table;
  // What one subject in a cell adds to the value, times (1 - expected), up to a constant.
  const influence = weight.map(
    (agreement, index) =>
      agreement - (1 - value) * (slope[Math.floor(index / size)]![0] + slope[index % size]![1]),
  );
  const mean = weighted(shares, influence);
  const variance = weighted(
    shares,
    influence.map((each) => (each - mean) ** 2),
  );
  const coefficient = chance === 'krippendorff' ? 1 - (1 - value) * (1 - 1 / (2 * count)) : value;
  const standardError = Math.sqrt(variance / count) / (1 - expected);
  if (standardError < 1e-12 || count <= 1) {
    return {
      value: coefficient,
      areFew,
      observed,
      expected,
      standardError: observed === 1 && count > 1 ? 0 : null,
      interval: null,
      reason: count <= 1 ? 'one subject has no spread' : NO_SPREAD,
    };
  }
  const half = studentQuantile(1 - alpha / 2, count - 1) * standardError;
  const interval: [number, number] = [coefficient - half, Math.min(1, coefficient + half)];
  return { value: coefficient, areFew, observed, expected, standardError, interval, reason: '' };
}

interface ChanceAgreement {
  expected: number;
  /** What one rating of category k by the first and by the second rater adds to `expected`. */
  slope: readonly (readonly [number, number])[];
}

/** Agreement by chance, and its slope over the ratings. */
function chanceAgreement(table: RatingTable, weight: Float64Array, chance: ChanceModel): ChanceAgreement {
  const { categoryCount: size, rowShares, columnShares } = table;
  const categories = Array.from({ length: size }, (_, k) => k);
  const total = weight.reduce((sum, each) => sum + each, 0);
  const mean = rowShares.map((share, k) => (share + columnShares[k]!) / 2);
  /** Mean weight between category k and one drawn from the margins. */
  const against = (margin: Float64Array, k: number) =>
    margin.reduce((sum, share, l) => sum + share * weight[k * size + l]!, 0);
  switch (chance) {
    case 'none':
      return { expected: 0, slope: categories.map(() => [0, 0]) };
    case 'brennan-prediger':
      return { expected: total / size ** 2, slope: categories.map(() => [0, 0]) };
    case 'cohen': {
      const slope = categories.map((k) => [against(columnShares, k), against(rowShares, k)] as const);
      return { expected: rowShares.reduce((sum, share, k) => sum + share * slope[k]![0], 0), slope };
    }
    case 'scott':
    case 'krippendorff': {
      const slope = categories.map((k) => [against(mean, k), against(mean, k)] as const);
      return { expected: mean.reduce((sum, share, k) => sum + share * slope[k]![0], 0), slope };
    }
    case 'gwet': {
      const scale = total / (size * (size - 1));
      const slope = categories.map((k) => [-scale * mean[k]!, -scale * mean[k]!] as const);
      return { expected: scale * mean.reduce((sum, share) => sum + share * (1 - share), 0), slope };
    }
  }
}

const weighted = (shares: Float64Array, values: Float64Array) =>
  shares.reduce((sum, share, index) => sum + share * values[index]!, 0);
