// @vitest-environment jsdom
import './testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { BACKUP_PIECE_BYTES } from '../../core/contract/channels/backup.ts';
import { AppError } from '../../core/contract/errors.ts';
import { ApiProvider } from '../platform/api.tsx';
import { RestoreBackup } from './restore-backup.tsx';
import { base64Of } from './send-backup.ts';
import { LOCKED, startMemoryHost, TEST_USERS, type TestHandlers } from './testing/memory-host.ts';

const SUMMARY = {
  patients: 3,
  sessions: 12,
  newestSessionAt: '2026-05-12T08:00:00.000Z',
  lastEntryAt: '2026-05-12T09:00:00.000Z',
  users: ['Dr A.'],
};

async function open(handlers: TestHandlers) {
  const pieces: Buffer[] = [];
  const host = startMemoryHost({
    'backup.receive': ({ offsetBytes, base64 }) => {
      const bytes = Buffer.from(base64, 'base64');
      pieces.push(bytes);
      return { receivedBytes: offsetBytes + bytes.length };
    },
    'backup.look': () => ({
      sizeBytes: 1_400_000,
      users: TEST_USERS,
    }),
    'backup.check': () => ({ backup: SUMMARY, present: { ...SUMMARY, patients: 5 } }),
    'backup.restore': () => LOCKED,
    'backup.discard': () => ({}),
    ...handlers,
  });
  render(
    <MantineProvider>
      <ApiProvider api={host.api}>
        <RestoreBackup />
      </ApiProvider>
    </MantineProvider>,
  );
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Check or restore a backup' }));
  const choose = async (bytes: Uint8Array<ArrayBuffer>) => {
    await screen.findByRole('button', { name: 'Choose a backup file' });
    const field = document.querySelector('input[type="file"]') as HTMLInputElement;
    await user.upload(field, new File([bytes], 'a.prehensa-backup'));
  };
  return { ...host, user, choose, received: () => Buffer.concat(pieces) };
}

it('hands the file over whole, says what it holds beside what is here, and replaces nothing before the last button', async () => {
  const bytes = Uint8Array.from({ length: BACKUP_PIECE_BYTES + 1000 }, (_, i) => (i * 7) % 256);
  const { user, choose, received, inputsOf } = await open({});
  await choose(bytes);
  await user.type(await screen.findByLabelText(/Passphrase of this user/), 'correct horse battery');
  expect(received().equals(Buffer.from(bytes))).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Check what it holds' }));
  await screen.findByText(/^3 patients/);
  expect(screen.getByText(/^5 patients/)).toBeTruthy();
  expect(inputsOf('backup.restore')).toEqual([]);
  expect(screen.getAllByText(/last entry 12 May 2026/)).toHaveLength(2);
  const put = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Put this backup in place' });
  expect(put().disabled).toBe(true);
  await user.type(screen.getByLabelText(/^Your passphrase/), 'my own passphrase');
  await user.click(put());
  expect(inputsOf('backup.restore')).toEqual([{ passphrase: 'my own passphrase' }]);
});

it('asks for a new check when the records changed meanwhile', async () => {
  const { user, choose } = await open({
    'backup.check': () => ({ backup: SUMMARY, present: null }),
    'backup.restore': () => {
      throw new AppError('backup.check_again');
    },
  });
  await choose(Uint8Array.from([1, 2, 3]));
  await user.type(await screen.findByLabelText(/Passphrase of this user/), 'correct horse battery');
  await user.click(screen.getByRole('button', { name: 'Check what it holds' }));
  await user.click(await screen.findByRole('button', { name: 'Put this backup in place' }));
  expect(await screen.findByText(/have changed since this backup was checked/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Check what it holds' })).toBeTruthy();
});

it('says that a damaged backup was not used, and forgets it when the dialogue closes', async () => {
  const { user, choose, inputsOf } = await open({
    'backup.look': () => {
      throw new AppError('backup.damaged');
    },
  });
  await choose(Uint8Array.from([1, 2, 3]));
  expect(await screen.findByText('This backup is damaged or incomplete, so it was not used.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Choose a backup file' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Close without restoring' }));
  expect(inputsOf('backup.discard')).toEqual([{}]);
});

it('writes any bytes as base64', () => {
  for (const size of [0, 1, 2, 3, 70_000]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31) % 256);
    expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  }
});
