import * as z from 'zod';
import {
  AffectedSide,
  Instant,
  JudgedClass,
  SessionId,
  Sex,
  Side,
  SummaryRule,
  TrialEntry,
} from './clinical.ts';
import { Driver, JudgementFields, TimeBand } from './judgement.ts';
import { Recording } from './recording.ts';

/** A lock that is kept and doubted; see core/clinical/judgement-flags.ts. */
export const JudgementFlag = z.enum(['under-3-seconds', 'repeated-pattern']);

/** What a second reader had seen of the patient before the own lock; empty is a blinded reading. */
export const SeenBefore = z.enum(['answers', 'patient']);
export type SeenBefore = z.output<typeof SeenBefore>;

/** Answer of a second reader as typed; being blinded is what the host knows, not what the page says. */
export const ReadingFields = z
  .strictObject(JudgementFields.shape)
  .omit({ isBlinded: true })
  .refine((reading) => reading.answer === 'cannot-tell' || reading.confidencePercent !== null, {
    message: 'a class needs a confidence',
  })
  .refine((reading) => new Set(reading.drivers.map((d) => d.feature)).size === reading.drivers.length, {
    message: 'a driver is named once',
  });
export type ReadingFields = z.output<typeof ReadingFields>;

/** A locked judgement of a second reader. */
export const ReaderJudgement = z.strictObject({
  id: z.uuid(),
  sessionId: SessionId,
  userName: z.string(),
  answer: JudgedClass,
  confidencePercent: z.int().min(0).max(100).nullable(),
  drivers: z.array(Driver).max(3),
  bands: z.array(TimeBand).max(12).optional(),
  recordingId: z.uuid().nullable().optional(),
  durationMs: z.int().min(0),
  lockedAt: Instant,
  seenBefore: z.array(SeenBefore).max(2),
});
export type ReaderJudgement = z.output<typeof ReaderJudgement>;

/** A measured trial without its date, its author and its history. */
export const ReadTrial = z.strictObject(TrialEntry.shape).omit({ deviceId: true });
export type ReadTrial = z.output<typeof ReadTrial>;

/** Whose hand it is, as far as a second reader may know: no name, no date, no diagnosis, no operation. */
export const ReadingPerson = z.strictObject({
  /** The clinic's own number, or the beginning of the session's identifier where there is none. */
  identifier: z.string(),
  ageYears: z.int().min(0),
  sex: Sex,
  heightM: z.number(),
  weightKg: z.number(),
  dominantHand: Side,
  affectedSide: AffectedSide,
});
export type ReadingPerson = z.output<typeof ReadingPerson>;

/** A recording without anything that names or dates it. */
export const ReadRecording = Recording.pick({
  id: true,
  side: true,
  measure: true,
  sampleCount: true,
  header: true,
  view: true,
});
export type ReadRecording = z.output<typeof ReadRecording>;

/** Everything a second reader judges from. */
export const ReadingMaterial = z.strictObject({
  sessionId: SessionId,
  person: ReadingPerson,
  judgedSide: Side,
  summaryRule: SummaryRule,
  trials: z.array(ReadTrial),
  recordings: z.array(ReadRecording),
});
export type ReadingMaterial = z.output<typeof ReadingMaterial>;

export const ReadingState = z.enum(['waiting', 'asked-by-you', 'read-by-you']);

/** One line of the list of readings: no answer of anybody stands in it. */
export const ReadingRow = z.strictObject({
  sessionId: SessionId,
  person: ReadingPerson,
  judgedSide: Side,
  askedAt: Instant,
  state: ReadingState,
  /** How many colleagues have read it. */
  readCount: z.int().min(0),
});
export type ReadingRow = z.output<typeof ReadingRow>;

export const TRUTH_KINDS = ['operation-note', 'imaging', 'other'] as const;
export const TruthKind = z.enum(TRUTH_KINDS);
export type TruthKind = z.output<typeof TruthKind>;

/** What became known later: a class, or words, or both. */
export const TruthFields = z
  .strictObject({
    kind: TruthKind,
    /** Day on which it became known. */
    knownOn: z.iso.date(),
    /** What it says about the class; null where it says none. */
    answer: JudgedClass.nullable(),
    text: z.string().trim().max(1000),
    /** The entry this one replaces; the earlier one stays readable. */
    supersedesId: z.uuid().nullable(),
  })
  .refine(({ answer, text }) => answer !== null || text !== '', {
    message: 'says a class or something in words',
  });
export type TruthFields = z.output<typeof TruthFields>;

export const Truth = z.strictObject({
  ...TruthFields.shape,
  id: z.uuid(),
  sessionId: SessionId,
  userName: z.string(),
  createdAt: Instant,
  /** The entry that replaced it; null while it stands. */
  supersededById: z.uuid().nullable(),
});
export type Truth = z.output<typeof Truth>;
