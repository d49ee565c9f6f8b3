import { type AgreementWeights, agreementWeights } from './rating-table.ts';

/** Chance models of several raters; `fleiss` is Scott's for more than two. */
export type ManyRatersModel = 'none' | 'fleiss' | 'gwet' | 'brennan-prediger' | 'krippendorff';

/** Per subject, what a coefficient and its variance are made of. */
export interface SubjectTerms {
  observed: number;
  expected: number;
  /** `observed` without the correction for few subjects, about which the variance is worked out. */
  uncorrected: number;
  /** Subjects that the coefficient is a mean over. */
  count: number;
  /** Share of agreeing pairs of each of these subjects, scaled so that their mean is `uncorrected`. */
  observedOf: Float64Array;
  /** Like `observed`, chance agreement as each subject would have it. */
  expectedOf: Float64Array;
  /** 1 for subjects with two ratings or more, scaled to mean 1. */
  pairShare: Float64Array;
}

/**
 * Reads ratings counted by subject and category. @param counts - counts[i][k]: ratings of subject i in category k; numbers
 *   from 0 (averages are allowed), two categories or more; subjects without any rating are left out.
 * @throws RangeError for rows of different length, negative numbers, or when no subject has more than one rating.
 */
export function ratedSubjects(counts: readonly ArrayLike<number>[]): Float64Array[] {
  const size = counts[0]?.length ?? 0;
  if (size < 2) throw new RangeError('ratings need subjects and two categories or more');
  const rows = counts.map((row) => {
    const values = Float64Array.from(row);
    if (values.length !== size || !values.every((value) => value >= 0 && Number.isFinite(value))) {
      throw new RangeError('every subject has one number from 0 per category');
    }
    return values;
  });
  const rated = rows.filter((row) => sum(row) > 0);
  if (!rated.some((row) => sum(row) > 1)) {
    throw new RangeError('agreement needs a subject that was rated more than once');
  }
  return rated;
}

/**
 * Terms of a coefficient over several raters, ratings may be missing. Source: Gwet 2014, Handbook of Inter-Rater
 * Reliability, for subjects as a sample and raters as fixed.
 * @param rated - of {@link ratedSubjects}. @throws RangeError as it does.
 */
export function subjectTerms(
  rated: readonly Float64Array[],
  chance: ManyRatersModel,
  weights: AgreementWeights = 'none',
): SubjectTerms {
  const subjects = ratedSubjects(rated);
  const isAlpha = chance === 'krippendorff';
  const rows = isAlpha ? subjects.filter((row) => sum(row) > 1) : subjects;
  const count = rows.length;
  const size = rows[0]!.length;
  const weight = agreementWeights(size, weights);
  const ratings = Float64Array.from(rows, sum);
  const meanRatings = sum(ratings) / count;
  const pairs = ratings.reduce((n, r) => n + (r > 1 ? 1 : 0), 0);
  const pairShare = ratings.map((r) => (r > 1 ? count / pairs : 0));
  const against = (of: Float64Array, k: number) =>
    of.reduce((total, value, l) => total + value * weight[k * size + l]!, 0);
  const agreeing = Float64Array.from(rows, (row) =>
    row.reduce((total, value, k) => total + value * (against(row, k) - 1), 0),
  );
  // Of each category: what share of the ratings falls into it. Alpha weighs subjects by their ratings.
  const margins = new Float64Array(size);
  rows.forEach((row, i) => {
    row.forEach((value, k) => {
      margins[k]! += value / (isAlpha ? meanRatings : ratings[i]!) / count;
    });
  });
  const scale = sum(weight) / (size * (size - 1));
  const categoryTerm = margins.map((share, k) => {
    if (chance === 'gwet') return scale * (1 - share);
    return chance === 'fleiss' || isAlpha ? against(margins, k) : 0;
  });
  const fixed = chance === 'brennan-prediger' ? sum(weight) / size ** 2 : 0;
  const expected = fixed + margins.reduce((total, share, k) => total + share * categoryTerm[k]!, 0);
  const expectedPlain = Float64Array.from(rows, (row, i) =>
    row.reduce((total, value, k) => total + value * categoryTerm[k]!, fixed * ratings[i]!),
  );
  if (!isAlpha) {
    const observedOf = agreeing.map((value, i) =>
      ratings[i]! > 1 ? (pairShare[i]! * value) / (ratings[i]! * (ratings[i]! - 1)) : 0,
    );
    const expectedOf = expectedPlain.map((value, i) => value / ratings[i]!);
    const observed = sum(observedOf) / count;
    return { observed, uncorrected: observed, expected, count, observedOf, expectedOf, pairShare };
  }
  const share = agreeing.map((value, i) => value / (meanRatings * (ratings[i]! - 1)));
  const uncorrected = sum(share) / count;
  const correction = 1 / (count * meanRatings);
  const observed = (1 - correction) * uncorrected + correction;
  const excess = ratings.map((r) => (r - meanRatings) / meanRatings);
  const observedOf = share.map((value, i) => value - observed * excess[i]!);
  const expectedOf = expectedPlain.map((value, i) => value / meanRatings - expected * excess[i]!);
  return { observed, uncorrected, expected, count, observedOf, expectedOf, pairShare };
}

export const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
