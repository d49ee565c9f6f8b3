/** The recording of a session that `wrist-state` reads beside the typed values. */
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import type { ModelInput } from '../../../core/contract/schemas/judgement.ts';
import { decodeSamples, secondsOf } from '../../../core/formats/stored-samples.ts';
import { pinchDirections, pinchTraceOf } from '../../../core/inference/pinch-trace-channels.ts';
import type { ReadableDb } from '../db/open-store.ts';
import {
  findSamples,
  listSessionRecordings,
  type RecordingRow,
} from '../db/repositories/recording-repository.ts';
import { lockSeq, stepsOf } from '../db/repositories/step-order.ts';

/**
 * The newest recording of a key pinch of that hand in three directions that is not set aside. After the lock only those that
 * were there before: model and clinician judge the same.
 */
export function traceRecordingOf(db: ReadableDb, sessionId: string, side: Side): RecordingRow | null {
  const lock = lockSeq(db, sessionId);
  const wasThere = ({ id }: RecordingRow) =>
    lock === 0 || (stepsOf(db, 'recording.imported', id)[0]?.seq ?? 0) < lock;
  const found = listSessionRecordings(db, sessionId).findLast(
    (recording) =>
      recording.measure === 'lateral-pinch' &&
      recording.side === side &&
      pinchDirections(recording.header.mapping.channels) !== null &&
      wasThere(recording),
  );
  return found ?? null;
}

/**
 * The trace of that recording as it was imported: a later tare or crop does not change what was judged, and the quiet start
 * is taken off anyway. Empty without such a recording, so that the hash of other sessions stays what it was.
 */
export function pinchTraceInput(
  db: ReadableDb,
  sessionId: string,
  side: Side,
): Pick<ModelInput, 'pinchTraceN' | 'pinchTraceSource'> {
  const recording = traceRecordingOf(db, sessionId, side);
  const content = recording && findSamples(db, recording.id);
  if (!recording || !content) return {};
  const { time, channels } = recording.header.mapping;
  const hasTimes = time.kind === 'column';
  const blocks = decodeSamples(content, channels.length + (hasTimes ? 1 : 0));
  const values = hasTimes ? blocks.slice(1) : blocks;
  const read = pinchTraceOf({
    timeS: secondsOf(time, hasTimes ? blocks[0]! : null, recording.sampleCount),
    directions: pinchDirections(channels)!.map((place) => ({
      values: values[place]!,
      unit: channels[place]!.unit,
    })),
    crop: recording.header.firstView.crop,
  });
  const recordingId = recording.id;
  return read.ok
    ? { pinchTraceN: read.traceN, pinchTraceSource: { recordingId, startS: read.startS, problem: null } }
    : { pinchTraceSource: { recordingId, startS: null, problem: read.problem } };
}
