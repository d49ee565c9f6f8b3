import { Button, FileButton, Group, NativeSelect, PasswordInput, Progress, Stack } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { BackupLook, RecordsSummary } from '../../core/contract/channels/backup.ts';
import type { Result, WireError } from '../../core/contract/errors.ts';
import { useApi } from '../platform/api.tsx';
import { shortDate } from '../ui/calendar-date.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FactList } from '../ui/fact-list.tsx';
import { FailureNotice, Notice } from '../ui/notice.tsx';
import { errorText } from './error-text.ts';
import { sendBackup } from './send-backup.ts';

type Step =
  | { at: 'choose' }
  | { at: 'sending'; share: number }
  | { at: 'looked'; look: BackupLook }
  | { at: 'checked'; look: BackupLook; backup: RecordsSummary; present: RecordsSummary | null };

/**
 * Puts a backup back, one question at a time: which file, whose passphrase, is it the right one. Nothing of the clinic is
 * touched before the last button. After it the host says that the records are locked, and the page follows.
 */
export function RestoreBackup() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setIsOpen(true)}>
        Check or restore a backup
      </Button>
      <Dialog
        isOpen={isOpen}
        title="Check or restore a backup"
        closeLabel="Close without restoring"
        size="lg"
        onClose={() => setIsOpen(false)}
      >
        {isOpen && <Steps onClose={() => setIsOpen(false)} />}
      </Dialog>
    </>
  );
}

function Steps(props: { onClose: () => void }) {
  const api = useApi();
  const [step, setStep] = useState<Step>({ at: 'choose' });
  const [error, setError] = useState<WireError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const stop = useRef(new AbortController());
  useEffect(
    () => () => {
      stop.current.abort();
      // What was handed over is forgotten with the dialogue, its keys too.
      void api['backup.discard']({});
    },
    [api],
  );

  /** Runs one question to the host; @returns its answer, or null with the error on screen. */
  const ask = async <T,>(question: Promise<Result<T>>): Promise<T | null> => {
    setIsBusy(true);
    setError(null);
    const result = await question;
    setIsBusy(false);
    if (result.ok) return result.value;
    setError(result.error);
    return null;
  };
  const send = async (file: File | null) => {
    if (file === null) return;
    stop.current = new AbortController();
    const { signal } = stop.current;
    setError(null);
    setStep({ at: 'sending', share: 0 });
    const failed = await sendBackup(api, file, (share) => setStep({ at: 'sending', share }), signal);
    if (signal.aborted) return;
    const look = failed === null ? await ask(api['backup.look']({})) : null;
    if (failed !== null) setError(failed);
    setStep(look === null ? { at: 'choose' } : { at: 'looked', look });
  };
  const check = async (look: BackupLook, userId: string, passphrase: string) => {
    const found = await ask(api['backup.check']({ userId: userId as never, passphrase }));
    if (found !== null) setStep({ at: 'checked', look, ...found });
  };
  const restore = async (look: BackupLook, passphrase: string | null) => {
    setIsBusy(true);
    setError(null);
    const result = await api['backup.restore']({ passphrase });
    setIsBusy(false);
    if (result.ok) {
      props.onClose();
      return;
    }
    setError(result.error);
    if (result.error.code === 'backup.check_again') setStep({ at: 'looked', look });
  };

  return (
    <Stack gap="md">
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
      {step.at === 'choose' && (
        <>
          <p>
            Choose a file that ends in “.prehensa-backup”. It is opened beside your records and checked;
            nothing is replaced before you say so.
          </p>
          <div>
            <FileButton onChange={(file) => void send(file)} accept=".prehensa-backup">
              {(button) => <Button {...button}>Choose a backup file</Button>}
            </FileButton>
          </div>
        </>
      )}
      {step.at === 'sending' && (
        <>
          <p role="status">Reading the file: {Math.round(100 * step.share)} %</p>
          <Progress value={100 * step.share} aria-label="Reading the file" transitionDuration={100} />
          <div>
            <Button
              variant="default"
              onClick={() => {
                stop.current.abort();
                setStep({ at: 'choose' });
              }}
            >
              Stop reading
            </Button>
          </div>
        </>
      )}
      {step.at === 'looked' && (
        <Looked
          look={step.look}
          isBusy={isBusy}
          onCheck={(userId, passphrase) => void check(step.look, userId, passphrase)}
        />
      )}
      {step.at === 'checked' && (
        <>
          <Notice tone="info" title="The backup is whole and opens.">
            Every byte, every table and the whole history were checked.
          </Notice>
          <Compared {...step} />
          <Notice tone="caution" title="The backup would take the place of what is here now.">
            What is here now is put aside, not deleted, and can be exchanged back in the settings or on the
            first screen; the newest three copies of a clinic are kept. Afterwards you sign in with a
            passphrase of the backup, and each PIN waits for the passphrase of its user.
          </Notice>
          <PutInPlace
            isAsked={step.present !== null}
            isBusy={isBusy}
            onPut={(passphrase) => void restore(step.look, passphrase)}
            onLeave={props.onClose}
          />
        </>
      )}
    </Stack>
  );
}

