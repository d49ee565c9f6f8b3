import * as z from 'zod';
import { call } from '../definition.ts';
import {
  Device,
  DeviceId,
  Instant,
  Measure,
  Patient,
  PatientId,
  ProtocolId,
  SessionConditions,
  SessionDraft,
  SessionId,
  SessionState,
  Side,
  SummaryRule,
  TrialEntry,
} from '../schemas/clinical.ts';
import {
  Explanation,
  Judgement,
  ReasonOverlap,
  StoredComparison,
  WristStatePrediction,
} from '../schemas/judgement.ts';
import { TrendPoint } from '../schemas/trend.ts';

export const Session = z.strictObject({
  id: SessionId,
  patientId: PatientId,
  state: SessionState,
  startedAt: Instant,
  savedAt: Instant.nullable(),
  /** Whoever saved the measurements; until then, whoever began the session. */
  userName: z.string(),
  /** Whoever began the session, where another user saved it. */
  begunByName: z.string().optional(),
  deviceId: DeviceId.nullable(),
  summaryRule: SummaryRule,
  note: z.string(),
  isBlinded: z.boolean(),
  /** The hand the judgement is about. */
  judgedSide: Side.nullable(),
  protocol: ProtocolId.optional(),
  /** Null where nothing was noted. */
  conditions: SessionConditions.nullable().optional(),
  episodeId: z.uuid().nullable().optional(),
});
export type Session = z.output<typeof Session>;

/** A session as far as it may be shown now. */
export const ShownSession = z.strictObject({
  ...Session.shape,
  /** Null at other visits than the judged one while a blinded judgement is open, as `savedAt` is. */
  startedAt: Instant.nullable(),
});
export type ShownSession = z.output<typeof ShownSession>;

export const SessionTrial = z.strictObject({
  ...TrialEntry.shape,
  id: z.uuid(),
  version: z.int().min(1),
  /** Null where the date of the session is hidden. */
  createdAt: Instant.nullable(),
  /**
   * Why a value was corrected; null for a first version, unless it came from the other hand, and while blinding hides the words
   * of the visit.
   */
  correctionReason: z.string().nullable(),
  /** Who saved this version. */
  userName: z.string().optional(),
});
export type SessionTrial = z.output<typeof SessionTrial>;

/** One session with everything that may be shown in its present state. */
export const SessionView = z.strictObject({
  session: ShownSession,
  patient: Patient,
  device: Device.nullable(),
  /** The form as typed: of a session that is measured, or of further measurements that are not added yet. */
  draft: SessionDraft.nullable(),
  /** Newest version of each trial. */
  trials: z.array(SessionTrial),
  /** Superseded versions, oldest first; none while blinding hides the words of the visit. */
  history: z.array(SessionTrial),
  judgements: z.array(Judgement),
  /** Null before the lock, always. */
  prediction: WristStatePrediction.nullable(),
  explanation: Explanation.nullable(),
  overlap: ReasonOverlap.nullable(),
  comparison: StoredComparison.nullable(),
  /** True when the recording that the shown result read is set aside since. */
  isTraceChanged: z.boolean().optional(),
  /** True when the shown result was computed before the session was put under this patient. */
  isForAnotherPerson: z.boolean().optional(),
  /** True while the caller is asked to read this session blinded: answers, diagnosis and notes are held back. */
  isWaitingForYou: z.boolean().optional(),
});
export type SessionView = z.output<typeof SessionView>;

export { TrendPoint };

