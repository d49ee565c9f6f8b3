import { Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** A quiet message in the flow of the page: an icon, words, and colour only as the third carrier. */
export function Notice(props: {
  tone: 'info' | 'caution' | 'danger';
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const Icon = props.tone === 'info' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div
      className={styles.notice}
      data-tone={props.tone}
      role={props.tone === 'danger' ? 'alert' : undefined}
    >
      <Icon className={styles.icon} aria-hidden="true" size={20} stroke={1.75} />
      <div className={styles.words}>
        <p className={styles.title}>{props.title}</p>
        {props.children !== undefined && <div className={styles.body}>{props.children}</div>}
      </div>
      {props.action !== undefined && <div className={styles.action}>{props.action}</div>}
    </div>
  );
}

/** A failure: what happened, what to do, the incident number of the local log if there is one, and a way to try again. */
export function FailureNotice(props: {
  title: string;
  whatToDo: string;
  incident: string | null;
  onRetry?: (() => void) | undefined;
}) {
  return (
    <Notice
      tone="danger"
      title={props.title}
      action={
        props.onRetry !== undefined && (
          <Button variant="default" onClick={props.onRetry}>
            Try again
          </Button>
        )
      }
    >
      <p>{props.whatToDo}</p>
      {props.incident !== null && <p className={styles.incident}>Incident {props.incident}</p>}
    </Notice>
  );
}
