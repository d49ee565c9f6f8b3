import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';

/** Copies on a press and says in words whether it worked; nothing leaves the computer, only this button's page. */
export function CopyButton(props: { label: string; done: string; onCopy: () => Promise<void> }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async () => {
    try {
      await props.onCopy();
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={
          state === 'copied' ? (
            <IconCheck size="1.125rem" aria-hidden="true" />
          ) : (
            <IconCopy size="1.125rem" aria-hidden="true" />
          )
        }
        onClick={() => void copy()}
      >
        {props.label}
      </Button>
      <span role="status">
        {state === 'copied' && props.done}
        {state === 'failed' && 'It could not be copied; the page stays as it is. Try again.'}
      </span>
    </>
  );
}
