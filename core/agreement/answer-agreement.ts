import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { JudgedClass } from '../contract/schemas/clinical.ts';
import { type ChanceModel, chanceCorrected, NO_VARIATION } from './chance-corrected.ts';
import { compareJudgements, type JudgementComparison } from './judgement-comparison.ts';
import { patientBootstrap, patientCount } from './patient-bootstrap.ts';
import { type ShownFigure, shownShare, shownStatistic } from './shown-figure.ts';

/** Two answers to one session; null: could not tell. */
export interface AnswerPair {
  patientId: string;
  first: string | null;
  second: string | null;
}

/** Agreement of two raters over sessions. Raw agreement first, AC1 and kappa side by side: none of the three stands alone. */
export interface AnswerAgreement {
  /** Sessions, and of how many patients. */
  n: number;
  patientCount: number;
  /** Counts of all pairs of classes; "cannot tell" is counted apart. */
  comparison: JudgementComparison;
  /** Same class among those where both named one; Wilson. Chance: both answering by their own frequencies. */
  same: ShownFigure;
  /** Beyond chance, bootstrap over patients. `chance` is the agreement that the coefficient takes as chance. */
  gwetAc1: ShownFigure;
  kappa: ShownFigure;
}

/** An answer as agreement takes it: "cannot tell" is no class. */
export const classOf = (answer: JudgedClass | null): string | null =>
  answer === 'cannot-tell' ? null : answer;

const SIZE = WRIST_CLASSES.length;
const NO_VARIATION_WORDS = 'both always chose the same one class';

/** Counts of classes, row by row, of one pair; all 0 where one could not tell. */
function cellOf({ first, second }: AnswerPair): number[] {
  const cell = new Array<number>(SIZE * SIZE).fill(0);
  if (first === null || second === null) return cell;
  const classes: readonly string[] = WRIST_CLASSES;
  cell[classes.indexOf(first) * SIZE + classes.indexOf(second)]! += 1;
  return cell;
}

const tableOf = (sums: ArrayLike<number>): number[][] =>
  Array.from({ length: SIZE }, (_, row) =>
    Array.from({ length: SIZE }, (_each, column) => sums[row * SIZE + column]!),
  );
const isEmpty = (sums: ArrayLike<number>) => Array.from(sums).every((count) => count === 0);

/**
 * Agreement on the three classes.
 * @throws RangeError for an answer that is none of the classes.
 */
export function answerAgreement(pairs: readonly AnswerPair[]): AnswerAgreement {
  const comparison = compareJudgements(
    pairs.map(({ first, second }) => ({ before: first, model: second })),
    WRIST_CLASSES,
  );
  const { part, whole } = comparison.agreement;
  const expectedOf = (model: ChanceModel) =>
    whole === 0 ? null : chanceCorrected(comparison.counts, model).expected;
  const coefficient = (model: ChanceModel): ShownFigure => {
    const bootstrap = patientBootstrap(pairs, cellOf, (sums) =>
      isEmpty(sums) ? null : chanceCorrected(tableOf(sums), model).value,
    );
    return shownStatistic(whole, bootstrap ?? { estimate: null, interval: null, reason: null }, {
      chance: expectedOf(model),
      reason: whole > 0 && expectedOf(model) === 1 ? NO_VARIATION_WORDS : NO_VARIATION,
    });
  };
  return {
    n: pairs.length,
    patientCount: patientCount(pairs),
    comparison,
    same: shownShare(part, whole, expectedOf('cohen')),
    gwetAc1: coefficient('gwet'),
    kappa: coefficient('cohen'),
  };
}
