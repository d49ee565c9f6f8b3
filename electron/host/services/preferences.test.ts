import { afterEach, beforeEach, expect, it } from 'vitest';
import { PREFERENCE_DEFAULTS } from '../../../core/contract/channels/preferences.ts';
import { codeOf, expectOk, startTestClinic, TEST_PASSPHRASE, type TestClinic } from '../app/test-clinic.ts';
import { verifyAudit } from './audit.ts';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic();
  expectOk(await clinic.api['app.createUser']({ name: 'Dr Test', passphrase: TEST_PASSPHRASE }));
});
afterEach(() => clinic.remove());

const get = async () => expectOk(await clinic.api['preferences.get']({}));

async function signIn(name: string): Promise<void> {
  const { users } = expectOk(await clinic.api['app.lock']({}));
  const userId = users.find((user) => user.name === name)?.id as never;
  expectOk(await clinic.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
}

it('starts with the defaults and changes only what is named', async () => {
  expect(await get()).toEqual(PREFERENCE_DEFAULTS);
  const changed = expectOk(await clinic.api['preferences.set']({ forceUnit: 'lb', textSizePercent: 150 }));
  expect(changed).toEqual({ ...PREFERENCE_DEFAULTS, forceUnit: 'lb', textSizePercent: 150 });
  expect(await get()).toEqual(changed);
});

it('keeps a user’s choices to the user, and shares the clinic’s', async () => {
  expectOk(await clinic.api['app.createUser']({ name: 'Second', passphrase: TEST_PASSPHRASE }));
  expectOk(await clinic.api['preferences.set']({ forceUnit: 'N', summaryRule: 'maximum', lockMinutes: 3 }));
  await signIn('Second');
  expect(await get()).toEqual({ ...PREFERENCE_DEFAULTS, summaryRule: 'maximum', lockMinutes: 3 });
  await signIn('Dr Test');
  expect((await get()).forceUnit).toBe('N');
});

it('takes no value that is none of the choices', async () => {
  for (const change of [
    { forceUnit: 'stone' },
    { lockMinutes: 0 },
    { lockMinutes: 61 },
    { textSizePercent: 120 },
    { anything: 1 },
  ]) {
    expect(codeOf(await clinic.api['preferences.set'](change as never))).toBe('input.invalid');
  }
  expect(await get()).toEqual(PREFERENCE_DEFAULTS);
});

it('falls back to the default for a stored value that it cannot read, and keeps the others', async () => {
  expectOk(await clinic.api['preferences.set']({ forceUnit: 'lb', theme: 'dark' }));
  const { db } = clinic.host.clinic.opened as NonNullable<typeof clinic.host.clinic.opened>;
  db.raw.prepare("UPDATE preference SET value = '{' WHERE name = 'forceUnit'").run();
  db.raw.prepare("UPDATE preference SET name = 'of a later version' WHERE name = 'theme'").run();
  expectOk(await clinic.api['preferences.set']({ dateOrder: 'day-month-year' }));
  expect(await get()).toEqual({ ...PREFERENCE_DEFAULTS, dateOrder: 'day-month-year' });
});

it('leaves a trail of each change', async () => {
  const { db, auditKey } = clinic.host.clinic.opened as NonNullable<typeof clinic.host.clinic.opened>;
  const before = verifyAudit(db, auditKey);
  expectOk(await clinic.api['preferences.set']({ lockMinutes: 5, theme: 'light' }));
  expect(verifyAudit(db, auditKey)).toEqual({ rows: before.rows + 2, firstBad: null });
});
