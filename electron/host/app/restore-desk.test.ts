import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserId } from '../../../core/contract/schemas/clinical.ts';
import { createFolderPlatform } from './platform.ts';
import { checkedBackup, handOver, madeBackup, signIn } from './test-backup.ts';
import {
  codeOf,
  expectOk,
  INVENTED_PATIENT,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
} from './test-clinic.ts';

const PIN = '2580';
const FOREIGN_PASSPHRASE = 'nine quiet otters reading';
let scratch: string;
let clinics: TestClinic[];
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'prehensa-desk-'));
  clinics = [];
});
afterEach(async () => {
  for (const clinic of clinics) await clinic.remove();
  rmSync(scratch, { recursive: true, force: true });
});

/** A clinic with Anna, who is signed in, and perhaps Ben. */
async function start(users: readonly string[] = ['Anna'], passphrase = TEST_PASSPHRASE): Promise<TestClinic> {
  const clinic = await startTestClinic({ platform: createFolderPlatform(scratch) });
  clinics.push(clinic);
  for (const name of users) expectOk(await clinic.api['app.createUser']({ name, passphrase }));
  return clinic;
}
const stateOf = async ({ api }: TestClinic) => expectOk(await api['app.state']({}));
const idOf = async (clinic: TestClinic, name: string) =>
  (await stateOf(clinic)).users.find((user) => user.name === name)?.id as UserId;
const restore = ({ api }: TestClinic, passphrase: string | null = TEST_PASSPHRASE) =>
  api['backup.restore']({ passphrase });
const copiesOf = async ({ api }: TestClinic) => expectOk(await api['backup.keptAside']({})).copies;
async function undo(clinic: TestClinic, passphrase: string, isOpen = false, copyIndex = 0) {
  const copy = (await copiesOf(clinic))[copyIndex];
  const userId = isOpen ? null : (copy?.users[0]?.id ?? null);
  return clinic.api['backup.undoRestore']({ at: copy?.at ?? '', userId, passphrase });
}
async function lock({ api }: TestClinic) {
  expectOk(await api['app.lock']({}));
}

describe('a passer-by at an open clinic', () => {
  it('puts no backup in place and brings none back without the passphrase of the user, and guesses are counted', async () => {
    const clinic = await start();
    const other = await madeBackup(await start(['Fremd'], FOREIGN_PASSPHRASE));
    await checkedBackup(clinic, other.bytes, FOREIGN_PASSPHRASE);
    for (const tried of [null, FOREIGN_PASSPHRASE, 'wrong', 'wrong again']) {
      expect(codeOf(await restore(clinic, tried))).toBe('vault.wrong_passphrase');
    }
    expect(codeOf(await restore(clinic))).toBe('vault.wait');
    expect((await stateOf(clinic)).user?.name).toBe('Anna');

    const again = await start();
    await checkedBackup(again, (await madeBackup(again)).bytes);
    expectOk(await restore(again));
    await signIn(again);
    expect(codeOf(await undo(again, 'wrong', true))).toBe('vault.wrong_passphrase');
    expect(codeOf(await undo(again, TEST_PASSPHRASE, true))).toBe('ok');
  });

  it('guesses no passphrase uncounted on a backup of the same clinic', async () => {
    const clinic = await start();
    const { bytes } = await madeBackup(clinic);
    await handOver(clinic, bytes);
    const { users } = expectOk(await clinic.api['backup.look']({}));
    const check = (passphrase: string) =>
      clinic.api['backup.check']({ userId: users[0]?.id as UserId, passphrase });
    for (let i = 0; i < 4; i++) expect(codeOf(await check(`wrong ${i}`))).toBe('vault.wrong_passphrase');
    expect(codeOf(await check(TEST_PASSPHRASE))).toBe('vault.wait');
  });
});

