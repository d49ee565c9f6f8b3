import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runConformance } from '../../../core/contract/conformance.ts';
import type { PageTransport } from '../../../core/contract/wire.ts';
import { verifyAudit } from '../services/audit.ts';
import {
  codeOf,
  expectOk,
  INVENTED_PATIENT,
  savedSession,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
} from './test-clinic.ts';

const clinics: TestClinic[] = [];
async function start(options: Parameters<typeof startTestClinic>[0] = {}): Promise<TestClinic> {
  const clinic = await startTestClinic(options);
  clinics.push(clinic);
  return clinic;
}
afterEach(async () => {
  for (const clinic of clinics.splice(0)) await clinic.remove();
});

const transportOf = (clinic: TestClinic): PageTransport => ({
  request: clinic.request,
  onPush: () => () => {},
});

describe('the memory transport', () => {
  it('conforms', async () => {
    expect(await runConformance(transportOf(await start()))).toEqual([]);
  });
  it('the suite catches a transport that mixes up answers', async () => {
    const clinic = await start();
    let last = '';
    const broken: PageTransport = {
      ...transportOf(clinic),
      request: async (frame) => {
        const answer = last || (await clinic.request(frame));
        last = await clinic.request(frame);
        return answer;
      },
    };
    expect(await runConformance(broken)).not.toEqual([]);
  });
});

