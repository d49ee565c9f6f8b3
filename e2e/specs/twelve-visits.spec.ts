import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures/app.ts';
import { makeTwelveVisits } from '../fixtures/twelve-visits.ts';
import { openSampleClinic } from '../pages/welcome.ts';

const RECALLED = 'transcribed from memory, unverified';

/** Pages of a PDF, and whether its text can be taken out of it again. */
function pdfFacts(file: string): { pages: number; hasText: boolean } {
  const bytes = readFileSync(file, 'latin1');
  expect(bytes.startsWith('%PDF-')).toBe(true);
  return {
    pages: bytes.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0,
    hasText: bytes.includes('/ToUnicode'),
  };
}

test('twelve visits with a change of device: two lines a hand, a warning, a table, a file, a report', {
  tag: '@full',
}, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  const name = await makeTwelveVisits(page);
  await page.reload();
  await page
    .getByRole('searchbox')
    .or(page.getByLabel(/^Search/))
    .first()
    .fill('Twelve Visits');
  await page.getByText(name).first().click();
  await page.getByRole('tab', { name: 'Trends' }).click();

  await test.step('the line of each hand breaks where the device changes, and nothing is compared across', async () => {
    const figure = page.getByRole('figure', { name: /^Key pinch of both hands/ });
    await expect(figure.locator('path.recharts-line-curve')).toHaveCount(4);
    await expect(figure).toContainText('device: Digital gauge, new');
    await expect(figure).toContainText('four-corner fusion, 12 May 2026');
    await page.getByRole('button', { name: 'Show the table' }).click();
    const table = page.getByRole('table', { name: /^Newest first/ });
    await expect(table.getByRole('row')).toHaveCount(25);
    await expect(table.getByText('first value on this device')).toHaveCount(4);
    await page.getByRole('button', { name: 'Show the chart' }).click();
  });

  await test.step('a recalled norm is drawn when switched on only, and says what it is', async () => {
    const figure = page.getByRole('figure', { name: /^Key pinch of both hands/ });
    await expect(figure).not.toContainText('norms');
    await page.getByLabel('Published norms').selectOption('mathiowetz-1985-key-pinch');
    await expect(figure).toContainText(RECALLED);
  });

  await test.step('grip has its own limits; range has none and says so', async () => {
    const measure = page.getByLabel('Measure', { exact: true });
    await measure.selectOption({ label: 'Grip (4 visits)' });
    await expect(page.getByRole('figure', { name: /^Grip of both hands/ })).toContainText(
      'MCID 6.50 kg: broken distal radius with a plate, n = 50',
    );
    await measure.selectOption({ label: 'Active wrist flexion (1 visit)' });
    await expect(page.getByRole('main')).toContainText('No figure of measurement error was found');
    await measure.selectOption({ label: 'Key pinch (12 visits)' });
  });

  await test.step('the report says the last change, and is one page of paper without the frame', async () => {
    await page.getByRole('tab', { name: 'Report' }).click();
    const paper = page.getByRole('article', { name: /^Hand report/ });
    await expect(paper).toContainText('Invented person: sample clinic of Prehensa.');
    await expect(paper).toContainText(/\+0\.30\skg since .*; within measurement error/);
    await expect(paper).not.toContainText('transcri');
    await page.getByRole('checkbox', { name: 'Norms that were not read in their source' }).check();
    await expect(paper).toContainText(
      'Stegink Jansen 2003 (read in somebody’s transcription, not in the source)',
    );
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('heading', { name: 'Prehensa' })).toBeHidden();
    await expect(page.getByRole('tab', { name: 'Report' })).toBeHidden();
    await expect(page.getByRole('button', { name: 'Save as PDF' })).toBeHidden();
    await expect(paper).toBeVisible();
    // Not "screen": a PDF would then be made of what the screen shows.
    await page.emulateMedia({ media: null });
  });

  // Electron asks where with a dialogue of the system, which nothing here can answer.
  if (app.shell === 'electron') return;

  await test.step('PDF of both pages, one sheet each, with text', async () => {
    const saved = page
      .getByRole('status')
      .filter({ hasText: 'The PDF is saved.' })
      .getByText(/\.pdf$/);
    await page.getByRole('button', { name: 'Save as PDF' }).click();
    expect(pdfFacts(await saved.innerText())).toEqual({ pages: 1, hasText: true });
    await page.getByRole('radio', { name: 'The patient' }).check();
    await expect(page.getByRole('article', { name: /^Your hand on/ })).toContainText(
      'Your left hand: 5.8 kg.',
    );
    await page.getByRole('button', { name: 'Save as PDF' }).click();
    expect(pdfFacts(await saved.innerText())).toEqual({ pages: 1, hasText: true });
  });

  await test.step('the course as a table and as a drawing, each with the status of the norm', async () => {
    await page.getByRole('tab', { name: 'Trends' }).click();
    await page.getByLabel('Published norms').selectOption('mathiowetz-1985-key-pinch');
    const saved = (ending: string) =>
      page
        .getByRole('status')
        .filter({ hasText: 'Saved.' })
        .getByText(new RegExp(`\\.${ending}$`));
    for (const [item, ending] of [
      ['Table (CSV)', 'csv'],
      ['Drawing (SVG)', 'svg'],
    ] as const) {
      await page.getByRole('button', { name: 'Save as a file' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      const text = readFileSync(await saved(ending).innerText(), 'utf8');
      expect(text).toContain(RECALLED);
      expect(text).toContain('Invented people');
      expect(text).not.toContain('Testperson');
    }
  });
});
