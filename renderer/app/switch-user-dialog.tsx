import { Button, Group, PasswordInput } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { AppState } from '../../core/contract/channels/app.ts';
import type { WireError } from '../../core/contract/errors.ts';
import { useApi } from '../platform/api.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { errorText } from './error-text.ts';
import styles from './switch-user-dialog.module.css';
import { SEEN_ON_SWITCH } from './user-switch-words.ts';

type User = AppState['users'][number];

/** Another user takes over: a name, a PIN, Enter. */
export function SwitchUserDialog(props: {
  isOpen: boolean;
  state: AppState;
  /** A patient's record is on the screen: whoever takes over has seen it. */
  hasRecordInView: boolean;
  /** What is on the screen passes to whoever takes over. */
  keepsScreen: boolean;
  onSwitched: (state: AppState) => void;
  /** For users without a PIN: locks, so that they can unlock with their passphrase. */
  onLock: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog
      isOpen={props.isOpen}
      title="Switch user"
      closeLabel="Stay with this user"
      onClose={props.onClose}
    >
      <SwitchUser {...props} />
    </Dialog>
  );
}

function SwitchUser({
  state,
  hasRecordInView,
  keepsScreen,
  onSwitched,
  onLock,
  onClose,
}: Parameters<typeof SwitchUserDialog>[0]) {
  const api = useApi();
  const isSample = state.storeKind === 'sample';
  const others = state.users.filter((user) => user.id !== state.user?.id);
  const only = others.length === 1 && others[0]?.pin === 'set' && !isSample ? others[0] : null;
  const [chosen, setChosen] = useState<User | null>(only);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const take = async (user: User, pin: string | null) => {
    if (isBusy) return;
    setIsBusy(true);
    setError(null);
    const result = await api['app.switchUser']({ userId: user.id, pin });
    setIsBusy(false);
    if (result.ok) onSwitched(result.value);
    else setError(result.error);
  };
  if (others.length === 0) {
    return (
      <>
        <p>
          {state.user?.name ?? 'You'}{' '}
          {isSample
            ? 'is the only invented user here.'
            : 'is the only user of this clinic. A colleague is added in Settings.'}
        </p>
        <Group mt="lg" justify="flex-end">
          <Button data-autofocus variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
      </>
    );
  }
  if (chosen !== null) {
    return (
      <PinForm
        user={chosen}
        error={error}
        isBusy={isBusy}
        hasRecordInView={hasRecordInView}
        onPin={(pin) => void take(chosen, pin)}
        onBack={others.length > 1 ? () => setChosen(null) : onClose}
        onLock={onLock}
      />
    );
  }
  return (
    <>
      <p className={styles.lead}>
        {isSample ? 'Invented users need no PIN.' : 'Who takes over?'}{' '}
        {keepsScreen
          ? 'The screen stays as it is, and a draft is kept.'
          : 'This screen begins anew for them; what is saved is kept.'}
      </p>
      {hasRecordInView && <p>{SEEN_ON_SWITCH}</p>}
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
      <ul className={styles.list}>
        {others.map((user, index) => (
          <li key={user.id}>
            <button
              type="button"
              className={styles.user}
              data-autofocus={index === 0 || undefined}
              onClick={() => {
                if (isSample) void take(user, null);
                else setChosen(user);
              }}
            >
              <span className={styles.name}>{user.name}</span>
              {!isSample && <span className={styles.quiet}>{PIN_WORDS[user.pin ?? 'none']}</span>}
              <IconChevronRight size={18} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

const PIN_WORDS = { set: 'by PIN', none: 'no PIN yet', off: 'PIN is off: passphrase needed' } as const;

function PinForm(props: {
  user: User;
  hasRecordInView: boolean;
  error: WireError | null;
  isBusy: boolean;
  onPin: (pin: string) => void;
  onBack: () => void;
  onLock: () => void;
}) {
  const { user, error } = props;
  const [pin, setPin] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const isOff = user.pin !== 'set' || error?.code === 'pin.off';
  // After a wrong PIN the next one can be typed at once.
  useEffect(() => {
    if (error !== null) setPin('');
    input.current?.focus();
  }, [error]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pin !== '') props.onPin(pin);
  };
  if (isOff) {
    return (
      <>
        <p>
          {user.pin === 'none'
            ? `${user.name} has no PIN yet. Lock, unlock with their passphrase, and set one in Settings.`
            : `The PIN of ${user.name} was typed wrong three times. Lock, and unlock with their passphrase: the PIN then works again.`}
        </p>
        <p>What is saved, a measurement draft too, is kept.</p>
        <Group mt="lg" justify="flex-end">
          <Button variant="default" onClick={props.onBack}>
            Back
          </Button>
          <Button data-autofocus onClick={props.onLock}>
            Lock now
          </Button>
        </Group>
      </>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      {props.hasRecordInView && <p>{SEEN_ON_SWITCH}</p>}
      <PasswordInput
        ref={input}
        data-autofocus
        label={`PIN of ${user.name}`}
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={pin}
        error={error === null ? undefined : `${errorText(error).title} ${errorText(error).whatToDo}`}
        visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
        onChange={(event) => setPin(event.currentTarget.value.replace(/\D/g, ''))}
      />
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={props.onBack}>
          Back
        </Button>
        <Button type="submit" loading={props.isBusy}>
          Switch to {user.name.length > 24 ? `${user.name.slice(0, 23)}…` : user.name}
        </Button>
      </Group>
    </form>
  );
}
