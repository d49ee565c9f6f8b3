import type { ReactNode } from 'react';
import answer from './answer.module.css';

/** One part of the answer with the word that says what it is, so that ten seconds are enough. */
export function AnswerRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={answer.answerRow}>
      <p className={answer.rowLabel}>{label}</p>
      <div className={answer.rowBody}>{children}</div>
    </div>
  );
}
