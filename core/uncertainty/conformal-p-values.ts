import { conformalP } from './conformal-rank.ts';

/**
 * Smoothed conformal p value: (scores above, plus draw times (scores equal, plus 1)) / (n + 1). With a uniform draw it is
 * uniform for exchangeable cases, so that p <= alpha happens with chance alpha exactly; with draw 1 it is the plain one.
 * Source: Vovk 2005.
 * @param scores - of the calibration cases, in any order; larger is stranger. @param draw - 0 to 1.
 * @returns 0 to 1. @throws RangeError when a score is not a number, or for a draw outside 0 to 1.
 */
export function smoothedConformalP(scores: ArrayLike<number>, score: number, draw: number): number {
  if (!(draw >= 0 && draw <= 1)) throw new RangeError('a draw lies between 0 and 1');
  if (Number.isNaN(score)) throw new RangeError('a score is not a number');
  let above = 0;
  let equal = 0;
  for (let i = 0; i < scores.length; i += 1) {
    const other = scores[i]!;
    if (Number.isNaN(other)) throw new RangeError('a score is not a number');
    if (other > score) above += 1;
    else if (other === score) equal += 1;
  }
  return (above + draw * (equal + 1)) / (scores.length + 1);
}

/**
 * Plain conformal p value of each class of one case, (scores at or above, plus 1) / (n + 1), against the calibration
 * scores of that class (class-conditional) or of all cases (the same list for every class).
 * @param scoresByClass - calibration scores of each class, in any order. @param scores - of the case, one per class.
 * @returns one per class; 'never-seen' for a class without calibration scores.
 * @throws RangeError when the lengths differ, or when a score is not a number.
 */
export function classPValues(
  scoresByClass: readonly ArrayLike<number>[],
  scores: ArrayLike<number>,
): (number | 'never-seen')[] {
  if (scoresByClass.length !== scores.length) throw new RangeError('every class needs a score');
  return scoresByClass.map((own, label) => {
    const sorted = Float64Array.from(own).sort();
    if (sorted.some(Number.isNaN)) throw new RangeError('a score is not a number');
    return sorted.length === 0 ? 'never-seen' : conformalP(sorted, scores[label]!);
  });
}

/** The one class that is named when a single one is asked for, and how far the p values support it. */
export interface ForcedPrediction {
  /** Class with the largest p value; of equal ones the lower index. */
  label: number;
  /** Its p value: small when the case is like no class of the calibration. */
  credibility: number;
  /** 1 minus the second largest p value: large when no other class fits. */
  confidence: number;
}

/**
 * Prediction of a single class from its p values. Source: Vovk 2005 (credibility and confidence).
 * @param pValues - one per class, 0 to 1, of at least two classes that were all seen in calibration.
 * @throws RangeError otherwise: beside a class that was never seen, no other can be preferred.
 */
export function forcedPrediction(pValues: ArrayLike<number>): ForcedPrediction {
  if (pValues.length < 2) throw new RangeError('at least two classes are needed');
  const values = Array.from(pValues);
  if (!values.every((p) => p >= 0 && p <= 1)) throw new RangeError('a p value lies between 0 and 1');
  const credibility = Math.max(...values);
  const label = values.indexOf(credibility);
  return { label, credibility, confidence: 1 - Math.max(...values.toSpliced(label, 1)) };
}
