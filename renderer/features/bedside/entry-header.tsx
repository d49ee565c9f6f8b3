import { NativeSelect } from '@mantine/core';
import { protocolOf, roleOfBlock, STANDARD_PROTOCOL } from '../../../core/clinical/protocols.ts';
import type { SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import styles from './entry-controls.module.css';
import { MeasuringScript } from './measuring-script.tsx';
import { ProtocolChoice } from './protocol-choice.tsx';
import { RoleControls, type RoleEdits, RoleQuestions } from './role-controls.tsx';

/** Which tests, with what, in which unit and by which rule; and the questions that follow from a change of unit. */
export function EntryHeader(props: RoleEdits & { draft: SessionDraft }) {
  const { draft, onEdit } = props;
  const protocol = protocolOf(draft);
  const role = roleOfBlock(protocol.blocks[0]!);
  return (
    <>
      <header className={styles.head}>
        <h1>{protocol.heading}</h1>
        <ProtocolChoice protocol={draft.protocol ?? STANDARD_PROTOCOL} onEdit={onEdit} />
        {role !== null && <RoleControls {...props} role={role} />}
        {protocol.summaryRules.length > 0 && (
          <NativeSelect
            className={styles.rule}
            label="Rule"
            value={draft.summaryRule}
            onChange={(event) => {
              const summaryRule = event.currentTarget.value === 'maximum' ? 'maximum' : 'mean-of-three';
              onEdit('rule', (form) => ({ ...form, summaryRule }));
            }}
            data={[
              { value: 'mean-of-three', label: 'mean of 3' },
              { value: 'maximum', label: 'maximum' },
            ]}
          />
        )}
        <MeasuringScript protocol={protocol} />
      </header>
      {role !== null && <RoleQuestions {...props} role={role} />}
    </>
  );
}
