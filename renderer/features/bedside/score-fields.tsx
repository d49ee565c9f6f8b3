import { useState } from 'react';
import { cellKey } from '../../../core/clinical/entry-walk.ts';
import { measureOf } from '../../../core/clinical/measures.ts';
import { SCORE_BLOCK } from '../../../core/clinical/protocols.ts';
import { cellText } from '../../../core/clinical/session-entries.ts';
import type { EntryProps } from './entry-fields.tsx';
import { rowName } from './place-names.ts';
import styles from './score-fields.module.css';
import { StrengthCell } from './strength-cell.tsx';

/** Scores of questionnaires that were filled in elsewhere: the number only, none of their items stand in the app. */
export function ScoreFields(props: EntryProps) {
  const { draft } = props;
  const keys = SCORE_BLOCK.measures.map((measure) => ({ measure, key: cellKey(measure, 'right', 1) }));
  const typed = keys.filter(({ key }) => cellText(draft, key) !== '').length;
  const [isOpen, setIsOpen] = useState(typed > 0);
  return (
    <details
      className={styles.scores}
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>Questionnaire scores{typed > 0 ? ` (${typed})` : ''}</summary>
      <div className={styles.row}>
        {keys.map(({ measure, key }) => (
          <div key={key} className={styles.score}>
            <span>
              {rowName(measure)} <small>0–{measureOf(measure).askAbove} points</small>
            </span>
            <StrengthCell
              {...props}
              cell={key}
              label={`${measureOf(measure).name}, points`}
              text={cellText(draft, key)}
              problem={props.problems.get(key) ?? null}
              isAsked={props.askedKeys.has(key)}
              isDisabled={false}
            />
          </div>
        ))}
      </div>
    </details>
  );
}
