import { describe, expect, it } from 'vitest';
import type { Patient } from '../contract/schemas/clinical.ts';
import { patientOfCourse } from './patient-of-course.ts';

const PATIENT = {
  affectedSide: 'left',
  diagnosis: 'SNAC wrist II',
  operation: 'four-corner-fusion',
  operationNote: '',
  operationDate: '2026-05-12',
} as Patient;
const EPISODE = {
  side: 'left',
  diagnosis: 'Thumb base osteoarthritis',
  operation: 'other',
  operationNote: 'trapeziectomy',
  operationDate: '2024-02-01',
  startedOn: '2024-01-01',
  endedOn: null,
} as const;

describe('whose course it is', () => {
  it('is the record without an episode', () => {
    expect(patientOfCourse(PATIENT)).toBe(PATIENT);
  });

  it('takes diagnosis and operation from the episode', () => {
    expect(patientOfCourse(PATIENT, EPISODE)).toMatchObject({
      affectedSide: 'left',
      diagnosis: 'Thumb base osteoarthritis',
      operationDate: '2024-02-01',
    });
  });

  it('calls both hands affected when record and episode name different ones', () => {
    expect(patientOfCourse(PATIENT, { ...EPISODE, side: 'right' }).affectedSide).toBe('both');
    expect(patientOfCourse({ ...PATIENT, affectedSide: 'both' }, EPISODE).affectedSide).toBe('both');
    expect(patientOfCourse({ ...PATIENT, affectedSide: 'none' }, EPISODE).affectedSide).toBe('left');
  });
});
