import type { ConcordanceRow } from '../contract/schemas/concordance.ts';
import { classOf } from './answer-agreement.ts';
import { LEAST_TO_SAY, type ShownFigure, shownShare } from './shown-figure.ts';

/** How sure, in steps that a clinician can name. Ends of each in percent, the upper one inside the last only. */
export const CONFIDENCE_BANDS = [
  { from: 0, to: 50, name: 'below 50 %' },
  { from: 50, to: 70, name: '50 to 69 %' },
  { from: 70, to: 90, name: '70 to 89 %' },
  { from: 90, to: 101, name: '90 % and more' },
] as const;

export interface ConfidenceBand {
  name: string;
  n: number;
  /** Mean of what was said in this band, 0..1; null below ten judgements. */
  said: number | null;
  /** Same answer as the model. Agreement with a model, not being right: nobody knows the truth here. */
  same: ShownFigure;
}

/** Agreement by how sure the clinician was; judgements in which one of the two could not tell are left out. */
export function confidenceAgreement(
  rows: readonly Pick<ConcordanceRow, 'answer' | 'modelAnswer' | 'confidencePercent'>[],
): ConfidenceBand[] {
  const answered = rows.flatMap(({ answer, modelAnswer, confidencePercent }) =>
    classOf(answer) === null || modelAnswer === null || confidencePercent === null
      ? []
      : [{ isSame: answer === modelAnswer, confidencePercent }],
  );
  return CONFIDENCE_BANDS.map(({ from, to, name }) => {
    const own = answered.filter(
      ({ confidencePercent }) => confidencePercent >= from && confidencePercent < to,
    );
    const sum = own.reduce((total, { confidencePercent }) => total + confidencePercent, 0);
    return {
      name,
      n: own.length,
      said: own.length < LEAST_TO_SAY ? null : sum / own.length / 100,
      same: shownShare(own.filter(({ isSame }) => isSame).length, own.length),
    };
  });
}
