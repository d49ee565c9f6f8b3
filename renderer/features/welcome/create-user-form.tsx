import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AppState } from '../../../core/contract/channels/app.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import { errorText } from '../../app/error-text.ts';
import { userNameSentence } from '../../app/user-name-text.ts';
import { useApi } from '../../platform/api.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { PassphraseFields, passphraseProblems } from '../../ui/passphrase-fields.tsx';

/** Name and passphrase of a new user. The recovery code of the answer is the caller's to show, once. */
export function CreateUserForm(props: {
  submitLabel: string;
  onCreated: (created: { state: AppState; recoveryCode: string }) => void;
  onCancel: () => void;
}) {
  const api = useApi();
  const [name, setName] = useState('');
  const [pair, setPair] = useState({ passphrase: '', again: '' });
  const [problems, setProblems] = useState<{ name?: string; passphrase?: string; again?: string }>({});
  const [error, setError] = useState<WireError | null>(null);
  const [isSending, setIsSending] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const nameProblem = userNameSentence(name);
    const found = {
      ...(nameProblem === null ? {} : { name: nameProblem }),
      ...passphraseProblems(pair, name),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    setIsSending(true);
    setError(null);
    const result = await api['app.createUser']({ name, passphrase: pair.passphrase });
    setIsSending(false);
    if (result.ok) props.onCreated(result.value);
    else if (result.error.code === 'vault.user_exists') setProblems({ name: sentenceOf(result.error) });
    else if (result.error.code === 'vault.weak_passphrase')
      setProblems({ passphrase: sentenceOf(result.error) });
    else setError(result.error);
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
        <TextInput
          label="Your name"
          autoComplete="off"
          data-autofocus
          autoFocus
          maxLength={80}
          value={name}
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PassphraseFields label="Passphrase" name={name} values={pair} errors={problems} onChange={setPair} />
        <Group gap="sm" mt="xs">
          <Button type="submit" loading={isSending}>
            {props.submitLabel}
          </Button>
          <Button variant="subtle" onClick={props.onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function sentenceOf(error: WireError): string {
  const { title, whatToDo } = errorText(error);
  return `${title} ${whatToDo}`;
}
