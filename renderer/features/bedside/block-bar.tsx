import type { CellKey } from '../../../core/clinical/entry-walk.ts';
import type { MeasureBlock } from '../../../core/clinical/protocols.ts';
import { cellText } from '../../../core/clinical/session-entries.ts';
import type { SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import styles from './entry-notes.module.css';

export interface BlockBarProps {
  blocks: readonly MeasureBlock[];
  walk: readonly CellKey[];
  draft: SessionDraft;
  activeKey: CellKey | null;
  onGo: (key: string) => void;
}

/** The blocks of a long form with what is filled in; each leads to its first empty field. */
export function BlockBar({ blocks, walk, draft, activeKey, onGo }: BlockBarProps) {
  return (
    <nav className={styles.blockBar} aria-label="Parts of the form">
      {blocks.map((block) => {
        const isOf = (key: string) => block.measures.some((measure) => key.startsWith(`${measure}/`));
        const cells = walk.filter(isOf);
        const filled = cells.filter((key) => cellText(draft, key) !== '');
        const next = cells.find((key) => cellText(draft, key) === '') ?? cells[0];
        return (
          <button
            key={block.title}
            type="button"
            className={styles.quietButton}
            aria-current={activeKey !== null && isOf(activeKey) ? 'step' : undefined}
            onClick={() => onGo(next ?? `${block.measures[0]}/right/1`)}
          >
            {block.title}
            {cells.length > 0 && (
              <small>
                {filled.length} of {cells.length}
              </small>
            )}
          </button>
        );
      })}
    </nav>
  );
}
