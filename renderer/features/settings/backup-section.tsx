import { Button, Group, Progress, Stack } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { BackupState } from '../../../core/contract/channels/backup.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import { errorText } from '../../app/error-text.ts';
import { RestoreBackup, sizeText } from '../../app/restore-backup.tsx';
import { useApi } from '../../platform/api.tsx';
import { useCall } from '../../platform/use-call.ts';
import { shortDate } from '../../ui/calendar-date.ts';
import { Dialog } from '../../ui/dialog.tsx';
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
          <UndoRestore />
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

/** The way back after a restore: the records that it put aside. */
function UndoRestore() {
  const api = useApi();
  const kept = useCall('kept-aside', () => api['backup.keptAside']({}));
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const at = kept.value?.at ?? null;
  if (at === null) return null;
  const undo = async () => {
    const result = await api['backup.undoRestore']({});
    // The host says by itself that the records are locked now.
    if (!result.ok) setError(result.error);
  };
  return (
    <>
      <Button variant="subtle" onClick={() => setIsAsking(true)}>
        Undo the restore of {shortDate(at)}
      </Button>
      <Dialog
        isOpen={isAsking}
        title="Undo the restore"
        closeLabel="Close without undoing"
        onClose={() => setIsAsking(false)}
      >
        <Stack gap="md">
          {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
          <p>
            The records that the restore put aside on {shortDate(at)} come back, and the present ones are put
            aside instead. You sign in again afterwards.
          </p>
          <Group gap="sm">
            <Button color="red" onClick={() => void undo()}>
              Exchange the records
            </Button>
            <Button variant="default" onClick={() => setIsAsking(false)}>
              Leave everything as it is
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}
