import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import { errorText } from '../../app/error-text.ts';
import { failureWords, type RevealFailure } from '../../app/model-failure.ts';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import styles from './result.module.css';

/** A judged session without a result is closed by a newer host only: an older one keeps it open, and loses nothing. */
export function saveErrorText(error: WireError, state: SessionView['session']['state']) {
  return error.code === 'session.wrong_state' && state === 'locked'
    ? {
        title: 'This session stays open for now.',
        whatToDo:
          'The judgement and every value are stored. It can be closed as soon as the model has answered.',
      }
    : errorText(error);
}

export function Outdated(props: {
  isForAnotherPerson: boolean;
  isTraceChanged: boolean;
  onAskAgain: () => void;
}) {
  const { isForAnotherPerson, isTraceChanged, onAskAgain } = props;
  return (
    <Notice
      tone="caution"
      title={
        isForAnotherPerson
          ? 'This answer was computed for another person.'
          : isTraceChanged
            ? 'The recording that this answer read is no longer the one of this session.'
            : 'A value was corrected after this answer.'
      }
      action={
        <Button variant="default" onClick={onAskAgain}>
          Ask the model again
        </Button>
      }
    >
      {isForAnotherPerson
        ? 'The session was put under this patient afterwards: sex, age and size below are not theirs.'
        : isTraceChanged
          ? 'It was set aside or taken back afterwards; what stands below was made from the trace before.'
          : 'What stands below was made from the value before.'}{' '}
      Asked again, the model reads the present values; the earlier answer stays in the records.
    </Notice>
  );
}

export function NoResult({ failure, onRetry }: { failure: RevealFailure; onRetry: () => void }) {
  return (
    <>
      <FailureNotice {...failureWords(failure)} onRetry={onRetry} />
      <p className={styles.quiet}>
        Your judgement is locked and safe, every measured value is stored, and nothing was lost. The model can
        be asked again at any time.
      </p>
    </>
  );
}

export function EndActions(props: {
  canClose: boolean;
  isBusy: boolean;
  onClose: () => void;
  onDone: () => void;
  /** Further ways on. */
  children?: ReactNode;
}) {
  const { canClose } = props;
  return (
    <footer className={styles.actions}>
      <Button variant={canClose ? 'default' : 'filled'} onClick={props.onDone}>
        Back to the patient
      </Button>
      {props.children}
      {canClose && (
        <Button loading={props.isBusy} onClick={props.onClose}>
          Close the session
        </Button>
      )}
    </footer>
  );
}
