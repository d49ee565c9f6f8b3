import { NativeSelect, TextInput } from '@mantine/core';
import { memo } from 'react';
import { SessionConditions, type SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import { withConditions } from './draft-state.ts';
import styles from './entry-controls.module.css';

const NOT_NOTED = '';
const SPLINTS = SessionConditions.shape.splint.unwrap().options;

/** Under what was measured: splint, and departures from the position of the script. */
export const ConditionsFields = memo(function ConditionsFields(props: {
  conditions: SessionDraft['conditions'];
  onEdit: (place: string, change: (draft: SessionDraft) => SessionDraft) => void;
}) {
  const { conditions } = props;
  return (
    <div className={styles.conditions}>
      <NativeSelect
        className={styles.splint}
        label="Splint"
        value={conditions?.splint ?? NOT_NOTED}
        onChange={(event) => {
          const splint = SPLINTS.find((each) => each === event.currentTarget.value) ?? null;
          props.onEdit('splint', (form) => withConditions(form, { splint }));
        }}
        data={[{ value: NOT_NOTED, label: 'not noted' }, ...SPLINTS]}
      />
      <TextInput
        className={styles.position}
        label="Position, if not as in the script"
        maxLength={300}
        value={conditions?.positionNote ?? ''}
        onChange={(event) => {
          const positionNote = event.currentTarget.value;
          props.onEdit('position', (form) => withConditions(form, { positionNote }));
        }}
      />
      {conditions?.clockNote && <p className={styles.clockNote}>Clock: {conditions.clockNote}</p>}
    </div>
  );
});
