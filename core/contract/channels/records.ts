import * as z from 'zod';
import { call } from '../definition.ts';
import { Instant, Patient, PatientId, SessionId } from '../schemas/clinical.ts';

/** One merge of two records, as the record that was kept shows it, and the one that was merged into it. */
export const RecordMerge = z.strictObject({
  id: z.uuid(),
  keptId: PatientId,
  keptName: z.string(),
  mergedId: PatientId,
  mergedName: z.string(),
  /** What moved. */
  sessionCount: z.int().min(0),
  episodeCount: z.int().min(0),
  at: Instant,
  userName: z.string(),
  undoneAt: Instant.nullable(),
});
export type RecordMerge = z.output<typeof RecordMerge>;

/** One session that was put under another patient. */
export const SessionMove = z.strictObject({
  id: z.uuid(),
  sessionId: SessionId,
  /** Null while a blinded judgement is open: dates would tell the time since the operation. */
  sessionStartedAt: Instant.nullable(),
  fromId: PatientId,
  fromName: z.string(),
  toId: PatientId,
  toName: z.string(),
  /** Empty while a blinded judgement is open. */
  reason: z.string(),
  at: Instant,
  userName: z.string(),
  undoneAt: Instant.nullable(),
  /** False when the session has been moved again since, or is gone. */
  canUndo: z.boolean(),
});
export type SessionMove = z.output<typeof SessionMove>;

/** Where a record stands, and what was done to it as a whole. */
export const RecordHistory = z.strictObject({
  archivedAt: Instant.nullable(),
  mergedInto: z.strictObject({ id: PatientId, displayName: z.string(), mergeId: z.uuid() }).nullable(),
  /** Newest first. */
  merges: z.array(RecordMerge),
  moves: z.array(SessionMove),
});
export type RecordHistory = z.output<typeof RecordHistory>;

export const MergePreview = z.strictObject({
  kept: Patient,
  merged: Patient,
  /** What would move to the kept record. */
  sessionCount: z.int().min(0),
  episodeCount: z.int().min(0),
  interventionCount: z.int().min(0),
  keptSessionCount: z.int().min(0),
  /** Why it cannot be done now; null when it can. */
  refusal: z.enum(['judgement-open', 'merged']).nullable(),
});
export type MergePreview = z.output<typeof MergePreview>;

/** A session that is being measured or waits for its judgement. */
export const OpenSession = z.strictObject({
  sessionId: SessionId,
  patientId: PatientId,
  displayName: z.string(),
  state: z.enum(['measuring', 'saved']),
  /** Null for a blinded session. */
  startedAt: Instant.nullable(),
  userName: z.string(),
});
export type OpenSession = z.output<typeof OpenSession>;

export const recordChannels = {
  'records.history': call({
    access: 'read',
    doc: 'Archive, merges and moved sessions of one patient.',
    input: z.strictObject({ patientId: PatientId }),
    output: RecordHistory,
    errors: ['patient.not_found'],
  }),
  'records.setArchived': call({
    access: 'write',
    doc: 'Takes a patient out of the list, or puts them back. Nothing is deleted.',
    input: z.strictObject({ patientId: PatientId, isArchived: z.boolean() }),
    output: RecordHistory,
    errors: ['patient.not_found', 'patient.merged', 'store.full'],
  }),
  'records.mergePreview': call({
    access: 'read',
    doc: 'The two records side by side, and what would move.',
    input: z.strictObject({ keptId: PatientId, mergedId: PatientId }),
    output: MergePreview,
    errors: ['patient.not_found'],
  }),
  'records.merge': call({
    access: 'write',
    doc: 'Puts sessions, episodes and interventions of one record under another. The merged one leaves the list and stays in the store.',
    input: z.strictObject({ keptId: PatientId, mergedId: PatientId }),
    output: z.strictObject({ mergeId: z.uuid(), sessionCount: z.int(), episodeCount: z.int() }),
    // Refused while a judgement of either is open: earlier results could be seen under another record.
    errors: ['patient.not_found', 'patient.merged', 'patient.judgement_open', 'store.full'],
  }),
  'records.undoMerge': call({
    access: 'write',
    doc: 'Gives back what a merge moved; what was added since stays with the kept record.',
    input: z.strictObject({ mergeId: z.uuid() }),
    output: z.strictObject({ keptId: PatientId, mergedId: PatientId }),
    errors: ['undo.not_possible', 'patient.judgement_open', 'store.full'],
  }),
  'records.moveSession': call({
    access: 'write',
    doc: 'Puts a session under the right patient. Its earlier results are then those of another person.',
    input: z.strictObject({
      sessionId: SessionId,
      toPatientId: PatientId,
      reason: z.string().trim().min(1).max(300),
    }),
    output: z.strictObject({ moveId: z.uuid(), fromPatientId: PatientId }),
    errors: [
      'session.not_found',
      'patient.not_found',
      'patient.merged',
      'patient.judgement_open',
      'store.full',
    ],
  }),
  'records.undoMove': call({
    access: 'write',
    doc: 'Puts a moved session back.',
    input: z.strictObject({ moveId: z.uuid() }),
    output: z.strictObject({ sessionId: SessionId, patientId: PatientId }),
    errors: ['undo.not_possible', 'patient.judgement_open', 'store.full'],
  }),
  'records.openSessions': call({
    access: 'read',
    doc: 'Sessions of one or over all patients that are measured or wait for their judgement: drafts first, newest first, then those that wait, oldest first; 50 at most.',
    input: z.strictObject({ patientId: PatientId.optional() }),
    output: z.array(OpenSession),
  }),
};
