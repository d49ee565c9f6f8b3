import { IconAlertCircle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { EntryProblem, EntryQuestion } from '../../../core/clinical/session-entries.ts';
import styles from './entry-notes.module.css';
import { InlineQuestion } from './inline-question.tsx';
import { placeName } from './place-names.ts';

/** What cannot be read and what is unusual, in words under the table, each with the way back to its cell. */
export function EntryMessages(props: {
  problems: readonly EntryProblem[];
  questions: readonly EntryQuestion[];
  onGo: (key: string) => void;
  onConfirm: (key: EntryQuestion['key']) => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const newest = props.questions.at(-1)?.key ?? null;
  // A question below the edge of the window stops the save without being seen.
  useEffect(() => {
    if (newest !== null) root.current?.lastElementChild?.scrollIntoView?.({ block: 'nearest' });
  }, [newest]);
  return (
    <div ref={root} className={styles.messages} aria-live="polite">
      {props.problems.map(({ key, sentence }) => (
        <p key={key} className={styles.problem}>
          <IconAlertCircle size="1.125rem" aria-hidden="true" />
          <button type="button" className={styles.placeLink} onClick={() => props.onGo(key)}>
            {placeName(key)}
          </button>
          <span>{sentence}</span>
        </p>
      ))}
      {props.questions.map(({ key, sentence }) => (
        <InlineQuestion
          key={key}
          yes="Yes, keep it"
          no="Change it"
          onYes={() => props.onConfirm(key)}
          onNo={() => props.onGo(key)}
        >
          <strong>{placeName(key)}:</strong> {sentence}
        </InlineQuestion>
      ))}
    </div>
  );
}
