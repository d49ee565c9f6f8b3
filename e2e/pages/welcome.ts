import { expect, type Page } from 'playwright/test';

export const PASSPHRASE = 'four quiet herons wading';

export const patientsHeading = (page: Page) => page.getByRole('heading', { name: 'Patients', level: 1 });

export async function openSampleClinic(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample clinic' }).click();
  await expect(patientsHeading(page)).toBeVisible();
}

/** Fills and sends the form of the first user; the recovery code is on screen then. */
export async function createFirstUser(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Create a user' }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('Passphrase again').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Create user' }).click();
  await expect(page.getByRole('heading', { name: 'Keep this recovery code' })).toBeVisible();
}

/** The code as shown; to be called on its screen. */
export const shownRecoveryCode = async (page: Page): Promise<string> =>
  (await page.getByRole('region', { name: 'Keep this recovery code' }).locator('code').innerText()).trim();

export async function passRecoveryCode(page: Page): Promise<void> {
  await page.getByLabel('I have written it down').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(patientsHeading(page)).toBeVisible();
}

export async function tryPassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
}

export async function unlock(page: Page): Promise<void> {
  await tryPassphrase(page, PASSPHRASE);
  await expect(patientsHeading(page)).toBeVisible();
}
