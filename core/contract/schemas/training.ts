import * as z from 'zod';
import { JudgedClass, WristClass } from './clinical.ts';
import { Driver, ModelInput, WristStatePrediction } from './judgement.ts';

/** A simulated person whose class is known, with what the shipped model answers: resources/training/cases.json. */
export const TrainingCase = z.strictObject({
  id: z.string().regex(/^case-\d\d$/),
  /** Without a session: the measurements of a simulated test person. */
  input: ModelInput.omit({ sessionId: true, pinchTraceN: true }),
  truth: WristClass,
  model: WristStatePrediction.omit({ features: true }),
});
export type TrainingCase = z.output<typeof TrainingCase>;

export const TrainingCases = z.strictObject({
  format: z.literal('prehensa-training-cases-1'),
  /** Of the bundle that gave the answers. */
  modelVersion: z.string(),
  bundleHash: z.string().length(64),
  cases: z.array(TrainingCase).min(1).max(200),
});
export type TrainingCases = z.output<typeof TrainingCases>;

export const TrainingJudgement = z
  .strictObject({
    answer: JudgedClass,
    confidencePercent: z.int().min(0).max(100).nullable(),
    drivers: z.array(Driver).max(3),
    durationMs: z.int().min(0).max(86_400_000),
  })
  .refine((j) => (j.answer === 'cannot-tell') === (j.confidencePercent === null), {
    message: 'a class needs a confidence, and "cannot tell" has none',
  });
export type TrainingJudgement = z.output<typeof TrainingJudgement>;

/** One case as it may be shown: nothing of the model before the lock, no truth before the final answer. */
export const TrainingCaseView = z.strictObject({
  id: TrainingCase.shape.id,
  input: TrainingCase.shape.input,
  judgement: TrainingJudgement.nullable(),
  model: TrainingCase.shape.model.nullable(),
  finalAnswer: JudgedClass.nullable(),
  truth: WristClass.nullable(),
});
export type TrainingCaseView = z.output<typeof TrainingCaseView>;

/** A finished case of anybody: what over- and under-reliance are counted from. */
export const TrainingResult = z.strictObject({
  userId: z.uuid(),
  userName: z.string(),
  caseId: z.string(),
  answer: JudgedClass,
  confidencePercent: z.int().nullable(),
  /** Most probable class; null where the model could not tell. */
  modelAnswer: WristClass.nullable(),
  finalAnswer: JudgedClass,
  truth: WristClass,
});
export type TrainingResult = z.output<typeof TrainingResult>;
