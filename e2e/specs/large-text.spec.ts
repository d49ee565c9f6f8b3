import type { Locator, Page } from 'playwright/test';
import { expect, test } from '../fixtures/app.ts';
import { createPatient, ERIKA } from '../pages/patients.ts';
import { type AtScreen, tourOfEntry, tourOfPatients, tourOfPlaces, tourOfSession } from '../pages/tour.ts';
import { tourOfAnalyses, tourOfFigures } from '../pages/tour-of-further-screens.ts';
import { openSampleClinic } from '../pages/welcome.ts';

test.use({ shellOptions: { scryptCost: 2 ** 10 } });

const fontPx = (page: Page) =>
  page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));

/** The browser's own setting for larger text, as a user would set it. */
async function doubleText(page: Page): Promise<void> {
  const before = await fontPx(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  await page.reload();
  await expect.poll(() => fontPx(page)).toBeCloseTo(2 * before, 1);
}

/** Text that ends beyond the right edge and cannot be scrolled to, because nothing around it scrolls. */
const textBeyondTheWindow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const canScroll = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || canScroll(element.parentElement));
    const beyond: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.textContent?.trim() || !parent?.checkVisibility({ visibilityProperty: true })) continue;
      // A line that ends in "..." tells its whole text in a title.
      if (parent.closest('[title]') !== null || canScroll(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { right, width } = range.getBoundingClientRect();
      if (width > 1 && right > document.documentElement.clientWidth + 1) beyond.push(node.textContent.trim());
    }
    return beyond;
  });

const fitsOn =
  (page: Page): AtScreen =>
  async (screen, primary) => {
    const { wide, narrow } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      narrow: document.documentElement.clientWidth,
    }));
    expect.soft(wide, `${screen}: width of the page against the window`).toBeLessThanOrEqual(narrow);
    expect.soft(await textBeyondTheWindow(page), `${screen}: text beyond the right edge`).toEqual([]);
    // A trial press scrolls to it and fails when something lies over it.
    const reached = await primary.click({ trial: true, timeout: 3000 }).then(
      () => true,
      (cause) => {
        // A locator that fits two elements is a fault of the tour, not of the screen.
        if (String(cause).includes('strict mode violation')) throw cause;
        return false;
      },
    );
    expect.soft(reached, `${screen}: the primary action can be reached`).toBe(true);
  };

test('200 % text: screens before the records are open', { tag: '@full' }, async ({ app }) => {
  await doubleText(app.page);
  await tourOfEntry(app.page, fitsOn(app.page));
});
test('200 % text: screens around patients', { tag: '@full' }, async ({ app }) => {
  await openSampleClinic(app.page);
  await doubleText(app.page);
  await tourOfPatients(app.page, fitsOn(app.page));
});
test('200 % text: the other places', { tag: '@full' }, async ({ app }) => {
  await openSampleClinic(app.page);
  await doubleText(app.page);
  await tourOfPlaces(app.page, fitsOn(app.page));
});
test('200 % text: screens of a session', { tag: '@full' }, async ({ app }) => {
  await openSampleClinic(app.page);
  await doubleText(app.page);
  await tourOfSession(app.page, fitsOn(app.page));
});
test('200 % text: figures, recordings and further analyses', { tag: '@full' }, async ({ app }) => {
  await openSampleClinic(app.page);
  await doubleText(app.page);
  await tourOfFigures(app.page, fitsOn(app.page));
  await tourOfAnalyses(app.page, fitsOn(app.page));
});

test('200 % text: bedside, the cells stay in sight between strip and number pad', {
  tag: '@full',
}, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await doubleText(page);
  await createPatient(page, { ...ERIKA, affectedSide: 'Both' });
  await page.keyboard.press('Alt+n');
  const cell = page.locator('[data-cell="lateral-pinch/right/1"]');
  const height = page.viewportSize()?.height ?? 0;
  await page.getByRole('button', { name: 'number pad' }).click();
  await cell.fill('abc');
  await page.keyboard.press('Enter');
  const boxOf = async (name: string, place: Locator) => {
    const box = await place.boundingBox();
    if (box === null) throw new Error(`${name} is not on the page`);
    return box;
  };
  // What of the strip still lies over the form while the cursor is in it.
  const strip = await boxOf('strip', page.getByRole('region', { name: 'Patient' }));
  expect(Math.max(0, strip.y + strip.height)).toBeLessThanOrEqual(height / 5);
  const pad = await boxOf('pad', page.getByRole('group', { name: 'Number pad' }));
  const typed = await boxOf('cell', cell);
  expect(typed.y).toBeGreaterThan(0);
  expect(typed.y + typed.height).toBeLessThanOrEqual(pad.y);
  expect(pad.y + pad.height).toBeLessThanOrEqual(height + 1);
  const message = await boxOf('message', page.locator('footer').getByText(/^Type the number only/));
  expect(message.y + message.height).toBeLessThanOrEqual(pad.y + 1);
  const reason = await boxOf('reason', page.getByLabel('Right, not tested: reason'));
  expect(reason.x + reason.width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  for (const n of [1, 2, 3]) await page.locator(`[data-cell="lateral-pinch/right/${n}"]`).fill('5.2');
  await page.keyboard.press('Control+Enter');
  const side = page.getByRole('group', { name: 'Hand you judge' });
  await side.getByRole('radio').first().focus();
  // Nothing lies over the question: its words take a press.
  await side.getByText('Hand you judge').click({ trial: true });
});
