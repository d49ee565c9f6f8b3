import { type AppUnderTest, expect, test } from '../fixtures/app.ts';
import { clinicFiles } from '../fixtures/clinic-files.ts';
import { chosenShell } from '../fixtures/shells.ts';
import { createPatient, ERIKA } from '../pages/patients.ts';
import {
  createFirstUser,
  PASSPHRASE,
  passRecoveryCode,
  patientsHeading,
  tryPassphrase,
  unlock,
} from '../pages/welcome.ts';

const SCRYPT_COST = 2 ** 10;
test.use({ shellOptions: { scryptCost: SCRYPT_COST } });

const patientRow = (app: AppUnderTest) => app.page.getByRole('row').filter({ hasText: ERIKA.name });

async function withOnePatient(app: AppUnderTest): Promise<void> {
  await createFirstUser(app.page, 'Dr Test');
  await passRecoveryCode(app.page);
  await createPatient(app.page, ERIKA);
}

test('a second instance on the same store stays closed, and the first works on', async ({ app, makeApp }) => {
  await withOnePatient(app);
  const second = makeApp(app.ownFolder);
  if (chosenShell() === 'electron') {
    // The second program ends at once and brings the first window to the front.
    await expect(second.open()).rejects.toThrow();
  } else {
    await second.open();
    await tryPassphrase(second.page, PASSPHRASE);
    await expect(
      second.page.getByText('The records are in use by another window of Prehensa.'),
    ).toBeVisible();
    await expect(second.page.getByText(/Nothing was lost\. Close the other window/)).toBeVisible();
    await expect(patientsHeading(second.page)).toBeHidden();
  }
  await createPatient(app.page, { ...ERIKA, name: 'Second, Person' });
  await app.stop();
  if (chosenShell() === 'browser') {
    await tryPassphrase(second.page, PASSPHRASE);
    await expect(patientsHeading(second.page)).toBeVisible();
    await expect(patientRow(second)).toBeVisible();
    await expect(second.page.getByRole('row').filter({ hasText: 'Second, Person' })).toBeVisible();
  }
});

test('a second instance on the sample clinic is told so', { tag: '@full' }, async ({ app, makeApp }) => {
  test.skip(chosenShell() === 'electron', 'in Electron a second program ends at once');
  await app.page.getByRole('button', { name: 'Open the sample clinic' }).click();
  await expect(patientsHeading(app.page)).toBeVisible();
  const second = makeApp(app.ownFolder);
  await second.open();
  await second.page.getByRole('button', { name: 'Open the sample clinic' }).click();
  await expect(second.page.getByText('The records are in use by another window of Prehensa.')).toBeVisible();
  await expect(app.page.getByRole('row').filter({ hasText: 'Kowalska' })).toBeVisible();
});

test('a store from a newer version is not touched, and opens again with its own version', {
  tag: '@full',
}, async ({ app }) => {
  await withOnePatient(app);
  await app.stop();
  const files = clinicFiles(app.storeFolder);
  const cost = chosenShell() === 'browser' ? SCRYPT_COST : undefined;
  const own = await files.setSchema(PASSPHRASE, 9999, cost);
  const hash = files.hash();
  await app.open();
  await tryPassphrase(app.page, PASSPHRASE);
  await expect(app.page.getByRole('heading', { name: 'These records need a newer Prehensa' })).toBeVisible();
  await expect(app.page.getByText(/This version has not touched them/)).toBeVisible();
  await expect(app.page.getByText(/Incident [0-9a-f]{8}/)).toBeVisible();
  await app.page.getByRole('button', { name: 'Look again' }).click();
  await expect(app.page.getByRole('heading', { name: 'These records need a newer Prehensa' })).toBeVisible();
  await app.stop();
  expect(files.hash()).toBe(hash);
  await files.setSchema(PASSPHRASE, own, cost);
  await app.open();
  await unlock(app.page);
  await expect(patientRow(app)).toBeVisible();
});

test('a truncated store is not opened, not changed and not replaced by an empty one', {
  tag: '@full',
}, async ({ app }) => {
  await withOnePatient(app);
  await app.stop();
  const files = clinicFiles(app.storeFolder);
  const putBack = files.truncate(0.6);
  const hash = files.hash();
  await app.open();
  await tryPassphrase(app.page, PASSPHRASE);
  await expect(app.page.getByRole('heading', { name: 'The file with the records is damaged' })).toBeVisible();
  await expect(app.page.getByText(/newest backup/)).toBeVisible();
  await expect(patientsHeading(app.page)).toBeHidden();
  await app.stop();
  expect(files.hash(), 'the damaged file is kept as it is').toBe(hash);
  putBack();
  await app.open();
  await unlock(app.page);
  await expect(patientRow(app)).toBeVisible();
});
