/** Judge-first analyses beside the wrist's state: muscle parameters, and torque and fatigue of the elbow. */
import * as z from 'zod';
import { GROUP_ANSWERS, MUSCLE_GROUPS } from '../../clinical/muscle-groups.ts';
import { Instant, SessionId, Sex, Side, UserId } from './clinical.ts';
import { GateCheck } from './judgement.ts';

export const ANALYSES = ['muscle-parameters', 'elbow-torque-fatigue'] as const;
export const AnalysisId = z.enum(ANALYSES);
export type AnalysisId = z.output<typeof AnalysisId>;

const Percent = z.int().min(0).max(100);
const DurationMs = z.int().min(0).max(86_400_000);
const Probability = z.number().min(0).max(1);
const Hash = z.string().length(64);

export const MuscleGroupId = z.enum(MUSCLE_GROUPS);
export const GroupAnswer = z.enum(GROUP_ANSWERS);

/** Each group weaker, as expected or stronger than expected of people of the same sex, age and size. */
export const MuscleJudgementFields = z
  .strictObject({
    analysis: z.literal('muscle-parameters'),
    side: Side,
    groups: z
      .array(
        z
          .strictObject({ group: MuscleGroupId, answer: GroupAnswer, confidencePercent: Percent.nullable() })
          .refine((g) => g.answer === 'cannot-tell' || g.confidencePercent !== null, {
            message: 'an answer needs a confidence',
          }),
      )
      .length(MUSCLE_GROUPS.length),
    durationMs: DurationMs,
  })
  .refine((j) => new Set(j.groups.map((g) => g.group)).size === MUSCLE_GROUPS.length, {
    message: 'every group is judged once',
  });
export type MuscleJudgementFields = z.output<typeof MuscleJudgementFields>;

export const EMG_CHANNELS = ['biceps', 'brachialis', 'brachioradialis', 'triceps'] as const;

/** Null where a channel is in percent or a share already. */
export const MaximalAmplitudes = z.strictObject(
  Object.fromEntries(EMG_CHANNELS.map((channel) => [channel, z.number().positive().nullable()])) as Record<
    (typeof EMG_CHANNELS)[number],
    z.ZodNullable<z.ZodNumber>
  >,
);
export type MaximalAmplitudes = z.output<typeof MaximalAmplitudes>;

/** Which stretch of which recording is judged, and what its numbers are shares of. */
export const ElbowSetup = z.strictObject({
  recordingId: z.uuid(),
  /** Seconds from the first sample to the start of the hold. */
  startS: z.number().min(0).max(86_400),
  /** Target that the person holds, percent of maximal torque. */
  holdLevelPercent: z.number().min(1).max(100),
  /** Mean rectified amplitude at maximal effort, in the unit of the recording. */
  maximalAmplitudes: MaximalAmplitudes,
});
export type ElbowSetup = z.output<typeof ElbowSetup>;

export const ElbowJudgementFields = z
  .strictObject({
    analysis: z.literal('elbow-torque-fatigue'),
    setup: ElbowSetup,
    /** Range in which the hold fails, seconds; `toS` null: beyond 150 s; both null: cannot tell. */
    failureFromS: z.number().min(0).max(150).nullable(),
    failureToS: z.number().min(0).max(150).nullable(),
    confidencePercent: Percent.nullable(),
    /** Seconds into the first 30 s at which fatigue begins to show; null: not yet, or cannot tell. */
    fatigueStartS: z.number().min(0).max(30).nullable(),
    /** The clinician has seen how the hold ended: kept, and out of the figures. */
    hasSeenEnd: z.boolean(),
    durationMs: DurationMs,
  })
  .refine((j) => j.failureFromS !== null || j.failureToS === null, { message: 'a range begins somewhere' })
  .refine((j) => j.failureToS === null || j.failureToS > (j.failureFromS ?? 0), {
    message: 'a range ends after it begins',
  })
  .refine((j) => (j.failureFromS === null) === (j.confidencePercent === null), {
    message: 'a range needs a confidence',
  });
export type ElbowJudgementFields = z.output<typeof ElbowJudgementFields>;

export const AnalysisJudgementFields = z.discriminatedUnion('analysis', [
  MuscleJudgementFields,
  ElbowJudgementFields,
]);
export type AnalysisJudgementFields = z.output<typeof AnalysisJudgementFields>;

export const AnalysisJudgement = z.strictObject({
  id: z.uuid(),
  sessionId: SessionId,
  userId: UserId,
  userName: z.string(),
  fields: AnalysisJudgementFields,
  isBlinded: z.boolean(),
  lockedAt: Instant,
  /** A later judgement of the same analysis, made after the reveal: kept, and out of the figures. */
  isAfterReveal: z.boolean(),
});
export type AnalysisJudgement = z.output<typeof AnalysisJudgement>;

const Person = {
  sessionId: SessionId,
  sex: Sex,
  ageYears: z.number().min(0).max(120),
  heightM: z.number(),
  weightKg: z.number(),
};

/** What `muscle-parameters` may see of a session. Built by the host after the lock only. */
export const MuscleInput = z.strictObject({
  analysis: z.literal('muscle-parameters'),
  ...Person,
  side: Side,
  /** Key pinch trials in the neutral wrist, newtons, in order. */
  pinchTrialsN: z.array(z.number()).max(40),
  pinchPeakN: z.number().nullable(),
  pinchFlexion20N: z.number().nullable(),
  pinchExtension20N: z.number().nullable(),
  /** Best grip on the second handle, newtons. */
  gripN: z.number().nullable(),
  /**
   * Longitudinal and transverse force as shares of the palmar force: at the peak in the neutral wrist, flexion 20 and
   * extension 20, then at 50, 75 and 90 % of a ramp. Null without a three-axis recording of each.
   */
  directions: z.array(z.number()).length(12).nullable(),
  typedUnits: z.array(z.string().max(10)).max(10),
});
export type MuscleInput = z.output<typeof MuscleInput>;

