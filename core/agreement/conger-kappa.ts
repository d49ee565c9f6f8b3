import type { ChanceCorrected } from './chance-corrected.ts';
import { ratedSubjects, subjectTerms } from './rater-counts.ts';
import { type AgreementWeights, agreementWeights } from './rating-table.ts';
import { subjectCoefficient } from './subject-coefficient.ts';

/**
 * Conger's kappa: Cohen's for two raters or more, chance agreement from the margins of every rater. Source: Conger 1980
 * (Psychol Bull 88:322); with missing ratings and variance over subjects, Gwet 2014.
 * @param ratings - ratings[i][g]: category number 0..categoryCount - 1 that rater g gave subject i, null when none.
 * @param categoryCount - a whole number from 2. @param alpha - of the interval.
 * @throws RangeError for rows of different length, other numbers, a rater without ratings, fewer than two raters, or when
 *   no subject was rated more than once.
 */
export function congerKappa(
  ratings: readonly (readonly (number | null)[])[],
  categoryCount: number,
  weights: AgreementWeights = 'none',
  alpha = 0.05,
): ChanceCorrected {
  const raters = ratings[0]?.length ?? 0;
  const weight = agreementWeights(categoryCount, weights);
  if (raters < 2) throw new RangeError('agreement needs two raters or more');
  const rated = ratings.filter((row) => row.some((rating) => rating !== null));
  const subjects = ratedSubjects(rated.map((row) => countsOf(row, raters, categoryCount)));
  const terms = subjectTerms(subjects, 'none', weights);
  const count = rated.length;
  // shares[g][k]: share of the ratings of rater g in category k.
  const ratingsOf = new Float64Array(raters);
  const shares = Array.from({ length: raters }, () => new Float64Array(categoryCount));
  for (const row of rated) {
    row.forEach((rating, g) => {
      if (rating === null) return;
      ratingsOf[g]! += 1;
      shares[g]![rating]! += 1;
    });
  }
  if (ratingsOf.includes(0)) throw new RangeError('every rater has rated somebody');
  shares.forEach((of, g) => {
    of.forEach((value, k) => {
      of[k] = value / ratingsOf[g]!;
    });
  });
  // against[g][k]: mean weight between category k and the ratings of all other raters.
  const against = shares.map((own) =>
    Float64Array.from({ length: categoryCount }, (_, k) =>
      shares.reduce((total, of) => (of === own ? total : total + dotRow(weight, k, of, categoryCount)), 0),
    ),
  );
  const pairsOfRaters = raters * (raters - 1);
  const own = shares.map((of, g) => of.reduce((total, share, k) => total + share * against[g]![k]!, 0));
  const expected = own.reduce((total, value) => total + value, 0) / pairsOfRaters;
  const expectedOf = Float64Array.from(rated, (row) =>
    row.reduce<number>(
      (total, rating, g) =>
        rating === null
          ? total
          : total + ((count / ratingsOf[g]!) * (against[g]![rating]! - own[g]!)) / pairsOfRaters,
      expected,
    ),
  );
  return subjectCoefficient({ ...terms, expected, expectedOf }, alpha);
}

function countsOf(row: readonly (number | null)[], raters: number, categoryCount: number): number[] {
  if (row.length !== raters) throw new RangeError('every subject has one entry per rater');
  const counts = new Array<number>(categoryCount).fill(0);
  for (const rating of row) {
    if (rating === null) continue;
    if (!Number.isInteger(rating) || rating < 0 || rating >= categoryCount) {
      throw new RangeError('a rating is the number of a category, from 0');
    }
    counts[rating]! += 1;
  }
  return counts;
}

const dotRow = (weight: Float64Array, k: number, of: Float64Array, size: number) =>
  of.reduce((total, share, l) => total + share * weight[k * size + l]!, 0);
