import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { visibleText } from '../../../core/formats/visible-text.ts';
import { LARGEST_TEXT } from './import-problem-text.ts';
import styles from './recordings.module.css';

/** A file by button or by dropping it here. It is read in this page; nothing leaves the computer. */
export function FileChoice(props: { fileName: string | null; onChoose: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const file = event.dataTransfer.files[0];
    if (file) props.onChoose(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way beside the button inside
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <input
        ref={input}
        className={styles.fileInput}
        type="file"
        accept=".csv,.txt,.tsv,.dat,.asc,text/*"
        aria-label="File of the recording"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) props.onChoose(file);
        }}
      />
      <Button
        variant={props.fileName === null ? 'filled' : 'default'}
        leftSection={<IconFileImport size="1.125rem" aria-hidden="true" />}
        onClick={() => input.current?.click()}
      >
        {props.fileName === null ? 'Choose a file' : 'Choose another file'}
      </Button>
      <p>
        {props.fileName === null ? (
          `or drop it here: text with columns (CSV, TXT, TSV), up to ${LARGEST_TEXT}`
        ) : (
          <bdi>{visibleText(props.fileName)}</bdi>
        )}
      </p>
    </div>
  );
}