export const sessionChannels = {
  'sessions.start': call({
    access: 'write',
    doc: 'A new session in state measuring with this draft; one that is being measured is taken up instead, with its own draft.',
    input: z.strictObject({
      patientId: PatientId,
      draft: SessionDraft,
      /** Sessions that are being measured and stay as they are: a new one is started beside them. */
      leaves: z.array(SessionId).max(50).optional(),
    }),
    output: SessionView,
    errors: ['patient.not_found', 'patient.merged', 'store.full'],
  }),
  'sessions.clockCheck': call({
    access: 'read',
    doc: "Whether the computer's clock stands before the newest record: asked before a session starts.",
    input: z.strictObject({}),
    output: z.strictObject({ now: Instant, newestAt: Instant.nullable(), isBehind: z.boolean() }),
  }),
  'sessions.saveDraft': call({
    access: 'write',
    doc: 'Stores the bedside form as typed, or that of further measurements. The answer means it is on disk.',
    input: z.strictObject({ sessionId: SessionId, draft: SessionDraft }),
    output: z.strictObject({ savedAt: Instant }),
    errors: ['session.not_found', 'session.wrong_state', 'store.full'],
  }),
  'sessions.discard': call({
    access: 'write',
    doc: 'Takes back a session without a saved measurement; recorded in the audit.',
    input: z.strictObject({ sessionId: SessionId }),
    output: z.strictObject({}),
    errors: ['session.has_recordings', 'session.not_found', 'session.wrong_state'],
  }),
  'sessions.saveMeasurements': call({
    access: 'write',
    doc: 'Stores the trials as evidence and closes the bedside form. A complete session needs nothing more.',
    input: z.strictObject({
      sessionId: SessionId,
      trials: z.array(TrialEntry).min(1).max(200),
      draft: SessionDraft,
    }),
    output: SessionView,
    errors: ['session.not_found', 'session.wrong_state', 'session.incomplete', 'store.full'],
  }),
  'sessions.addTrials': call({
    access: 'write',
    doc: 'Further measurements of a saved session (for example wrist strength added after the result).',
    input: z.strictObject({ sessionId: SessionId, trials: z.array(TrialEntry).min(1).max(200) }),
    output: SessionView,
    errors: ['session.not_found', 'session.wrong_state', 'store.full'],
  }),
  'sessions.correctTrial': call({
    access: 'write',
    doc: 'A corrected trial as a new version with a reason; both stay. What says the same as before is no correction.',
    input: z.strictObject({
      sessionId: SessionId,
      trial: TrialEntry,
      reason: z.string().trim().min(1).max(300),
      /** The device of this trial is that of every trial of its measure in the session. */
      isDeviceOfAll: z.boolean().optional(),
    }),
    output: SessionView,
    errors: ['trial.unchanged', 'session.not_found', 'session.wrong_state', 'store.full'],
  }),
  'sessions.swapHands': call({
    access: 'write',
    doc: 'Right and left of one measure exchanged, every trial as a new version with one reason.',
    input: z.strictObject({
      sessionId: SessionId,
      measure: Measure,
      reason: z.string().trim().min(1).max(300),
    }),
    output: SessionView,
    errors: ['session.not_found', 'session.wrong_state', 'store.full'],
  }),
  'sessions.get': call({
    access: 'read',
    doc: 'One session with what may be shown in its state.',
    input: z.strictObject({ sessionId: SessionId }),
    output: SessionView,
    errors: ['session.not_found'],
  }),
  'sessions.listForPatient': call({
    access: 'read',
    doc: 'Timeline of a patient, newest first. Model results are hidden while a judgement is open.',
    input: z.strictObject({ patientId: PatientId, limit: z.int().min(1).max(500), offset: z.int().min(0) }),
    output: z.strictObject({ rows: z.array(SessionView.omit({ patient: true })), total: z.int() }),
    errors: ['patient.not_found'],
  }),
  'sessions.trend': call({
    access: 'read',
    doc: 'One measure of both hands over time, oldest first, or every measure that was taken when none is named. Empty while a blinded judgement of the patient is open: the dates tell where in the course it lies.',
    input: z.strictObject({ patientId: PatientId, measure: Measure.optional() }),
    output: z.array(TrendPoint),
    errors: ['patient.not_found'],
  }),
};
