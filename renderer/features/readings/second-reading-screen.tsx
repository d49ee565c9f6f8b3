import { Button } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { ReadingView } from '../../../core/contract/channels/readings.ts';
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
import { personText } from '../../app/reading-words.ts';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { ComparedReadings } from './compared-readings.tsx';

export interface SecondReadingScreenProps {
  sessionId: SessionId;
  onDone: () => void;
}

/** A colleague's hand from its measurements alone; both readings and the model after the own lock. */
export function SecondReadingScreen(props: SecondReadingScreenProps) {
  const { sessionId, onDone } = props;
  const api = useApi();
  const [locked, setLocked] = useState<ReadingView | null>(null);
  const reading = useCall<ReadingView>(`reading/${sessionId}`, () => api['readings.get']({ sessionId }));
  if (reading.status === 'failed') {
    return (
      <>
        <FailureNotice
          {...errorText(reading.error)}
          incident={reading.error.incident}
          onRetry={reading.error.code.startsWith('reading.') ? undefined : reading.reload}
        />
        <Button variant="default" mt="md" onClick={onDone}>
          Back to the list
        </Button>
      </>
    );
  }
  if (reading.status === 'loading') return <LoadingLines label="Opening the measurements" />;
  const view = locked ?? reading.value;
  const { material, own } = view;
  if (own !== null) {
    return view.comparison === null ? (
      <Notice
        tone="info"
        title="Your reading is locked. The comparison is hidden while a judgement of this patient is open."
        action={<Button onClick={onDone}>Back to the list</Button>}
      >
        It comes back when that judgement is locked, or its session is closed.
      </Notice>
    ) : (
      <ComparedReadings material={material} own={own} comparison={view.comparison} onDone={onDone} />
    );
  }
  const lock = async ({ fields }: LockedForm): Promise<WireError | null> => {
    const result = await api['readings.lock']({ sessionId, reading: fields });
    if (!result.ok) return result.error;
    setLocked(result.value);
    return null;
  };
  return (
    <JudgementForm
      title="Second reading"
      measured={{
        trials: material.trials,
        summaryRule: material.summaryRule,
        affectedSide: material.person.affectedSide,
      }}
      recordings={material.recordings}
      judgedSide={material.judgedSide}
      notes={
        <JudgingNote icon={<IconEyeOff size="1.125rem" aria-hidden="true" />}>
          <strong>{material.person.identifier}</strong>, {SIDE_NAMES[material.judgedSide]} hand:{' '}
          {personText(material.person)}. Name, dates, diagnosis, operation and every other answer stay hidden
          until you lock.
        </JudgingNote>
      }
      closedTitle="First reading and model"
      closed={
        <ClosedWords title="opens after you lock">
          You read alone. A locked reading stays as it was made, with time and your name.
        </ClosedWords>
      }
      lockLabel="Lock and compare"
      leave={<LeaveButton onClick={onDone}>Leave it for later</LeaveButton>}
      onLeave={onDone}
      onLock={lock}
    />
  );
}
