import { AppError } from '../../../core/contract/errors.ts';
import type { Patient } from '../../../core/contract/schemas/clinical.ts';
import type { ReadableDb } from '../db/open-store.ts';
import { isJudgementOpen, isPatientBlinded } from '../db/repositories/open-judgement.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import { findPatientState } from '../db/repositories/record-repository.ts';

/**
 * A patient whose record was not merged into another: nothing may be added to one that was.
 * @throws AppError patient.not_found, patient.merged
 */
export function requireUnmerged(db: ReadableDb, patientId: string): Patient {
  const patient = findPatient(db, patientId);
  if (!patient) throw new AppError('patient.not_found');
  if (findPatientState(db, patientId).mergedInto !== null) throw new AppError('patient.merged');
  return patient;
}

/** @throws AppError patient.judgement_open while a blinded judgement of one of the patients is open. */
export function assertNotBlinded(db: ReadableDb, ...patientIds: string[]): void {
  if (patientIds.some((id) => isPatientBlinded(db, id))) throw new AppError('patient.judgement_open');
}

/**
 * Results put under another record could be seen there before the open judgement is made.
 * @throws AppError patient.judgement_open while any judgement of one of the patients is open.
 */
export function assertNoneOpen(db: ReadableDb, ...patientIds: string[]): void {
  if (patientIds.some((id) => isJudgementOpen(db, id))) throw new AppError('patient.judgement_open');
}
