import { Button } from '@mantine/core';
import { IconClock, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { measuredAgoText } from '../../../core/clinical/judged-later.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import {
  ClosedWords,
  JudgementForm,
  JudgingNote,
  LeaveButton,
  type LockedForm,
} from '../../app/judging/judgement-form.tsx';
import { measurementsOf } from '../../app/judging/measured-features.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';

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
  return <Judging {...props} key={sessionId} view={session.value} />;
}

/** A session measured this long ago is judged in one go with the measuring; nothing has to be said. */
const AT_ONCE_MS = 30 * 60_000;

function Judging(props: JudgementScreenProps & { view: SessionView }) {
  const { sessionId, view } = props;
  const { session, patient } = view;
  const api = useApi();
  const recordings = useCall(`recordings/${sessionId}`, () =>
    api['recordings.listForSession']({ sessionId }),
  );
  const [openedAt] = useState(() => new Date().toISOString());
  const measuredAt = session.savedAt ?? session.startedAt;
  const isLater = Date.parse(openedAt) - Date.parse(measuredAt) > AT_ONCE_MS;
  const isSideGiven = patient.affectedSide === 'right' || patient.affectedSide === 'left';
  const lock = async ({ side, fields }: LockedForm): Promise<WireError | null> => {
    const result = await api['sessions.lockJudgement']({
      sessionId,
      judgedSide: side,
      judgement: { ...fields, isBlinded: session.isBlinded },
    });
    if (!result.ok) return result.error;
    props.onLocked();
    return null;
  };
  return (
    <JudgementForm
      title="Your judgement"
      measured={measurementsOf(view)}
      recordings={recordings.value ?? []}
      judgedSide={isSideGiven ? (patient.affectedSide as 'right' | 'left') : null}
      notes={
        <>
          {session.isBlinded && (
            <JudgingNote icon={<IconEyeOff size="1.125rem" aria-hidden="true" />}>
              Blinded: diagnosis, operation and dates stay hidden until you lock.
            </JudgingNote>
          )}
          {isLater && (
            <JudgingNote icon={<IconClock size="1.125rem" aria-hidden="true" />}>
              Measured {measuredAgoText(measuredAt, openedAt)}. You can still judge; the judgement says how
              much later it was made.
            </JudgingNote>
          )}
        </>
      }
      closedTitle="Model"
      closed={
        <ClosedWords title="opens after you lock">
          Nothing is computed before. A locked judgement stays as it was made.
        </ClosedWords>
      }
      lockLabel="Lock and show"
      leave={
        <>
          <Button variant="subtle" color="gray" onClick={props.onCorrect}>
            Correct a measured value
          </Button>
          <LeaveButton onClick={props.onSavedOnly}>Save measurements only</LeaveButton>
        </>
      }
      onLeave={props.onSavedOnly}
      onLock={lock}
    />
  );
}
