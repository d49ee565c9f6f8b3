import * as z from 'zod';
import { TRACE_MARK_KINDS } from '../../clinical/trace-mark-proposals.ts';
import { DECIMAL_SIGNS, DELIMITERS } from '../../formats/delimited-dialect.ts';
import { MAX_RECORDING_CHANNELS, SAMPLE_RATE_RANGE_HZ } from '../../formats/recording-mapping.ts';
import { CHANNEL_ROLES, RECORDING_UNITS, TIME_UNITS } from '../../formats/recording-units.ts';
import { Instant, Measure, NamingText, PatientId, SessionId, Side } from './clinical.ts';

export const RecordingId = z.uuid();

const ColumnIndex = z.int().min(0).max(4095);
const ColumnName = NamingText.pipe(z.string().max(200));
export const RecordingMapping = z.strictObject({
  delimiter: z.enum(DELIMITERS),
  decimalSign: z.enum(DECIMAL_SIGNS),
  time: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('column'), column: ColumnIndex, unit: z.enum(TIME_UNITS) }),
    z.strictObject({
      kind: z.literal('rate'),
      rateHz: z.number().min(SAMPLE_RATE_RANGE_HZ[0]).max(SAMPLE_RATE_RANGE_HZ[1]),
    }),
  ]),
  channels: z
    .array(
      z.strictObject({
        column: ColumnIndex,
        role: z.enum(CHANNEL_ROLES),
        name: ColumnName,
        unit: z.enum(RECORDING_UNITS),
      }),
    )
    .min(1)
    .max(MAX_RECORDING_CHANNELS),
});

export type RecordingMapping = z.output<typeof RecordingMapping>;

/** Seconds after the first sample. */
const Seconds = z.number().min(0).max(10_000_000);
const isForward = (stretch: { fromS: number; toS: number }) => stretch.toS > stretch.fromS;
export const Tare = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), value: z.number().min(-1e9).max(1e9) }),
  z.strictObject({ kind: z.literal('rest'), fromS: Seconds, toS: Seconds }).refine(isForward),
]);
export const Crop = z.strictObject({ fromS: Seconds, toS: Seconds }).refine(isForward);

export const TraceMarkKind = z.enum(TRACE_MARK_KINDS);
/** Who put a mark where it is: the app's rule, or a person by name. */
export const TraceMark = z.strictObject({
  kind: TraceMarkKind,
  atS: Seconds,
  placedBy: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('app') }),
    z.strictObject({ kind: z.literal('person'), userName: z.string() }),
  ]),
});
export type TraceMark = z.output<typeof TraceMark>;

/** How a recording is looked at; each change is a version, the samples never change. */
export const RecordingView = z.strictObject({
  /** One a channel; null: nothing is taken off. */
  tares: z.array(Tare.nullable()).min(1).max(MAX_RECORDING_CHANNELS),
  crop: Crop.nullable(),
  /** Null until somebody moved or kept a mark: the app's proposals are shown. */
  marks: z.array(TraceMark).max(TRACE_MARK_KINDS.length).nullable(),
});
export type RecordingView = z.output<typeof RecordingView>;

export const UnitSource = z.enum(['file', 'person']);
export const RecordingHeader = z.strictObject({
  format: z.literal('prehensa-recording-1'),
  mapping: RecordingMapping,
  /** Who says so: the file's own heading, or the person who imported it. */
  timeSource: UnitSource,
  unitSources: z.array(UnitSource),
  /** Samples without a value, one a channel. */
  missingCounts: z.array(z.int().min(0)),
  clock: z.strictObject({
    durationS: z.number(),
    medianStepS: z.number().nullable(),
    isEven: z.boolean(),
    gapCount: z.int(),
    longestStepS: z.number(),
    repeatedCount: z.int(),
  }),
  emptyTailCount: z.int().min(0),
  /** Tare and crop as imported. */
  firstView: RecordingView,
});
export type RecordingHeader = z.output<typeof RecordingHeader>;

export const Recording = z.strictObject({
  id: RecordingId,
  sessionId: SessionId,
  patientId: PatientId,
  /** Start of the session; it and the time of the import are null while a blinded judgement of the patient is open. */
  sessionStartedAt: Instant.nullable(),
  side: Side.nullable(),
  measure: Measure,
  /**
   * Empty while a blinded judgement is open, as is the file's name, and channels are then numbered: each may tell the
   * operation.
   */
  name: z.string(),
  fileName: z.string(),
  fileSha256: z.string().length(64),
  sampleCount: z.int().min(1),
  header: RecordingHeader,
  view: RecordingView,
  /** 0 as imported. */
  viewVersion: z.int().min(0),
  viewChangedBy: z.string().nullable(),
  importedBy: z.string(),
  importedAt: Instant.nullable(),
  isSetAside: z.boolean(),
  isBlinded: z.boolean(),
});
export type Recording = z.output<typeof Recording>;
