import { expect, type Page } from 'playwright/test';
import { PASSPHRASE, patientsHeading } from './welcome.ts';

export const readingsHeading = (page: Page) =>
  page.getByRole('heading', { name: 'Second readings', level: 1 });
export const readingHeading = (page: Page) => page.getByRole('heading', { name: 'Second reading', level: 1 });
export const comparedHeading = (page: Page) =>
  page.getByRole('heading', { name: 'Two readings and the model', level: 1 });

/** From any open screen: locks, then unlocks as somebody else. */
export async function unlockAs(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Alt+l');
  await page.getByRole('group', { name: 'Who are you?' }).getByRole('radio', { name }).check();
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(patientsHeading(page)).toBeVisible();
}

export async function openReadings(page: Page): Promise<void> {
  // A key pressed before the page listens is lost.
  await expect(patientsHeading(page)).toBeVisible();
  await page.keyboard.press('Alt+2');
  await page.getByRole('button', { name: 'Second readings', exact: true }).click();
  await expect(readingsHeading(page)).toBeVisible();
}
