import { NativeSelect } from '@mantine/core';
import { isProtocolId, PROTOCOLS, STANDARD_PROTOCOL } from '../../../core/clinical/protocols.ts';
import { PROTOCOL_IDS, type ProtocolId, type SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import styles from './entry-controls.module.css';

/** Which tests the form asks for. It may change at any time: what is typed stays on the form. */
export function ProtocolChoice(props: { draft: SessionDraft; onProtocol: (protocol: ProtocolId) => void }) {
  return (
    <NativeSelect
      className={styles.protocol}
      label="Protocol"
      value={props.draft.protocol ?? STANDARD_PROTOCOL}
      onChange={(event) => {
        const { value } = event.currentTarget;
        if (isProtocolId(value)) props.onProtocol(value);
      }}
      data={PROTOCOL_IDS.map((value) => ({ value, label: PROTOCOLS[value].name }))}
    />
  );
}
