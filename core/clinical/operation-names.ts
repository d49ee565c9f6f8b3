import type { Patient } from '../contract/schemas/clinical.ts';
import { ANSWER_NAMES } from './answer-names.ts';
import { sentenceCase } from './sentence-case.ts';

type Operation = Patient['operation'];

/** What a clinician reads for each operation of a record. */
export const OPERATION_NAMES: Readonly<Record<Operation, string>> = {
  none: 'no operation',
  'four-corner-fusion': ANSWER_NAMES['four-corner-fusion'],
  'proximal-row-carpectomy': ANSWER_NAMES['proximal-row-carpectomy'],
  other: 'other operation',
};

/** The operations a form asks for, in this order, with its words. */
export const OPERATION_CHOICES: readonly { value: Operation; label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'four-corner-fusion', label: sentenceCase(OPERATION_NAMES['four-corner-fusion']) },
  { value: 'proximal-row-carpectomy', label: sentenceCase(OPERATION_NAMES['proximal-row-carpectomy']) },
  { value: 'other', label: 'Other' },
];

/** "proximal row carpectomy"; another operation is called what its note says, where it has one. */
export const operationName = (operation: Operation, note: string): string =>
  operation === 'other' && note.trim() !== '' ? note.trim() : OPERATION_NAMES[operation];
