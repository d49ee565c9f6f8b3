import * as z from 'zod';
import { FEATURE_IDS } from '../../signals/feature-ids.ts';
import { AffectedSide, Instant, JudgedClass, SessionId, Sex, Side, UserId, WristClass } from './clinical.ts';

export { FEATURE_IDS };
export const FeatureId = z.enum(FEATURE_IDS);
export type FeatureId = z.output<typeof FeatureId>;

/** Direction is relative to the answer given: does this driver speak for or against it? */
export const DriverDirection = z.enum(['for', 'against']);
export const Driver = z.strictObject({ feature: FeatureId, direction: DriverDirection });
export type Driver = z.output<typeof Driver>;

/** A stretch of a recording that a clinician brushed, seconds from its first sample: speaks for or against the answer. */
export const TimeBand = z
  .strictObject({ fromS: z.number(), toS: z.number(), direction: DriverDirection })
  .refine((band) => band.toS > band.fromS, { message: 'a band ends after it begins' });
export type TimeBand = z.output<typeof TimeBand>;

export const JudgementFields = z
  .strictObject({
    answer: JudgedClass,
    /** Percent; null when the answer is "cannot tell". */
    confidencePercent: z.int().min(0).max(100).nullable(),
    drivers: z.array(Driver).max(3),
    /** Brushed on a recording of the session; absent where there is none. */
    bands: z.array(TimeBand).max(12).optional(),
    recordingId: z.uuid().nullable().optional(),
    isBlinded: z.boolean(),
    /** Hands-on time on the judgement screen. */
    durationMs: z.int().min(0).max(86_400_000),
  })
  .refine((j) => j.answer === 'cannot-tell' || j.confidencePercent !== null, {
    message: 'a class needs a confidence',
  })
  .refine((j) => new Set(j.drivers.map((d) => d.feature)).size === j.drivers.length, {
    message: 'a driver is named once',
  });
export type JudgementFields = z.output<typeof JudgementFields>;

export const Judgement = z.strictObject({
  id: z.uuid(),
  sessionId: SessionId,
  userId: UserId,
  userName: z.string(),
  answer: JudgedClass,
  confidencePercent: z.int().min(0).max(100).nullable(),
  drivers: z.array(Driver).max(3),
  bands: z.array(TimeBand).max(12).optional(),
  recordingId: z.uuid().nullable().optional(),
  isBlinded: z.boolean(),
  durationMs: z.int(),
  lockedAt: Instant,
  /** A later judgement of the same session, made after the reveal: kept, and out of the figures. */
  isAfterReveal: z.boolean(),
});
export type Judgement = z.output<typeof Judgement>;

/** What a model may see of one session. Built by the host after the lock only. */
export const ModelInput = z.strictObject({
  sessionId: SessionId,
  sex: Sex,
  ageYears: z.number().min(0).max(120),
  heightM: z.number(),
  weightKg: z.number(),
  /** The hand the question is about. */
  side: Side,
  affectedSide: AffectedSide,
  /** Every pinch trial of that hand, newtons, in order. */
  pinchTrialsN: z.array(z.number()).max(40),
  pinchPeakN: z.number().nullable(),
  otherHandPinchPeakN: z.number().nullable(),
  wristExtensionNm: z.number().nullable(),
  wristFlexionNm: z.number().nullable(),
  wristRadialNm: z.number().nullable(),
  wristUlnarNm: z.number().nullable(),
  /** Best key pinch of that hand with the wrist in another posture, newtons. */
  pinchFlexion20N: z.number().nullable().optional(),
  pinchExtension20N: z.number().nullable().optional(),
  pinchUlnar10N: z.number().nullable().optional(),
  /**
   * Force trace of one maximal pull of that hand, newtons: 60 steps of 0.08 s from 0.32 s before the onset, each palmar,
   * longitudinal, transverse (core/signals resampleTrace with reference 1).
   */
  pinchTraceN: z
    .array(z.tuple([z.number(), z.number(), z.number()]))
    .length(60)
    .nullable()
    .optional(),
  /** The recording that the trace was read from, or could not be read from; absent without one in three directions. */
  pinchTraceSource: z
    .strictObject({
      recordingId: z.uuid(),
      /** Where the first step begins, seconds after the first sample; null where it could not be read. */
      startS: z.number().nullable(),
      /** Why it could not be read, for the clinician. */
      problem: z.string().max(300).nullable(),
    })
    .optional(),
  /** Units in which the trials were typed: more than one is a reason to refuse. */
  typedUnits: z.array(z.string().max(10)).max(10),
});
export type ModelInput = z.output<typeof ModelInput>;

export const RefusalReason = z.enum([
  'out-of-range',
  'too-few-trials',
  'mixed-units',
  'missing-required-input',
  'full-set',
  'empty-set',
]);
export type RefusalReason = z.output<typeof RefusalReason>;

export const WidthReason = z.enum([
  'few-trials',
  'wide-trial-spread',
  'members-disagree',
  'far-from-training',
  'missing-wrist-strength',
  'between-classes',
]);
export type WidthReason = z.output<typeof WidthReason>;

const Probability = z.number().min(0).max(1);

