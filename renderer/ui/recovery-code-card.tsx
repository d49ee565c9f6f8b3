import { Button, Checkbox } from '@mantine/core';
import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import styles from './recovery-code-card.module.css';

/** The recovery code, shown once: print it or write it down, say so, and go on. */
export function RecoveryCodeCard(props: { userName: string; code: string; onWrittenDown: () => void }) {
  const [isWrittenDown, setIsWrittenDown] = useState(false);
  const [copyNote, setCopyNote] = useState('');
  const codeElement = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.code);
      setCopyNote('Copied. Paste it somewhere safe, then copy something else over it.');
    } catch {
      // No clipboard in this shell: the code is selected instead, for Ctrl+C.
      if (codeElement.current !== null) getSelection()?.selectAllChildren(codeElement.current);
      setCopyNote('The code is selected. Press Ctrl+C to copy it.');
    }
  };
  return (
    <section className={styles.card} aria-labelledby="recovery-heading">
      <h1 id="recovery-heading" tabIndex={-1} ref={heading}>
        Keep this recovery code
      </h1>
      <p className={styles.lead}>
        It is the only way back in when {props.userName} forgets the passphrase. Prehensa shows it once and
        keeps no copy. Write it on paper and store it away from this computer.
      </p>
      <code className={styles.code} ref={codeElement}>
        {props.code}
      </code>
      <div className={styles.tools} data-no-print>
        <Button variant="default" leftSection={<IconPrinter size={18} />} onClick={() => window.print()}>
          Print
        </Button>
        <Button variant="default" leftSection={<IconCopy size={18} />} onClick={copy}>
          Copy
        </Button>
        <span className={styles.note} role="status">
          {copyNote}
        </span>
      </div>
      <div className={styles.end} data-no-print>
        <Checkbox
          size="md"
          label="I have written it down"
          checked={isWrittenDown}
          onChange={(event) => setIsWrittenDown(event.currentTarget.checked)}
        />
        <Button disabled={!isWrittenDown} onClick={props.onWrittenDown}>
          Go on
        </Button>
      </div>
    </section>
  );
}
