import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BACKUP_PIECE_BYTES, type BackupState } from '../../../core/contract/channels/backup.ts';
import { createFolderPlatform, type Platform } from './platform.ts';
import {
  codeOf,
  expectOk,
  INVENTED_PATIENT,
  savedSession,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
} from './test-clinic.ts';

let scratch: string;
let clinics: TestClinic[];
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'prehensa-backup-'));
  clinics = [];
});
afterEach(async () => {
  for (const clinic of clinics) await clinic.remove();
  rmSync(scratch, { recursive: true, force: true });
});

async function start(options: Parameters<typeof startTestClinic>[0] = {}): Promise<TestClinic> {
  const clinic = await startTestClinic({ platform: createFolderPlatform(scratch), ...options });
  clinics.push(clinic);
  return clinic;
}

/** Waits for the job by its own pushes. */
async function finished({ api }: TestClinic): Promise<BackupState> {
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

async function made(clinic: TestClinic): Promise<{ path: string; bytes: Buffer }> {
  const state = await finished(clinic);
  expect(state).toMatchObject({ step: 'done', failure: null });
  return { path: state.path as string, bytes: readFileSync(state.path as string) };
}

async function hand(clinic: TestClinic, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += BACKUP_PIECE_BYTES) {
    const base64 = bytes.subarray(at, at + BACKUP_PIECE_BYTES).toString('base64');
    expectOk(await clinic.api['backup.receive']({ offsetBytes: at, base64 }));
  }
}

const patientNames = async ({ api }: TestClinic) =>
  expectOk(await api['patients.list']({ search: '', limit: 50, offset: 0 } as never)).rows.map(
    ({ displayName }) => displayName,
  );

async function signIn({ api }: TestClinic): Promise<void> {
  const [user] = expectOk(await api['app.state']({})).users;
  expectOk(await api['app.unlock']({ userId: user?.id as never, passphrase: TEST_PASSPHRASE }));
}

describe('a backup', () => {
  it('comes back on another computer with the passphrase, and holds nothing in plain', async () => {
    const clinic = await start();
    await savedSession(clinic);
    const { path, bytes } = await made(clinic);
    expect(bytes.includes(INVENTED_PATIENT.displayName)).toBe(false);
    expect(bytes.includes('SQLite format 3')).toBe(false);
    expect(readdirSync(scratch)).toEqual([path.slice(scratch.length + 1)]);
    expect(
      readdirSync(join(clinic.dataFolder, 'clinic')).filter((name) => name.startsWith('backup-')),
    ).toEqual([]);
    expect(expectOk(await clinic.api['backup.state']({})).lastMadeAt).not.toBeNull();

    const other = await start();
    await hand(other, bytes);
    const look = expectOk(await other.api['backup.look']({}));
    expect(look).toMatchObject({ needsPassphrase: true, users: [{ name: 'Dr Test' }] });
    const userId = look.users[0]?.id as never;
    expect(codeOf(await other.api['backup.restore']({}))).toBe('backup.damaged');
    expect(codeOf(await other.api['backup.check']({ userId, passphrase: 'not the passphrase' }))).toBe(
      'vault.wrong_passphrase',
    );
    const { backup } = expectOk(await other.api['backup.check']({ userId, passphrase: TEST_PASSPHRASE }));
    expect(backup).toMatchObject({ patients: 1, sessions: 1, users: ['Dr Test'] });
    expect(expectOk(await other.api['backup.restore']({})).phase).toBe('locked');
    await signIn(other);
    expect(await patientNames(other)).toEqual([INVENTED_PATIENT.displayName]);
    expect(existsSync(join(other.dataFolder, 'restore'))).toBe(false);
  });

  it('takes the place of later records, and the exchange can be undone', async () => {
    const clinic = await start();
    await savedSession(clinic);
    const { bytes } = await made(clinic);
    expectOk(await clinic.api['patients.create']({ ...INVENTED_PATIENT, displayName: 'Later, Person' }));
    await hand(clinic, bytes);
    expect(expectOk(await clinic.api['backup.look']({})).needsPassphrase).toBe(false);
    const summary = expectOk(await clinic.api['backup.check']({ userId: null, passphrase: null }));
    expect([summary.backup.patients, summary.present?.patients]).toEqual([1, 2]);
    expectOk(await clinic.api['backup.restore']({}));
    await signIn(clinic);
    // What was said of the backup concerned the records before.
    expect(expectOk(await clinic.api['backup.state']({})).step).toBe('none');
    // The trail is older than the mark of the computer was: it opens all the same.
    expect(await patientNames(clinic)).toEqual([INVENTED_PATIENT.displayName]);
    expect(expectOk(await clinic.api['backup.keptAside']({})).at).not.toBeNull();
    expect(expectOk(await clinic.api['backup.undoRestore']({})).phase).toBe('locked');
    await signIn(clinic);
    expect((await patientNames(clinic)).sort()).toEqual(['Later, Person', INVENTED_PATIENT.displayName]);
  });

  it('brings a clinic back whose store is damaged', async () => {
    const clinic = await start();
    await savedSession(clinic);
    const { bytes } = await made(clinic);
    expectOk(await clinic.api['app.lock']({}));
    writeFileSync(join(clinic.dataFolder, 'clinic', 'store.db'), Buffer.alloc(8192, 7));
    const [user] = expectOk(await clinic.api['app.state']({})).users;
    const userId = user?.id as never;
    expect(codeOf(await clinic.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }))).toBe(
      'store.damaged',
    );
    await hand(clinic, bytes);
    expectOk(await clinic.api['backup.look']({}));
    expectOk(await clinic.api['backup.check']({ userId, passphrase: TEST_PASSPHRASE }));
    expect(expectOk(await clinic.api['backup.restore']({})).phase).toBe('locked');
    await signIn(clinic);
    expect(await patientNames(clinic)).toEqual([INVENTED_PATIENT.displayName]);
  });
});

