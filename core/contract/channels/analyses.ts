import * as z from 'zod';
import { call } from '../definition.ts';
import {
  AnalysisExplanation,
  AnalysisId,
  AnalysisInput,
  AnalysisJudgement,
  AnalysisJudgementFields,
  AnalysisPrediction,
  EMG_CHANNELS,
  MaximalAmplitudes,
} from '../schemas/analysis.ts';
import { Instant, Measure, Patient, SessionId, Side } from '../schemas/clinical.ts';
import { ShownSession } from './sessions.ts';

/** One-time token: issued by the lock, bound to analysis and hash of the input, spent by analyses.store. */
const Receipt = z.string().length(64);
const Hash = z.string().length(64);

/** What was measured of one hand, for the judgement form: values only. */
const MeasuredHand = z.strictObject({
  side: Side,
  /** Best of each measure that the analysis reads, in the stored unit. */
  values: z.array(
    z.strictObject({
      measure: Measure,
      best: z.number(),
      trialCount: z.int(),
      typedUnit: z.string().max(10),
    }),
  ),
  /** Measures that a fuller answer needs and this hand does not have. */
  missing: z.array(Measure),
  isEnough: z.boolean(),
});

/** A recording of the session that could be the hold, with what it lacks. */
const HoldRecording = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  side: Side.nullable(),
  /** Null where the clock is uneven. */
  rateHz: z.number().nullable(),
  durationS: z.number(),
  /** Channels found by name, with their unit; null where there is none. */
  channels: z.strictObject(
    Object.fromEntries(
      EMG_CHANNELS.map((channel) => [
        channel,
        z
          .strictObject({ source: z.string(), unit: z.string().nullable(), needsMaximum: z.boolean() })
          .nullable(),
      ]),
    ) as Record<
      (typeof EMG_CHANNELS)[number],
      z.ZodNullable<
        z.ZodObject<{ source: z.ZodString; unit: z.ZodNullable<z.ZodString>; needsMaximum: z.ZodBoolean }>
      >
    >,
  ),
  /** Best elbow flexion torque of that arm in this session, N.m. */
  maximalTorqueNm: z.number().nullable(),
  isEnough: z.boolean(),
});
export type HoldRecording = z.output<typeof HoldRecording>;

export const ANALYSIS_STATES = ['not-measured-enough', 'ready-to-judge', 'locked', 'revealed'] as const;

/** One analysis of a session with everything that may be shown in its present state. */
export const AnalysisView = z.strictObject({
  analysis: AnalysisId,
  session: ShownSession,
  patient: Patient,
  state: z.enum(ANALYSIS_STATES),
  /** The model's answer waits while a judgement of this patient is open. */
  isHidden: z.boolean(),
  hands: z.array(MeasuredHand).max(2),
  recordings: z.array(HoldRecording),
  judgements: z.array(AnalysisJudgement),
  /** Null before the lock, always. */
  prediction: AnalysisPrediction.nullable(),
  explanation: AnalysisExplanation.nullable(),
  /** A measured value was corrected or added since the stored answer. */
  isOutdated: z.boolean(),
  /** ... since the judgement was locked: it stays, marked; out of the figures where that came before the first answer. */
  isJudgementOutdated: z.boolean(),
  /** True when it was judged or answered while the session stood under another patient. */
  isForAnotherPerson: z.boolean().optional(),
  /** True while the caller is asked to read this session blinded. */
  isWaitingForYou: z.boolean().optional(),
  /** Time held as measured, seconds; null before the answer, or where no one time belongs to the recording. */
  measuredHoldS: z.number().nullable(),
  /** It was ended before it failed: the measured time is a lower bound. */
  isHoldStoppedEarly: z.boolean(),
  /** A time held stood in the session at the lock: the judgement is kept, and out of the figures. */
  wasEndKnown: z.boolean(),
});
export type AnalysisView = z.output<typeof AnalysisView>;

/** Envelopes of the four muscles as the model reads them, or why there are none. */
export const ElbowEnvelopeView = z.strictObject({
  /** [step][channel] at 2 Hz, share of maximal amplitude. */
  envelopes: z.array(z.number()),
  steps: z.int(),
  treatments: z.array(
    z.strictObject({
      channel: z.enum(EMG_CHANNELS),
      source: z.string(),
      kind: z.enum(['raw-rectified', 'envelope-as-given']),
      divisor: z.number(),
    }),
  ),
  /** What is not enough; null when the envelopes are there. */
  problem: z.string().max(300).nullable(),
});
export type ElbowEnvelopeView = z.output<typeof ElbowEnvelopeView>;

