import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { WireError } from '../../../core/contract/errors.ts';
import { FailureNotice } from '../../ui/notice.tsx';
import { errorText } from '../error-text.ts';
import styles from './analysis.module.css';

/** What a form of judgement ends with: why it was not taken, what is still open, and the lock. */
export function JudgementFooter(props: {
  error: WireError | null;
  isBusy: boolean;
  /** Set for a further judgement, which can be left. */
  onCancel: (() => void) | null;
  onLock: () => void;
  /** What is still open, in words. */
  children?: ReactNode;
}) {
  return (
    <>
      {props.error && (
        <FailureNotice {...errorText(props.error)} incident={props.error.incident} onRetry={props.onLock} />
      )}
      {props.children}
      <footer className={styles.lock}>
        {props.onCancel && (
          <Button variant="default" onClick={props.onCancel}>
            Keep the first judgement only
          </Button>
        )}
        <Button
          loading={props.isBusy}
          aria-keyshortcuts="Control+Enter"
          leftSection={<IconLock size="1.125rem" aria-hidden="true" />}
          onClick={props.onLock}
        >
          {props.onCancel ? 'Keep this judgement too' : 'Lock and show'}
        </Button>
      </footer>
    </>
  );
}