describe('users and the lock of the app', () => {
  it('goes from first run to open, and asks for the passphrase after a restart', async () => {
    const clinic = await start();
    expect(expectOk(await clinic.api['app.state']({})).phase).toBe('first-run');
    expect(codeOf(await clinic.api['patients.list']({ search: '', limit: 1, offset: 0 }))).toBe(
      'store.locked',
    );
    const made = expectOk(await clinic.api['app.createUser']({ name: 'Anna', passphrase: TEST_PASSPHRASE }));
    expect(made.state.phase).toBe('open');
    expect(made.recoveryCode).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
    await clinic.host.close();

    const again = await start({ dataFolder: clinic.dataFolder });
    const state = expectOk(await again.api['app.state']({}));
    expect(state.phase).toBe('locked');
    const userId = state.users[0]?.id as never;
    const wrong = await again.api['app.unlock']({ userId, passphrase: 'something else' });
    expect(codeOf(wrong)).toBe('vault.wrong_passphrase');
    const opened = expectOk(await again.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
    expect(opened.user?.name).toBe('Anna');
    const recovered = await again.api['app.recover']({
      userId,
      recoveryCode: made.recoveryCode,
      newPassphrase: 'another good passphrase',
    });
    expect(expectOk(recovered).phase).toBe('open');
  });

  it('lets the wait grow after wrong passphrases, and loses nothing', async () => {
    let now = 0;
    const clinic = await start({ monotonicMs: () => now });
    await savedSession(clinic);
    expectOk(await clinic.api['app.lock']({}));
    const userId = expectOk(await clinic.api['app.state']({})).users[0]?.id as never;
    const attempt = (passphrase: string) => clinic.api['app.unlock']({ userId, passphrase });
    for (let i = 0; i < 4; i++)
      expect(codeOf(await attempt('wrong wrong wrong'))).toBe('vault.wrong_passphrase');
    expect(codeOf(await attempt(TEST_PASSPHRASE))).toBe('vault.wait');
    // A weak new passphrase must not reset the counter.
    const weak = await clinic.api['app.recover']({ userId, recoveryCode: 'x', newPassphrase: 'short' });
    expect(codeOf(weak)).toBe('vault.weak_passphrase');
    expect(codeOf(await attempt(TEST_PASSPHRASE))).toBe('vault.wait');
    now += 5_001;
    expect(codeOf(await attempt(TEST_PASSPHRASE))).toBe('ok');
    const list = expectOk(await clinic.api['patients.list']({ search: '', limit: 10, offset: 0 }));
    expect(list.total).toBe(1);
  });

  it('lets several named users share the patients and refuses a name twice', async () => {
    const clinic = await start();
    const { api } = clinic;
    await savedSession(clinic);
    expectOk(await api['app.createUser']({ name: 'Ben', passphrase: 'another long passphrase' }));
    expect(
      codeOf(await api['app.createUser']({ name: ' ben ', passphrase: 'another long passphrase' })),
    ).toBe('vault.user_exists');
    // A name that is drawn alike would put a colleague's judgements under this one.
    for (const name of ['Ве\u0301n', 'В\u0435\u043f', 'B\u200ben', '\uff22en', 'Bеn']) {
      expect(
        codeOf(await api['app.createUser']({ name, passphrase: 'another long passphrase' })),
        name,
      ).not.toBe('ok');
    }
    expectOk(await api['app.lock']({}));
    expect(codeOf(await api['app.createUser']({ name: 'Eve', passphrase: 'a passphrase of hers' }))).toBe(
      'store.locked',
    );
    const ben = expectOk(await api['app.state']({})).users.find((user) => user.name === 'Ben');
    expectOk(await api['app.unlock']({ userId: ben?.id as never, passphrase: 'another long passphrase' }));
    expect(expectOk(await api['patients.list']({ search: 'erika', limit: 5, offset: 0 })).total).toBe(1);
  });

  it('tells a second program that the store is in use', async () => {
    const clinic = await start();
    await savedSession(clinic);
    const second = await startTestClinic({ dataFolder: clinic.dataFolder });
    const userId = expectOk(await second.api['app.state']({})).users[0]?.id as never;
    expect(codeOf(await second.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }))).toBe(
      'store.busy',
    );
    await second.host.close();
  });

  it('says that a truncated store is damaged and never makes a new one over it', async () => {
    const clinic = await start();
    await savedSession(clinic);
    await clinic.host.close();
    const file = join(clinic.dataFolder, 'clinic', 'store.db');
    truncateSync(file, 4096 * 3);
    const again = await start({ dataFolder: clinic.dataFolder });
    const userId = expectOk(await again.api['app.state']({})).users[0]?.id as never;
    expect(codeOf(await again.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }))).toBe(
      'store.damaged',
    );
    const state = expectOk(await again.api['app.state']({}));
    expect(state.phase).toBe('fatal');
    expect(state.fatal?.code).toBe('store.damaged');
    expect(readFileSync(file)).toHaveLength(4096 * 3);
  });

  it('refuses a store from a newer version', async () => {
    const clinic = await start();
    await savedSession(clinic);
    clinic.host.clinic.opened?.db.raw.pragma('user_version=99999');
    await clinic.host.close();
    const again = await start({ dataFolder: clinic.dataFolder });
    const userId = expectOk(await again.api['app.state']({})).users[0]?.id as never;
    expect(codeOf(await again.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }))).toBe(
      'store.newer',
    );
  });

  it('never opens an empty clinic where the store file is gone', async () => {
    const clinic = await start();
    await savedSession(clinic);
    await clinic.host.close();
    rmSync(join(clinic.dataFolder, 'clinic', 'store.db'));
    const again = await start({ dataFolder: clinic.dataFolder });
    const userId = expectOk(await again.api['app.state']({})).users[0]?.id as never;
    expect(codeOf(await again.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }))).toBe(
      'store.damaged',
    );
    expect(readdirSync(join(clinic.dataFolder, 'clinic'))).not.toContain('store.db');
  });

  it('never starts a new vault beside a store whose vault is gone', async () => {
    const clinic = await start();
    await savedSession(clinic);
    await clinic.host.close();
    for (const name of ['vault.json', 'vault.json.bak']) rmSync(join(clinic.dataFolder, 'clinic', name));
    const again = await start({ dataFolder: clinic.dataFolder });
    expect(expectOk(await again.api['app.state']({})).fatal?.code).toBe('vault.damaged');
    expect(codeOf(await again.api['app.createUser']({ name: 'N', passphrase: TEST_PASSPHRASE }))).toBe(
      'vault.damaged',
    );
  });
});

