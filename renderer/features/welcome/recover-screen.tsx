import { Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AppState } from '../../../core/contract/channels/app.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import type { UserId } from '../../../core/contract/schemas/clinical.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { PassphraseFields, passphraseProblems } from '../../ui/passphrase-fields.tsx';
import { useCountdown } from '../../ui/use-countdown.ts';
import { spokenSeconds, waitSecondsOf } from './spoken-seconds.ts';
import styles from './unlock-screen.module.css';
import { WelcomeFrame } from './welcome-frame.tsx';

type Problems = { user?: string; code?: string; passphrase?: string; again?: string };

/** A new passphrase against the recovery code on paper. */
export function RecoverScreen(props: {
  state: AppState;
  userId: UserId | null;
  onState: (state: AppState) => void;
  onCancel: () => void;
}) {
  const api = useApi();
  const [userId, setUserId] = useState(props.userId);
  const [code, setCode] = useState('');
  const [pair, setPair] = useState({ passphrase: '', again: '' });
  const [problems, setProblems] = useState<Problems>({});
  const [error, setError] = useState<WireError | null>(null);
  const [isSending, setIsSending] = useState(false);
  const wait = useCountdown(props.state.waitSeconds);
  const userName = props.state.users.find((user) => user.id === userId)?.name ?? '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found: Problems = passphraseProblems(pair, userName);
    if (userId === null) found.user = 'Choose your name.';
    if (code.trim() === '') found.code = 'Type the code from your paper.';
    setProblems(found);
    if (Object.keys(found).length > 0 || userId === null || wait.seconds > 0) return;
    setIsSending(true);
    setError(null);
    const result = await api['app.recover']({
      userId,
      recoveryCode: code.trim(),
      newPassphrase: pair.passphrase,
    });
    if (result.ok) {
      props.onState(result.value);
      return;
    }
    if (result.error.code === 'vault.wrong_passphrase') {
      setProblems({
        code: 'This code does not open the records. Nothing was lost; compare it with your paper.',
      });
    } else if (result.error.code === 'vault.weak_passphrase') {
      setProblems({ passphrase: errorText(result.error).whatToDo });
    } else if (result.error.code !== 'vault.wait') setError(result.error);
    setIsSending(false);
    wait.start(waitSecondsOf(result.error));
  };

  return (
    <WelcomeFrame appVersion={props.state.appVersion}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <h1>Set a new passphrase</h1>
        <Stack gap="lg" mt="lg">
          <Notice tone="info" title="You need the recovery code that was shown when your user was created.">
            Your records stay as they are; only the passphrase changes.
          </Notice>
          {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
          {props.state.users.length > 1 ? (
            <ChoiceRow
              label="Who are you?"
              choices={props.state.users.map((user) => ({ value: user.id, label: user.name }))}
              value={userId}
              error={problems.user}
              onChange={setUserId}
            />
          ) : (
            <p className={styles.only}>{userName}</p>
          )}
          <TextInput
            label="Recovery code"
            autoComplete="off"
            autoFocus
            spellCheck={false}
            maxLength={200}
            value={code}
            error={problems.code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <PassphraseFields
            label="New passphrase"
            name={userName}
            values={pair}
            errors={problems}
            onChange={setPair}
          />
          {wait.seconds > 0 && (
            <p className={styles.wait} role="timer">
              There is a pause after several attempts. You can try again in{' '}
              <b>{spokenSeconds(wait.seconds)}</b>.
            </p>
          )}
          <div className={styles.actions}>
            <Button type="submit" loading={isSending} disabled={wait.seconds > 0}>
              Set passphrase and unlock
            </Button>
            <Button variant="subtle" onClick={props.onCancel}>
              Back
            </Button>
          </div>
        </Stack>
      </form>
    </WelcomeFrame>
  );
}
