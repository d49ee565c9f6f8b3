import { useId } from 'react';
import type { CellKey } from '../../../core/clinical/entry-walk.ts';
import styles from './entry-grid.module.css';

export interface CellHandlers {
  onText: (key: CellKey, text: string) => void;
  onFocus: (key: CellKey) => void;
  onLeave: (key: CellKey) => void;
  onKeyDown: (key: CellKey, event: React.KeyboardEvent<HTMLInputElement>) => void;
}

interface Props extends CellHandlers {
  cell: CellKey;
  label: string;
  text: string;
  /** Sentence under the table that belongs to this cell, if any. */
  problem: string | null;
  isAsked: boolean;
  isDisabled: boolean;
  /** The in-app pad is open: the system's own keyboard stays away. */
  hasPad: boolean;
}

/** One number of the form. It takes any characters: what cannot be read is said, not blocked. */
export function StrengthCell(props: Props) {
  const { cell, label, text, problem, isAsked, isDisabled, hasPad } = props;
  const problemId = useId();
  return (
    <>
      <input
        data-cell={cell}
        className={styles.cell}
        aria-label={label}
        aria-invalid={problem !== null && !isAsked}
        aria-describedby={problem ? problemId : undefined}
        data-asked={isAsked || undefined}
        inputMode={hasPad ? 'none' : 'decimal'}
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        disabled={isDisabled}
        value={text}
        onChange={(event) => props.onText(cell, event.currentTarget.value)}
        onFocus={(event) => {
          event.currentTarget.select();
          props.onFocus(cell);
        }}
        onBlur={() => props.onLeave(cell)}
        onKeyDown={(event) => props.onKeyDown(cell, event)}
      />
      {problem && (
        <span id={problemId} hidden>
          {problem}
        </span>
      )}
    </>
  );
}