describe('secrecy', () => {
  it('leaves no typed text on the disk outside the encrypted store, and none in the log', async () => {
    const logFolder = mkdtempSync(join(tmpdir(), 'prehensa-log-'));
    const clinic = await start({ logFolder });
    const marker = 'ZEBRAMARKER';
    const view = await savedSession(clinic);
    expectOk(await clinic.api['patients.create']({ ...INVENTED_PATIENT, displayName: marker }));
    await clinic.request(JSON.stringify({ name: marker, input: { [marker]: marker } }));
    await clinic.request(
      JSON.stringify({ name: 'sessions.get', input: { sessionId: view.session.id, x: marker } }),
    );
    await clinic.host.close();
    const files = [clinic.dataFolder, logFolder].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const text = readFileSync(file).toString('latin1');
      expect(text.includes(marker), file).toBe(false);
      expect(text.includes(TEST_PASSPHRASE), file).toBe(false);
      expect(text.includes('Erika'), file).toBe(false);
    }
    expect(readFileSync(join(logFolder, 'prehensa.log'), 'utf8')).toContain('input.invalid');
    rmSync(logFolder, { recursive: true });
  });
});

describe('audit', () => {
  it('finds a changed, a removed and an inserted row', async () => {
    const clinic = await start();
    await savedSession(clinic);
    const open = clinic.host.clinic.opened;
    if (!open) throw new Error('not open');
    const { raw } = open.db;
    const rows = raw.prepare('SELECT count(*) AS n FROM audit').get() as { n: number };
    expect(verifyAudit(open.db, open.auditKey)).toEqual({ rows: rows.n, firstBad: null });
    // The triggers stop honest mistakes; somebody with the key of the store could drop them.
    raw.exec('DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete');
    const tamper = (statement: string) => {
      raw.exec('SAVEPOINT tamper');
      raw.exec(statement);
      const { firstBad } = verifyAudit(open.db, open.auditKey);
      raw.exec('ROLLBACK TO tamper; RELEASE tamper');
      return firstBad;
    };
    expect(tamper("UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 3")).toBe(3);
    expect(tamper('DELETE FROM audit WHERE seq = 2')).toBe(3);
    expect(
      tamper(
        'INSERT INTO audit SELECT seq + 1000, at, user_id, event, object_id, details_hash, previous, mac FROM audit WHERE seq = 1',
      ),
    ).toBe(1001);
  });
});

it.each([
  ['Łukaszewicz, Jan', 'luk'],
  ['Müller, Eva', 'muller'],
  ['Sørensen, Ida', 'soren'],
  ['Groß, Uwe', 'gross'],
])('finds %s by %s', async (displayName, search) => {
  const clinic = await start();
  expectOk(await clinic.api['app.createUser']({ name: 'Anna', passphrase: TEST_PASSPHRASE }));
  expectOk(await clinic.api['patients.create']({ ...INVENTED_PATIENT, displayName }));
  expect(expectOk(await clinic.api['patients.list']({ search, limit: 5, offset: 0 })).total).toBe(1);
});

it('writes only through channels that are declared to write', async () => {
  const clinic = await start();
  const { session } = await savedSession(clinic);
  const before = clinic.host.clinic.opened?.db.raw.prepare('SELECT max(seq) AS s FROM audit').get();
  await clinic.api['sessions.get']({ sessionId: session.id });
  await clinic.api['patients.list']({ search: '', limit: 5, offset: 0 });
  await clinic.api['sessions.trend']({ patientId: session.patientId });
  expect(clinic.host.clinic.opened?.db.raw.prepare('SELECT max(seq) AS s FROM audit').get()).toEqual(before);
});

it('keeps the wait file out of reach of a bad content', async () => {
  const clinic = await start();
  await savedSession(clinic);
  await clinic.host.close();
  writeFileSync(join(clinic.dataFolder, 'clinic', 'attempts.json'), 'garbage');
  const again = await start({ dataFolder: clinic.dataFolder });
  const userId = expectOk(await again.api['app.state']({})).users[0]?.id as never;
  expect(codeOf(await again.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }))).toBe('ok');
});
