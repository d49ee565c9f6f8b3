import { Button } from '@mantine/core';
import { IconClock, IconEyeOff, IconWaveSine } from '@tabler/icons-react';
import { useState } from 'react';
import { measuredAgoText } from '../../../core/clinical/judged-later.ts';
import { blockOf } from '../../../core/clinical/protocols.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId, Side } from '../../../core/contract/schemas/clinical.ts';
import type { Recording } from '../../../core/contract/schemas/recording.ts';
import { pinchDirections } from '../../../core/inference/pinch-trace-channels.ts';
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
  /** To the import of a recording into this session. */
  onImport: () => void;
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

/** Whether a trace would be read with what was measured, and there is none yet: of one hand, all wrist postures. */
function canReadTrace({ trials }: SessionView, recordings: readonly Recording[] | null): boolean {
  const postures = blockOf('lateral-pinch-flexion-20').measures;
  const isMeasured = (side: Side) =>
    postures.every((measure) =>
      trials.some((trial) => trial.measure === measure && trial.side === side && trial.valueSi !== null),
    );
  const isRecorded = recordings?.some(({ header }) => pinchDirections(header.mapping.channels) !== null);
  return isRecorded === false && (isMeasured('right') || isMeasured('left'));
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
  const isLater = measuredAt !== null && Date.parse(openedAt) - Date.parse(measuredAt) > AT_ONCE_MS;
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
          {canReadTrace(view, recordings.value) && (
            <JudgingNote icon={<IconWaveSine size="1.125rem" aria-hidden="true" />}>
              Was the pinch recorded in three directions? The model reads a recording that is imported before
              you lock.{' '}
              <Button variant="default" size="compact-md" mih="var(--target)" onClick={props.onImport}>
                Import a recording
              </Button>
            </JudgingNote>
          )}
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
