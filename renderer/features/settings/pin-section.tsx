import { Button, Group, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AppState } from '../../../core/contract/channels/app.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import { errorText } from '../../app/error-text.ts';
import { useApi } from '../../platform/api.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';

const NOTHING_TYPED = { pin: '', again: '', passphrase: '' };
type Typed = typeof NOTHING_TYPED;
type Problems = Partial<Typed>;

/** Sets or takes away the PIN of the user who is signed in; nothing in the sample clinic, where nobody has a secret. */
export function PinSection(props: { state: AppState; onChanged: () => void }) {
  const { state, onChanged } = props;
  const api = useApi();
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [problems, setProblems] = useState<Problems>({});
  const [error, setError] = useState<WireError | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  if (state.storeKind !== 'clinic' || state.user === null) return null;
  const present = state.users.find((user) => user.id === state.user?.id)?.pin ?? 'none';
  const send = async (pin: string | null) => {
    setIsSending(true);
    setError(null);
    setDone(null);
    const result = await api['app.setPin']({ passphrase: typed.passphrase, pin });
    setIsSending(false);
    if (result.ok) {
      setTyped(NOTHING_TYPED);
      setDone(pin === null ? 'The PIN is taken away.' : 'The PIN is set.');
      onChanged();
      return;
    }
    const words = errorText(result.error);
    if (result.error.code === 'pin.weak') setProblems({ pin: words.whatToDo });
    else if (result.error.code === 'vault.wrong_passphrase') {
      setProblems({ passphrase: 'This is not your passphrase. Nothing was changed.' });
    } else setError(result.error);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found: Problems = {};
    if (!/^\d{4,8}$/.test(typed.pin)) found.pin = 'Type four to eight digits.';
    else if (typed.again !== typed.pin) found.again = 'The two PINs differ. Type it once more.';
    if (typed.passphrase === '') found.passphrase = 'Type your passphrase.';
    setProblems(found);
    if (Object.keys(found).length === 0 && !isSending) void send(typed.pin);
  };
  const takeAway = () => {
    const found: Problems = typed.passphrase === '' ? { passphrase: 'Type your passphrase.' } : {};
    setProblems(found);
    if (found.passphrase === undefined && !isSending) void send(null);
  };
  const field = (name: keyof Typed) => ({
    autoComplete: 'off',
    value: typed[name],
    error: problems[name],
    visibilityToggleButtonProps: { 'aria-label': 'Show what is typed' },
  });
  const digits = (name: 'pin' | 'again') => ({
    ...field(name),
    inputMode: 'numeric' as const,
    maxLength: 8,
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value.replace(/\D/g, '') }),
  });
  return (
    <Section
      title="PIN for a quick change of user"
      lead="With a PIN you can take over while the records are open, without losing what is on screen. It never opens locked records; after three wrong tries your passphrase is needed."
    >
      <p>{PRESENT_WORDS[present]}</p>
      <div role="status">{done !== null && <Notice tone="info" title={done} />}</div>
      {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
      <form aria-label="PIN" onSubmit={submit} noValidate>
        <Group align="start" mt="md">
          <PasswordInput {...digits('pin')} label="New PIN, 4 to 8 digits" w="14rem" />
          <PasswordInput {...digits('again')} label="New PIN again" w="14rem" />
        </Group>
        <PasswordInput
          {...field('passphrase')}
          mt="md"
          maw="29rem"
          label="Your passphrase"
          onChange={(event) => setTyped({ ...typed, passphrase: event.currentTarget.value })}
        />
        <Group mt="md">
          <Button type="submit" variant="default" loading={isSending}>
            {present === 'none' ? 'Set the PIN' : 'Change the PIN'}
          </Button>
          {present !== 'none' && (
            <Button variant="subtle" color="gray" onClick={takeAway}>
              Take the PIN away
            </Button>
          )}
        </Group>
      </form>
    </Section>
  );
}

const PRESENT_WORDS = {
  none: 'You have no PIN: others lock, and you unlock with your passphrase.',
  set: 'You have a PIN.',
  off: 'Your PIN is off after three wrong tries. Set it anew, or unlock once with your passphrase.',
} as const;
