import type { ReactNode } from 'react';
import styles from './result.module.css';

/** One part of the answer with the word that says what it is, so that ten seconds are enough. */
export function AnswerRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.answerRow}>
      <p className={styles.rowLabel}>{label}</p>
      <div className={styles.rowBody}>{children}</div>
    </div>
  );
}
