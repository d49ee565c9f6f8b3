// @vitest-environment jsdom
import './testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { ApiProvider } from '../platform/api.tsx';
import { LOCKED, startMemoryHost, TEST_USERS } from './testing/memory-host.ts';
import { UndoRestore } from './undo-restore.tsx';

const AT = '2026-05-12T10:00:00.000Z';
const EARLIER = '2026-05-11T10:00:00.000Z';

function open(isOpenClinic: boolean, instants: readonly string[]) {
  const users = TEST_USERS.map(({ id, name }) => ({ id, name }));
  const host = startMemoryHost({
    'backup.keptAside': () => ({ copies: instants.map((at) => ({ at, users })) }),
    'backup.undoRestore': () => LOCKED,
  });
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <UndoRestore isOpenClinic={isOpenClinic} />
      </ApiProvider>
    </MantineProvider>,
  );
  return { ...host, user: userEvent.setup() };
}
const button = () => screen.findByRole('button', { name: /^Undo the restore of/ });

it('brings records back past the lock by a passphrase of theirs, and of any kept copy', async () => {
  const { user, inputsOf } = open(false, [AT, EARLIER]);
  await user.click(await button());
  await user.selectOptions(screen.getByLabelText('Records put aside on'), EARLIER);
  await user.selectOptions(screen.getByLabelText('User of the records put aside'), TEST_USERS[1]?.name ?? '');
  await user.type(screen.getByLabelText('Passphrase of this user'), 'correct horse battery');
  await user.click(screen.getByRole('button', { name: 'Exchange the records' }));
  expect(inputsOf('backup.undoRestore')).toEqual([
    { at: EARLIER, userId: TEST_USERS[1]?.id, passphrase: 'correct horse battery' },
  ]);
});

it('asks the present user of an open clinic for their own', async () => {
  const { user, inputsOf } = open(true, [AT]);
  await user.click(await button());
  const exchange = screen.getByRole<HTMLButtonElement>('button', { name: 'Exchange the records' });
  expect(exchange.disabled).toBe(true);
  await user.type(screen.getByLabelText('Your passphrase'), 'correct horse battery{Enter}');
  expect(inputsOf('backup.undoRestore')).toEqual([
    { at: AT, userId: null, passphrase: 'correct horse battery' },
  ]);
});
