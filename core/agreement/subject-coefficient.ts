import { studentQuantile } from '../numerics/student-t.ts';
import { type ChanceCorrected, NO_SPREAD, NO_VARIATION } from './chance-corrected.ts';
import { FEW_SUBJECTS } from './few-subjects.ts';
import { type SubjectTerms, sum } from './rater-counts.ts';

/**
 * The coefficient of subjects rated by several raters, with the spread of its linear approximation over them.
 * @param terms - of the observed agreement and of the chance model. @param alpha - of the interval, above 0 and below 1.
 * @throws RangeError for another alpha.
 */
export function subjectCoefficient(terms: SubjectTerms, alpha: number): ChanceCorrected {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const { observed, expected, count, observedOf, expectedOf, pairShare } = terms;
  const areFew = count < FEW_SUBJECTS;
  const none = { standardError: null, interval: null };
  if (1 - expected < 1e-12) return { value: null, areFew, observed, expected, ...none, reason: NO_VARIATION };
  const value = (observed - expected) / (1 - expected);
  const centre = (terms.uncorrected - expected) / (1 - expected);
  const contributions = observedOf.map(
    (own, i) =>
      (own - pairShare[i]! * expected - 2 * (1 - centre) * (expectedOf[i]! - expected)) / (1 - expected),
  );
  const squares = contributions.map((each) => (each - centre) ** 2);
  const standardError = Math.sqrt(sum(squares) / (count * (count - 1)));
  if (count < 2) return { value, areFew, observed, expected, ...none, reason: 'one subject has no spread' };
  if (standardError < 1e-12) {
    const isPerfect = Math.abs(observed - 1) < 1e-12;
    return {
      value,
      areFew,
      observed,
      expected,
      standardError: isPerfect ? 0 : null,
      interval: null,
      reason: NO_SPREAD,
    };
  }
  const half = studentQuantile(1 - alpha / 2, count - 1) * standardError;
  return {
    value,
    areFew,
    observed,
    expected,
    standardError,
    interval: [value - half, Math.min(1, value + half)],
    reason: '',
  };
}