/** The last button. In an open clinic the present user says with the passphrase that it is meant. */
function PutInPlace(props: {
  isAsked: boolean;
  isBusy: boolean;
  onPut: (passphrase: string | null) => void;
  onLeave: () => void;
}) {
  const [passphrase, setPassphrase] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onPut(props.isAsked ? passphrase : null);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {props.isAsked && (
          <PasswordInput
            label="Your passphrase, as it is today"
            autoComplete="off"
            value={passphrase}
            visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
        )}
        <Group gap="sm">
          <Button
            type="submit"
            color="red"
            loading={props.isBusy}
            disabled={props.isAsked && passphrase === ''}
          >
            Put this backup in place
          </Button>
          <Button variant="default" disabled={props.isBusy} onClick={props.onLeave}>
            Leave everything as it is
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Looked(props: {
  look: BackupLook;
  isBusy: boolean;
  onCheck: (userId: string, passphrase: string) => void;
}) {
  const { look } = props;
  const [userId, setUserId] = useState<string>(look.users[0]?.id ?? '');
  const [passphrase, setPassphrase] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onCheck(userId, passphrase);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <FactList facts={[{ name: 'Size', value: sizeText(look.sizeBytes) }]} />
        <NativeSelect
          label="User of the backup"
          data={look.users.map(({ id, name }) => ({ value: id, label: name }))}
          value={userId}
          onChange={(event) => setUserId(event.currentTarget.value)}
        />
        <PasswordInput
          label="Passphrase of this user, as it was then"
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" loading={props.isBusy} disabled={passphrase === ''}>
            Check what it holds
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function Compared({ backup, present }: { backup: RecordsSummary; present: RecordsSummary | null }) {
  const words = ({ patients, sessions, newestSessionAt, lastEntryAt, users }: RecordsSummary) =>
    [
      `${patients} ${patients === 1 ? 'patient' : 'patients'}`,
      `${sessions} ${sessions === 1 ? 'session' : 'sessions'}`,
      newestSessionAt === null ? 'no session yet' : `newest session ${shortDate(newestSessionAt)}`,
      lastEntryAt === null ? 'nothing entered yet' : `last entry ${instantText(lastEntryAt)}`,
      `users: ${users.join(', ')}`,
    ].join(' · ');
  return (
    <FactList
      facts={[
        { name: 'In the backup', value: words(backup) },
        { name: 'Here now', value: present === null ? 'no records that can be opened' : words(present) },
      ]}
    />
  );
}

/** "12 May 2026, 10:42". */
const instantText = (at: string) => `${shortDate(at)}, ${new Date(at).toTimeString().slice(0, 5)}`;

/** "1.4 MB". */
export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
