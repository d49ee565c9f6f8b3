import * as z from 'zod';
import { GroupAnswer, MuscleGroupId } from './analysis.ts';
import { Instant, JudgedClass, SessionId, UserId, WristClass } from './clinical.ts';
import { Driver, FeatureId } from './judgement.ts';

/** Why a lock is doubtful; figures are shown with and without such ones (core/clinical/judgement-flags.ts). */
export const LockFlag = z.enum(['under-3-seconds', 'repeated-pattern']);

/** Brushed bands of a trace beside the model's relevance of it, one number a step. */
export const MarkedTrace = z.strictObject({
  relevance: z.array(z.number()).min(1).max(10_000),
  /** Brushed stretches in steps: from `start` to before `end`. */
  marks: z.array(z.strictObject({ start: z.int().min(0), end: z.int().min(1) })).max(12),
});
export type MarkedTrace = z.output<typeof MarkedTrace>;

/** One session: the first locked judgement, and the first result that was made of the same measurements. */
export const ConcordanceRow = z.strictObject({
  sessionId: SessionId,
  /** The cluster: sessions of one patient resemble each other. */
  patientId: z.uuid(),
  clinicianId: UserId,
  clinicianName: z.string(),
  lockedAt: Instant,
  diagnosis: z.string(),
  isBlinded: z.boolean(),
  durationMs: z.int(),
  flags: z.array(LockFlag).max(2),
  answer: JudgedClass,
  confidencePercent: z.int().min(0).max(100).nullable(),
  /** In order of weight. */
  drivers: z.array(Driver).max(3),
  inputPattern: z.enum(['A', 'B', 'C']),
  modelVersion: z.string(),
  /** Most probable class; null where the model could not tell. */
  modelAnswer: WristClass.nullable(),
  predictionSet: z.array(WristClass).max(3),
  /** Null where there is none, or it did not pass its checks. */
  explanation: z
    .strictObject({
      predictedClass: WristClass,
      againstClass: WristClass,
      contributions: z.array(z.strictObject({ feature: FeatureId, value: z.number() })).max(12),
    })
    .nullable(),
  markedTrace: MarkedTrace.nullable(),
  /** After the reveal: of the second look, else the first answer. Null where the session was not compared, or not decided. */
  finalAnswer: JudgedClass.nullable(),
  /** Compared with the result, and left open at the second look. */
  isUndecided: z.boolean(),
  /** Second readers of the same session who had not seen its answers; blinded where they had not seen the patient either. */
  readings: z
    .array(
      z.strictObject({
        readerId: UserId,
        readerName: z.string(),
        answer: JudgedClass,
        hasSeenPatient: z.boolean(),
      }),
    )
    .max(50),
});
export type ConcordanceRow = z.output<typeof ConcordanceRow>;

const AnalysisRow = {
  sessionId: SessionId,
  patientId: z.uuid(),
  clinicianId: UserId,
  clinicianName: z.string(),
  lockedAt: Instant,
  isBlinded: z.boolean(),
  flags: z.array(LockFlag).max(2),
};

/** The muscle groups of one session: the first locked answers beside what the model said of the same measurements. */
export const MuscleConcordanceRow = z.strictObject({
  ...AnalysisRow,
  groups: z
    .array(
      z.strictObject({
        group: MuscleGroupId,
        answer: GroupAnswer,
        /** Percent of expected; null where the model refused, or the group is not identifiable. */
        modelPercent: z.number().nullable(),
      }),
    )
    .max(4),
});
export type MuscleConcordanceRow = z.output<typeof MuscleConcordanceRow>;

/** One elbow hold, judged before its end was seen. Times in seconds. */
export const ElbowConcordanceRow = z.strictObject({
  ...AnalysisRow,
  /** Null: cannot tell. `failureToS` null with a beginning: beyond what is recorded. */
  failureFromS: z.number().nullable(),
  failureToS: z.number().nullable(),
  /** Null as a whole where the model refused; single ends null: beyond what is recorded. */
  model: z
    .strictObject({
      middleS: z.number().nullable(),
      lowS: z.number(),
      highS: z.number().nullable(),
      coverage: z.number(),
    })
    .nullable(),
  /** How long it was held, as measured: the truth. Null where no one time belongs to the recording. */
  heldS: z.number().nullable(),
  /** It was ended before it failed: `heldS` is a lower bound only. */
  isStoppedEarly: z.boolean(),
});
export type ElbowConcordanceRow = z.output<typeof ElbowConcordanceRow>;
