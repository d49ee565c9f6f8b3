/** Recordings of a session as the elbow model may read them: all channels against one even clock. */
import * as z from 'zod';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import { clockFacts } from '../../../core/formats/recording-clock.ts';
import { decodeSamples, secondsOf } from '../../../core/formats/stored-samples.ts';
import type { SampledChannel, SampledRecording } from '../../../core/inference/elbow-envelopes.ts';
import type { ReadableDb } from '../db/open-store.ts';
import {
  findHoldRow,
  type HoldHeaderRow,
  type HoldRow,
  listHoldRows,
} from '../db/repositories/analysis-repository.ts';

export interface Hold {
  id: string;
  name: string;
  side: Side | null;
  durationS: number;
  /** False where the clock has gaps or uneven steps: then no half seconds can be made of it. */
  isEven: boolean;
  recording: SampledRecording;
}

/** Of a recording's header, what is read here. */
const Header = z.looseObject({
  time: z.union([
    z.looseObject({ kind: z.literal('column'), column: z.int(), unit: z.enum(['s', 'ms', 'us']) }),
    z.looseObject({ kind: z.literal('rate'), rateHz: z.number().positive() }),
  ]),
  channels: z.array(z.looseObject({ name: z.string(), unit: z.string().nullable() })),
});

type Header = z.output<typeof Header>;

/** Null for a header of another form: this session then has one recording less to choose from. */
function headerOf(row: HoldHeaderRow): Header | null {
  const header = Header.safeParse(JSON.parse(row.header));
  return header.success ? header.data : null;
}

/** What a recording is before its samples are read. */
export interface HoldOutline {
  id: string;
  name: string;
  side: Side | null;
  channels: readonly Pick<SampledChannel, 'name' | 'unit'>[];
}

/** Those that were not set aside, in the order they were imported. */
export const listHolds = (db: ReadableDb, sessionId: string): HoldOutline[] =>
  listHoldRows(db, sessionId).flatMap((row) => {
    const header = headerOf(row);
    if (header === null) return [];
    const { id, name, side } = row;
    return [{ id, name, side: side as Side | null, channels: header.channels }];
  });

function holdFrom(row: HoldRow): Hold | null {
  const header = headerOf(row);
  if (header === null) return null;
  const { time, channels } = header;
  const hasTimes = time.kind === 'column';
  const blocks = decodeSamples(row.content, channels.length + (hasTimes ? 1 : 0));
  const [fileTimes, values] = hasTimes ? [blocks[0]!, blocks.slice(1)] : [null, blocks];
  const timeS = secondsOf(time, fileTimes, row.sample_count);
  const clock = clockFacts(timeS);
  const stepS = clock.ok ? clock.facts.medianStepS : null;
  const hasStep = stepS !== null && stepS > 0;
  return {
    id: row.id,
    name: row.name,
    side: row.side as Side | null,
    durationS: clock.ok ? clock.facts.durationS : 0,
    isEven: clock.ok && clock.facts.isEven && hasStep,
    recording: {
      // Printed times are rounded; a rate of 499.9999 was 500.
      rateHz: hasStep ? Number((1 / stepS).toPrecision(RATE_DIGITS)) : 0,
      channels: channels.map(({ name, unit }, index) => ({ name, unit, values: values[index]! })),
    },
  };
}

const RATE_DIGITS = 5;

/** A recording of a session with its samples; null when there is none, or it is of another form. */
export const findHold = (db: ReadableDb, sessionId: string, recordingId: string): Hold | null => {
  const row = findHoldRow(db, sessionId, recordingId);
  return row ? holdFrom(row) : null;
};
