import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDots } from '@tabler/icons-react';
import { errorText } from '../../app/error-text.ts';
import styles from './bedside.module.css';
import type { DraftStatus } from './draft-saver.ts';

/** Says whether the form is on disk; a failure stays in words until it is repaired. */
export function DraftStatusLine({ status, onRetry }: { status: DraftStatus; onRetry: () => void }) {
  if (status.kind === 'failed') {
    const text = errorText(status.error);
    return (
      <div className={styles.draftFailed} role="alert">
        <IconAlertTriangle size="1.25rem" aria-hidden="true" />
        <p>
          <strong>The draft is not on disk yet.</strong> {text.title} {text.whatToDo} What you typed stays on
          this screen. Incident {status.error.incident}.
        </p>
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      </div>
    );
  }
  return (
    <p className={styles.draftStatus}>
      {status.kind === 'saved' && (
        <>
          <IconCheck size="1rem" aria-hidden="true" /> draft saved at {clock(status.savedAt)}
        </>
      )}
      {status.kind === 'pending' && (
        <>
          <IconDots size="1rem" aria-hidden="true" /> saving the draft
        </>
      )}
      {status.kind === 'unchanged' && 'what you type is saved as you go'}
    </p>
  );
}

const clock = (instant: string) =>
  new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
