import * as z from 'zod';
import { MEASURES } from '../../clinical/measures.ts';
import { WRIST_CLASSES } from '../../clinical/wrist-classes.ts';
import { FORCE_UNITS, TORQUE_UNITS } from '../../units/quantities.ts';
import { Episode } from './episode.ts';

export const PatientId = z.uuid().brand<'PatientId'>();
export type PatientId = z.output<typeof PatientId>;
export const SessionId = z.uuid().brand<'SessionId'>();
export type SessionId = z.output<typeof SessionId>;
export const UserId = z.uuid().brand<'UserId'>();
export type UserId = z.output<typeof UserId>;
export const DeviceId = z.uuid().brand<'DeviceId'>();
export type DeviceId = z.output<typeof DeviceId>;

/** UTC instant, e.g. 2026-11-24T10:42:00.000Z. */
export const Instant = z.iso.datetime();
/** Calendar date, e.g. 1968-03-04. */
export const CalendarDate = z.iso.date();

export const Side = z.enum(['right', 'left']);
export type Side = z.output<typeof Side>;
export const AffectedSide = z.enum(['right', 'left', 'both', 'none']);
export type AffectedSide = z.output<typeof AffectedSide>;
export const Sex = z.enum(['female', 'male']);
export type Sex = z.output<typeof Sex>;

export { WRIST_CLASSES };
export const WristClass = z.enum(WRIST_CLASSES);
export type WristClass = z.output<typeof WristClass>;
export const JudgedClass = z.enum([...WRIST_CLASSES, 'cannot-tell']);
export type JudgedClass = z.output<typeof JudgedClass>;

/**
 * Text that names somebody: no control or formatting characters, which could draw one name as another, and no half
 * characters. Composed, so that the same name is the same text.
 */
export const NamingText = z
  .string()
  .trim()
  .refine((text) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text), { message: 'has characters that cannot be seen' })
  .transform((text) => text.normalize('NFC'));

export const PatientFields = z.strictObject({
  /** Name or pseudonym, as the clinic writes it. */
  displayName: NamingText.pipe(z.string().min(1).max(200)),
  /** The clinic's own number; empty when there is none. */
  clinicNumber: NamingText.pipe(z.string().max(60)),
  /** Nobody alive was born before 1900; an age beyond the models is their refusal, not the record's. */
  birthDate: CalendarDate.refine((date) => date >= '1900-01-01', { message: 'before 1900' }),
  sex: Sex,
  heightM: z.number().min(0.8).max(2.5),
  weightKg: z.number().min(20).max(350),
  dominantHand: Side,
  affectedSide: AffectedSide,
  diagnosis: z.string().trim().max(300),
  operation: z.enum(['none', 'four-corner-fusion', 'proximal-row-carpectomy', 'other']),
  operationNote: z.string().trim().max(300),
  operationDate: CalendarDate.nullable(),
});
export type PatientFields = z.output<typeof PatientFields>;

export const Patient = PatientFields.extend({
  id: PatientId,
  createdAt: Instant,
  version: z.int().min(1),
  /** True while a blinded judgement is open: diagnosis, operation and its date are then blanked by the host. */
  isBlinded: z.boolean().optional(),
  /** The episode of care that goes on, or the one a session belongs to; absent where none is kept or while blinded. */
  episode: Episode.optional(),
});
export type Patient = z.output<typeof Patient>;

export { MEASURES };
export const Measure = z.enum(MEASURES);
export type Measure = z.output<typeof Measure>;
/** Degrees, seconds and points are stored as they are; forces in newtons, torques in newton metres. */
export const Unit = z.enum([...FORCE_UNITS, ...TORQUE_UNITS, 'deg', 's', 'points']);
export type Unit = z.output<typeof Unit>;

export const NOT_TESTED_REASONS = [
  'pain',
  'splint or cast',
  'not allowed yet',
  'patient declined',
  'device not at hand',
  'other',
] as const;

