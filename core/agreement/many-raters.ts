import type { ChanceCorrected } from './chance-corrected.ts';
import { type ManyRatersModel, ratedSubjects, subjectTerms } from './rater-counts.ts';
import type { AgreementWeights } from './rating-table.ts';
import { subjectCoefficient } from './subject-coefficient.ts';

/**
 * Chance-corrected agreement of two raters or more, of subjects that need not all be rated equally often: raw agreement
 * (`none`), Fleiss' kappa, AC1 and AC2 (`gwet`), Brennan-Prediger (with free margins: Randolph's kappa), Krippendorff's
 * alpha. Source: Gwet 2014, Handbook of Inter-Rater Reliability; variance over subjects, divisor n (n - 1).
 * @param counts - counts[i][k]: ratings of subject i in category k, numbers from 0. @param alpha - of the interval.
 * @returns value null and a reason when all ratings fall into one category.
 * @throws RangeError for rows of different length, fewer than two categories, negative numbers, or when no subject has
 *   more than one rating.
 */
export function manyRatersAgreement(
  counts: readonly (readonly number[])[],
  chance: ManyRatersModel,
  weights: AgreementWeights = 'none',
  alpha = 0.05,
): ChanceCorrected {
  return subjectCoefficient(subjectTerms(ratedSubjects(counts), chance, weights), alpha);
}
