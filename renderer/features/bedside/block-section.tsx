import { SIDES } from '../../../core/clinical/entry-walk.ts';
import { type MeasureBlock, roleOfBlock } from '../../../core/clinical/protocols.ts';
import type { EntryProblem, EntryQuestion } from '../../../core/clinical/session-entries.ts';
import type { EntryProps, HandEdits } from './entry-fields.tsx';
import styles from './entry-grid.module.css';
import { EntryMessages } from './entry-messages.tsx';
import { RoleControls, type RoleEdits, RoleQuestions } from './role-controls.tsx';
import { TrialGrid } from './trial-grid.tsx';
import { ValueList } from './value-list.tsx';

export interface BlockSectionProps extends EntryProps, HandEdits {
  block: MeasureBlock;
  /** The heading of the form already names it. */
  isTitleHidden: boolean;
  /** It has the width of the form to itself. */
  isAlone: boolean;
  /** With device and unit, where the block is measured with another device than what stands above it. */
  hasRole: boolean;
  role: RoleEdits;
  /** Messages of this block; empty where they stand beside the number pad. */
  messages: { problems: readonly EntryProblem[]; questions: readonly EntryQuestion[] };
  onGo: (key: string) => void;
  onConfirm: (key: EntryQuestion['key']) => void;
}

/** One block of the form: its name, its device where it has one of its own, its fields and what is to say about them. */
export function BlockSection(props: BlockSectionProps) {
  const { block, draft, hasRole } = props;
  const role = hasRole ? roleOfBlock(block) : null;
  const isOfBlock = ({ key }: { key: string }) =>
    block.measures.some((measure) => key.startsWith(`${measure}/`));
  return (
    <section
      className={styles.block}
      data-layout={block.layout}
      data-alone={props.isAlone || undefined}
      aria-label={block.layout === 'trials' ? `${block.title} trials` : block.title}
    >
      {(!props.isTitleHidden || role !== null) && (
        <div className={styles.groupHead}>
          {!props.isTitleHidden && <h2>{block.title}</h2>}
          {role !== null && <RoleControls {...props.role} draft={draft} role={role} />}
        </div>
      )}
      {role !== null && <RoleQuestions {...props.role} draft={draft} role={role} />}
      {block.layout === 'trials' ? (
        <TrialGrid {...props} />
      ) : (
        <ValueList {...props} sides={SIDES} edits={props} hasPercent={props.isAlone} />
      )}
      <EntryMessages
        problems={props.messages.problems.filter(isOfBlock)}
        questions={props.messages.questions.filter(isOfBlock)}
        onGo={props.onGo}
        onConfirm={props.onConfirm}
      />
    </section>
  );
}
