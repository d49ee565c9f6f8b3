import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/app.ts';
import { clinicFiles } from '../fixtures/clinic-files.ts';
import { openResult } from '../pages/sample-results.ts';
import { type AtScreen, tourOfEntry, tourOfPatients, tourOfPlaces, tourOfSession } from '../pages/tour.ts';
import { tourOfAnalyses, tourOfFigures } from '../pages/tour-of-further-screens.ts';
import {
  createFirstUser,
  openSampleClinic,
  PASSPHRASE,
  passRecoveryCode,
  tryPassphrase,
} from '../pages/welcome.ts';

test.use({ shellOptions: { scryptCost: 2 ** 10 } });

/** Rules whose outcome depends on colours; all others have the same answer in light and dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Every rule of axe in light, those about colours in dark. Later screens are still visited after a finding. */
const axeOn =
  (page: Page): AtScreen =>
  async (screen) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      // Without legacy mode axe opens a second page, which the shell closes at once.
      const axe = new AxeBuilder({ page }).setLegacyMode(true);
      if (colorScheme === 'dark') axe.withRules(COLOUR_RULES);
      const { violations } = await axe.analyze();
      const found = violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id} (${help}): ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
      );
      expect.soft(found, `${screen}, ${colorScheme}`).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  };

test('axe: screens before the records are open', { tag: '@full' }, async ({ app }) => {
  await tourOfEntry(app.page, axeOn(app.page));
});
test('axe: screens around patients', { tag: '@full' }, async ({ app }) => {
  await openSampleClinic(app.page);
  await tourOfPatients(app.page, axeOn(app.page));
});
test('axe: the other places', { tag: '@full' }, async ({ app }) => {
  await openSampleClinic(app.page);
  await tourOfPlaces(app.page, axeOn(app.page));
});
test('axe: figures, recordings and further analyses', { tag: '@full' }, async ({ app }) => {
  await openSampleClinic(app.page);
  await tourOfFigures(app.page, axeOn(app.page));
  await tourOfAnalyses(app.page, axeOn(app.page));
});
test('axe: screens of a session', { tag: '@full' }, async ({ app }) => {
  await openSampleClinic(app.page);
  await tourOfSession(app.page, axeOn(app.page));
});

test('axe: an abstention and a page that stops the work', { tag: '@full' }, async ({ app }) => {
  await openSampleClinic(app.page);
  await openResult(app.page, 'an abstention', ({ probabilities }) => probabilities === null);
  const anything = app.page.locator('body');
  await axeOn(app.page)('result, abstention', anything);
  await app.page.getByRole('button', { name: 'Leave sample clinic' }).click();
  await createFirstUser(app.page, 'Dr Test');
  await passRecoveryCode(app.page);
  await app.stop();
  clinicFiles(app.storeFolder).truncate(0.6);
  await app.open();
  await tryPassphrase(app.page, PASSPHRASE);
  await expect(app.page.getByRole('heading', { name: 'The file with the records is damaged' })).toBeVisible();
  await axeOn(app.page)('damaged store', anything);
});
