import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { WireError } from '../../core/contract/errors.ts';
import type { PatientId } from '../../core/contract/schemas/clinical.ts';
import { useApi } from '../platform/api.tsx';
import { FailureNotice, Notice } from '../ui/notice.tsx';
import { errorText } from './error-text.ts';

export interface Export {
  kind: 'csv' | 'svg' | 'png';
  label: string;
  /** Text, or base64 of a PNG. @throws when there is nothing to save, e.g. no chart is drawn. */
  make: () => string | Promise<string>;
}

type Outcome = { savedTo: string } | { error: WireError } | { isFailed: true } | null;

/** A button with the kinds of files that something can be saved as; says afterwards where the file is. */
export function SaveExport(props: {
  patientId: PatientId;
  /** Without an ending. No name of a patient: file names are seen by others. */
  fileName: string;
  exports: readonly Export[];
}) {
  const api = useApi();
  const [outcome, setOutcome] = useState<Outcome>(null);
  const save = async ({ kind, make }: Export) => {
    setOutcome(null);
    let content: string;
    try {
      content = await make();
    } catch {
      setOutcome({ isFailed: true });
      return;
    }
    const suggestedName = `${props.fileName}.${kind}`;
    const result = await api['reports.saveFile']({
      patientId: props.patientId,
      suggestedName,
      kind,
      content,
    });
    if (!result.ok) setOutcome({ error: result.error });
    else setOutcome(result.value.savedTo === null ? null : { savedTo: result.value.savedTo });
  };
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size="1.125rem" aria-hidden="true" />}>
            Save as a file
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {props.exports.map((one) => (
            <Menu.Item key={one.kind} mih="var(--target)" onClick={() => void save(one)}>
              {one.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <SaveOutcome outcome={outcome} />
    </>
  );
}

function SaveOutcome({ outcome }: { outcome: Outcome }) {
  if (outcome !== null && 'error' in outcome) {
    return <FailureNotice {...errorText(outcome.error)} incident={outcome.error.incident} />;
  }
  return (
    <div role="status">
      {outcome !== null && 'savedTo' in outcome && (
        <Notice tone="info" title="Saved.">
          {outcome.savedTo}
        </Notice>
      )}
      {outcome !== null && 'isFailed' in outcome && (
        <Notice tone="caution" title="There is nothing to save as a picture.">
          Show the chart first, then save again. Nothing was lost.
        </Notice>
      )}
    </div>
  );
}