describe('a backup whose keys were exchanged', () => {
  const sha = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
  /** The backup with another vault, all hashes right. */
  function withVault(bytes: Buffer, change: (vault: { users: Record<string, never>[] }) => void): Buffer {
    const line = bytes.indexOf('\n');
    const end = bytes.indexOf('\n', line + 1);
    const header = JSON.parse(bytes.subarray(line + 1, end).toString());
    const storeBytes = header.files[0].sizeBytes;
    const store = bytes.subarray(end + 1, end + 1 + storeBytes);
    const { vault } = JSON.parse(bytes.subarray(end + 1 + storeBytes).toString());
    change(vault);
    const vaultFile = JSON.stringify({ sha256: sha(JSON.stringify(vault)), vault });
    Object.assign(header.files[1], { sizeBytes: Buffer.byteLength(vaultFile), sha256: sha(vaultFile) });
    const text = JSON.stringify(header);
    return Buffer.concat([
      Buffer.from(`PREHENSA-BACKUP-1 ${sha(text)}\n${text}\n`),
      store,
      Buffer.from(vaultFile),
    ]);
  }

  it('opens for nobody and is never put in place, although the clinic is the same', async () => {
    const clinic = await start();
    const { bytes } = await madeBackup(clinic);
    const salt = Buffer.alloc(16, 1).toString('base64');
    const broken = withVault(bytes, ({ users }) =>
      Object.assign(users[0]?.passphraseSlot as never, { salt }),
    );
    await handOver(clinic, broken);
    const { users } = expectOk(await clinic.api['backup.look']({}));
    const check = { userId: users[0]?.id as UserId, passphrase: TEST_PASSPHRASE };
    expect(codeOf(await clinic.api['backup.check'](check))).toBe('vault.wrong_passphrase');
    expect(codeOf(await restore(clinic))).toBe('backup.damaged');
    // The same way of building it, with nothing exchanged, is taken.
    await checkedBackup(
      clinic,
      withVault(bytes, () => {}),
    );
    expect(codeOf(await restore(clinic))).toBe('ok');
  });

  it('says nothing of the clinic when its cost is too cheap', async () => {
    const clinic = await start();
    const cheap = withVault((await madeBackup(clinic)).bytes, ({ users }) =>
      Object.assign(users[0]?.passphraseSlot as never, { cost: 2 }),
    );
    await handOver(clinic, cheap);
    const { users } = expectOk(await clinic.api['backup.look']({}));
    const check = { userId: users[0]?.id as UserId, passphrase: TEST_PASSPHRASE };
    expect(codeOf(await clinic.api['backup.check'](check))).toBe('backup.damaged');
    expect((await stateOf(clinic)).phase).toBe('open');
  });
});

describe('the way back', () => {
  it('goes past the lock of records that open for nobody here, with a passphrase of the ones put aside', async () => {
    const clinic = await start();
    expectOk(await clinic.api['patients.create'](INVENTED_PATIENT));
    const foreign = await madeBackup(await start(['Fremd'], FOREIGN_PASSPHRASE));
    await checkedBackup(clinic, foreign.bytes, FOREIGN_PASSPHRASE);
    expectOk(await restore(clinic));
    expect((await stateOf(clinic)).users).toMatchObject([{ name: 'Fremd' }]);
    expect((await copiesOf(clinic))[0]?.users).toMatchObject([{ name: 'Anna' }]);
    expect(codeOf(await undo(clinic, FOREIGN_PASSPHRASE))).toBe('vault.wrong_passphrase');
    expect(expectOk(await undo(clinic, TEST_PASSPHRASE)).phase).toBe('locked');
    await signIn(clinic, 'Anna');
    const { rows } = expectOk(
      await clinic.api['patients.list']({ search: '', limit: 50, offset: 0 } as never),
    );
    expect(rows).toMatchObject([{ displayName: INVENTED_PATIENT.displayName }]);
  });

  it('goes from a damaged store and from the first start too, and reaches each kept copy', async () => {
    const clinic = await start();
    await checkedBackup(clinic, (await madeBackup(clinic)).bytes);
    expectOk(await restore(clinic));
    const folder = join(clinic.dataFolder, 'clinic');
    writeFileSync(join(folder, 'store.db'), Buffer.alloc(8192, 7));
    const userId = await idOf(clinic, 'Anna');
    expect(codeOf(await clinic.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }))).toBe(
      'store.damaged',
    );
    expect(expectOk(await undo(clinic, TEST_PASSPHRASE)).phase).toBe('locked');
    for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true });
    expect((await stateOf(clinic)).phase).toBe('first-run');
    // What was put aside last is the damaged store.
    expect(expectOk(await undo(clinic, TEST_PASSPHRASE)).phase).toBe('locked');
  });

  it('keeps the newest three copies of a clinic, and none is pushed out by another clinic’s', async () => {
    const clinic = await start();
    const foreign = await madeBackup(await start(['Fremd'], FOREIGN_PASSPHRASE));
    await checkedBackup(clinic, foreign.bytes, FOREIGN_PASSPHRASE);
    expectOk(await restore(clinic));
    for (let i = 0; i < 4; i++) {
      await signIn(clinic, 'Fremd', FOREIGN_PASSPHRASE);
      await checkedBackup(clinic, foreign.bytes, FOREIGN_PASSPHRASE);
      expectOk(await restore(clinic, FOREIGN_PASSPHRASE));
    }
    const names = (await copiesOf(clinic)).map(({ users }) => users[0]?.name);
    expect(names).toEqual(['Fremd', 'Fremd', 'Fremd', 'Anna']);
    expect(expectOk(await undo(clinic, TEST_PASSPHRASE, false, 3)).users).toMatchObject([{ name: 'Anna' }]);
  });
});

