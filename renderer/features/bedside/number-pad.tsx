import { IconBackspace, IconCornerDownLeft } from '@tabler/icons-react';
import styles from './number-pad.module.css';

export type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '.' | 'erase' | 'next';

const KEYS: readonly PadKey[] = ['7', '8', '9', 'erase', '4', '5', '6', 'next', '1', '2', '3', '0', '.'];

const LABELS: Partial<Record<PadKey, string>> = { erase: 'erase last character', '.': 'decimal point' };

/** Keys of 60 px for gloves. Pressing a key leaves the cursor where it is. */
export function NumberPad({ onKey }: { onKey: (key: PadKey) => void }) {
  const keep = (event: React.PointerEvent | React.MouseEvent) => event.preventDefault();
  return (
    <fieldset className={styles.pad}>
      <legend className={styles.padTitle}>Number pad</legend>
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          tabIndex={-1}
          className={styles.padKey}
          data-key={key}
          aria-label={LABELS[key]}
          onPointerDown={keep}
          onMouseDown={keep}
          onClick={() => onKey(key)}
        >
          {key === 'erase' ? (
            <IconBackspace size="1.5rem" aria-hidden="true" />
          ) : key === 'next' ? (
            <>
              <IconCornerDownLeft size="1.375rem" aria-hidden="true" /> Next
            </>
          ) : (
            key
          )}
        </button>
      ))}
    </fieldset>
  );
}

/** What a pad key does to the text of the active cell; a fully selected text is replaced, as a keyboard does. */
export function typePadKey(text: string, key: Exclude<PadKey, 'next'>, isAllSelected: boolean): string {
  if (key === 'erase') return isAllSelected ? '' : text.slice(0, -1);
  return (isAllSelected ? '' : text) + key;
}
