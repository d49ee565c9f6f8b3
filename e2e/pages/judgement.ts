import { expect, type Page } from 'playwright/test';
import type { Keys } from '../fixtures/keys.ts';

export const judgementHeading = (page: Page) =>
  page.getByRole('heading', { name: 'Your judgement', level: 1 });
export const lockButton = (page: Page) => page.getByRole('button', { name: 'Lock and show' });

/** A class by its key, then 55 %: the cursor stands on the slider afterwards. */
export async function answerByKey(page: Page, keys: Keys, answerKey: '1' | '2' | '3'): Promise<void> {
  await expect(judgementHeading(page)).toBeVisible();
  await keys.press(answerKey);
  await expect(page.getByRole('radio', { checked: true })).toBeFocused();
  await keys.press('Enter');
  await expect(page.getByRole('slider', { name: 'How sure' })).toBeFocused();
  await keys.press('ArrowRight');
}
