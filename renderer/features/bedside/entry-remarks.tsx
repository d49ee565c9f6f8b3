import { Checkbox, Textarea } from '@mantine/core';
import { memo } from 'react';
import { SCORE_BLOCK } from '../../../core/clinical/protocols.ts';
import type { EntryProblem, EntryQuestion } from '../../../core/clinical/session-entries.ts';
import type { SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import styles from './bedside.module.css';
import { ConditionsFields } from './conditions-fields.tsx';
import type { EntryProps } from './entry-fields.tsx';
import { EntryMessages } from './entry-messages.tsx';
import { ScoreFields } from './score-fields.tsx';

const isScore = ({ key }: { key: string }) =>
  SCORE_BLOCK.measures.some((measure) => key.startsWith(`${measure}/`));

/** What belongs to the session as a whole: splint, position, scores, note, blinding. */
export function EntryRemarks(
  props: EntryProps & {
    onEdit: (place: string, change: (draft: SessionDraft) => SessionDraft) => void;
    /** Null where messages stand beside the number pad. */
    messages: { problems: readonly EntryProblem[]; questions: readonly EntryQuestion[] } | null;
    onGo: (key: string) => void;
    onConfirm: (key: EntryQuestion['key']) => void;
  },
) {
  const { draft, onEdit, messages } = props;
  return (
    <div className={styles.remarks}>
      <ConditionsFields conditions={draft.conditions} onEdit={onEdit} />
      <NoteAndBlinding note={draft.note} isBlinded={draft.isBlinded} onEdit={onEdit} />
      <ScoreFields {...props} />
      {messages !== null && (
        <EntryMessages
          problems={messages.problems.filter(isScore)}
          questions={messages.questions.filter(isScore)}
          onGo={props.onGo}
          onConfirm={props.onConfirm}
        />
      )}
    </div>
  );
}

const NoteAndBlinding = memo(function NoteAndBlinding(props: {
  note: string;
  isBlinded: boolean;
  onEdit: (place: string, change: (draft: SessionDraft) => SessionDraft) => void;
}) {
  const { note, isBlinded, onEdit } = props;
  return (
    <>
      <Textarea
        label="Note"
        rows={2}
        resize="vertical"
        maxLength={2000}
        value={note}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          onEdit('note', (form) => ({ ...form, note: typed }));
        }}
      />
      <Checkbox
        label="Blinded judgement"
        description="Diagnosis, operation and dates stay hidden until the judgement is locked."
        checked={isBlinded}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          onEdit('blinded', (form) => ({ ...form, isBlinded: checked }));
        }}
      />
    </>
  );
});
