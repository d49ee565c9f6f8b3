import { Button, Group } from '@mantine/core';
import type { AppState } from '../../core/contract/channels/app.ts';
import { useOpenSampleClinic } from '../features/welcome/welcome-screen.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { WordMark } from '../ui/word-mark.tsx';
import { errorText } from './error-text.ts';
import styles from './full-page.module.css';
import { RestoreBackup } from './restore-backup.tsx';
import { UndoRestore } from './undo-restore.tsx';

type Fatal = NonNullable<AppState['fatal']>;

interface Page {
  title: string;
  what: string;
  steps: readonly string[];
  /** The invented people are a store of their own: safe to use while the records are not. */
  hasSampleClinic: boolean;
  /** A backup may take the place of damaged records; of records that are in use or newer it may not. */
  isRestorable?: boolean;
}

const PAGES: Record<Fatal['code'], Page> = {
  'store.busy': {
    title: 'Prehensa is already open',
    what: 'Another window is using these records. Two at once could contradict each other, so this one stays closed.',
    steps: [
      'Go to the other window and carry on there; nothing is lost.',
      'If you cannot find it, close it from the task bar and press “Look again” here.',
    ],
    hasSampleClinic: false,
  },
  'store.newer': {
    title: 'These records need a newer Prehensa',
    what: 'They were last opened with a newer version. This version has not touched them; nothing is lost.',
    steps: [
      'Safe: close this window, and note new measurements on paper for now.',
      'Ask your IT contact to install the newer version on this computer.',
      'Open the records again with it; everything will be there.',
    ],
    hasSampleClinic: true,
  },
  'store.damaged': {
    title: 'The file with the records is damaged',
    what: 'Prehensa could not read it completely and has not changed it.',
    steps: [
      'Safe: close this window, and note new measurements on paper for now.',
      'Keep the damaged file as it is: what is in it may still be saved from it.',
      'Restore the newest backup here, or ask your IT contact to: the damaged file is put aside and stays as it is.',
    ],
    hasSampleClinic: true,
    isRestorable: true,
  },
  'vault.damaged': {
    title: 'The file with the users’ keys is damaged',
    what: 'Without it no passphrase can open the records. The records themselves have not been changed.',
    steps: [
      'Safe: close this window, and note new measurements on paper for now.',
      'Do not delete or reinstall anything: the records can only be opened with these keys.',
      'Restore the newest backup here, or ask your IT contact to: it holds the keys and the records together, and the present files are put aside.',
    ],
    hasSampleClinic: true,
    isRestorable: true,
  },
};

/** A state in which the records must not be used: what happened and what is safe to do. */
export function FatalPage(props: {
  fatal: Fatal;
  appVersion: string;
  onState: (state: AppState) => void;
  onLookAgain: () => void;
}) {
  const page = PAGES[props.fatal.code];
  const sample = useOpenSampleClinic(props.onState);
  return (
    <main className={styles.page}>
      <WordMark size={36} />
      <h1>{page.title}</h1>
      <p>{page.what}</p>
      <ol className={styles.steps}>
        {page.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Group>
        <Button onClick={props.onLookAgain}>Look again</Button>
        {page.isRestorable && <RestoreBackup />}
        {page.isRestorable && <UndoRestore isOpenClinic={false} />}
        {page.hasSampleClinic && (
          <Button variant="default" loading={sample.isOpening} onClick={sample.open}>
            Open the sample clinic
          </Button>
        )}
      </Group>
      {page.hasSampleClinic && (
        <p className={styles.quiet}>
          The sample clinic holds invented people in a file of its own; your records are not touched by it.
        </p>
      )}
      {sample.error !== null && (
        <FailureNotice {...errorText(sample.error)} incident={sample.error.incident} />
      )}
      <p className={styles.quiet}>
        Incident {props.fatal.incident}, version {props.appVersion}
      </p>
    </main>
  );
}
