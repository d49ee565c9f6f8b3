import { Checkbox, NativeSelect } from '@mantine/core';
import type { HandKey } from '../../../core/clinical/entry-walk.ts';
import { parsePain } from '../../../core/clinical/session-entries.ts';
import {
  type AffectedSide,
  NOT_TESTED_REASONS,
  type SessionDraft,
} from '../../../core/contract/schemas/clinical.ts';
import styles from './entry-grid.module.css';
import type { CellHandlers } from './strength-cell.tsx';

export interface HandEdits {
  /** Of several measures of one hand at once, where they stand in one list. */
  onPain: (hands: readonly HandKey[], text: string) => void;
  onStoppedEarly: (hands: readonly HandKey[], isStopped: boolean) => void;
  onNotTested: (hands: readonly HandKey[], reason: SessionDraft['notTested'][string] | null) => void;
}

/** What every field of the form is drawn from. */
export interface EntryProps extends CellHandlers {
  draft: SessionDraft;
  affectedSide: AffectedSide;
  problems: ReadonlyMap<string, string>;
  askedKeys: ReadonlySet<string>;
  hasPad: boolean;
}

export function PainField(props: {
  hands: readonly HandKey[];
  label: string;
  draft: SessionDraft;
  onPain: HandEdits['onPain'];
}) {
  const first = props.hands[0]!;
  const text = props.draft.pain[first] ?? '';
  return (
    <input
      data-hand={first}
      className={`${styles.cell} ${styles.pain}`}
      aria-label={props.label}
      aria-invalid={parsePain(text) === undefined}
      inputMode="numeric"
      autoComplete="off"
      maxLength={4}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => props.onPain(props.hands, event.currentTarget.value)}
    />
  );
}

export function StoppedEarlyField(props: {
  hands: readonly HandKey[];
  label: string;
  draft: SessionDraft;
  onStoppedEarly: HandEdits['onStoppedEarly'];
}) {
  return (
    <Checkbox
      classNames={{ root: styles.checkTarget ?? '' }}
      aria-label={props.label}
      checked={props.draft.stoppedEarly.includes(props.hands[0]!)}
      onChange={(event) => props.onStoppedEarly(props.hands, event.currentTarget.checked)}
    />
  );
}

export function NotTestedChoice(props: {
  hands: readonly HandKey[];
  label: string;
  draft: SessionDraft;
  onNotTested: HandEdits['onNotTested'];
}) {
  return (
    <NativeSelect
      data-reason={`${props.hands[0]}/reason`}
      className={styles.reason}
      aria-label={props.label}
      value={props.draft.notTested[props.hands[0]!] ?? ''}
      onChange={(event) => {
        const value = event.currentTarget.value;
        props.onNotTested(props.hands, NOT_TESTED_REASONS.find((reason) => reason === value) ?? null);
      }}
      data={[{ value: '', label: '–' }, ...NOT_TESTED_REASONS]}
    />
  );
}
