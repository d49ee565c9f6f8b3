import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { AppState } from '../../../core/contract/channels/app.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import { errorText } from '../../app/error-text.ts';
import { userNameSentence } from '../../app/user-name-text.ts';
import { useApi } from '../../platform/api.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { PassphraseFields, passphraseProblems } from '../../ui/passphrase-fields.tsx';
import { RecoveryCodeCard } from '../../ui/recovery-code-card.tsx';
import styles from './settings.module.css';

type Problems = { name?: string; passphrase?: string; again?: string };
const NOTHING_TYPED = { passphrase: '', again: '' };

/** The users of this clinic, and a form for one more, who types the passphrase themselves. */
export function AddUser(props: {
  users: AppState['users'];
  currentUser: AppState['user'];
  onAdded: () => void;
}) {
  const api = useApi();
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState('');
  const [pair, setPair] = useState(NOTHING_TYPED);
  const [problems, setProblems] = useState<Problems>({});
  const [error, setError] = useState<WireError | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [shownOnce, setShownOnce] = useState<string | null>(null);

  const close = () => {
    setIsOpen(false);
    setShownOnce(null);
    setName('');
    setPair(NOTHING_TYPED);
    setProblems({});
    setError(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found: Problems = passphraseProblems(pair, name);
    const nameProblem = userNameSentence(name);
    if (nameProblem !== null) found.name = nameProblem;
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    setIsSending(true);
    setError(null);
    const result = await api['app.createUser']({ name, passphrase: pair.passphrase });
    setIsSending(false);
    if (!result.ok) {
      const text = errorText(result.error);
      if (result.error.code === 'vault.user_exists') setProblems({ name: `${text.title} ${text.whatToDo}` });
      else if (result.error.code === 'vault.weak_passphrase') setProblems({ passphrase: text.whatToDo });
      else setError(result.error);
      return;
    }
    setPair(NOTHING_TYPED);
    setShownOnce(result.value.recoveryCode);
    props.onAdded();
  };

  return (
    <>
      <ul className={styles.list}>
        {props.users.map((user) => (
          <li key={user.id}>
            <span className={styles.itemName}>{user.name}</span>
            {user.id === props.currentUser?.id && <span className={styles.quiet}>signed in</span>}
          </li>
        ))}
      </ul>
      <Button
        mt="md"
        variant="default"
        leftSection={<IconUserPlus size={18} aria-hidden="true" />}
        onClick={() => setIsOpen(true)}
      >
        Add a user
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        centered
        size="lg"
        title={shownOnce === null ? 'Add a user' : undefined}
        withCloseButton={shownOnce === null}
        closeOnClickOutside={false}
        closeOnEscape={shownOnce === null}
        closeButtonProps={{ 'aria-label': 'Close without adding' }}
      >
        {shownOnce === null ? (
          <form onSubmit={submit} noValidate>
            <Stack gap="sm">
              {error !== null && <FailureNotice {...errorText(error)} incident={error.incident} />}
              <TextInput
                label="Name"
                data-autofocus
                autoComplete="off"
                maxLength={80}
                value={name}
                error={problems.name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <PassphraseFields
                label="Passphrase"
                name={name}
                values={pair}
                errors={problems}
                onChange={setPair}
              />
              <div>
                <Button type="submit" loading={isSending}>
                  Add user
                </Button>
              </div>
            </Stack>
          </form>
        ) : (
          <RecoveryCodeCard userName={name} code={shownOnce} onWrittenDown={close} />
        )}
      </Modal>
    </>
  );
}
