import { Button, Group } from '@mantine/core';
import type { AppState } from '../../core/contract/channels/app.ts';
import { WordMark } from '../ui/word-mark.tsx';
import styles from './full-page.module.css';

type Fatal = NonNullable<AppState['fatal']>;

const PAGES: Record<Fatal['code'], { title: string; what: string; steps: readonly string[] }> = {
  'store.busy': {
    title: 'Prehensa is already open',
    what: 'Another window is using these records. Two at once could contradict each other, so this one stays closed.',
    steps: [
      'Go to the other window and carry on there; nothing is lost.',
      'If you cannot find it, close it from the task bar and press “Look again” here.',
    ],
  },
  'store.newer': {
    title: 'These records need a newer Prehensa',
    what: 'They were last opened with a newer version. This version has not touched them.',
    steps: [
      'Install the newer version on this computer.',
      'Open the records again; everything will be there.',
    ],
  },
  'store.damaged': {
    title: 'The file with the records is damaged',
    what: 'Prehensa could not read it completely and has not changed it.',
    steps: [
      'Note new measurements on paper for now.',
      'Keep the damaged file: it may still be needed.',
      'Ask your IT contact to restore the newest backup.',
    ],
  },
  'vault.damaged': {
    title: 'The file with the users’ keys is damaged',
    what: 'Without it no passphrase can open the records. The records themselves have not been changed.',
    steps: [
      'Do not delete or reinstall anything.',
      'Ask your IT contact to restore the newest backup, which holds the keys and the records together.',
    ],
  },
};

/** A state in which the records must not be used: what happened and what is safe to do. */
export function FatalPage(props: { fatal: Fatal; appVersion: string; onLookAgain: () => void }) {
  const page = PAGES[props.fatal.code];
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
      </Group>
      <p className={styles.quiet}>
        Incident {props.fatal.incident}, version {props.appVersion}
      </p>
    </main>
  );
}
