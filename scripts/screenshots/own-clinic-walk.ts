/** The screens around a clinic of one's own: first screen to locked door, and the page of a damaged file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_PASSPHRASE } from '../driver/main-job.ts';
import type { OpenAgain, Shooter } from './shoot.ts';

const USER_NAME = 'Dr Amélie Fontaine-Whitaker';

export async function walkOwnClinic({ shoot }: Shooter, open: OpenAgain): Promise<void> {
  const { page } = await open();
  await page.getByRole('button', { name: 'Open the sample clinic' }).waitFor();
  await shoot(page, 'welcome');

  await page.getByRole('button', { name: 'Create a user' }).click();
  await page.getByLabel('Your name').fill(USER_NAME);
  await page.getByLabel('Passphrase', { exact: true }).fill('short');
  await page.getByLabel('Passphrase again').fill('sort');
  await page.getByRole('button', { name: 'Create user' }).click();
  await page.getByText('The two passphrases differ').waitFor();
  await shoot(page, 'create-user-with-errors');
  await page.getByLabel('Passphrase', { exact: true }).fill(DEMO_PASSPHRASE);
  await page.getByLabel('Passphrase again').fill(DEMO_PASSPHRASE);
  await shoot(page, 'create-user');

  await page.getByRole('button', { name: 'Create user' }).click();
  await page.getByLabel('I have written it down').waitFor();
  await shoot(page, 'recovery-code');

  await page.getByLabel('I have written it down').check();
  await page.getByRole('button', { name: /^Go on/ }).click();
  await page.getByRole('heading', { name: 'Patients', level: 1 }).waitFor();
  await shoot(page, 'patient-list-first-day');

  await page.getByRole('button', { name: 'New patient' }).first().click();
  await page.getByLabel('Name or pseudonym').waitFor();
  await shoot(page, 'new-patient');
  await page.getByLabel('Birth date').fill('1871-02-31');
  await page.getByLabel('Height (cm)').fill('seventeen');
  await page.getByLabel('Weight (kg)').fill('1e999');
  await page.getByRole('button', { name: /^Save patient/ }).click();
  await page.locator('[aria-invalid="true"]').first().waitFor();
  await shoot(page, 'new-patient-with-errors');

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Leave without saving' }).waitFor();
  await shoot(page, 'leave-without-saving');
  await page.getByRole('button', { name: 'Leave without saving' }).click();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await shoot(page, 'settings');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await page.getByRole('heading', { name: 'Unlock the records' }).waitFor();
  await shoot(page, 'unlock');
  await page.getByLabel('Passphrase', { exact: true }).fill('not this one');
  await page.keyboard.press('Enter');
  await page.getByText('That does not open the records').waitFor();
  await shoot(page, 'unlock-wrong-passphrase');
  await page.getByRole('button', { name: 'I forgot my passphrase' }).click();
  await page.getByLabel('Recovery code').waitFor();
  await shoot(page, 'recover');

  // A vault that cannot be read, as after a disk error.
  const damaged = await open((dataFolder) => {
    for (const name of ['vault.json', 'vault.json.bak']) writeFileSync(join(dataFolder, 'clinic', name), '{');
  });
  await damaged.page.getByRole('button', { name: 'Look again' }).waitFor();
  await shoot(damaged.page, 'fatal-page');
}
