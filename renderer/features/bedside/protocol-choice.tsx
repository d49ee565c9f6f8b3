import { NativeSelect } from '@mantine/core';
import { memo } from 'react';
import { isProtocolId, PROTOCOLS } from '../../../core/clinical/protocols.ts';
import { PROTOCOL_IDS, type ProtocolId, type SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import styles from './entry-controls.module.css';

/** Which tests the form asks for. It may change at any time: what is typed stays on the form. */
export const ProtocolChoice = memo(function ProtocolChoice(props: {
  protocol: ProtocolId;
  onEdit: (place: string, change: (draft: SessionDraft) => SessionDraft) => void;
}) {
  return (
    <NativeSelect
      className={styles.protocol}
      label="Protocol"
      value={props.protocol}
      onChange={(event) => {
        const { value } = event.currentTarget;
        if (isProtocolId(value)) props.onEdit('protocol', (form) => ({ ...form, protocol: value }));
      }}
      data={PROTOCOL_IDS.map((value) => ({ value, label: PROTOCOLS[value].name }))}
    />
  );
});
