import type { ReactNode } from 'react';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import type { ReadRecording } from '../../../core/contract/schemas/reading.ts';
import { pinchDirections } from '../../../core/inference/pinch-trace-channels.ts';
import type { TraceSeries } from '../../charts/trace-band-props.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { traceSeries, useRecordingSamples } from '../recording-samples.ts';

type PinchRecording = Pick<ReadRecording, 'side' | 'measure' | 'header'>;

/**
 * The recording of key pinch that is judged: the one that the model may read (that hand, wrist straight, three directions),
 * else the newest of that hand or of both at once; null when there is none.
 */
export function pinchRecordingOf<T extends PinchRecording>(
  recordings: readonly T[],
  side: Side | null,
): T | null {
  const isRead = (each: T) =>
    each.measure === 'lateral-pinch' &&
    each.side === side &&
    pinchDirections(each.header.mapping.channels) !== null;
  const isOfHand = (each: T) =>
    each.measure.startsWith('lateral-pinch') && (each.side === null || each.side === side);
  return recordings.findLast(isRead) ?? recordings.findLast(isOfHand) ?? null;
}

/** Reads the samples of a recording and gives its force on; says so while it waits and when it cannot. */
export function TraceOfRecording(props: {
  recording: ReadRecording;
  children: (series: TraceSeries) => ReactNode;
}) {
  const { recording } = props;
  const samples = useRecordingSamples(recording);
  if (samples.status === 'loading') return <LoadingLines label="Reading the recording" />;
  const { channels } = recording.header.mapping;
  // Of three directions the palmar one: what a gauge reads.
  const channel =
    pinchDirections(channels)?.[0] ??
    Math.max(
      0,
      channels.findIndex(({ role }) => role === 'force'),
    );
  const series =
    samples.status === 'ready' ? traceSeries(recording, samples.samples, channel, recording.view) : null;
  if (series === null) {
    return (
      <FailureNotice
        title="The recording could not be read."
        whatToDo="It is safe in the records. You can judge without it."
        incident={samples.status === 'failed' ? samples.error.incident : null}
      />
    );
  }
  return props.children(series);
}