const Key = z.strictObject({ sessionId: SessionId, analysis: AnalysisId });

export const analysisChannels = {
  'analyses.get': call({
    access: 'read',
    doc: 'One analysis of a session: what is measured, the judgement, and the answer once it may be seen.',
    input: Key,
    output: AnalysisView,
    errors: ['session.not_found'],
  }),
  'analyses.offered': call({
    access: 'read',
    doc: 'Which analyses a session has enough measurements for, and their state; nothing of a model.',
    input: z.strictObject({ sessionId: SessionId }),
    output: z.array(z.strictObject({ analysis: AnalysisId, state: z.enum(ANALYSIS_STATES) })),
    errors: ['session.not_found'],
  }),
  'analyses.elbowStart': call({
    access: 'read',
    doc: 'The first 30 s of a hold as the model will read them: all that is to be seen of it before the lock.',
    input: z.strictObject({
      sessionId: SessionId,
      recordingId: z.uuid(),
      startS: z.number().min(0).max(86_400),
      maximalAmplitudes: MaximalAmplitudes,
    }),
    output: ElbowEnvelopeView,
    errors: ['session.not_found', 'session.incomplete'],
  }),
  'analyses.elbowWhole': call({
    access: 'read',
    doc: 'The whole hold, as a picture after the answer: not what the model read.',
    input: z.strictObject({ sessionId: SessionId }),
    output: ElbowEnvelopeView,
    errors: ['session.not_found', 'session.incomplete', 'judgement.not_locked'],
  }),
  'analyses.lockJudgement': call({
    access: 'write',
    doc: 'Locks the judgement of an analysis with time and user. Only now does a receipt for its answer exist.',
    input: z.strictObject({ sessionId: SessionId, judgement: AnalysisJudgementFields }),
    output: z.strictObject({
      judgement: AnalysisJudgement,
      lockedAt: Instant,
      receipt: Receipt,
      inputHash: Hash,
    }),
    errors: ['session.not_found', 'session.wrong_state', 'session.incomplete', 'store.full'],
  }),
  'analyses.requestReceipt': call({
    access: 'write',
    doc: 'A new receipt for a locked analysis: after a crash between lock and result, or after a correction.',
    input: Key,
    output: z.strictObject({ receipt: Receipt, inputHash: Hash }),
    errors: ['session.not_found', 'session.incomplete', 'judgement.not_locked'],
  }),
  'analyses.takeInput': call({
    access: 'write',
    doc: 'The input of an analysis, handed out against a receipt only.',
    input: Key.extend({ receipt: Receipt }),
    output: z.strictObject({ input: AnalysisInput, inputHash: Hash }),
    errors: ['session.not_found', 'session.incomplete', 'judgement.not_locked', 'prediction.receipt'],
  }),
  'analyses.store': call({
    access: 'write',
    doc: 'Stores the answer of an analysis; needs receipt, matching input hash, a known bundle, and the host to agree.',
    input: z.strictObject({
      sessionId: SessionId,
      receipt: Receipt,
      inputHash: Hash,
      prediction: AnalysisPrediction,
    }),
    output: AnalysisView,
    errors: [
      'session.not_found',
      'session.incomplete',
      'judgement.not_locked',
      'prediction.receipt',
      'prediction.mismatch',
      'model.not_found',
      'store.full',
    ],
  }),
  'analyses.storeExplanation': call({
    access: 'write',
    doc: 'Stores the explanation of the stored answer, computed after the number.',
    input: Key.extend({ inputHash: Hash, explanation: AnalysisExplanation }),
    output: z.strictObject({}),
    errors: ['session.not_found', 'judgement.not_locked', 'prediction.mismatch', 'store.full'],
  }),
  'analyses.logExplanationOpened': call({
    access: 'write',
    doc: 'Records that the explanation of an analysis was opened.',
    input: Key,
    output: z.strictObject({}),
    errors: ['session.not_found'],
  }),
  'analyses.judgeAgain': call({
    access: 'write',
    doc: 'A further judgement after the reveal: kept beside the first, marked, and out of the figures.',
    input: z.strictObject({ sessionId: SessionId, judgement: AnalysisJudgementFields }),
    output: AnalysisView,
    errors: ['session.not_found', 'session.wrong_state', 'session.incomplete', 'store.full'],
  }),
};
