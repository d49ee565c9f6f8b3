import type { Page } from 'playwright-core';

/** Types a marker the ways a name could reach the disk: fields, a submitted form, a new history entry. */
export async function typeMarker(page: Page, marker: string): Promise<void> {
  await page.locator('#name').pressSequentially(marker);
  await page.locator('#note').fill(`note ${marker}`);
  await page.evaluate('form.addEventListener("submit", (e) => e.preventDefault())');
  await page.locator('#name').press('Enter');
  await page.evaluate('history.pushState({}, "", "/#2")');
}
