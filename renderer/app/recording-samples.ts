import { useEffect, useState } from 'react';
import type { WireError } from '../../core/contract/errors.ts';
import type { Recording } from '../../core/contract/schemas/recording.ts';
import type { Api } from '../../core/contract/wire.ts';
import type { RecordingUnit } from '../../core/formats/recording-units.ts';
import { type Crop, croppedRange, tareOffset } from '../../core/formats/recording-view.ts';
import { decodeSamples, secondsOf } from '../../core/formats/stored-samples.ts';
import type { TraceSeries } from '../charts/trace-band-props.ts';
import { useApi } from '../platform/api.tsx';
import { readBytes } from '../platform/bulk.ts';

/** The samples of a recording as stored: the file's values in the file's units. */
export interface RecordingSamples {
  /** Seconds after the first sample. */
  timeS: Float64Array;
  /** In the order of the mapping's channels. */
  channels: readonly Float64Array[];
}

/** What reading samples needs to know of a recording. */
export type SampledRecording = Pick<Recording, 'id' | 'header' | 'sampleCount'>;

const UPLOAD_ERROR: WireError = { code: 'recording.upload', incident: 'transfer' };

/** Fetches the samples by a one-time path. */
export async function loadSamples(
  api: Api,
  recording: SampledRecording,
  signal: AbortSignal,
): Promise<{ ok: true; value: RecordingSamples } | { ok: false; error: WireError }> {
  const offered = await api['recordings.samplePath']({ recordingId: recording.id });
  if (!offered.ok) return offered;
  const read = await readBytes(offered.value.path, signal);
  if (!read.ok) return { ok: false, error: UPLOAD_ERROR };
  performance.mark('trace-samples-ready');
  const blocks = decodeSamples(read.value, offered.value.blockCount);
  const { time } = recording.header.mapping;
  const fileTimes = time.kind === 'column' ? (blocks.shift() ?? null) : null;
  return {
    ok: true,
    value: { timeS: secondsOf(time, fileTimes, recording.sampleCount), channels: blocks },
  };
}

export type SamplesState =
  | { status: 'loading' }
  | { status: 'ready'; samples: RecordingSamples }
  | { status: 'failed'; error: WireError };

/** The samples of a recording, read once for each; null: nothing is asked. */
export function useRecordingSamples(recording: SampledRecording | null): SamplesState {
  const api = useApi();
  const [state, setState] = useState<{ id: string; state: SamplesState } | null>(null);
  const id = recording?.id ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the samples of a recording never change
  useEffect(() => {
    if (recording === null || id === null) return;
    const stop = new AbortController();
    void loadSamples(api, recording, stop.signal).then((result) => {
      if (stop.signal.aborted) return;
      setState({
        id,
        state: result.ok
          ? { status: 'ready', samples: result.value }
          : { status: 'failed', error: result.error },
      });
    });
    return () => stop.abort();
  }, [api, id]);
  return state !== null && state.id === id ? state.state : { status: 'loading' };
}

const UNIT_WORDS: Readonly<Partial<Record<RecordingUnit, string>>> = {
  'N.m': 'N·m',
  'kg.cm': 'kg·cm',
  'lb.in': 'lb·in',
  deg: '°',
  uV: 'µV',
};
export const recordingUnitText = (unit: RecordingUnit): string => UNIT_WORDS[unit] ?? unit;

/** A heading without the unit in brackets at its end: the unit is printed apart, once. */
export const nameWithoutUnit = (heading: string): string =>
  heading.replace(/\s*[([][^)\]]*[)\]]\s*$/, '') || heading;

/** Series that were made already: the same question gets the same object, so that a chart is not drawn anew for it. */
const made = new WeakMap<RecordingSamples, Map<string, TraceSeries | null>>();
/** Of one recording; a drag of its ends asks for many. */
const MAX_KEPT = 4;

/**
 * One channel as it is drawn: tare taken off, cut to the crop. Times stay those after the first sample of the whole
 * recording, so that a brushed band means the same with and without a crop.
 * @returns null when a tare's stretch of rest holds no values; the same object for the same question.
 */
export function traceSeries(
  recording: Pick<Recording, 'header'>,
  samples: RecordingSamples,
  channel: number,
  view: { tares: Recording['view']['tares']; crop: Crop | null },
): TraceSeries | null {
  const kept = made.get(samples) ?? new Map<string, TraceSeries | null>();
  made.set(samples, kept);
  const key = JSON.stringify([channel, view.tares[channel] ?? null, view.crop]);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const series = makeSeries(recording, samples, channel, view);
  const [oldest] = kept.keys();
  if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, series);
  return series;
}

function makeSeries(
  recording: Pick<Recording, 'header'>,
  samples: RecordingSamples,
  channel: number,
  view: { tares: Recording['view']['tares']; crop: Crop | null },
): TraceSeries | null {
  const values = samples.channels[channel];
  const mapped = recording.header.mapping.channels[channel];
  if (values === undefined || mapped === undefined) return null;
  const offset = tareOffset(samples.timeS, values, view.tares[channel] ?? null);
  if (offset === null) return null;
  const { first, end } = croppedRange(samples.timeS, view.crop);
  const shown = values.slice(first, end);
  return {
    timeS: samples.timeS.slice(first, end),
    values: offset === 0 ? shown : shown.map((value) => value - offset),
    name: nameWithoutUnit(mapped.name),
    unit: recordingUnitText(mapped.unit),
  };
}
