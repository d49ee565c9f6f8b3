import * as z from 'zod';
import { call } from '../definition.ts';
import { PatientId, SessionId } from '../schemas/clinical.ts';
import { Explanation, Judgement, ReasonOverlap, WristStatePrediction } from '../schemas/judgement.ts';
import {
  JudgementFlag,
  ReaderJudgement,
  ReadingFields,
  ReadingMaterial,
  ReadingRow,
  Truth,
  TruthFields,
} from '../schemas/reading.ts';

/** Both readings and the model; exists after the own lock only. */
export const ReadingComparison = z.strictObject({
  first: Judgement,
  readings: z.array(ReaderJudgement),
  prediction: WristStatePrediction.nullable(),
  explanation: Explanation.nullable(),
  overlap: ReasonOverlap.nullable(),
  /** True when a value was added or corrected after the first judgement: the readers saw other numbers. */
  hasLaterTrials: z.boolean(),
});
export type ReadingComparison = z.output<typeof ReadingComparison>;

export const ReadingView = z.strictObject({
  material: ReadingMaterial,
  own: ReaderJudgement.nullable(),
  /** Null before the own lock, always; and while another judgement of this patient is open. */
  comparison: ReadingComparison.nullable(),
});
export type ReadingView = z.output<typeof ReadingView>;

export const SessionReadings = z.strictObject({
  /** The first reader asked a colleague. */
  isAsked: z.boolean(),
  /** The caller may still read it, and is shown nobody's answer here until then. */
  isWaitingForYou: z.boolean(),
  readings: z.array(ReaderJudgement),
});

export const readingChannels = {
  'judgements.flags': call({
    access: 'read',
    doc: "Flags of the locked judgement of a session: too fast, or a repeat of the same clinician's last ones. None where the judgement is held back from the caller.",
    input: z.strictObject({ sessionId: SessionId }),
    output: z.strictObject({ flags: z.array(JudgementFlag) }),
    errors: ['session.not_found', 'judgement.not_locked'],
  }),
  'readings.list': call({
    access: 'read',
    doc: 'Sessions a colleague was asked about: those that wait for the caller first, longest waiting first. No answers.',
    input: z.strictObject({}),
    output: z.array(ReadingRow),
  }),
  'readings.get': call({
    access: 'read',
    doc: "Measurements for a second reader; answers of others and the model only after the caller's own lock.",
    input: z.strictObject({ sessionId: SessionId }),
    output: ReadingView,
    errors: ['session.not_found', 'reading.not_asked', 'reading.own'],
  }),
  'readings.lock': call({
    access: 'write',
    doc: 'Locks a second reading with time and user, once a reader. The host notes what the reader had seen before.',
    input: z.strictObject({ sessionId: SessionId, reading: ReadingFields }),
    output: ReadingView,
    errors: [
      'session.not_found',
      'reading.not_asked',
      'reading.own',
      'reading.done',
      'recording.not_found',
      'store.full',
    ],
  }),
  'readings.lookFirst': call({
    access: 'write',
    doc: 'Shows the caller the answers before an own reading: audited, and that reading is then not blinded.',
    input: z.strictObject({ sessionId: SessionId }),
    output: z.strictObject({}),
    errors: ['session.not_found', 'reading.not_asked', 'reading.own', 'reading.done', 'store.full'],
  }),
  'readings.ofSession': call({
    access: 'read',
    doc: 'Second readings of a session, for those who have judged it themselves.',
    input: z.strictObject({ sessionId: SessionId }),
    output: SessionReadings,
    errors: ['session.not_found'],
  }),
  'readings.noteOpened': call({
    access: 'write',
    doc: "Notes in the audit that a patient's page was opened by somebody who may be asked for a second reading.",
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({}),
    errors: ['patient.not_found', 'store.full'],
  }),
  'truths.add': call({
    access: 'write',
    doc: 'What became known later about a judged session; append-only, a newer entry replaces an earlier one.',
    input: z.strictObject({ sessionId: SessionId, truth: TruthFields }),
    output: z.array(Truth),
    errors: ['session.not_found', 'judgement.not_locked', 'truth.replaced', 'store.full'],
  }),
  'truths.list': call({
    access: 'read',
    doc: 'What became known later, newest first; none before the lock and none while a blinded judgement is open.',
    input: z.strictObject({ sessionId: SessionId }),
    output: z.array(Truth),
    errors: ['session.not_found'],
  }),
};
