import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { JudgedClass } from '../contract/schemas/clinical.ts';
import { type ChanceModel, chanceCorrected, NO_VARIATION } from './chance-corrected.ts';
import { coefficientValue } from './coefficient-value.ts';
import { compareJudgements, type JudgementComparison } from './judgement-comparison.ts';
import { patientCount, patientJackknife } from './patient-jackknife.ts';
import type { AgreementWeights } from './rating-table.ts';
import {
  NO_STATISTIC,
  partsOfPatients,
  type ShownFigure,
  shownPatientShare,
  shownStatistic,
} from './shown-figure.ts';

/** Two answers to one session; null: could not tell. */
export interface AnswerPair {
  patientId: string;
  /** Same for the pairs of one judgement, such as its muscle groups; absent: each pair is a judgement. */
  judgementId?: string;
  first: string | null;
  second: string | null;
}

/** Agreement of two raters over sessions. Raw agreement first, AC1 and kappa side by side: none of the three stands alone. */
export interface AnswerAgreement {
  /** Judgements, and of how many patients. */
  n: number;
  patientCount: number;
  /** Counts of all pairs of classes; "cannot tell" is counted apart. */
  comparison: JudgementComparison;
  /** Same class among those where both named one. Chance: both answering by their own frequencies. */
  same: ShownFigure;
  /** Beyond chance, interval by leaving out patients. Chance agreement is taken out of them: by chance both are 0. */
  gwetAc1: ShownFigure;
  kappa: ShownFigure;
}

/** An answer as agreement takes it: "cannot tell" is no class. */
export const classOf = (answer: JudgedClass | null): string | null =>
  answer === 'cannot-tell' ? null : answer;

const NO_VARIATION_WORDS = 'both always chose the same one class';

/** Judgements behind pairs of answers. */
const judgementCount = (pairs: readonly AnswerPair[]): number =>
  new Set(pairs.map(({ judgementId }, place) => judgementId ?? place)).size;

/** Counts of categories, row by row, of one pair; all 0 where one could not tell. */
function cellOf({ first, second }: AnswerPair, categories: readonly string[]): number[] {
  const cell = new Array<number>(categories.length ** 2).fill(0);
  if (first === null || second === null) return cell;
  cell[categories.indexOf(first) * categories.length + categories.indexOf(second)]! += 1;
  return cell;
}

/**
 * Agreement of two raters on named categories.
 * @param categories - the three classes of the wrist when absent; in their order where weights are given.
 * @param weights - of the two coefficients, for ordered categories; raw agreement is never weighted.
 * @throws RangeError for an answer that is none of the categories.
 */
export function answerAgreement(
  pairs: readonly AnswerPair[],
  categories: readonly string[] = WRIST_CLASSES,
  weights: AgreementWeights = 'none',
): AnswerAgreement {
  const comparison = compareJudgements(
    pairs.map(({ first, second }) => ({ before: first, model: second })),
    categories,
  );
  const compared = pairs.filter(({ first, second }) => first !== null && second !== null);
  const whole = compared.length;
  const n = judgementCount(compared);
  const expectedOf = (model: ChanceModel, by: AgreementWeights = weights) =>
    whole === 0 ? null : chanceCorrected(comparison.counts, model, by).expected;
  const coefficient = (model: 'cohen' | 'gwet'): ShownFigure => {
    const found = patientJackknife(
      pairs,
      (pair) => cellOf(pair, categories),
      coefficientValue(categories.length, model, weights),
      'coefficient',
    );
    const count = { n, patients: patientCount(compared) };
    return shownStatistic(count, found ?? NO_STATISTIC, {
      chance: 0,
      reason: whole > 0 && expectedOf(model) === 1 ? NO_VARIATION_WORDS : NO_VARIATION,
    });
  };
  return {
    n: judgementCount(pairs),
    patientCount: patientCount(pairs),
    comparison,
    same: shownPatientShare(
      partsOfPatients(compared, ({ first, second }) => first === second),
      expectedOf('cohen', 'none'),
      n,
    ),
    gwetAc1: coefficient('gwet'),
    kappa: coefficient('cohen'),
  };
}
