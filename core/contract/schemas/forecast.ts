import * as z from 'zod';
import { FORCE_UNITS } from '../../units/quantities.ts';
import { CalendarDate, Instant, Patient, SessionId, Sex, Side, UserId } from './clinical.ts';

const ForceN = z.number().min(0).max(2000);

/** What a clinician locks: where the next key pinch (best trial) of one hand lies in half of all cases. */
export const ForecastFields = z
  .strictObject({
    side: Side,
    /** Ends of the 50 % range, newtons. */
    lowN: ForceN,
    highN: ForceN,
    /** As typed, in this unit. */
    typedLow: z.string().trim().min(1).max(40),
    typedHigh: z.string().trim().min(1).max(40),
    unit: z.enum(FORCE_UNITS),
    /** When the next visit is planned. */
    plannedOn: CalendarDate,
  })
  .refine((fields) => fields.lowN <= fields.highN, { message: 'a range begins at its lower end' });
export type ForecastFields = z.output<typeof ForecastFields>;

export const ClinicianForecast = z.strictObject({
  ...ForecastFields.shape,
  id: z.uuid(),
  userId: UserId,
  userName: z.string(),
  /** Best trial of this hand at the lock, newtons. */
  lastN: ForceN,
  lockedAt: Instant,
});
export type ClinicianForecast = z.output<typeof ClinicianForecast>;

/** What the network is asked: handed out after the clinician's lock only. */
export const ForecastQuestion = z.strictObject({
  sex: Sex,
  ageYears: z.number().min(0).max(130),
  heightM: z.number(),
  weightKg: z.number(),
  side: Side,
  visits: z
    .array(z.strictObject({ weeks: z.number().min(0), pinchPeakN: ForceN }))
    .min(1)
    .max(1000),
  otherHandPinchPeakN: ForceN.nullable(),
  weeksToNextVisit: z.number().positive(),
});
export type ForecastQuestion = z.output<typeof ForecastQuestion>;

export const FORECAST_REASONS = [
  'one-visit',
  'early-after-surgery',
  'no-other-hand',
  'long-wait',
  'members-disagree',
  'far-from-training',
] as const;

export const ModelForecast = z
  .strictObject({
    modelId: z.literal('next-visit'),
    modelVersion: z.string(),
    /** sha256 of the bundle's manifest, hexadecimal. */
    bundleHash: z.string().length(64),
    refusal: z.enum(['out-of-range']).nullable(),
    /** 5, 25, 50, 75 and 95 % quantiles of the next best trial, newtons; null when refused. */
    quantilesN: z.tuple([ForceN, ForceN, ForceN, ForceN, ForceN]).nullable(),
    /** Made so that it holds the next visit of 9 of 10 simulated patients. */
    intervalN: z.union([z.tuple([ForceN, ForceN]), z.literal('unbounded')]).nullable(),
    /** Conformal p value of "like the training people"; null outside their ages and sizes. */
    inRangeP: z.number().min(0).max(1).nullable(),
    reasons: z.array(z.enum(FORECAST_REASONS)).max(FORECAST_REASONS.length),
  })
  .refine((forecast) => (forecast.refusal === null) === (forecast.quantilesN !== null), {
    message: 'a forecast has quantiles or a refusal, never both',
  });
export type ModelForecast = z.output<typeof ModelForecast>;

/** What came of a forecast. */
export const ForecastOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  /** The next visit was measured with another device: not scored. */
  z.strictObject({ kind: z.literal('other-device'), at: Instant }),
  /** The device is not named on both days, so nothing says that it was the same: not scored. */
  z.strictObject({ kind: z.literal('device-not-named'), at: Instant }),
  /** The best of another number of trials than three at one of the two visits, numbers in order: not scored. */
  z.strictObject({
    kind: z.literal('not-three-trials'),
    at: Instant,
    trials: z.tuple([z.int().min(0), z.int().min(0)]),
  }),
  /** A value that the forecast was made on was corrected afterwards: not scored. */
  z.strictObject({ kind: z.literal('corrected') }),
  /** The next visit had begun before the forecast was locked: what is known cannot be foretold, so not scored. */
  z.strictObject({ kind: z.literal('known-before'), at: Instant }),
  z.strictObject({
    kind: z.literal('scored'),
    sessionId: SessionId,
    at: Instant,
    /** As first saved: what is typed when both forecasts are known must not decide between them. */
    pinchPeakN: ForceN,
    /** The value was corrected, or a trial added, since; it is scored as first saved. */
    isCorrectedSince: z.boolean().optional(),
    /** After more than twice, or less than half, of the planned time: another question than the one answered, in no figure. */
    isFarFromPlan: z.boolean(),
  }),
]);
export type ForecastOutcome = z.output<typeof ForecastOutcome>;

/** Whether the network may be asked now, and why not. */
export const ModelForecastState = z.enum([
  'forecast-not-locked',
  'judgement-open',
  'no-surgery-date',
  /** The network knows the course of an operated hand only. */
  'not-the-affected-hand',
  'ready',
  'answered',
]);
export type ModelForecastState = z.output<typeof ModelForecastState>;

export const ForecastHand = z.strictObject({
  side: Side,
  isAffected: z.boolean(),
  /** Best trial of this session, newtons, and the unit it was typed in. */
  lastN: ForceN,
  unit: z.enum(FORCE_UNITS),
  deviceName: z.string(),
  /** This and earlier visits with the same device, oldest first; empty while a blinded judgement is open. */
  visits: z.array(z.strictObject({ at: Instant, pinchPeakN: ForceN })),
  /** A later visit has begun: nothing can be foretold any more. */
  isTooLate: z.boolean(),
  clinician: ClinicianForecast.nullable(),
  modelState: ModelForecastState,
  /** Null until the clinician's own is locked, and while a judgement of this patient is open. */
  model: ModelForecast.nullable(),
  outcome: ForecastOutcome,
  /** True when it was locked while the session stood under another patient. */
  isForAnotherPerson: z.boolean().optional(),
});
export type ForecastHand = z.output<typeof ForecastHand>;

/** One locked forecast with what came of it. */
export const ForecastRow = z.strictObject({
  sessionId: SessionId,
  patientId: z.uuid(),
  clinician: ClinicianForecast,
  /** Null where the network was not asked, and while a judgement of the patient is open. */
  model: ModelForecast.nullable(),
  outcome: ForecastOutcome,
  /** True for a hand that is not the affected one: no question for the network, and in no figure. */
  isOfSoundHand: z.boolean().optional(),
});
export type ForecastRow = z.output<typeof ForecastRow>;

export const ForecastView = z.strictObject({
  sessionId: SessionId,
  /** Null at another visit than the judged one while a blinded judgement is open: nothing of it is told then. */
  startedAt: Instant.nullable(),
  patient: Patient,
  isJudgementOpen: z.boolean(),
  /** Hands with a key pinch in this session, the affected one first; none where the date is hidden. */
  hands: z.array(ForecastHand).max(2),
  /** Forecasts locked at other visits of this patient, newest first; empty while a blinded judgement is open. */
  earlier: z.array(ForecastRow),
});
export type ForecastView = z.output<typeof ForecastView>;
