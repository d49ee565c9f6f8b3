import type { MeasureId } from '../measures.ts';
import { tablesOf } from '../norms/norm-choice.ts';
import type { NormTable } from '../norms/norm-table.ts';

/** What is known of a visit's model result besides the result. */
export interface ResultStanding {
  /** A judgement of this patient is open, so that every result is held back. */
  isJudgementOpen?: boolean;
  isForAnotherPerson?: boolean;
  /** The reader of the page was asked for a reading of their own, and has not given it. */
  isWaitingForYou?: boolean;
}

/** Why a ticked result is not on the page. */
export function noModelWords(standing: ResultStanding, isJudged: boolean): string {
  if (standing.isJudgementOpen) return 'No model result: a judgement is open.';
  if (standing.isWaitingForYou) return 'No model result: it waits for your own reading.';
  if (standing.isForAnotherPerson) return 'No model result: it was computed for another person.';
  return isJudged
    ? 'No model result: none was computed at this visit.'
    : 'No model result: this visit was not judged.';
}

/** Why ticked norms are not on the page. @param measures that stand on it. */
export function noNormWords(tables: readonly NormTable[], measures: readonly MeasureId[]): string {
  return measures.some((measure) => tablesOf(tables, measure).length > 0)
    ? 'No published norm: of those found for these measures none was read in its source.'
    : 'No published norm was found for these measures.';
}
