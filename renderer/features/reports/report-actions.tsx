import { Button } from '@mantine/core';
import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { WireError } from '../../../core/contract/errors.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import styles from './report.module.css';

/** PDF, paper, and the report as text. What stands on the page below is what leaves. */
export function ReportActions(props: {
  sessionId: SessionId;
  /** Without an ending and without a name: file names are seen by others. */
  fileName: string;
  /** Null on the page for the patient. */
  text: string | null;
}) {
  const api = useApi();
  const [isSaving, setIsSaving] = useState(false);
  const [savedTo, setSavedTo] = useState<string | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const { text } = props;
  const savePdf = async () => {
    setIsSaving(true);
    setSavedTo(null);
    const result = await api['reports.savePdf']({
      sessionId: props.sessionId,
      suggestedName: `${props.fileName}.pdf`,
    });
    setIsSaving(false);
    setError(result.ok ? null : result.error);
    if (result.ok) setSavedTo(result.value.savedTo);
  };
  return (
    <>
      <div className={styles.actions}>
        <Button
          leftSection={<IconFileTypePdf size="1.125rem" aria-hidden="true" />}
          disabled={isSaving}
          onClick={() => void savePdf()}
        >
          {isSaving ? 'Saving the PDF' : 'Save as PDF'}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPrinter size="1.125rem" aria-hidden="true" />}
          onClick={() => window.print()}
        >
          Print
        </Button>
        {text !== null && (
          <CopyButton
            label="Copy as text"
            done={`Copied: ${text.length} characters, ready to paste into the record.`}
            onCopy={() => navigator.clipboard.writeText(text)}
          />
        )}
      </div>
      <div role="status">
        {savedTo !== null && (
          <Notice tone="info" title="The PDF is saved.">
            {savedTo}
          </Notice>
        )}
      </div>
      {error !== null && (
        <FailureNotice {...errorText(error)} incident={error.incident} onRetry={() => void savePdf()} />
      )}
    </>
  );
}
