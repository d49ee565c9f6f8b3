import { type JudgementShare, judgementShare, type RevealedJudgement } from './revealed-judgement.ts';

/** The clinician's answers beside the model's, before the reveal. */
export interface JudgementComparison {
  categories: readonly string[];
  /** counts[k][l]: judgements with category k by the clinician and l by the model. */
  counts: readonly (readonly number[])[];
  /** Same category among those where both gave one. */
  agreement: JudgementShare;
  /** Judgements without a category, left out of the counts. */
  clinicianOnlyCannotTell: number;
  modelOnlyCannotTell: number;
  bothCannotTell: number;
}

/**
 * Confusion matrix and raw agreement. Chance-corrected agreement is worked out from the counts (kappa, AC1).
 * @param judgements - null: could not tell. @param categories - all that can be answered, two or more, each once.
 * @param alpha - of the Wilson interval.
 * @throws RangeError for fewer categories, an answer outside them, or alpha out of range.
 */
export function compareJudgements(
  judgements: readonly Pick<RevealedJudgement, 'before' | 'model'>[],
  categories: readonly string[],
  alpha = 0.05,
): JudgementComparison {
  if (categories.length < 2 || new Set(categories).size !== categories.length) {
    throw new RangeError('a comparison needs two categories or more, each once');
  }
  const counts = categories.map(() => categories.map(() => 0));
  let clinicianOnlyCannotTell = 0;
  let modelOnlyCannotTell = 0;
  let bothCannotTell = 0;
  for (const { before, model } of judgements) {
    const row = before === null ? null : placeOf(before, categories);
    const column = model === null ? null : placeOf(model, categories);
    if (row === null && column === null) bothCannotTell += 1;
    else if (row === null) clinicianOnlyCannotTell += 1;
    else if (column === null) modelOnlyCannotTell += 1;
    else counts[row]![column]! += 1;
  }
  const whole = counts.flat().reduce((sum, count) => sum + count, 0);
  const equal = counts.reduce((sum, row, k) => sum + row[k]!, 0);
  return {
    categories,
    counts,
    agreement: judgementShare(equal, whole, alpha),
    clinicianOnlyCannotTell,
    modelOnlyCannotTell,
    bothCannotTell,
  };
}

function placeOf(answer: string, categories: readonly string[]): number {
  const place = categories.indexOf(answer);
  if (place < 0) throw new RangeError(`"${answer}" is none of the categories compared`);
  return place;
}