/** One trial as typed. `valueSi` is in the stored unit of its quantity: N, N.m, degrees, seconds or points. */
export const TrialEntry = z
  .strictObject({
    measure: Measure,
    side: Side,
    trialNumber: z.int().min(1).max(20),
    /** The characters as typed, e.g. "7,2". */
    typedText: z.string().max(40),
    typedUnit: Unit,
    valueSi: z.number().min(0).max(2000).nullable(),
    pain: z.int().min(0).max(10).nullable(),
    isStoppedEarly: z.boolean(),
    notTestedReason: z.enum(NOT_TESTED_REASONS).nullable(),
    /** Set when the app asked "is this right?" and the clinician said yes. */
    isConfirmedUnusual: z.boolean(),
    /** What it was measured with; absent in records from before devices were kept for each measure. */
    deviceId: DeviceId.nullable().optional(),
  })
  .refine((t) => (t.valueSi === null) === (t.notTestedReason !== null), {
    message: 'a trial has a value or a reason why not, never both',
  });
export type TrialEntry = z.output<typeof TrialEntry>;

export const SummaryRule = z.enum(['mean-of-three', 'maximum']);
export type SummaryRule = z.output<typeof SummaryRule>;

export const PROTOCOL_IDS = [
  'pinch-and-wrist',
  'pinch-types',
  'grip',
  'grip-five-handles',
  'pinch-postures',
  'pinch-postures-and-wrist',
  'range-of-motion',
  'sustained-pinch',
  'elbow-flexion',
  'full-hand',
] as const;
export const ProtocolId = z.enum(PROTOCOL_IDS);
export type ProtocolId = z.output<typeof ProtocolId>;

/** Under what a session was measured; every part may be left open. */
export const SessionConditions = z.strictObject({
  splint: z.enum(['none', 'worn', 'taken off for the test']).nullable(),
  /** Departures from the standard position, in words; empty when there was none. */
  positionNote: z.string().max(300),
  /** Set when the clock of the computer stood before the last record and the clinician confirmed or explained it. */
  clockNote: z.string().max(300),
});
export type SessionConditions = z.output<typeof SessionConditions>;

/** The state of the bedside form, as typed, so that a crash loses nothing older than a second. */
export const SessionDraft = z.strictObject({
  forceUnit: z.enum(FORCE_UNITS),
  torqueUnit: z.enum(TORQUE_UNITS),
  summaryRule: SummaryRule,
  deviceId: DeviceId.nullable(),
  trialCount: z.int().min(3).max(20),
  /** Key `${measure}/${side}/${trialNumber}` to the typed text, possibly unfinished. */
  cells: z.record(z.string().max(60), z.string().max(40)),
  /** Pain 0-10 as typed, key `${measure}/${side}`. */
  pain: z.record(z.string().max(60), z.string().max(4)),
  /** Keys `${measure}/${side}` where the patient stopped early. */
  stoppedEarly: z.array(z.string().max(60)).max(100),
  /** Key `${measure}/${side}` to the reason. */
  notTested: z.record(z.string().max(60), z.enum(NOT_TESTED_REASONS)),
  /** Cell keys whose unusual value was confirmed. */
  confirmedUnusual: z.array(z.string().max(60)).max(200),
  note: z.string().max(2000),
  isBlinded: z.boolean(),
  /** Absent in drafts of earlier versions: pinch and wrist strength. */
  protocol: ProtocolId.optional(),
  conditions: SessionConditions.optional(),
  /** Device of each role; `deviceId` above stays the pinch gauge. */
  devices: z.partialRecord(z.enum(['pinch', 'grip', 'torque']), DeviceId.nullable()).optional(),
  /** Unit of grip where its dynamometer shows another one than the pinch gauge. */
  gripUnit: z.enum(FORCE_UNITS).optional(),
  /** Trials a hand of measures with more than the usual three; key pinch has `trialCount`. */
  trialCounts: z.partialRecord(Measure, z.int().min(1).max(20)).optional(),
});
export type SessionDraft = z.output<typeof SessionDraft>;

export const SESSION_STATES = ['measuring', 'saved', 'locked', 'revealed', 'compared', 'closed'] as const;
export const SessionState = z.enum(SESSION_STATES);
export type SessionState = z.output<typeof SessionState>;

export const Device = z.strictObject({
  id: DeviceId,
  name: z.string().min(1).max(120),
  serial: z.string().max(60),
  kind: z.enum(['pinch-gauge', 'load-cell', 'dynamometer']),
  unit: z.enum(FORCE_UNITS),
  calibratedOn: CalendarDate.nullable(),
});
export type Device = z.output<typeof Device>;
