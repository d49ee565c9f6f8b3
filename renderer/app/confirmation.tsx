import { Button } from '@mantine/core';
import { useState } from 'react';
import type { WireError } from '../../core/contract/errors.ts';
import { FailureNotice, Notice } from '../ui/notice.tsx';
import { errorText } from './error-text.ts';

/** What was done, said on the screen that follows, with the way to take it back where there is one. */
export interface Confirmation {
  title: string;
  text: string;
  undo?: {
    run: () => Promise<WireError | null>;
    /** Said after it was taken back. */
    done: string;
  };
}

export function ConfirmationNotice({ confirmation }: { confirmation: Confirmation }) {
  const { undo } = confirmation;
  const [isBusy, setIsBusy] = useState(false);
  const [isUndone, setIsUndone] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  if (isUndone && undo) return <Notice tone="info" title={undo.done} />;
  const takeBack = async () => {
    if (!undo || isBusy) return;
    setIsBusy(true);
    const failed = await undo.run();
    setIsBusy(false);
    setError(failed);
    setIsUndone(failed === null);
  };
  return (
    <>
      <Notice
        tone="info"
        title={confirmation.title}
        action={
          undo && (
            <Button variant="default" loading={isBusy} onClick={() => void takeBack()}>
              Undo
            </Button>
          )
        }
      >
        {confirmation.text}
      </Notice>
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
    </>
  );
}
