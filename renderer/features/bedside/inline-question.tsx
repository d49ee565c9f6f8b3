import { Button } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './entry-notes.module.css';

/** A question in the flow of the form: it takes no focus and blocks nothing. */
export function InlineQuestion(props: {
  children: ReactNode;
  yes: string;
  no: string;
  onYes: () => void;
  onNo: () => void;
}) {
  return (
    <div className={styles.question}>
      <IconHelpCircle size="1.25rem" aria-hidden="true" />
      <p>{props.children}</p>
      <Button variant="default" onClick={props.onYes}>
        {props.yes}
      </Button>
      <Button variant="default" onClick={props.onNo}>
        {props.no}
      </Button>
    </div>
  );
}