describe('a backup that is not whole', () => {
  const flipped = (bytes: Buffer, at: number) => {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] as number) ^ 1;
    return changed;
  };
  it('is refused for any changed, missing or added byte, and the records stay', async () => {
    const clinic = await start();
    await savedSession(clinic);
    const { bytes } = await made(clinic);
    const head = bytes.indexOf('\n', bytes.indexOf('\n') + 1);
    const damages: Buffer[] = [
      ...[20, head - 30, head + 1, head + 5000, bytes.length - 1].map((at) => flipped(bytes, at)),
      bytes.subarray(0, bytes.length - 1),
      bytes.subarray(0, 200),
      Buffer.concat([bytes, Buffer.from('x')]),
    ];
    for (const damaged of damages) {
      await hand(clinic, damaged);
      expect(codeOf(await clinic.api['backup.look']({}))).toBe('backup.damaged');
      expect(codeOf(await clinic.api['backup.restore']({}))).toBe('backup.damaged');
    }
    await hand(clinic, Buffer.from('name;value\n1;2\n'));
    expect(codeOf(await clinic.api['backup.look']({}))).toBe('backup.not_one');
    expect(await patientNames(clinic)).toEqual([INVENTED_PATIENT.displayName]);
    // The unharmed one is taken: it is the damage that was refused.
    await hand(clinic, bytes);
    expectOk(await clinic.api['backup.look']({}));
  });

  it('takes no piece out of order', async () => {
    const clinic = await start();
    await savedSession(clinic);
    expect(codeOf(await clinic.api['backup.receive']({ offsetBytes: 5, base64: 'AAAA' }))).toBe(
      'backup.damaged',
    );
  });
});

describe('who may do it', () => {
  it('refuses the sample clinic, and a locked clinic that is whole', async () => {
    const clinic = await start();
    await savedSession(clinic);
    expectOk(await clinic.api['app.lock']({}));
    const piece = { offsetBytes: 0, base64: 'AAAA' };
    expect(codeOf(await clinic.api['backup.receive'](piece))).toBe('store.locked');
    expect(codeOf(await clinic.api['backup.undoRestore']({}))).toBe('store.locked');
    expect(codeOf(await clinic.api['backup.make']({}))).toBe('store.locked');
    expectOk(await clinic.api['app.openSampleClinic']({}));
    expect(codeOf(await clinic.api['backup.make']({}))).toBe('sample.only');
    expect(codeOf(await clinic.api['backup.receive'](piece))).toBe('sample.only');
  });
});

describe('a backup that does not come about', () => {
  it('says that it was cancelled when no place was chosen, and leaves nothing', async () => {
    const nowhere: Platform = { ...createFolderPlatform(scratch), choosePathToSave: async () => null };
    const clinic = await start({ platform: nowhere });
    await savedSession(clinic);
    expect((await finished(clinic)).step).toBe('cancelled');
  });

  it('says that the place cannot be written, and makes no record of a backup', async () => {
    const bad: Platform = {
      ...createFolderPlatform(scratch),
      choosePathToSave: async () => join(scratch, 'no-such-folder', 'x.prehensa-backup'),
    };
    const clinic = await start({ platform: bad });
    await savedSession(clinic);
    expect(await finished(clinic)).toMatchObject({
      step: 'failed',
      failure: 'file.not_saved',
      lastMadeAt: null,
    });
  });

  it('stops when it is cancelled in the middle', async () => {
    const clinic = await start();
    await savedSession(clinic);
    clinic.api.on('backup.progressed', ({ step }) => {
      if (step === 'checking') void clinic.api['backup.cancel']({});
    });
    expect((await finished(clinic)).step).toBe('cancelled');
    expect(readdirSync(scratch)).toEqual([]);
  });
});
