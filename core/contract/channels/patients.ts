import * as z from 'zod';
import { call, push } from '../definition.ts';
import { Device, Instant, Patient, PatientFields, PatientId } from '../schemas/clinical.ts';

export const PatientRow = z.strictObject({
  id: PatientId,
  displayName: z.string(),
  clinicNumber: z.string(),
  birthDate: z.string(),
  affectedSide: z.string(),
  diagnosis: z.string(),
  sessionCount: z.int(),
  lastSessionAt: Instant.nullable(),
  hasOpenDraft: z.boolean(),
  /** Archived and merged patients stand in the list only when asked for. */
  standing: z.enum(['listed', 'archived', 'merged']),
});
export type PatientRow = z.output<typeof PatientRow>;

export const patientChannels = {
  'patients.list': call({
    access: 'read',
    doc: 'A page of patients, most recent first; search by name, clinic number, birth date or diagnosis.',
    input: z.strictObject({
      search: z.string().max(200),
      /** A part of `search` that the page read as a date: it is also met by those born on it. */
      birthDate: z.strictObject({ typed: z.string().max(200), date: z.iso.date() }).optional(),
      limit: z.int().min(1).max(500),
      offset: z.int().min(0),
      /** Archived and merged patients too. */
      includeArchived: z.boolean().default(false),
    }),
    output: z.strictObject({
      rows: z.array(PatientRow),
      total: z.int(),
      /** Archived and merged patients of the whole store. */
      archivedCount: z.int().min(0).optional(),
    }),
  }),
  'patients.get': call({
    access: 'read',
    doc: 'One patient.',
    input: z.strictObject({ id: PatientId }),
    output: Patient,
    errors: ['patient.not_found'],
  }),
  'patients.create': call({
    access: 'write',
    doc: 'A new patient.',
    input: PatientFields,
    output: Patient,
    errors: ['store.full'],
  }),
  'patients.update': call({
    access: 'write',
    doc: 'A new version of a patient; the old one stays in the history.',
    input: z.strictObject({ id: PatientId, fields: PatientFields }),
    output: Patient,
    // Refused while a blinded judgement is open: the blanked fields would overwrite the real ones.
    errors: ['patient.not_found', 'patient.merged', 'session.wrong_state', 'store.full'],
  }),
  'patients.changed': push({
    doc: 'A patient or one of their sessions changed.',
    payload: z.strictObject({ id: PatientId }),
  }),
  'devices.list': call({
    access: 'read',
    doc: 'Measuring devices of the clinic.',
    input: z.strictObject({}),
    output: z.array(Device),
  }),
  'devices.create': call({
    access: 'write',
    doc: 'A new device; a device is never edited, only superseded by another.',
    input: Device.omit({ id: true }),
    output: Device,
  }),
};
