import { Button } from '@mantine/core';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { JudgementForm } from './judgement-form.tsx';

export interface JudgementScreenProps {
  sessionId: SessionId;
  onLocked: () => void;
  onSavedOnly: () => void;
  /** To the measurements as typed, to correct one before judging. */
  onCorrect: () => void;
}

/** The clinician's own judgement, before anything of a prediction exists anywhere. */
export function JudgementScreen(props: JudgementScreenProps) {
  const { sessionId } = props;
  const api = useApi();
  const session = useCall<SessionView>(`judgement/${sessionId}`, () => api['sessions.get']({ sessionId }));
  if (session.status === 'failed') {
    return (
      <FailureNotice
        {...errorText(session.error)}
        incident={session.error.incident}
        onRetry={session.reload}
      />
    );
  }
  if (session.status === 'loading') return <LoadingLines label="Opening the session" />;
  const { state } = session.value.session;
  if (state === 'measuring') {
    return (
      <Notice tone="info" title="The measurements of this session are not saved yet.">
        Go back to the bedside form and save them; the judgement follows.
      </Notice>
    );
  }
  if (state !== 'saved') {
    return (
      <Notice
        tone="info"
        title="The judgement of this session is locked."
        action={<Button onClick={props.onLocked}>See the result</Button>}
      >
        It stays as it was made.
      </Notice>
    );
  }
  return <JudgementForm {...props} key={sessionId} view={session.value} />;
}
