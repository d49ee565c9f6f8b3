import type { Intervention, InterventionFields } from '../../../core/contract/channels/interventions.ts';
import { AppError } from '../../../core/contract/errors.ts';
import { type ReadableDb, transact } from '../db/open-store.ts';
import {
  findIntervention,
  insertIntervention,
  listInterventions,
  setInterventionRemoved,
} from '../db/repositories/intervention-repository.ts';
import { findPatient } from '../db/repositories/patient-repository.ts';
import { isPatientBlinded } from '../db/repositories/session-repository.ts';
import { writeAudit } from './audit.ts';
import { assertNotBlinded, requireUnmerged } from './record-rules.ts';
import type { WriteScope } from './scope.ts';

/**
 * Marks on a patient's course. A splint after an operation tells a blinded judge what the operation was: none while a
 * blinded judgement is open. @throws AppError patient.not_found
 */
export function interventionsToShow(db: ReadableDb, patientId: string): Intervention[] {
  if (!findPatient(db, patientId)) throw new AppError('patient.not_found');
  return isPatientBlinded(db, patientId) ? [] : listInterventions(db, patientId);
}

/** @throws AppError patient.not_found, patient.merged; patient.judgement_open while a blinded judgement hides the course. */
export function addIntervention(scope: WriteScope, fields: InterventionFields): Intervention {
  const { db } = scope;
  const id = scope.newId();
  transact(db, () => {
    requireUnmerged(db, fields.patientId);
    assertNotBlinded(db, fields.patientId);
    insertIntervention(db, {
      id,
      patient_id: fields.patientId,
      kind: fields.kind,
      side: fields.side,
      on_date: fields.onDate,
      note: fields.note,
      user_id: scope.user.id,
      created_at: scope.clock().toISOString(),
      removed_at: null,
    });
    writeAudit(scope, 'intervention.added', id, fields);
  });
  return changed(scope, id);
}

/** Takes a mark off the course, or puts it back. @throws AppError intervention.not_found; patient.judgement_open while blinded. */
export function setRemoved(scope: WriteScope, id: string, isRemoved: boolean): Intervention {
  const { db } = scope;
  transact(db, () => {
    const found = findIntervention(db, id);
    if (found === null || found.isRemoved === isRemoved) throw new AppError('intervention.not_found');
    assertNotBlinded(db, found.intervention.patientId);
    setInterventionRemoved(db, id, isRemoved ? scope.clock().toISOString() : null);
    writeAudit(scope, isRemoved ? 'intervention.removed' : 'intervention.restored', id);
  });
  return changed(scope, id);
}

function changed(scope: WriteScope, id: string): Intervention {
  const found = findIntervention(scope.db, id);
  if (found === null) throw new AppError('intervention.not_found');
  scope.emit('patients.changed', { id: found.intervention.patientId });
  return found.intervention;
}