export const WristStatePrediction = z.strictObject({
  modelId: z.literal('wrist-state'),
  modelVersion: z.string(),
  /** sha256 of the bundle's manifest, hexadecimal. */
  bundleHash: z.string().length(64),
  /** 'A' pinch only, 'B' with wrist strength, 'C' with postures and trace. */
  inputPattern: z.enum(['A', 'B', 'C']),
  /** In the order of WRIST_CLASSES; sums to 1. Null when the model refused before predicting. */
  probabilities: z.tuple([Probability, Probability, Probability]).nullable(),
  /** Lowest and highest member probability of nonimpaired. */
  nonimpairedBand: z.tuple([Probability, Probability]).nullable(),
  predictionSet: z.array(WristClass).max(3),
  coverage: Probability,
  /** How often sets of this size were right in this pattern, over simulated people; null without a set. */
  setHitRate: z.strictObject({ right: z.int(), n: z.int() }).nullable().optional(),
  refusals: z.array(RefusalReason).max(6),
  widthReasons: z.array(WidthReason).max(6),
  /** Conformal p value of the out-of-range score: small means unlike the training people. */
  inRangeP: Probability.nullable(),
  features: z
    .array(
      z.strictObject({
        id: FeatureId,
        value: z.number().nullable(),
        unit: z.string().max(20),
        referenceValue: z.number().nullable(),
        /** The value in the unit of the measurement, for the screen. */
        measured: z.number().nullable(),
        measuredReference: z.number().nullable(),
        measuredUnit: z.string().max(20),
      }),
    )
    .max(9),
  durationMs: z.number().min(0),
});
export type WristStatePrediction = z.output<typeof WristStatePrediction>;

export const GateCheck = z.strictObject({
  name: z.enum(['completeness-gap', 'sign-agreement', 'deletion-gain', 'noise-stability']),
  value: z.number(),
  limit: z.number(),
  ok: z.boolean(),
});

/** How the answer and its strongest driver fared when the measurements were repeated with the usual scatter. */
export const RepeatedMeasurements = z.strictObject({
  draws: z.int().min(1),
  /** Draws that answer with the same class. */
  sameAnswer: z.int().min(0),
  /** Of those, draws in which the strongest driver keeps its sign and its place. */
  sameDriver: z.int().min(0),
  /** Classes answered instead, most frequent first. */
  otherAnswers: z.array(WristClass).max(2),
});
export type RepeatedMeasurements = z.output<typeof RepeatedMeasurements>;

export const Explanation = z.strictObject({
  method: z.literal('exact-shapley'),
  /** What is explained, e.g. "nonimpaired against four-corner-fusion". */
  predictedClass: WristClass,
  againstClass: WristClass,
  referenceName: z.string().max(200),
  referenceOutput: z.number(),
  output: z.number(),
  /** output - referenceOutput - sum(values). */
  residual: z.number(),
  contributions: z
    .array(
      z.strictObject({
        feature: FeatureId,
        value: z.number(),
        memberLow: z.number(),
        memberHigh: z.number(),
      }),
    )
    .max(12),
  /** Of the whole trace, where one was read: counted in the sum of the contributions. */
  traceContribution: z
    .strictObject({ value: z.number(), memberLow: z.number(), memberHigh: z.number() })
    .nullable()
    .optional(),
  /**
   * Inside the trace, in the order of time: what a stretch adds to the same margin when it alone is as measured, all
   * measurements being as measured (exact Shapley values of the stretches).
   */
  traceBands: z
    .array(
      z.strictObject({
        /** Steps of the trace: from `fromStep` to before `endStep`. */
        fromStep: z.int().min(0),
        endStep: z.int().min(1),
        value: z.number(),
        memberLow: z.number(),
        memberHigh: z.number(),
        /** Probability of the predicted class with this stretch alone as in the reference. */
        probabilityWithout: Probability,
      }),
    )
    .max(12)
    .optional(),
  gate: z.array(GateCheck).max(4),
  /** What the noise check counted; explanations of earlier versions have it as one share in the gate only. */
  repeated: RepeatedMeasurements.optional(),
  isShown: z.boolean(),
  sentence: z.string().max(2000),
  durationMs: z.number().min(0),
});
export type Explanation = z.output<typeof Explanation>;

/**
 * Overlap of reasons: how many features both named, beside the number that chance gives.
 */
export const ReasonOverlap = z.strictObject({
  named: z.int(),
  overlap: z.int(),
  chance: z.number(),
  sameSign: z.int().nullable(),
});
export type ReasonOverlap = z.output<typeof ReasonOverlap>;

export const Comparison = z.strictObject({
  id: z.uuid(),
  verdict: z.enum(['agree', 'disagree', 'cannot-tell']),
  note: z.string().max(2000),
  /** Second look after a disagreement. */
  secondLook: z
    .strictObject({
      wouldChangeMind: z.string().max(2000),
      askColleague: z.boolean(),
      finalAnswer: JudgedClass.nullable(),
    })
    .nullable(),
  createdAt: Instant,
});
export type Comparison = z.output<typeof Comparison>;

/** With the name of whoever made it: after a change of user that need not be the judge. */
export const StoredComparison = Comparison.extend({ userName: z.string() });
export type StoredComparison = z.output<typeof StoredComparison>;
