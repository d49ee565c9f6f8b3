import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  codeOf,
  expectOk,
  INVENTED_PATIENT,
  savedSession,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
} from './test-clinic.ts';

let clinic: TestClinic;
let folder: string;
const file = (name: string) => join(folder, name);
beforeEach(async () => {
  clinic = await startTestClinic();
  folder = join(clinic.dataFolder, 'clinic');
  await savedSession(clinic);
});
afterEach(() => clinic.remove());

/** What unlocking answers to a fresh start on the same folder. */
async function unlockAgain(): Promise<string> {
  const again = await startTestClinic({ dataFolder: clinic.dataFolder });
  const userId = expectOk(await again.api['app.state']({})).users[0]?.id as never;
  const code = codeOf(await again.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
  await again.host.close();
  return code;
}

it('an older store under the newer mark is damage, not an older clinic', async () => {
  await clinic.host.close();
  copyFileSync(file('store.db'), file('older.db'));
  expect(await unlockAgain()).toBe('ok');
  copyFileSync(file('older.db'), file('store.db'));
  expect(await unlockAgain()).toBe('store.damaged');
});

it('an emptied store file is damage, not a new clinic', async () => {
  await clinic.host.close();
  truncateSync(file('store.db'), 0);
  expect(await unlockAgain()).toBe('store.damaged');
  expect(readFileSync(file('store.db'))).toHaveLength(0);
});

it('acknowledged records are in the store itself, so that a lost log loses none of them', async () => {
  expectOk(await clinic.api['patients.create']({ ...INVENTED_PATIENT, displayName: 'Second, Sam' }));
  // The program dies: what is on the disk now is all there is.
  const saved = new Map(['store.db', 'high-water.json'].map((name) => [name, readFileSync(file(name))]));
  await clinic.host.close();
  for (const suffix of ['-wal', '-shm']) rmSync(file(`store.db${suffix}`), { force: true });
  for (const [name, bytes] of saved) writeFileSync(file(name), bytes);
  const again = await startTestClinic({ dataFolder: clinic.dataFolder });
  const userId = expectOk(await again.api['app.state']({})).users[0]?.id as never;
  expectOk(await again.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
  expect(expectOk(await again.api['patients.list']({ search: '', limit: 5, offset: 0 })).total).toBe(2);
  await again.host.close();
});

it('a cut or changed trail is found when the store is opened', async () => {
  const open = clinic.host.clinic.opened;
  open?.db.raw.exec('DROP TRIGGER audit_no_delete');
  open?.db.raw.exec('DELETE FROM audit WHERE seq > 2');
  await clinic.host.close();
  expect(await unlockAgain()).toBe('store.damaged');
});

it('a forged mark is refused; without any mark the store opens by its own trail', async () => {
  await clinic.host.close();
  const mark = JSON.parse(readFileSync(file('high-water.json'), 'utf8')) as { seq: number };
  writeFileSync(file('high-water.json'), JSON.stringify({ ...mark, seq: mark.seq - 1 }));
  expect(await unlockAgain()).toBe('store.damaged');
  rmSync(file('high-water.json'));
  expect(await unlockAgain()).toBe('ok');
});

it('two programs cannot both make the first user', async () => {
  const first = await startTestClinic();
  const second = await startTestClinic({ dataFolder: first.dataFolder });
  const create = (which: TestClinic, name: string) =>
    which.api['app.createUser']({ name, passphrase: TEST_PASSPHRASE });
  const codes = await Promise.all([create(first, 'Anna'), create(second, 'Ben')]);
  expect(codes.map(codeOf).filter((code) => code === 'ok')).toHaveLength(1);
  const winner = codes[0]?.ok ? first : second;
  expectOk(await winner.api['patients.create'](INVENTED_PATIENT));
  await second.host.close();
  await first.remove();
});