describe('PINs', () => {
  const pinOf = async (clinic: TestClinic, name: string) =>
    (await stateOf(clinic)).users.find((user) => user.name === name)?.pin;
  async function withPin(): Promise<{ clinic: TestClinic; ben: UserId; bytes: Buffer }> {
    const clinic = await start(['Anna', 'Ben']);
    await lock(clinic);
    await signIn(clinic, 'Ben');
    expectOk(await clinic.api['app.setPin']({ passphrase: TEST_PASSPHRASE, pin: PIN }));
    const { bytes } = await madeBackup(clinic);
    await lock(clinic);
    await signIn(clinic, 'Anna');
    return { clinic, ben: await idOf(clinic, 'Ben'), bytes };
  }

  it('are off after a restore and after its undoing, until their user’s passphrase', async () => {
    const { clinic, ben, bytes } = await withPin();
    await checkedBackup(clinic, bytes);
    expectOk(await restore(clinic));
    await signIn(clinic, 'Anna');
    expect(codeOf(await clinic.api['app.switchUser']({ userId: ben, pin: PIN }))).toBe('pin.off');
    expectOk(await undo(clinic, TEST_PASSPHRASE, true));
    await signIn(clinic, 'Anna');
    expect(await pinOf(clinic, 'Ben')).toBe('off');
    expect(codeOf(await clinic.api['app.switchUser']({ userId: ben, pin: PIN }))).toBe('pin.off');
    await lock(clinic);
    await signIn(clinic, 'Ben');
    await lock(clinic);
    await signIn(clinic, 'Anna');
    expect(codeOf(await clinic.api['app.switchUser']({ userId: ben, pin: PIN }))).toBe('ok');
  });

  it('wrong ones are counted outside the store as well: an older store takes none back', async () => {
    const { clinic, ben } = await withPin();
    const raw = clinic.host.clinic.opened?.db.raw;
    for (let i = 0; i < 3; i++) {
      await clinic.api['app.switchUser']({ userId: ben, pin: '1111' });
      // What putting an older store in place would do to its own count.
      raw?.exec('UPDATE user_pin SET failed_count = 0');
    }
    expect(codeOf(await clinic.api['app.switchUser']({ userId: ben, pin: PIN }))).toBe('pin.off');
  });
});

describe('a checked backup', () => {
  it('is forgotten with the lock and when another user takes over', async () => {
    const clinic = await start(['Anna', 'Ben']);
    await lock(clinic);
    await signIn(clinic, 'Ben');
    expectOk(await clinic.api['app.setPin']({ passphrase: TEST_PASSPHRASE, pin: PIN }));
    await lock(clinic);
    await signIn(clinic, 'Anna');
    const { bytes } = await madeBackup(clinic);
    await checkedBackup(clinic, bytes);
    expectOk(await clinic.api['app.switchUser']({ userId: await idOf(clinic, 'Ben'), pin: PIN }));
    expect(existsSync(join(clinic.dataFolder, 'restore'))).toBe(false);
    expect(codeOf(await restore(clinic))).toBe('backup.damaged');
    await checkedBackup(clinic, bytes);
    await lock(clinic);
    expect(existsSync(join(clinic.dataFolder, 'restore'))).toBe(false);
    await signIn(clinic, 'Ben');
    expect(codeOf(await restore(clinic))).toBe('backup.damaged');
  });

  it('is checked again when something was entered since', async () => {
    const clinic = await start();
    const { bytes } = await madeBackup(clinic);
    const userId = await checkedBackup(clinic, bytes);
    expectOk(await clinic.api['patients.create'](INVENTED_PATIENT));
    expect(codeOf(await restore(clinic))).toBe('backup.check_again');
    expectOk(await clinic.api['backup.check']({ userId, passphrase: TEST_PASSPHRASE }));
    expect(codeOf(await restore(clinic))).toBe('ok');
  });
});
