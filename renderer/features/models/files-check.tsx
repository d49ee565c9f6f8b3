import { Button, Group, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconShieldCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { readEvaluation } from '../../app/model-evaluation.ts';
import { readOwnFile } from '../../platform/own-file.ts';
import { Section } from '../../ui/page.tsx';
import { checkFiles, type FilesResult, readOwnBytes } from './check-files.ts';
import styles from './measured.module.css';
import type { ShippedModel } from './read-shipped-models.ts';

type Check = { results: Record<string, FilesResult>; isRunning: boolean; share: number };
const NOTHING: Check = { results: {}, isRunning: false, share: 0 };

/** Holds every file of every model against what was published, on request. */
export function FilesCheck({ models }: { models: readonly ShippedModel[] }) {
  const [check, setCheck] = useState(NOTHING);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const run = async () => {
    const stopping = new AbortController();
    stop.current = stopping;
    setCheck({ ...NOTHING, isRunning: true });
    for (const [index, { id, version }] of models.entries()) {
      const evaluation = await readEvaluation(id, version, readOwnFile);
      const result = await checkFiles(
        `/models/${id}/${version}/`,
        evaluation?.bundleHash ?? null,
        readOwnBytes,
        (done, total) =>
          setCheck((present) => ({ ...present, share: (index + done / total) / models.length })),
        stopping.signal,
      );
      if (stopping.signal.aborted) break;
      setCheck((present) => ({ ...present, results: { ...present.results, [id]: result } }));
    }
    setCheck((present) => ({ ...present, isRunning: false }));
  };
  const checked = models.filter(({ id }) => check.results[id] !== undefined);
  return (
    <Section
      title="Are the files untouched?"
      lead="Every file of every model, byte by byte, against the fingerprints that were published with its measured figures. Before a model answers, its own files are checked in any case."
    >
      <Group gap="sm">
        {check.isRunning ? (
          <Button variant="default" onClick={() => stop.current?.abort()}>
            Stop checking
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={18} aria-hidden="true" />}
            onClick={() => void run()}
          >
            Check the files
          </Button>
        )}
      </Group>
      {check.isRunning && (
        <Progress
          mt="md"
          value={100 * check.share}
          aria-label="Checking the files"
          transitionDuration={100}
        />
      )}
      <ul className={styles.results} aria-live="polite">
        {checked.map(({ id, version }) => {
          const result = check.results[id];
          if (result === undefined) return null;
          const isFine = result.status === 'as-published';
          const Icon = isFine ? IconCircleCheck : IconAlertTriangle;
          return (
            <li key={id} data-fine={isFine || undefined}>
              <Icon size={20} stroke={1.75} aria-hidden="true" />
              <span>
                <strong>
                  {id} {version}
                </strong>
                : {resultText(result)}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** What the check found, and what to do. */
export function resultText(result: FilesResult): string {
  if (result.status === 'as-published') {
    return `${result.files} files, ${(result.bytes / 1000).toFixed(0)} kB, all as published.`;
  }
  if (result.status === 'stopped') return 'not checked to the end.';
  const file = result.path === null ? 'the list of its files' : `“${result.path}”`;
  return `${file} ${result.status === 'missing' ? 'is missing' : 'is not as published'}. Ask your IT contact to reinstall Prehensa; your records are not touched by this.`;
}