/** What `elbow-torque-fatigue` may see: the first 30 s of a hold. */
export const ElbowInput = z.strictObject({
  analysis: z.literal('elbow-torque-fatigue'),
  ...Person,
  side: Side,
  holdLevelPercent: z.number(),
  maximalTorqueNm: z.number(),
  /** [step][channel] at 2 Hz, share of maximal amplitude. */
  envelopes: z.array(z.number()).length(240),
});
export type ElbowInput = z.output<typeof ElbowInput>;

export const AnalysisInput = z.discriminatedUnion('analysis', [MuscleInput, ElbowInput]);
export type AnalysisInput = z.output<typeof AnalysisInput>;

/** Low and high end of an interval; unbounded where too few people calibrate it. */
const Interval = z.union([z.tuple([z.number(), z.number()]), z.literal('unbounded')]);

const Model = {
  modelVersion: z.string().max(40),
  /** sha256 of the bundle's manifest, hexadecimal. */
  bundleHash: Hash,
  /** Share of simulated people whose true value lay inside intervals made this way. */
  coverage: Probability,
  inRangeP: Probability.nullable(),
  durationMs: z.number().min(0),
};

export const MuscleRefusal = z.enum([
  'missing-required-input',
  'too-few-trials',
  'mixed-units',
  'out-of-range',
]);
export type MuscleRefusal = z.output<typeof MuscleRefusal>;
export const MuscleWidthReason = z.enum([
  'few-trials',
  'wide-trial-spread',
  'members-disagree',
  'far-from-training',
  'peak-pinch-only',
]);
export type MuscleWidthReason = z.output<typeof MuscleWidthReason>;
export const MuscleVerdict = z.enum(['identifiable', 'general-strength-only', 'not-identifiable']);
export type MuscleVerdict = z.output<typeof MuscleVerdict>;

export const MusclePrediction = z.strictObject({
  analysis: z.literal('muscle-parameters'),
  modelId: z.enum(['muscle-parameters-1', 'muscle-parameters-2', 'muscle-parameters-3']),
  ...Model,
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  refusals: z.array(MuscleRefusal).max(4),
  widthReasons: z.array(MuscleWidthReason).max(5),
  /** Empty when the model refused. Values are given for identifiable outputs only: the others are named, without a number. */
  outputs: z
    .array(
      z.strictObject({
        /** As in the manifest, e.g. "percent-expected-thumb-flexor". */
        name: z.string().max(80),
        unit: z.enum(['%', 'N', 'mm']),
        verdict: MuscleVerdict,
        middle: z.number().nullable(),
        interval: Interval.nullable(),
      }),
    )
    .max(30),
  /** Overall strength as measured, percent of expected: what outputs that follow general strength only come down to. */
  strength: z.strictObject({ pinchPercent: z.number(), gripPercent: z.number().nullable() }).nullable(),
});
export type MusclePrediction = z.output<typeof MusclePrediction>;

export const ElbowRefusal = z.enum(['hold-level-not-trained', 'out-of-range']);
export type ElbowRefusal = z.output<typeof ElbowRefusal>;

export const ElbowPrediction = z.strictObject({
  analysis: z.literal('elbow-torque-fatigue'),
  modelId: z.literal('elbow-torque-fatigue'),
  ...Model,
  refusals: z.array(ElbowRefusal).max(2),
  holdLevelPercent: z.number(),
  maximalTorqueNm: z.number(),
  /** Every 5 s to 150 s, N.m; empty when the model refused. */
  torque: z.array(z.strictObject({ timeS: z.number(), middleNm: z.number(), interval: Interval })).max(30),
  /** Seconds; null: beyond 150 s (`middleS`), or beyond it or without a bound (`highS`). Null as a whole when refused. */
  timeToFailure: z
    .strictObject({ middleS: z.number().nullable(), lowS: z.number(), highS: z.number().nullable() })
    .nullable(),
  /** Torque module: what is held before fatigue, N.m. */
  heldTorqueNm: z.number().nullable(),
  /** Fatigue module: share of it left at each time, 0..1. */
  sharesLeft: z.array(z.number()).max(30),
});
export type ElbowPrediction = z.output<typeof ElbowPrediction>;

export const AnalysisPrediction = z.discriminatedUnion('analysis', [MusclePrediction, ElbowPrediction]);
export type AnalysisPrediction = z.output<typeof AnalysisPrediction>;

/** One explained number: what each measurement adds to it, against a named reference. */
export const ExplainedNumber = z.strictObject({
  /** Output of the model, or "time to task failure". */
  asked: z.string().max(120),
  unit: z.string().max(20),
  referenceName: z.string().max(200),
  output: z.number(),
  referenceOutput: z.number(),
  /** output - referenceOutput - sum of the contributions. */
  residual: z.number(),
  contributions: z
    .array(
      z.strictObject({
        name: z.string().max(60),
        value: z.number(),
        memberLow: z.number(),
        memberHigh: z.number(),
      }),
    )
    .min(1)
    .max(12),
  gate: z.array(GateCheck).max(4),
  isShown: z.boolean(),
});
export type ExplainedNumber = z.output<typeof ExplainedNumber>;

export const AnalysisExplanation = z.strictObject({
  method: z.literal('exact-shapley'),
  /** Empty when there is no number to explain. */
  numbers: z.array(ExplainedNumber).max(8),
  durationMs: z.number().min(0),
});
export type AnalysisExplanation = z.output<typeof AnalysisExplanation>;
