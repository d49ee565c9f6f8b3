import { AppError } from '../../../core/contract/errors.ts';
import type { Device, Patient, PatientFields } from '../../../core/contract/schemas/clinical.ts';
import { transact } from '../db/open-store.ts';
import { insertDevice } from '../db/repositories/device-repository.ts';
import { findPatient, insertPatient, insertPatientVersion } from '../db/repositories/patient-repository.ts';
import { isPatientBlinded } from '../db/repositories/session-repository.ts';
import { writeAudit } from './audit.ts';
import { requireUnmerged } from './record-rules.ts';
import type { WriteScope } from './scope.ts';
import { patientToShow } from './session-view.ts';

export function createPatient(scope: WriteScope, fields: PatientFields): Patient {
  const id = scope.newId() as Patient['id'];
  transact(scope.db, () => {
    insertPatient(scope.db, id, scope.clock().toISOString(), scope.user.id, fields);
    writeAudit(scope, 'patient.created', id, fields);
  });
  scope.emit('patients.changed', { id });
  return patientToShow(scope.db, id);
}

/** @throws AppError patient.not_found; session.wrong_state while a blinded judgement hides fields. */
export function updatePatient(scope: WriteScope, id: Patient['id'], fields: PatientFields): Patient {
  transact(scope.db, () => {
    const current = findPatient(scope.db, id);
    if (!current) throw new AppError('patient.not_found');
    requireUnmerged(scope.db, id);
    if (isPatientBlinded(scope.db, id)) throw new AppError('session.wrong_state');
    const version = current.version + 1;
    insertPatientVersion(scope.db, id, version, scope.clock().toISOString(), scope.user.id, fields);
    writeAudit(scope, 'patient.updated', id, { version, fields });
  });
  scope.emit('patients.changed', { id });
  return patientToShow(scope.db, id);
}

export function createDevice(scope: WriteScope, fields: Omit<Device, 'id'>): Device {
  const device: Device = { ...fields, id: scope.newId() as Device['id'] };
  transact(scope.db, () => {
    insertDevice(scope.db, device, scope.clock().toISOString());
    writeAudit(scope, 'device.created', device.id, device);
  });
  return device;
}
