import type { Patient } from '../../../core/contract/schemas/clinical.ts';
import type { Episode, EpisodeFields } from '../../../core/contract/schemas/episode.ts';
import { type DateReader, dateReaderOf } from '../../app/typed-date.ts';

/** The form as typed. */
export interface EpisodeForm {
  side: EpisodeFields['side'] | null;
  diagnosis: string;
  operation: EpisodeFields['operation'] | null;
  operationNote: string;
  operationDate: string;
  startedOn: string;
  endedOn: string;
}

export type EpisodeFormErrors = Partial<Record<keyof EpisodeForm, string>>;

/** The order of the fields on screen: the first with an error gets the cursor. */
export const EPISODE_FORM_ORDER = [
  'side',
  'diagnosis',
  'operation',
  'operationDate',
  'operationNote',
  'startedOn',
  'endedOn',
] as const satisfies readonly (keyof EpisodeForm)[];

export const formOfEpisode = (episode: Episode): EpisodeForm => ({
  ...episode,
  operationDate: episode.operationDate ?? '',
  endedOn: episode.endedOn ?? '',
});

/**
 * A new form: the first episode begins with what the patient's own record says, a further one empty.
 * @param today YYYY-MM-DD.
 */
export function newEpisodeForm(patient: Patient | null, today: string): EpisodeForm {
  const side = patient?.affectedSide;
  return {
    side: side === undefined || side === 'none' ? null : side,
    diagnosis: patient?.diagnosis ?? '',
    operation: patient?.operation ?? null,
    operationNote: patient?.operationNote ?? '',
    operationDate: patient?.operationDate ?? '',
    startedOn: today,
    endedOn: '',
  };
}

/**
 * Reads the form, or says field by field what is missing.
 * @param dates reads dates as this user types them; year first when absent.
 */
export function readEpisodeForm(
  form: EpisodeForm,
  dates: DateReader = dateReaderOf('year-month-day'),
): { ok: true; fields: EpisodeFields } | { ok: false; errors: EpisodeFormErrors } {
  const errors: EpisodeFormErrors = {};
  const noDate = `This is not a date of the calendar. ${dates.hint}`;
  if (form.side === null) errors.side = 'Choose the side that is treated, or both.';
  if (form.diagnosis.trim() === '') errors.diagnosis = 'Type what the episode is about.';
  if (form.operation === null) errors.operation = 'Choose the operation, or none.';
  const hasOperation = form.operation !== null && form.operation !== 'none';
  const operationDate = dates.read(form.operationDate);
  if (hasOperation && form.operationDate.trim() !== '' && operationDate === null) {
    errors.operationDate = noDate;
  }
  if (form.operation === 'other' && form.operationNote.trim() === '') {
    errors.operationNote = 'Say which operation it was.';
  }
  const startedOn = dates.read(form.startedOn);
  if (form.startedOn.trim() === '') errors.startedOn = 'Type the day the episode started.';
  else if (startedOn === null) errors.startedOn = noDate;
  const endedOn = dates.read(form.endedOn);
  if (form.endedOn.trim() !== '') {
    if (endedOn === null) errors.endedOn = noDate;
    else if (startedOn !== null && endedOn < startedOn) errors.endedOn = 'This is before the start.';
  }
  if (Object.keys(errors).length > 0 || form.side === null || form.operation === null || startedOn === null) {
    return { ok: false, errors };
  }
  return {
    ok: true,
    fields: {
      side: form.side,
      diagnosis: form.diagnosis.trim(),
      operation: form.operation,
      operationNote: hasOperation ? form.operationNote.trim() : '',
      operationDate: hasOperation ? operationDate : null,
      startedOn,
      endedOn,
    },
  };
}
