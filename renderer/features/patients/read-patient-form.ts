import type { Patient, PatientFields } from '../../../core/contract/schemas/clinical.ts';
import { type DateReader, dateReaderOf } from '../../app/typed-date.ts';
import { completedYears, spokenDate } from '../../ui/calendar-date.ts';

/** The form as typed: texts, and nothing chosen at first where a guess could be wrong. */
export interface PatientForm {
  displayName: string;
  clinicNumber: string;
  birthDate: string;
  sex: PatientFields['sex'] | null;
  heightCm: string;
  weightKg: string;
  dominantHand: PatientFields['dominantHand'] | null;
  affectedSide: PatientFields['affectedSide'] | null;
  diagnosis: string;
  operation: PatientFields['operation'] | null;
  operationNote: string;
  operationDate: string;
}

export type PatientFormErrors = Partial<Record<keyof PatientForm, string>>;

/** The order of the fields on screen: the first of them with an error gets the cursor. */
export const FORM_ORDER = [
  'displayName',
  'clinicNumber',
  'birthDate',
  'sex',
  'heightCm',
  'weightKg',
  'dominantHand',
  'affectedSide',
  'diagnosis',
  'operation',
  'operationNote',
  'operationDate',
] as const satisfies readonly (keyof PatientForm)[];

export const EMPTY_PATIENT_FORM: PatientForm = {
  displayName: '',
  clinicNumber: '',
  birthDate: '',
  sex: null,
  heightCm: '',
  weightKg: '',
  dominantHand: null,
  affectedSide: null,
  diagnosis: '',
  operation: null,
  operationNote: '',
  operationDate: '',
};

/** The form of a stored patient. */
export function formOfPatient(patient: Patient): PatientForm {
  return {
    displayName: patient.displayName,
    clinicNumber: patient.clinicNumber,
    birthDate: patient.birthDate,
    sex: patient.sex,
    // Metres are stored; 1.655 m * 100 is 165.50000000000003 in binary.
    heightCm: String(Math.round(patient.heightM * 10_000) / 100),
    weightKg: String(patient.weightKg),
    dominantHand: patient.dominantHand,
    affectedSide: patient.affectedSide,
    diagnosis: patient.diagnosis,
    operation: patient.operation,
    operationNote: patient.operationNote,
    operationDate: patient.operationDate ?? '',
  };
}

/** Asked once for a date of operation that is still to come: most often a slip of the year. */
export const FUTURE_OPERATION = 'This day is still to come. Is it planned for then? Save again to keep it.';

/**
 * Reads the form, or says field by field what is missing, in a clinician's words.
 * @param today YYYY-MM-DD: nobody is born or operated on after it.
 * @param dates reads dates as this user types them; year first when absent.
 * @param meantFuture the date of an operation to come, as typed, that was asked about and is meant.
 */
export function readPatientForm(
  form: PatientForm,
  today: string,
  dates: DateReader = dateReaderOf('year-month-day'),
  meantFuture: string | null = null,
): { ok: true; fields: PatientFields } | { ok: false; errors: PatientFormErrors } {
  const errors: PatientFormErrors = {};
  if (form.displayName.trim() === '') errors.displayName = 'Type a name or a pseudonym.';

  const birthDate = dates.read(form.birthDate);
  if (form.birthDate.trim() === '') errors.birthDate = 'Type the birth date.';
  else if (birthDate === null) errors.birthDate = `This is not a date of the calendar. ${dates.hint}`;
  else if (birthDate > today) errors.birthDate = 'This birth date is in the future.';
  else if (completedYears(birthDate, today) > 120) {
    errors.birthDate = `This would be an age of ${completedYears(birthDate, today)} years. Check the year.`;
  }

  const height = readNumber(form.heightCm);
  if (form.heightCm.trim() === '') errors.heightCm = 'Type the height in centimetres.';
  else if (height === null) errors.heightCm = 'Type the height as a number, for example 172.';
  else if (height > 0 && height <= 2.5) errors.heightCm = 'Type centimetres, not metres: 172, not 1.72.';
  else if (height < 80 || height > 250) errors.heightCm = 'Heights from 80 to 250 cm can be entered.';

  const weight = readNumber(form.weightKg);
  if (form.weightKg.trim() === '') errors.weightKg = 'Type the weight in kilograms.';
  else if (weight === null) errors.weightKg = 'Type the weight as a number, for example 68.';
  else if (weight < 20 || weight > 350) errors.weightKg = 'Weights from 20 to 350 kg can be entered.';

  if (form.sex === null) errors.sex = 'Choose one: expected strength depends on it.';
  if (form.dominantHand === null) errors.dominantHand = 'Choose the hand the patient writes with.';
  if (form.affectedSide === null) errors.affectedSide = 'Choose the affected side, or neither.';
  if (form.operation === null) errors.operation = 'Choose the operation, or none.';

  const operationDate = dates.read(form.operationDate);
  const hasOperation = form.operation !== null && form.operation !== 'none';
  if (hasOperation && form.operationDate.trim() !== '') {
    if (operationDate === null) errors.operationDate = `This is not a date of the calendar. ${dates.hint}`;
    else if (birthDate !== null && operationDate < birthDate) {
      errors.operationDate = `This is before the birth date, ${spokenDate(birthDate)}.`;
    } else if (operationDate > today && form.operationDate !== meantFuture) {
      errors.operationDate = FUTURE_OPERATION;
    }
  }
  if (form.operation === 'other' && form.operationNote.trim() === '') {
    errors.operationNote = 'Say which operation it was.';
  }

  if (
    Object.keys(errors).length > 0 ||
    birthDate === null ||
    height === null ||
    weight === null ||
    form.sex === null ||
    form.dominantHand === null ||
    form.affectedSide === null ||
    form.operation === null
  ) {
    return { ok: false, errors };
  }
  return {
    ok: true,
    fields: {
      displayName: form.displayName.trim(),
      clinicNumber: form.clinicNumber.trim(),
      birthDate,
      sex: form.sex,
      heightM: height / 100,
      weightKg: weight,
      dominantHand: form.dominantHand,
      affectedSide: form.affectedSide,
      diagnosis: form.diagnosis.trim(),
      operation: form.operation,
      operationNote: hasOperation ? form.operationNote.trim() : '',
      operationDate: hasOperation ? operationDate : null,
    },
  };
}

/** A plain decimal with point or comma; null for anything else, 1e999 and "12 kg" included. */
function readNumber(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  return /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : null;
}
