import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { createPatient, ERIKA, openPatientList } from '../pages/patients.ts';
import { createFirstUser, PASSPHRASE, passRecoveryCode, unlock } from '../pages/welcome.ts';

test.use({ shellOptions: { scryptCost: 2 ** 10 } });

test('a backup comes back on another computer; a damaged one is not used', { tag: '@full' }, async ({
  makeApp,
  scratchFolder,
}) => {
  test.skip(process.env.PREHENSA_SHELL === 'electron', 'the save dialogue of the system cannot be pressed');
  const first = makeApp();
  await first.open();
  const { page } = first;
  await createFirstUser(page, 'Dr Test');
  await passRecoveryCode(page);
  await createPatient(page, ERIKA);
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: 'Make a backup now' }).click();
  await expect(page.getByText('The backup is made, read back and whole.')).toBeVisible();
  const path = await page.getByText(/\.prehensa-backup$/).innerText();
  await first.stop();

  const damaged = join(scratchFolder, 'damaged.prehensa-backup');
  const bytes = readFileSync(path);
  bytes[bytes.length - 5000] = (bytes[bytes.length - 5000] as number) ^ 1;
  writeFileSync(damaged, bytes);

  const second = makeApp();
  await second.open();
  const other = second.page;
  await other.getByRole('button', { name: 'Check or restore a backup' }).click();
  await other.locator('input[type="file"]').setInputFiles(damaged);
  await expect(other.getByText('This backup is damaged or incomplete, so it was not used.')).toBeVisible();
  await other.locator('input[type="file"]').setInputFiles(path);
  await other.getByLabel(/^Passphrase of this user/).fill(PASSPHRASE);
  await other.getByRole('button', { name: 'Check what it holds' }).click();
  await expect(other.getByText(/^1 patient /)).toBeVisible();
  await other.getByRole('button', { name: 'Put this backup in place' }).click();
  await unlock(other);
  await openPatientList(other);
  await expect(other.getByRole('row').filter({ hasText: ERIKA.name })).toBeVisible();
});

test('a restore asks for the own passphrase and is undone past the lock', { tag: '@full' }, async ({
  makeApp,
}) => {
  test.skip(process.env.PREHENSA_SHELL === 'electron', 'the save dialogue of the system cannot be pressed');
  const app = makeApp();
  await app.open();
  const { page } = app;
  await createFirstUser(page, 'Dr Test');
  await passRecoveryCode(page);
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: 'Make a backup now' }).click();
  await expect(page.getByText('The backup is made, read back and whole.')).toBeVisible();
  const path = await page.getByText(/\.prehensa-backup$/).innerText();
  await page.keyboard.press('Alt+1');
  await createPatient(page, ERIKA);
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: 'Check or restore a backup' }).click();
  await page.locator('input[type="file"]').setInputFiles(path);
  await page.getByLabel(/^Passphrase of this user/).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Check what it holds' }).click();
  await page.getByLabel('Your passphrase, as it is today').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Put this backup in place' }).click();
  await page.getByRole('button', { name: /^Undo the restore of/ }).click();
  await page.getByLabel('Passphrase of this user').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Exchange the records' }).click();
  await unlock(page);
  await openPatientList(page);
  await expect(page.getByRole('row').filter({ hasText: ERIKA.name })).toBeVisible();
});
