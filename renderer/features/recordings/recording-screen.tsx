import { Button } from '@mantine/core';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useRecordingSamples } from '../../app/recording-samples.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordingView } from './recording-view.tsx';
import { recordingTitle } from './recording-words.ts';

/** One recording: trace, marks, facts. */
export function RecordingScreen(props: { sessionId: SessionId; recordingId: string; onDone: () => void }) {
  const { recordingId } = props;
  const api = useApi();
  const call = useCall(`recording/${recordingId}`, () => api['recordings.get']({ recordingId }));
  const samples = useRecordingSamples(call.value);
  const done = (
    <Button variant="default" onClick={props.onDone}>
      All recordings
    </Button>
  );
  if (call.status === 'failed') {
    return (
      <Page title="Recording" actions={done}>
        <FailureNotice {...errorText(call.error)} incident={call.error.incident} onRetry={call.reload} />
      </Page>
    );
  }
  if (call.status === 'loading') return <LoadingLines label="Reading the recording" />;
  return (
    <Page title={recordingTitle(call.value)} actions={done}>
      {samples.status === 'loading' && <LoadingLines label="Reading the samples" />}
      {samples.status === 'failed' && (
        <FailureNotice
          title="The samples could not be read."
          whatToDo="The recording is safe in the records. Open it again from the list of recordings."
          incident={samples.error.incident}
        />
      )}
      {samples.status === 'ready' && (
        <RecordingView key={recordingId} stored={call.value} samples={samples.samples} />
      )}
    </Page>
  );
}
