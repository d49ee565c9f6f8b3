import { Button } from '@mantine/core';
import { useState } from 'react';
import type { WireError } from '../../core/contract/errors.ts';
import type { SessionId } from '../../core/contract/schemas/clinical.ts';
import { useApi } from '../platform/api.tsx';
import { FailureNotice, Notice } from '../ui/notice.tsx';
import { errorText } from './error-text.ts';

/** Why the answers of a session are missing here, and the way to see them that costs the blinding. */
export function WaitingReadingNotice(props: {
  sessionId: SessionId;
  /** The answers may be read now. */
  onLooked?: () => void;
}) {
  const { sessionId, onLooked } = props;
  const api = useApi();
  const [error, setError] = useState<WireError | null>(null);
  const lookFirst = async () => {
    const result = await api['readings.lookFirst']({ sessionId });
    setError(result.ok ? null : result.error);
    if (result.ok) onLooked?.();
  };
  return (
    <>
      <Notice
        tone="info"
        title="A colleague asks for your own reading of this session: answers and notes are held back."
        action={
          <Button variant="default" onClick={() => void lookFirst()}>
            Look first, my reading is then not blinded
          </Button>
        }
      >
        It stands in the list of second readings, under Concordance. After your lock everything is shown.
      </Notice>
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
    </>
  );
}
