/** A backup made, handed over and put back as a page does it: for tests. */
import { readFileSync } from 'node:fs';
import { BACKUP_PIECE_BYTES, type BackupState } from '../../../core/contract/channels/backup.ts';
import type { UserId } from '../../../core/contract/schemas/clinical.ts';
import { expectOk, TEST_PASSPHRASE, type TestClinic } from './test-clinic.ts';

/** Waits for the job by its own pushes. */
export async function finished({ api }: TestClinic): Promise<BackupState> {
  const isOver = ({ step }: BackupState) => ['done', 'failed', 'cancelled'].includes(step);
  return new Promise((resolve) => {
    const look = async () => {
      const state = expectOk(await api['backup.state']({}));
      if (isOver(state)) resolve(state);
    };
    api.on('backup.progressed', () => void look());
    void api['backup.make']({}).then(look);
  });
}

/** @throws Error unless the backup is done. */
export async function madeBackup(clinic: TestClinic): Promise<{ path: string; bytes: Buffer }> {
  const state = await finished(clinic);
  if (state.step !== 'done' || state.path === null) throw new Error(`the backup is ${state.step}`);
  return { path: state.path, bytes: readFileSync(state.path) };
}

export async function handOver(clinic: TestClinic, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += BACKUP_PIECE_BYTES) {
    const base64 = bytes.subarray(at, at + BACKUP_PIECE_BYTES).toString('base64');
    expectOk(await clinic.api['backup.receive']({ offsetBytes: at, base64 }));
  }
}

/** Hands a backup over and opens it beside the clinic. @returns the user whose passphrase opened it. */
export async function checkedBackup(
  clinic: TestClinic,
  bytes: Buffer,
  passphrase = TEST_PASSPHRASE,
): Promise<UserId> {
  const { api } = clinic;
  await handOver(clinic, bytes);
  const userId = expectOk(await api['backup.look']({})).users[0]?.id as UserId;
  expectOk(await api['backup.check']({ userId, passphrase }));
  return userId;
}

export async function signIn({ api }: TestClinic, name?: string, passphrase = TEST_PASSPHRASE) {
  const { users } = expectOk(await api['app.state']({}));
  const user = name === undefined ? users[0] : users.find((each) => each.name === name);
  expectOk(await api['app.unlock']({ userId: user?.id as UserId, passphrase }));
}
