import { Button, Group, NativeSelect, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { KeptAside } from '../../core/contract/channels/backup.ts';
import type { WireError } from '../../core/contract/errors.ts';
import { useApi } from '../platform/api.tsx';
import { useCall } from '../platform/use-call.ts';
import { shortDate } from '../ui/calendar-date.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { errorText } from './error-text.ts';

/**
 * The way back after a restore: the records that it put aside. Also where nobody can sign in, because a restore may have
 * put records in place that open for nobody here.
 */
export function UndoRestore(props: {
  /** In an open clinic its present user says so; elsewhere a user of the records put aside. */
  isOpenClinic: boolean;
}) {
  const api = useApi();
  const kept = useCall('kept-aside', () => api['backup.keptAside']({}));
  const [isAsking, setIsAsking] = useState(false);
  const copies = kept.value?.copies ?? [];
  const newest = copies[0];
  if (newest === undefined) return null;
  return (
    <>
      <Button variant="subtle" onClick={() => setIsAsking(true)}>
        Undo the restore of {shortDate(newest.at)}
      </Button>
      <Dialog
        isOpen={isAsking}
        title="Undo the restore"
        closeLabel="Close without undoing"
        onClose={() => setIsAsking(false)}
      >
        {isAsking && (
          <Exchange copies={copies} isOpenClinic={props.isOpenClinic} onLeave={() => setIsAsking(false)} />
        )}
      </Dialog>
    </>
  );
}

function Exchange(props: { copies: readonly KeptAside[]; isOpenClinic: boolean; onLeave: () => void }) {
  const api = useApi();
  const [at, setAt] = useState(props.copies[0]?.at ?? '');
  const copy = props.copies.find((each) => each.at === at);
  const [userId, setUserId] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<WireError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const user = copy?.users.find(({ id }) => id === userId) ?? copy?.users[0];
  const undo = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    const result = await api['backup.undoRestore']({
      at,
      userId: props.isOpenClinic ? null : ((user?.id ?? null) as never),
      passphrase,
    });
    setIsBusy(false);
    // The host says by itself that the records are locked now.
    if (result.ok) props.onLeave();
    else setError(result.error);
  };
  return (
    <form onSubmit={(event) => void undo(event)}>
      <Stack gap="md">
        {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
        <p>
          The records that the restore put aside on {shortDate(at)} come back, and the present ones are put
          aside instead. You sign in again afterwards; PINs work again after each user’s passphrase.
        </p>
        {props.copies.length > 1 && (
          <NativeSelect
            label="Records put aside on"
            data={props.copies.map((each) => ({ value: each.at, label: copyText(each) }))}
            value={at}
            onChange={(event) => setAt(event.currentTarget.value)}
          />
        )}
        {!props.isOpenClinic && copy !== undefined && (
          <NativeSelect
            label="User of the records put aside"
            data={copy.users.map(({ id, name }) => ({ value: id, label: name }))}
            value={user?.id ?? ''}
            onChange={(event) => setUserId(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={props.isOpenClinic ? 'Your passphrase' : 'Passphrase of this user'}
          autoComplete="off"
          value={passphrase}
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Group gap="sm">
          <Button type="submit" color="red" loading={isBusy} disabled={passphrase === ''}>
            Exchange the records
          </Button>
          <Button variant="default" disabled={isBusy} onClick={props.onLeave}>
            Leave everything as it is
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** "12 May 2026, 10:42: Dr A., Dr B." */
function copyText({ at, users }: KeptAside): string {
  const when = `${shortDate(at)}, ${new Date(at).toTimeString().slice(0, 5)}`;
  return users.length === 0 ? when : `${when}: ${users.map(({ name }) => name).join(', ')}`;
}
