import { completedWeeks } from '../../../core/clinical/judged-later.ts';
import { operationName } from '../../../core/clinical/operation-names.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { PatientFields } from '../../../core/contract/schemas/clinical.ts';

/** A clinician's words for the coded fields of a patient. */
export const AFFECTED_SIDE_WORDS: Record<PatientFields['affectedSide'], string> = {
  right: 'right',
  left: 'left',
  both: 'both',
  none: 'neither',
};

/** The words for a side code of a list row, which travels as plain text. */
export function affectedSideWord(code: string): string {
  return Object.hasOwn(AFFECTED_SIDE_WORDS, code)
    ? AFFECTED_SIDE_WORDS[code as PatientFields['affectedSide']]
    : code;
}

/** "left hand affected", "both hands affected". */
export function affectedHandPhrase(side: PatientFields['affectedSide']): string {
  if (side === 'both') return 'both hands affected';
  if (side === 'none') return 'neither hand affected';
  return `${SIDE_NAMES[side]} hand affected`;
}

/**
 * "28 weeks since four-corner fusion", "3 weeks since surgery (trapeziectomy)", on the day `onDate`.
 * An operation without a date is named without a time; a day before the operation says "before".
 */
export function sinceOperationPhrase(
  patient: Pick<PatientFields, 'operation' | 'operationNote' | 'operationDate'>,
  onDate: string,
): string {
  if (patient.operation === 'none') return 'no operation';
  const isNamed = patient.operation === 'other' && patient.operationNote.trim() !== '';
  const name = operationName(patient.operation, patient.operationNote);
  // A note is free text: "since Ulnar collateral ligament" would name no operation.
  const since = isNamed ? `surgery (${name})` : name;
  if (patient.operationDate === null) return `${name}, date not given`;
  const weeks = completedWeeks(patient.operationDate, onDate);
  if (weeks < 0) return `before ${since}`;
  if (weeks === 0) return `${since} less than a week ago`;
  return `${weeks} ${weeks === 1 ? 'week' : 'weeks'} since ${since}`;
}
