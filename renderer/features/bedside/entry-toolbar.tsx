import { IconArrowsExchange, IconKeyboard, IconPlus } from '@tabler/icons-react';
import { BlockBar, type BlockBarProps } from './block-bar.tsx';
import styles from './entry-notes.module.css';

/** What belongs to the whole form while measuring: places, one more trial, the number pad, the keys. */
export function EntryToolbar(
  props: BlockBarProps & {
    /** Of which measure a trial is added; null where each has one value. */
    addTrial: { label: string; isFull: boolean; onAdd: () => void } | null;
    /** Of which block right and left are exchanged; null where nothing is typed. */
    swap: { label: string; onSwap: () => void } | null;
    hasPad: boolean;
    onPad: () => void;
  },
) {
  const { addTrial } = props;
  return (
    <div className={styles.toolbar}>
      {props.blocks.length > 2 && <BlockBar {...props} />}
      {addTrial !== null && (
        <button
          type="button"
          className={styles.quietButton}
          disabled={addTrial.isFull}
          onClick={addTrial.onAdd}
        >
          <IconPlus size="1rem" aria-hidden="true" /> {addTrial.label}
        </button>
      )}
      {props.swap !== null && (
        <button type="button" className={styles.quietButton} onClick={props.swap.onSwap}>
          <IconArrowsExchange size="1rem" aria-hidden="true" /> {props.swap.label}
        </button>
      )}
      <button type="button" className={styles.quietButton} aria-pressed={props.hasPad} onClick={props.onPad}>
        <IconKeyboard size="1.125rem" aria-hidden="true" /> number pad
      </button>
      <p className={styles.keys} aria-hidden="true">
        Enter = next · Ctrl+Z = undo
      </p>
    </div>
  );
}
