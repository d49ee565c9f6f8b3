import type { Patient } from '../../../core/contract/schemas/clinical.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { chartWeek } from './trend-series.ts';

const NAMES: Readonly<Record<Exclude<Patient['operation'], 'none'>, string>> = {
  'four-corner-fusion': 'four-corner fusion',
  'proximal-row-carpectomy': 'proximal row carpectomy',
  other: 'operation',
};
const LONGEST_NOTE = 40;

/** The operation as a flag on the time axis; nothing while it is hidden from a blinded judge, or has no date. */
export function operationFlags(patient: Patient, origin: string): { x: number; name: string }[] {
  const { operation, operationDate, operationNote } = patient;
  if (patient.isBlinded || operation === 'none' || operationDate === null) return [];
  const note =
    operationNote.length > LONGEST_NOTE ? `${operationNote.slice(0, LONGEST_NOTE)}…` : operationNote;
  const name = operation === 'other' && note !== '' ? note : NAMES[operation];
  return [{ x: chartWeek(origin, operationDate), name: `${name}, ${shortDate(operationDate)}` }];
}
