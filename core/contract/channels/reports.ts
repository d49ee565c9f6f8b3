import * as z from 'zod';
import { NormTableFile } from '../../clinical/norms/norm-table.ts';
import { call } from '../definition.ts';
import { Instant, PatientId, SessionId } from '../schemas/clinical.ts';

/** The clinician's own words at the end of a report. A new text is a new version; the old ones stay. */
export const Conclusion = z.strictObject({
  text: z.string(),
  /** 0: nothing was written yet. */
  version: z.int().min(0),
  userName: z.string(),
  createdAt: Instant.nullable(),
  /** True while a judgement of this patient is open: what was written beside a result is hidden along with it. */
  isHidden: z.boolean(),
  /** True when it was written before the session was put under this patient. */
  isForAnotherPerson: z.boolean().optional(),
});
export type Conclusion = z.output<typeof Conclusion>;

export const EXPORT_KINDS = ['csv', 'svg', 'png'] as const;

/** Null: the user decided against it. */
const Saved = z.strictObject({ savedTo: z.string().nullable() });
const SuggestedName = z.string().trim().min(1).max(120);

export const reportChannels = {
  'reports.conclusion': call({
    access: 'read',
    doc: 'The newest conclusion of a session; hidden while a judgement of the patient is open.',
    input: z.strictObject({ sessionId: SessionId }),
    output: Conclusion,
    errors: ['session.not_found'],
  }),
  'reports.saveConclusion': call({
    access: 'write',
    doc: 'A new version of the conclusion. Refused when another one was saved since, or while a judgement is open.',
    input: z.strictObject({
      sessionId: SessionId,
      text: z.string().trim().max(600),
      /** Version that the writer saw. */
      basedOn: z.int().min(0),
    }),
    output: Conclusion,
    errors: ['session.not_found', 'session.wrong_state', 'store.full'],
  }),
  'reports.savePdf': call({
    access: 'write',
    doc: 'The page as it would be printed now, as a PDF where the user says; recorded in the audit.',
    input: z.strictObject({ sessionId: SessionId, suggestedName: SuggestedName }),
    output: Saved,
    errors: ['session.not_found', 'patient.judgement_open', 'pdf.not_made', 'file.not_saved'],
  }),
  'reports.saveFile': call({
    access: 'write',
    doc: 'A table or picture of a patient’s course as a file where the user says; recorded in the audit.',
    input: z.strictObject({
      patientId: PatientId,
      suggestedName: SuggestedName,
      kind: z.enum(EXPORT_KINDS),
      /** Text of a CSV or SVG; base64 of a PNG. */
      content: z.string().min(1).max(900_000),
    }),
    output: Saved,
    errors: ['patient.not_found', 'patient.judgement_open', 'file.not_saved'],
  }),
  'norms.list': call({
    access: 'read',
    doc: 'Published norm tables, each with its source and how it came to us.',
    input: z.strictObject({}),
    output: z.array(NormTableFile),
  }),
};
