import { rmSync } from 'node:fs';
import { expect, test } from '../fixtures/app.ts';
import { clinicFiles } from '../fixtures/clinic-files.ts';
import { askHost, readHost } from '../fixtures/host-calls.ts';
import { createPatient, ERIKA } from '../pages/patients.ts';
import {
  createFirstUser,
  PASSPHRASE,
  passRecoveryCode,
  patientsHeading,
  shownRecoveryCode,
  tryPassphrase,
  unlock,
} from '../pages/welcome.ts';

const NEW_PASSPHRASE = 'seven loud geese landing';

// The rule is under test, not the cost of one attempt.
test.use({ shellOptions: { scryptCost: 2 ** 10 } });

test('a wrong passphrase: a clear sentence, a wait that grows and survives a restart, nothing lost', {
  tag: '@full',
}, async ({ app }) => {
  await createFirstUser(app.page, 'Dr Test');
  await passRecoveryCode(app.page);
  await createPatient(app.page, ERIKA);
  await app.page.keyboard.press('Alt+l');
  await expect(app.page.getByRole('heading', { name: 'Unlock the records' })).toBeVisible();
  const wait = app.page.getByRole('timer');
  const button = app.page.getByRole('button', { name: 'Unlock', exact: true });

  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await tryPassphrase(app.page, `wrong passphrase ${attempt}`);
    await expect(app.page.getByText('That does not open the records.')).toBeVisible();
    await expect(app.page.getByText(/Nothing was lost\. Check the name, capital letters/)).toBeVisible();
    await expect(wait).toBeHidden();
  }
  await tryPassphrase(app.page, 'wrong passphrase 4');
  await expect(wait).toContainText(/[45] seconds/);
  await expect(button).toBeDisabled();
  // The page's button is a courtesy: the host refuses by itself, the right passphrase too.
  const [user] = (await readHost(app.page, 'app.state', {})).users;
  const early = { userId: user?.id ?? '', passphrase: PASSPHRASE };
  expect(await askHost(app.page, 'app.unlock', early)).toMatchObject({ error: { code: 'vault.wait' } });
  await expect(wait).toBeHidden();
  await tryPassphrase(app.page, 'wrong passphrase 5');
  await expect(wait).toContainText(/1[45] seconds/);

  await app.restart();
  await expect(app.page.getByRole('timer')).toContainText(/1[345] seconds/);
  await app.stop();

  // Instead of waiting: the counter alone is taken away, the records are what they were.
  rmSync(clinicFiles(app.storeFolder).attemptsFile);
  await app.open();
  await unlock(app.page);
  await expect(app.page.getByRole('row').filter({ hasText: ERIKA.name })).toBeVisible();
});

test('the recovery code sets a new passphrase; the old one no longer opens', async ({ app }) => {
  const { page } = app;
  await createFirstUser(page, 'Dr Test');
  const code = await shownRecoveryCode(page);
  await passRecoveryCode(page);
  await createPatient(page, ERIKA);
  await page.keyboard.press('Alt+l');
  await page.getByRole('button', { name: 'I forgot my passphrase' }).click();
  const recover = async (typedCode: string) => {
    await page.getByLabel('Recovery code').fill(typedCode);
    await page.getByLabel('New passphrase', { exact: true }).fill(NEW_PASSPHRASE);
    await page.getByLabel('New passphrase again').fill(NEW_PASSPHRASE);
    await page.getByRole('button', { name: 'Set passphrase and unlock' }).click();
  };
  await recover(code.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')));
  await expect(page.getByText('This code does not open the records. Nothing was lost')).toBeVisible();
  await recover(code);
  await expect(patientsHeading(page)).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: ERIKA.name })).toBeVisible();
  await page.keyboard.press('Alt+l');
  await tryPassphrase(page, PASSPHRASE);
  await expect(page.getByText('That does not open the records.')).toBeVisible();
  await tryPassphrase(page, NEW_PASSPHRASE);
  await expect(patientsHeading(page)).toBeVisible();
});
