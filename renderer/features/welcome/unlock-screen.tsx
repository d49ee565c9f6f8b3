import { Button, PasswordInput, Stack } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import type { AppState } from '../../../core/contract/channels/app.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { UserId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { UndoRestore } from '../../app/undo-restore.tsx';
import { useApi } from '../../platform/api.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { useCountdown } from '../../ui/use-countdown.ts';
import { RecoverScreen } from './recover-screen.tsx';
import { spokenSeconds, waitSecondsOf } from './spoken-seconds.ts';
import styles from './unlock-screen.module.css';
import { WelcomeFrame } from './welcome-frame.tsx';
import { useOpenSampleClinic } from './welcome-screen.tsx';

/** Who you are and your passphrase. A wrong one makes the wait grow and loses nothing. */
export function UnlockScreen(props: {
  state: AppState;
  /** Who worked last since the program was started; null: nobody yet. */
  lastUserId?: UserId | null;
  onState: (state: AppState) => void;
}) {
  const { state, onState } = props;
  const api = useApi();
  // Nothing is stored of who worked last: after a start it is the first user of the clinic.
  const preset = state.users.find(({ id }) => id === props.lastUserId) ?? state.users[0];
  const [userId, setUserId] = useState<UserId | null>(preset?.id ?? null);
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<WireError | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [isRecovering, setIsRecovering] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const wait = useCountdown(state.waitSeconds);
  const sample = useOpenSampleClinic(onState);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (userId === null || passphrase === '' || wait.seconds > 0 || isSending) return;
    setIsSending(true);
    setError(null);
    const result = await api['app.unlock']({ userId, passphrase });
    if (result.ok) {
      onState(result.value);
      return;
    }
    setError(result.error);
    setIsSending(false);
    wait.start(waitSecondsOf(result.error));
    input.current?.focus();
    input.current?.select();
  };

  if (isRecovering) {
    return (
      <RecoverScreen
        state={state}
        userId={userId}
        onState={onState}
        onCancel={() => setIsRecovering(false)}
      />
    );
  }
  const shownError = error ?? sample.error;
  return (
    <WelcomeFrame appVersion={state.appVersion}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <h1>Unlock the records</h1>
        <Stack gap="lg" mt="lg">
          {state.users.length > 1 ? (
            <ChoiceRow
              label="Who are you?"
              choices={state.users.map((user) => ({ value: user.id, label: user.name }))}
              value={userId}
              onChange={(value) => {
                setUserId(value);
                // Each user has a wait of their own; the host tells it at the next attempt.
                wait.start(0);
                setError(null);
                input.current?.focus();
              }}
            />
          ) : (
            <p className={styles.only}>{state.users[0]?.name}</p>
          )}
          <PasswordInput
            ref={input}
            label="Passphrase"
            autoComplete="off"
            autoFocus
            value={passphrase}
            visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          <div aria-live="polite">
            {shownError !== null && shownError.code === 'vault.wrong_passphrase' && (
              <Notice tone="caution" title={errorText(shownError).title}>
                {errorText(shownError).whatToDo}
              </Notice>
            )}
            {shownError !== null && !['vault.wrong_passphrase', 'vault.wait'].includes(shownError.code) && (
              <FailureNotice {...errorText(shownError)} incident={shownError.incident} />
            )}
          </div>
          {wait.seconds > 0 && (
            <p className={styles.wait} role="timer">
              There is a pause after several attempts. You can try again in{' '}
              <b>{spokenSeconds(wait.seconds)}</b>.
            </p>
          )}
          <div className={styles.actions}>
            <Button
              type="submit"
              leftSection={<IconLockOpen size={18} aria-hidden="true" />}
              loading={isSending}
              disabled={userId === null || passphrase === '' || wait.seconds > 0}
            >
              Unlock
            </Button>
            <Button variant="subtle" onClick={() => setIsRecovering(true)}>
              I forgot my passphrase
            </Button>
          </div>
        </Stack>
      </form>
      <div className={styles.other}>
        <p>Only want to look around?</p>
        <Button variant="default" loading={sample.isOpening} onClick={sample.open}>
          Open the sample clinic
        </Button>
        <UndoRestore isOpenClinic={false} />
      </div>
    </WelcomeFrame>
  );
}
