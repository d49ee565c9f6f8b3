import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { PSEUDO_CLOSE, PSEUDO_OPEN, pseudoText } from '../../scripts/messages/pseudo-locale.ts';
import { expect, test } from '../fixtures/app.ts';

const FOLDER = 'out/renderer-pseudo';

test.use({ shellOptions: { scryptCost: 2 ** 10, rendererFolder: FOLDER } });

test.beforeAll(() => {
  test.setTimeout(120_000);
  const { status, stderr } = spawnSync('vite', ['build', '--logLevel', 'error'], {
    env: { ...process.env, PREHENSA_LANGUAGE: 'pseudo' },
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
});

/** Every text of the sample clinic that a screen may show as it is stored. */
function storedTexts(): string[] {
  const texts = new Set<string>();
  const add = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(add);
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(add);
    else if (typeof value === 'string') {
      if (/^[[{]/.test(value)) add(JSON.parse(value));
      else texts.add(value.trim());
    }
  };
  add(
    (JSON.parse(readFileSync('resources/sample-clinic/clinic.json', 'utf8')) as { tables: unknown }).tables,
  );
  // A word alone is a value with a name of its own on screen ("left", "closed"): only what somebody wrote stays as it is.
  return (
    [...texts]
      // A single letter is a pattern of the model, and would take every capital of another word with it.
      .filter((text) => text.length > 1 && /\s|\d|[A-Z]{2}|^\p{Lu}/u.test(text))
      .sort((a, b) => b.length - a.length)
  );
}

/** What no language changes: units, names of programs and files, months as the browser writes them. */
const UNCHANGED =
  /^(kg|lb|lbs|in|cm|mm|min|deg|points|Nm|Hz|kHz|mV|uV|ms|kgf|Prehensa|TensorFlow|js|wasm|WebGL|cpu|GHz|MB|KB|kB|sha256|SHA|CSV|PDF|SVG|PNG|AC1|MDC90|MDC95|MCID|SD|LSTM|wrist-state|state|Ctrl|Alt|Shift|Enter|Esc|Tab|Space|am|pm|[A-Z]|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December|Mon|Tue|Wed|Thu|Fri|Sat|Sun|YYYY-MM-DD|PRC|SE4CF|next-visit|muscle-parameters-[123]|elbow-torque-fatigue|csv|svg|png|pdf|txt|json|md|v\d.*)$/;

/** Texts and labels of the page that a reader gets to see or hear. */
const readTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      // Pages that are documents of their own, in the language they were written in.
      if (
        parent?.closest(
          '[data-document], [aria-hidden="true"][style*="pointer-events"], kbd, code, style, script, pre, textarea',
        ) !== null
      )
        continue;
      if (!parent.checkVisibility()) continue;
      // A label of a chart on several lines is one text.
      const lines =
        parent.localName === 'tspan' ? parent.closest('text')?.querySelectorAll('tspan') : undefined;
      found.add(lines ? [...lines].map((line) => line.textContent).join(' ') : (node.textContent ?? ''));
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (element.closest('[data-document], [aria-hidden="true"]') !== null) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const text = element.getAttribute(name);
        if (text) found.add(text);
      }
    }
    return [...found];
  });

const stored = storedTexts();

/** Words that stand outside of every message and are no data. */
function wordsOutside(text: string): string[] {
  let rest = text.replace(new RegExp(`${PSEUDO_OPEN}[^${PSEUDO_CLOSE}]*${PSEUDO_CLOSE}`, 'gu'), ' ');
  for (const known of stored) if (rest.includes(known)) rest = rest.replaceAll(known, ' ');
  // Stored text that was cut.
  return rest
    .replace(/[^\s]+…/gu, ' ')
    .split(/[^\p{L}\p{M}\w-]+/u)
    .filter((word) => /\p{L}{2,}/u.test(word) && !UNCHANGED.test(word));
}

const says = (text: string) => pseudoText(text);
const button = (page: Page, name: string) => page.getByRole('button', { name: says(name), exact: true });

async function check(page: Page, screen: string): Promise<void> {
  const outside = (await readTexts(page)).flatMap((text) => {
    const words = wordsOutside(text);
    return words.length > 0 ? [`${words.join(' ')}  <-  ${text.trim().slice(0, 120)}`] : [];
  });
  expect.soft(outside, `${screen}: text that is in no catalogue`).toEqual([]);
  const { wide, narrow } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    narrow: document.documentElement.clientWidth,
  }));
  expect.soft(wide, `${screen}: width of the page against the window`).toBeLessThanOrEqual(narrow);
}

async function openPatient(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Alt+1');
  const search = page.getByRole('searchbox');
  await search.fill(name);
  await expect(page.getByRole('row').filter({ hasText: name })).toHaveCount(1);
  await page.getByRole('row').filter({ hasText: name }).first().click();
  await expect(page.getByRole('tab')).toHaveCount(4);
}

const openSession = (page: Page, place: number) =>
  page.getByRole('main').getByRole('listitem').nth(place).locator('button').last().click();

test('every text that a reader sees comes from the catalogue, and has room to be longer', {
  tag: '@full',
}, async ({ app }) => {
  test.setTimeout(240_000);
  const { page } = app;
  await check(page, 'first screen');
  await button(page, 'Open the sample clinic').click();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await check(page, 'patients');
  await openPatient(page, 'Fernández');
  await check(page, 'timeline');
  await page.getByRole('tab').nth(1).click();
  await expect(page.getByRole('figure').first()).toBeVisible();
  await check(page, 'trends');
  await page.getByRole('tab').nth(3).click();
  await expect(page.getByRole('article').first()).toBeVisible();
  await check(page, 'report');
  await page.getByRole('tab').nth(0).click();
  await openSession(page, 1);
  await expect(page.getByRole('heading', { name: says('Model'), exact: true })).toBeVisible();
  await check(page, 'result');
  await openPatient(page, 'Eriksen');
  await page.getByRole('tab').nth(2).click();
  await check(page, 'recordings');
  await openPatient(page, 'Mensah');
  await openSession(page, 1);
  await button(page, 'Muscle parameters').click();
  await expect(page.getByRole('tab').nth(1)).toBeVisible();
  await check(page, 'muscle parameters');
  await openPatient(page, 'Costa');
  await button(page, 'Forecast the next visit').click();
  await expect(page.getByRole('textbox').first()).toBeVisible();
  await check(page, 'forecast');
  await openPatient(page, 'Costa');
  await page.keyboard.press('Alt+n');
  await expect(page.locator('[data-cell]').first()).toBeVisible();
  await check(page, 'bedside');
  await page.keyboard.type('7.1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('radio').first()).toBeVisible();
  await check(page, 'judgement');
  for (const [place, name] of ['concordance', 'models', 'settings'].entries()) {
    await page.keyboard.press(`Alt+${place + 2}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
    await check(page, name);
  }
  await page.keyboard.press('Alt+3');
  await button(page, 'Try to fool it').click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await check(page, 'try to fool it');
});
