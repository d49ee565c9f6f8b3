import type { ReactNode } from 'react';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import type { ReadRecording } from '../../../core/contract/schemas/reading.ts';
import type { TraceSeries } from '../../charts/trace-band-props.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { traceSeries, useRecordingSamples } from '../recording-samples.ts';

/** The newest recording of key pinch of one hand, or of both at once; null when there is none. */
export function pinchRecordingOf<T extends Pick<ReadRecording, 'side' | 'measure'>>(
  recordings: readonly T[],
  side: Side | null,
): T | null {
  return (
    recordings.findLast(
      (each) => each.measure.startsWith('lateral-pinch') && (each.side === null || each.side === side),
    ) ?? null
  );
}

/** Reads the samples of a recording and gives its force on; says so while it waits and when it cannot. */
export function TraceOfRecording(props: {
  recording: ReadRecording;
  children: (series: TraceSeries) => ReactNode;
}) {
  const { recording } = props;
  const samples = useRecordingSamples(recording);
  if (samples.status === 'loading') return <LoadingLines label="Reading the recording" />;
  const channel = Math.max(
    0,
    recording.header.mapping.channels.findIndex(({ role }) => role === 'force'),
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
