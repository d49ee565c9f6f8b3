import * as z from 'zod';
import { call } from '../definition.ts';
import { CalendarDate, Instant, PatientId, Side } from '../schemas/clinical.ts';
import { InterventionKind } from '../schemas/trend.ts';

export const Intervention = z.strictObject({
  id: z.uuid(),
  patientId: PatientId,
  kind: InterventionKind,
  /** Null: both hands, or not of one hand. */
  side: Side.nullable(),
  onDate: CalendarDate,
  note: z.string(),
  userName: z.string(),
  createdAt: Instant,
});
export type Intervention = z.output<typeof Intervention>;

const InterventionFields = z.strictObject({
  patientId: PatientId,
  kind: InterventionKind,
  side: Side.nullable(),
  onDate: CalendarDate.refine((date) => date >= '1900-01-01', { message: 'before 1900' }),
  note: z.string().trim().max(200),
});
export type InterventionFields = z.output<typeof InterventionFields>;

export const interventionChannels = {
  'interventions.list': call({
    access: 'read',
    doc: 'Splints, injections and changes of therapy of a patient, oldest first. None while a blinded judgement is open.',
    input: z.strictObject({ patientId: PatientId }),
    output: z.array(Intervention),
    errors: ['patient.not_found'],
  }),
  'interventions.add': call({
    access: 'write',
    doc: 'A mark on the course of a patient.',
    input: InterventionFields,
    output: Intervention,
    errors: ['patient.not_found', 'patient.merged', 'patient.judgement_open', 'store.full'],
  }),
  'interventions.remove': call({
    access: 'write',
    doc: 'Takes a mark off the course; it stays in the store and can be put back.',
    input: z.strictObject({ id: z.uuid() }),
    output: z.strictObject({}),
    errors: ['intervention.not_found', 'patient.judgement_open'],
  }),
  'interventions.restore': call({
    access: 'write',
    doc: 'Puts a removed mark back.',
    input: z.strictObject({ id: z.uuid() }),
    output: Intervention,
    errors: ['intervention.not_found', 'patient.judgement_open'],
  }),
};
