/** Recordings of a session as the elbow model may read them: all channels against one even clock. */
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import { tareOffset } from '../../../core/formats/recording-view.ts';
import { decodeSamples, secondsOf } from '../../../core/formats/stored-samples.ts';
import type { SampledChannel, SampledRecording } from '../../../core/inference/elbow-envelopes.ts';
import type { ReadableDb } from '../db/open-store.ts';
import {
  findNewestView,
  findRecording,
  findSamples,
  listSessionRecordings,
  type RecordingRow,
} from '../db/repositories/recording-repository.ts';

/** What a recording is before its samples are read. */
export interface HoldOutline {
  id: string;
  name: string;
  side: Side | null;
  durationS: number;
  /** Null where steps are uneven: then no half seconds can be made of it. */
  rateHz: number | null;
  channels: readonly Pick<SampledChannel, 'name' | 'unit'>[];
}

export interface Hold extends HoldOutline {
  rateHz: number;
  recording: SampledRecording;
}

/** Printed times are rounded: a rate of 499.9999 was 500. */
const RATE_DIGITS = 5;

function outlineOf({ id, name, side, header }: RecordingRow): HoldOutline {
  const { isEven, medianStepS, durationS } = header.clock;
  return {
    id,
    name,
    side: side as Side | null,
    durationS,
    rateHz: isEven && medianStepS ? Number((1 / medianStepS).toPrecision(RATE_DIGITS)) : null,
    channels: header.mapping.channels.map(({ name: channel, unit }) => ({ name: channel, unit })),
  };
}

/** Those that were not set aside, in the order they were imported. */
export const listHolds = (db: ReadableDb, sessionId: string): HoldOutline[] =>
  listSessionRecordings(db, sessionId).map(outlineOf);

/**
 * A recording of a session with its samples and the tare that is shown; also one that was set aside since, because a
 * judgement was made on it. A crop is not applied: the judgement says itself where the hold begins.
 * @returns null when the session has no such recording or its clock is uneven.
 */
export function findHold(db: ReadableDb, sessionId: string, recordingId: string): Hold | null {
  const row = findRecording(db, recordingId);
  const content = row?.sessionId === sessionId ? findSamples(db, recordingId) : undefined;
  if (!row || !content) return null;
  const outline = outlineOf(row);
  const { rateHz } = outline;
  if (rateHz === null) return null;
  const { time, channels } = row.header.mapping;
  const hasTimes = time.kind === 'column';
  const blocks = decodeSamples(content, channels.length + (hasTimes ? 1 : 0));
  const timeS = secondsOf(time, hasTimes ? blocks[0]! : null, row.sampleCount);
  const { tares } = findNewestView(db, recordingId)?.view ?? row.header.firstView;
  const values = hasTimes ? blocks.slice(1) : blocks;
  return {
    ...outline,
    rateHz,
    recording: {
      rateHz,
      channels: outline.channels.map((channel, index) => {
        // A rest that is too short for its tare leaves the channel without values: a gap, never another zero line.
        const offset = tareOffset(timeS, values[index]!, tares[index] ?? null) ?? Number.NaN;
        return { ...channel, values: values[index]!.map((value) => value - offset) };
      }),
    },
  };
}
