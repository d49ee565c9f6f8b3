import * as z from 'zod';
import { call } from '../definition.ts';
import { Instant, SessionId, Side } from '../schemas/clinical.ts';
import {
  Comparison,
  Explanation,
  Judgement,
  JudgementFields,
  ModelInput,
  ReasonOverlap,
  WristStatePrediction,
} from '../schemas/judgement.ts';
import { SessionView } from './sessions.ts';

/** One-time token: issued by the lock, bound to the hash of the model input, spent by predictions.store. */
const Receipt = z.string().length(64);

export const judgementChannels = {
  'sessions.lockJudgement': call({
    access: 'write',
    doc: 'Locks the judgement with time and user. Only now does a receipt for a prediction exist.',
    input: z.strictObject({ sessionId: SessionId, judgedSide: Side, judgement: JudgementFields }),
    output: z.strictObject({
      judgement: Judgement,
      lockedAt: Instant,
      receipt: Receipt,
      inputHash: z.string().length(64),
    }),
    errors: [
      'session.not_found',
      'session.wrong_state',
      'session.incomplete',
      'recording.not_found',
      'store.full',
    ],
  }),
  'predictions.requestReceipt': call({
    access: 'write',
    doc: 'A new receipt for a locked session: after a crash between lock and result, or after added measurements.',
    input: z.strictObject({ sessionId: SessionId }),
    output: z.strictObject({ receipt: Receipt, inputHash: z.string().length(64) }),
    errors: ['session.not_found', 'judgement.not_locked'],
  }),
  'predictions.takeInput': call({
    access: 'write',
    doc: 'The model input, handed out against a receipt only.',
    input: z.strictObject({ sessionId: SessionId, receipt: Receipt }),
    output: z.strictObject({ modelInput: ModelInput, inputHash: z.string().length(64) }),
    errors: ['session.not_found', 'judgement.not_locked', 'prediction.receipt'],
  }),
  'predictions.shownInput': call({
    access: 'read',
    doc: 'What the shown result was computed from, for comparing methods after the reveal. None where no result may be seen.',
    input: z.strictObject({ sessionId: SessionId }),
    output: z.strictObject({ modelInput: ModelInput }),
    errors: ['session.not_found', 'judgement.not_locked'],
  }),
  'predictions.store': call({
    access: 'write',
    doc: 'Stores a prediction; needs receipt, matching input hash and a known bundle hash.',
    input: z.strictObject({
      sessionId: SessionId,
      receipt: Receipt,
      inputHash: z.string().length(64),
      prediction: WristStatePrediction,
    }),
    output: SessionView,
    errors: [
      'session.not_found',
      'judgement.not_locked',
      'prediction.receipt',
      'prediction.mismatch',
      'model.not_found',
      'store.full',
    ],
  }),
  'predictions.storeExplanation': call({
    access: 'write',
    doc: 'Stores the explanation of the stored prediction, computed after the number.',
    input: z.strictObject({
      sessionId: SessionId,
      inputHash: z.string().length(64),
      explanation: Explanation,
      overlap: ReasonOverlap.nullable(),
    }),
    output: z.strictObject({}),
    errors: ['session.not_found', 'judgement.not_locked', 'prediction.mismatch', 'store.full'],
  }),
  'predictions.logExplanationOpened': call({
    access: 'write',
    doc: 'Records that the explanation was opened.',
    input: z.strictObject({ sessionId: SessionId }),
    output: z.strictObject({}),
    errors: ['session.not_found'],
  }),
  'predictions.logMethodsCompared': call({
    access: 'write',
    doc: 'Records that every method was compared on a shown result: what a reader saw before agreeing counts.',
    input: z.strictObject({ sessionId: SessionId }),
    output: z.strictObject({}),
    errors: ['session.not_found'],
  }),
  'sessions.judgeAgain': call({
    access: 'write',
    doc: 'A further judgement after the reveal: kept beside the first, marked, and out of the figures.',
    input: z.strictObject({ sessionId: SessionId, judgement: JudgementFields }),
    output: SessionView,
    errors: ['session.not_found', 'session.wrong_state', 'store.full'],
  }),
  'sessions.compare': call({
    access: 'write',
    doc: 'Agree, disagree or cannot tell, with a note and the second look.',
    input: z.strictObject({
      sessionId: SessionId,
      comparison: Comparison.omit({ id: true, createdAt: true }),
    }),
    output: SessionView,
    errors: ['session.not_found', 'session.wrong_state', 'store.full'],
  }),
  'sessions.close': call({
    access: 'write',
    doc: 'Ends the session; nothing is deleted.',
    input: z.strictObject({ sessionId: SessionId }),
    output: SessionView,
    errors: ['session.not_found', 'session.wrong_state'],
  }),
};
