import { Button, Group, Progress, Stack } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { BackupState } from '../../../core/contract/channels/backup.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import { errorText } from '../../app/error-text.ts';
import { RestoreBackup, sizeText } from '../../app/restore-backup.tsx';
import { UndoRestore } from '../../app/undo-restore.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './settings.module.css';

const STEP_WORDS: Partial<Record<BackupState['step'], string>> = {
  choosing: 'Waiting for a place to save it',
  copying: 'Copying the records',
  checking: 'Checking the copy',
  writing: 'Writing the file',
  verifying: 'Reading the file back',
};

/** Backup of this clinic into one encrypted file, and the way back from one. */
export function BackupSection() {
  const api = useApi();
  const read = useCall('backup', () => api['backup.state']({}));
  const [error, setError] = useState<WireError | null>(null);
  const { reload } = read;
  useEffect(() => api.on('backup.progressed', reload), [api, reload]);
  const start = async () => {
    const result = await api['backup.make']({});
    setError(result.ok ? null : result.error);
    reload();
  };
  const state = read.value;
  const isRunning = state !== null && STEP_WORDS[state.step] !== undefined;
  return (
    <Section
      title="Backup"
      lead="One file with the records and the keys, encrypted like the records themselves. It opens with the passphrases that hold today; the names of the users can be read in it. Keep it on another disk."
    >
      <Stack gap="md">
        {read.status === 'loading' && <LoadingLines label="Looking for the last backup" lines={1} />}
        {read.status === 'failed' && (
          <FailureNotice {...errorText(read.error)} incident={read.error.incident} onRetry={reload} />
        )}
        {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
        {state !== null && !isRunning && <LastBackup state={state} />}
        {state !== null && isRunning && (
          <div className={styles.job}>
            <p role="status">{STEP_WORDS[state.step]} …</p>
            <Progress
              value={state.step === 'copying' || state.step === 'choosing' ? 100 : 100 * state.progress}
              animated={state.step === 'copying' || state.step === 'choosing'}
              aria-label={STEP_WORDS[state.step] ?? 'Backup'}
              transitionDuration={100}
            />
          </div>
        )}
        <Group gap="sm">
          {isRunning ? (
            <Button variant="default" onClick={() => void api['backup.cancel']({}).then(reload)}>
              Cancel the backup
            </Button>
          ) : (
            <Button
              leftSection={<IconDeviceFloppy size={18} aria-hidden="true" />}
              onClick={() => void start()}
            >
              Make a backup now
            </Button>
          )}
          <RestoreBackup />
          <UndoRestore isOpenClinic />
        </Group>
      </Stack>
    </Section>
  );
}

function LastBackup({ state }: { state: BackupState }) {
  if (state.step === 'failed') {
    const code = state.failure === null || state.failure === 'internal' ? 'internal' : state.failure;
    const { title } = errorText({ code, incident: '' });
    return (
      <Notice tone="danger" title={`No backup was made. ${title}`}>
        The records are as they were. Choose another place, or free some room, and make the backup again.
      </Notice>
    );
  }
  if (state.step === 'cancelled') {
    return (
      <Notice tone="info" title="The backup was cancelled.">
        Nothing of it was left on the disk.
      </Notice>
    );
  }
  return (
    <>
      {state.step === 'done' && state.path !== null && (
        <Notice tone="info" title="The backup is made, read back and whole.">
          <p className={styles.path}>{state.path}</p>
          <p>{sizeText(state.sizeBytes ?? 0)}, encrypted.</p>
        </Notice>
      )}
      <p className={styles.quiet}>
        {state.lastMadeAt === null
          ? 'No backup of this clinic was made yet.'
          : `Last backup: ${shortDate(state.lastMadeAt)}.`}
      </p>
    </>
  );
}
