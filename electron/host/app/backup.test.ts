import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderPlatform, type Platform } from './platform.ts';
import { checkedBackup, finished, handOver, madeBackup, signIn } from './test-backup.ts';
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

const patientNames = async ({ api }: TestClinic) =>
  expectOk(await api['patients.list']({ search: '', limit: 50, offset: 0 } as never)).rows.map(
    ({ displayName }) => displayName,
  );

describe('a backup', () => {
  it('comes back on another computer with the passphrase, and holds nothing in plain', async () => {
    const clinic = await start();
    await savedSession(clinic);
    const { path, bytes } = await madeBackup(clinic);
    expect(bytes.includes(INVENTED_PATIENT.displayName)).toBe(false);
    expect(bytes.includes('SQLite format 3')).toBe(false);
    expect(readdirSync(scratch)).toEqual([path.slice(scratch.length + 1)]);
    expect(
      readdirSync(join(clinic.dataFolder, 'clinic')).filter((name) => name.startsWith('backup-')),
    ).toEqual([]);
    expect(expectOk(await clinic.api['backup.state']({})).lastMadeAt).not.toBeNull();

    const other = await start();
    await handOver(other, bytes);
    const look = expectOk(await other.api['backup.look']({}));
    expect(look.users).toMatchObject([{ name: 'Dr Test' }]);
    const userId = look.users[0]?.id as never;
    expect(codeOf(await other.api['backup.restore']({ passphrase: null }))).toBe('backup.damaged');
    expect(codeOf(await other.api['backup.check']({ userId, passphrase: 'not the passphrase' }))).toBe(
      'vault.wrong_passphrase',
    );
    const { backup } = expectOk(await other.api['backup.check']({ userId, passphrase: TEST_PASSPHRASE }));
    expect(backup).toMatchObject({ patients: 1, sessions: 1, users: ['Dr Test'] });
    // The time of the last entry, which the trail proves; the file's own date anybody can write.
    expect(Date.parse(backup.lastEntryAt as string)).toBeLessThanOrEqual(Date.now());
    expect(expectOk(await other.api['backup.restore']({ passphrase: null })).phase).toBe('locked');
    await signIn(other);
    expect(await patientNames(other)).toEqual([INVENTED_PATIENT.displayName]);
    expect(existsSync(join(other.dataFolder, 'restore'))).toBe(false);
  });

  it('takes the place of later records, and the exchange can be undone', async () => {
    const clinic = await start();
    await savedSession(clinic);
    const { bytes } = await madeBackup(clinic);
    expectOk(await clinic.api['patients.create']({ ...INVENTED_PATIENT, displayName: 'Later, Person' }));
    const userId = await checkedBackup(clinic, bytes);
    const summary = expectOk(await clinic.api['backup.check']({ userId, passphrase: TEST_PASSPHRASE }));
    expect([summary.backup.patients, summary.present?.patients]).toEqual([1, 2]);
    expectOk(await clinic.api['backup.restore']({ passphrase: TEST_PASSPHRASE }));
    await signIn(clinic);
    // What was said of the backup concerned the records before.
    expect(expectOk(await clinic.api['backup.state']({})).step).toBe('none');
    // The trail is older than the mark of the computer was: it opens all the same.
    expect(await patientNames(clinic)).toEqual([INVENTED_PATIENT.displayName]);
    const [copy] = expectOk(await clinic.api['backup.keptAside']({})).copies;
    const undo = { at: copy?.at as string, userId: null, passphrase: TEST_PASSPHRASE };
    expect(expectOk(await clinic.api['backup.undoRestore'](undo)).phase).toBe('locked');
    await signIn(clinic);
    expect((await patientNames(clinic)).sort()).toEqual(['Later, Person', INVENTED_PATIENT.displayName]);
  });

  it('brings a clinic back whose store is damaged', async () => {
    const clinic = await start();
    await savedSession(clinic);
    const { bytes } = await madeBackup(clinic);
    expectOk(await clinic.api['app.lock']({}));
    writeFileSync(join(clinic.dataFolder, 'clinic', 'store.db'), Buffer.alloc(8192, 7));
    const [user] = expectOk(await clinic.api['app.state']({})).users;
    const userId = user?.id as never;
    expect(codeOf(await clinic.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }))).toBe(
      'store.damaged',
    );
    await handOver(clinic, bytes);
    expectOk(await clinic.api['backup.look']({}));
    expectOk(await clinic.api['backup.check']({ userId, passphrase: TEST_PASSPHRASE }));
    expect(expectOk(await clinic.api['backup.restore']({ passphrase: null })).phase).toBe('locked');
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
    const { bytes } = await madeBackup(clinic);
    const head = bytes.indexOf('\n', bytes.indexOf('\n') + 1);
    const damages: Buffer[] = [
      ...[20, head - 30, head + 1, head + 5000, bytes.length - 1].map((at) => flipped(bytes, at)),
      bytes.subarray(0, bytes.length - 1),
      bytes.subarray(0, 200),
      Buffer.concat([bytes, Buffer.from('x')]),
    ];
    for (const damaged of damages) {
      await handOver(clinic, damaged);
      expect(codeOf(await clinic.api['backup.look']({}))).toBe('backup.damaged');
      expect(codeOf(await clinic.api['backup.restore']({ passphrase: null }))).toBe('backup.damaged');
    }
    await handOver(clinic, Buffer.from('name;value\n1;2\n'));
    expect(codeOf(await clinic.api['backup.look']({}))).toBe('backup.not_one');
    expect(await patientNames(clinic)).toEqual([INVENTED_PATIENT.displayName]);
    // The unharmed one is taken: it is the damage that was refused.
    await handOver(clinic, bytes);
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

  it('is not made when another user took over while the dialogue stood open', async () => {
    let choose: (path: string) => void = () => {};
    let isAsked: () => void = () => {};
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const platform: Platform = {
      ...createFolderPlatform(scratch),
      choosePathToSave: () =>
        new Promise((resolve) => {
          choose = resolve;
          isAsked();
        }),
    };
    const clinic = await start({ platform });
    const { api } = clinic;
    await savedSession(clinic);
    expectOk(await api['app.createUser']({ name: 'B. Kollegin', passphrase: TEST_PASSPHRASE }));
    const { users } = expectOk(await api['app.state']({}));
    const [anna, ben] = ['Dr Test', 'B. Kollegin'].map(
      (name) => users.find((user) => user.name === name)!.id,
    );
    const enter = async (userId: typeof anna) => {
      expectOk(await api['app.lock']({}));
      expectOk(await api['app.unlock']({ userId: userId!, passphrase: TEST_PASSPHRASE }));
    };
    await enter(ben);
    expectOk(await api['app.setPin']({ passphrase: TEST_PASSPHRASE, pin: '4719' }));
    await enter(anna);
    const end = finished(clinic);
    await asked;
    expectOk(await api['app.switchUser']({ userId: ben!, pin: '4719' }));
    choose(join(scratch, 'stick.prehensa-backup'));
    expect((await end).step).toBe('cancelled');
    expect(readdirSync(scratch)).toEqual([]);
    expect(expectOk(await api['backup.state']({})).lastMadeAt).toBeNull();
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
