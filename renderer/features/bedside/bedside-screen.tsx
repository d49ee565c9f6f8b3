import { Button } from '@mantine/core';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { SessionDraft, SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { BedsideForm } from './bedside-form.tsx';

export interface BedsideScreenProps {
  sessionId: SessionId;
  onJudge: () => void;
  /** To an earlier session of this patient that waits for its judgement. */
  onJudgeEarlier: (sessionId: SessionId) => void;
  onSavedOnly: () => void;
  /** With the form as it was typed, so that it can be taken back. */
  onDiscarded: (draft: SessionDraft) => void;
  /** Leaves a session whose measurements are stored already. */
  onBack: () => void;
}

/** Bedside entry of one session: reads it, then hands over to the form. */
export function BedsideScreen(props: BedsideScreenProps) {
  const { sessionId } = props;
  const api = useApi();
  const session = useCall<SessionView>(`bedside/${sessionId}`, () => api['sessions.get']({ sessionId }));
  const devices = useCall(`devices/${sessionId}`, () => api['devices.list']({}));
  if (session.status === 'failed') {
    return (
      <FailureNotice
        {...errorText(session.error)}
        incident={session.error.incident}
        onRetry={session.reload}
      />
    );
  }
  if (session.status === 'loading' || devices.status === 'loading') {
    return <LoadingLines label="Opening the session" />;
  }
  if (session.value.session.state !== 'measuring') {
    return (
      <Notice
        tone="info"
        title="The measurements of this session are saved."
        action={<Button onClick={props.onBack}>Back to the patient</Button>}
      >
        They stay as they are; a correction is made from the session itself.
      </Notice>
    );
  }
  // Without the list of devices a session can still be measured: the device is then "not named".
  return (
    <BedsideForm
      {...props}
      key={sessionId}
      view={session.value}
      devices={devices.value ?? []}
      onDevicesChanged={devices.reload}
    />
  );
}
