import type { ConcordanceRow } from '../contract/schemas/concordance.ts';
import { classOf } from './answer-agreement.ts';
import {
  isEnough,
  partsOfPatients,
  type ShownFigure,
  shownPatientShare,
  shownShare,
} from './shown-figure.ts';

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
  /** Mean of what was said in this band, 0..1; null where no figure is shown. */
  said: number | null;
  /** Same answer as the model. Agreement with a model, not being right: nobody knows the truth here. */
  same: ShownFigure;
}

type AnsweredRow = Pick<ConcordanceRow, 'answer' | 'modelAnswer' | 'confidencePercent'> & {
  patientId?: string;
};

/**
 * Agreement by how sure the clinician was; judgements in which one of the two could not tell are left out.
 * @param rows - all with their patient, or none where each is of another person, as simulated cases are.
 */
export function confidenceAgreement(rows: readonly AnsweredRow[]): ConfidenceBand[] {
  const answered = rows.flatMap(({ answer, modelAnswer, confidencePercent, patientId = '' }) =>
    classOf(answer) === null || modelAnswer === null || confidencePercent === null
      ? []
      : [{ isSame: answer === modelAnswer, confidencePercent, patientId }],
  );
  const haveNoPatient = rows.some(({ patientId }) => patientId === undefined);
  return CONFIDENCE_BANDS.map(({ from, to, name }) => {
    const own = answered.filter(
      ({ confidencePercent }) => confidencePercent >= from && confidencePercent < to,
    );
    const sum = own.reduce((total, { confidencePercent }) => total + confidencePercent, 0);
    const isSame = (each: (typeof own)[number]) => each.isSame;
    const same = haveNoPatient
      ? shownShare(own.filter(isSame).length, own.length)
      : shownPatientShare(partsOfPatients(own, isSame));
    return { name, n: own.length, said: isEnough(same) ? sum / own.length / 100 : null, same };
  });
}
