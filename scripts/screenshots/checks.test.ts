// Each check against a page with exactly the defect it is for, and against the same page without it.
import { accessSync, constants } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problemTable } from './contact-sheet.ts';
import { walkFocus } from './focus-walk.ts';
import { findLayoutProblems, TARGET_PX } from './page-checks.ts';

const executablePath = process.env.PREHENSA_BROWSER ?? '/usr/bin/chromium';
const isPresent = (() => {
  try {
    accessSync(executablePath, constants.X_OK);
    return true;
  } catch {
    return false;
  }
})();
if (!isPresent) console.log(`skipped: no browser at ${executablePath}`);

const SOUND = `
  <h1 style="width:300px">Patients</h1>
  <p style="width:90px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap" title="A name that is long">A name that is long</p>
  <button style="width:120px;height:44px">Save</button>
  <label style="display:inline-flex;height:44px;align-items:center"><input type="checkbox">Blinded judgement</label>`;

describe.skipIf(!isPresent)('what the pictures are checked for', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
    page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  });
  afterAll(() => browser?.close());
  beforeEach(() => page.goto('about:blank'));
  const problemsOf = async (html: string) => {
    await page.setContent(`<style>:focus-visible{outline:3px solid blue}</style>${html}`);
    const found = await page.evaluate(findLayoutProblems, TARGET_PX);
    return found.map(({ kind }) => kind);
  };

  it('finds nothing on a sound page', async () => {
    expect(await problemsOf(SOUND)).toEqual([]);
    expect((await walkFocus(page)).problems).toEqual([]);
  });

  it.each([
    ['wider than the window', '<p style="width:900px">Wide</p>'],
    ['cut text', '<p style="width:60px;overflow:hidden;white-space:nowrap">A name that is long</p>'],
    ['cut text', '<input style="width:50px;height:44px" value="A value that is long">'],
    ['text over text', '<p>First line</p><p style="margin-top:-34px">Second</p>'],
    ['small target', '<button style="width:120px;height:24px;padding:0">Save</button>'],
  ])('finds: %s', async (kind, defect) => {
    expect(await problemsOf(SOUND + defect)).toContain(kind);
  });

  it('finds a button without a ring and one that lies under a bar', async () => {
    await problemsOf(
      '<style>#bare:focus-visible{outline:none}</style><button id="bare">Bare</button><button>Under</button>' +
        '<div style="position:fixed;left:60px;top:0;width:400px;height:60px;background:#fff"></div>',
    );
    const { stops, problems } = await walkFocus(page);
    expect(stops).toBeGreaterThanOrEqual(2);
    expect(problems).toEqual(['no focus ring: button "Bare"', 'focus is covered: button "Under"']);
  });
});

it('says a problem once, with the looks that show it', () => {
  const pictures = ['welcome', 'help'].map((screen) => ({ screen, files: [], focusStops: 3 }));
  const problem = { screen: 'help', what: 'cut text: h1' };
  const table = problemTable(pictures, [
    { ...problem, look: 'light' },
    { ...problem, look: 'dark' },
  ]);
  expect(table.split('\n').slice(1)).toEqual(['welcome  ok', 'help     cut text: h1 [light, dark]']);
});
