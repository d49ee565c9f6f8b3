import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PatientFields } from '../../../core/contract/schemas/clinical.ts';
import { sinceOperationPhrase } from './patient-words.ts';
import { EMPTY_PATIENT_FORM, formOfPatient, type PatientForm, readPatientForm } from './read-patient-form.ts';

const TODAY = '2026-11-25';
const GOOD: PatientForm = {
  displayName: ' Kowalska, Anna ',
  clinicNumber: '',
  birthDate: '1968-03-04',
  sex: 'female',
  heightCm: '165,5',
  weightKg: '68',
  dominantHand: 'right',
  affectedSide: 'left',
  diagnosis: '',
  operation: 'four-corner-fusion',
  operationNote: '',
  operationDate: '2026-05-12',
};

const problemsOf = (change: Partial<PatientForm>) => {
  const read = readPatientForm({ ...GOOD, ...change }, TODAY);
  return read.ok ? {} : read.errors;
};

describe('the patient form', () => {
  it('gives fields that the contract accepts', () => {
    const read = readPatientForm(GOOD, TODAY);
    expect(read.ok && PatientFields.parse(read.fields)).toMatchObject({
      displayName: 'Kowalska, Anna',
      heightM: 1.655,
      operationDate: '2026-05-12',
    });
  });

  it('starts with nothing chosen and says so field by field', () => {
    const read = readPatientForm(EMPTY_PATIENT_FORM, TODAY);
    expect(read.ok ? [] : Object.keys(read.errors).sort()).toEqual(
      [
        'affectedSide',
        'birthDate',
        'displayName',
        'dominantHand',
        'heightCm',
        'operation',
        'sex',
        'weightKg',
      ].sort(),
    );
  });

  it.each<[string, Partial<PatientForm>, keyof PatientForm, RegExp]>([
    ['metres', { heightCm: '1.72' }, 'heightCm', /centimetres, not metres/],
    ['letters', { heightCm: 'tall' }, 'heightCm', /number/],
    ['an exponent', { weightKg: '1e999' }, 'weightKg', /number/],
    ['a negative weight', { weightKg: '-68' }, 'weightKg', /number/],
    ['a unit in the field', { weightKg: '68 kg' }, 'weightKg', /number/],
    ['too heavy', { weightKg: '500' }, 'weightKg', /20 to 350/],
    ['an ambiguous date', { birthDate: '3/4/1968' }, 'birthDate', /year-month-day/],
    ['a birth tomorrow', { birthDate: '2026-11-26' }, 'birthDate', /future/],
    ['an age of 150', { birthDate: '1876-01-01' }, 'birthDate', /150 years/],
    ['an operation before birth', { operationDate: '1960-01-01' }, 'operationDate', /before the birth date/],
    ['an unnamed operation', { operation: 'other' }, 'operationNote', /which operation/],
  ])('explains %s', (_what, change, field, sentence) => {
    expect(problemsOf(change)[field]).toMatch(sentence);
  });

  it('asks about an operation that is still to come, and takes it when it is meant', () => {
    const planned = { ...GOOD, operationDate: '2026-12-01' };
    expect(problemsOf(planned).operationDate).toMatch(/still to come.*Save again/);
    expect(readPatientForm(planned, TODAY, undefined, '2026-12-01').ok).toBe(true);
    // A yes to one date is none to another.
    expect(readPatientForm(planned, TODAY, undefined, '2026-12-02').ok).toBe(false);
  });

  it('drops an operation date that belongs to no operation', () => {
    const read = readPatientForm({ ...GOOD, operation: 'none' }, TODAY);
    expect(read.ok && read.fields.operationDate).toBeNull();
  });

  it('gives back what was stored when nothing is edited', () => {
    const heightCm = fc.integer({ min: 800, max: 2500 }).map((tenths) => tenths / 10);
    const returns = (shown: (heightM: number) => string) =>
      !fc.check(
        fc.property(heightCm, (height) => {
          const read = readPatientForm({ ...GOOD, heightCm: String(height) }, TODAY);
          if (!read.ok) return false;
          const patient = { ...read.fields, id: 'x' as never, createdAt: '', version: 1 };
          const again = readPatientForm(
            { ...formOfPatient(patient), heightCm: shown(patient.heightM) },
            TODAY,
          );
          return again.ok && again.fields.heightM === patient.heightM;
        }),
        { seed: 11, numRuns: 500 },
      ).failed;
    const form = (heightM: number) =>
      formOfPatient({ ...(GOOD as unknown as Parameters<typeof formOfPatient>[0]), heightM }).heightCm;
    expect(returns(form)).toBe(true);
    // The broken twin shows 165.50000000000003 and is then told that this is no number.
    expect(returns((heightM) => String(heightM * 100))).toBe(false);
  });
});

describe('time since the operation', () => {
  const fusion = {
    operation: 'four-corner-fusion',
    operationNote: '',
    operationDate: '2026-05-12',
  } as const;
  it.each([
    ['2026-11-24', '28 weeks since four-corner fusion'],
    ['2026-05-19', '1 week since four-corner fusion'],
    ['2026-05-18', 'four-corner fusion less than a week ago'],
    ['2026-05-11', 'before four-corner fusion'],
  ])('on %s', (day, phrase) => {
    expect(sinceOperationPhrase(fusion, day)).toBe(phrase);
  });

  it('names an operation by its note as what it is: the words of a person', () => {
    const other = { ...fusion, operation: 'other', operationNote: 'Ulnar collateral ligament' } as const;
    expect(sinceOperationPhrase(other, '2026-11-24')).toBe(
      '28 weeks since surgery (Ulnar collateral ligament)',
    );
    expect(sinceOperationPhrase(other, '2026-05-18')).toBe(
      'surgery (Ulnar collateral ligament) less than a week ago',
    );
  });

  it('invents no date', () => {
    expect(sinceOperationPhrase({ ...fusion, operationDate: null }, TODAY)).toBe(
      'four-corner fusion, date not given',
    );
  });
});
