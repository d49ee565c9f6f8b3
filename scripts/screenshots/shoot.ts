/** One screen in every look: pictures, layout, contrast and accessible names, focus. */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import type { OpenApp } from '../driver/open-app.ts';
import { walkFocus } from './focus-walk.ts';
import { applyLook, LOOKS } from './looks.ts';
import { findLayoutProblems, TARGET_PX } from './page-checks.ts';

export interface Problem {
  screen: string;
  look: string;
  what: string;
}

export interface ScreenPictures {
  screen: string;
  /** File names in the output folder, in the order of the looks. */
  files: { look: string; file: string; wholeFile: string | null }[];
  focusStops: number;
}

/** Opens the app on the walk's data; an app that is still open is stopped first. */
export type OpenAgain = (whileStopped?: (dataFolder: string) => void) => Promise<OpenApp>;

export interface Shooter {
  shoot(page: Page, screen: string): Promise<void>;
  /** One light picture of 1366 px from the top of the page to below `last`, for a document. */
  crop(page: Page, name: string, last: Locator): Promise<void>;
  /** True when every wanted picture is taken. */
  isDone(): boolean;
  pictures: ScreenPictures[];
  problems: Problem[];
}

const MOST_HEIGHT_PX = 6000;

/** @param only - null for every screen. */
export function createShooter(outFolder: string, only: string | null, log: (line: string) => void): Shooter {
  const pictures: ScreenPictures[] = [];
  const problems: Problem[] = [];
  let isCropped = false;

  async function shoot(page: Page, screen: string): Promise<void> {
    if (only !== null && only !== screen) return;
    const devtools = await page.context().newCDPSession(page);
    const before = problems.length;
    const taken: ScreenPictures = { screen, files: [], focusStops: 0 };
    const scrollTop = await page.evaluate(() => window.scrollY);
    const report = (look: string, what: string) => problems.push({ screen, look, what });
    // A pointer that rests on something would colour it.
    await page.mouse.move(0, 0);
    for (const look of LOOKS) {
      await applyLook(page, devtools, look);
      await page.evaluate((top) => window.scrollTo(0, top), scrollTop);
      const name = `${screen}--${look.name}`;
      await page.screenshot({ path: join(outFolder, `${name}.png`), animations: 'disabled' });
      const targetPx = look.textPercent === 100 ? TARGET_PX : 0;
      for (const { kind, what } of await page.evaluate(findLayoutProblems, targetPx)) {
        report(look.name, `${kind}: ${what}`);
      }
      if (look.width === 1366 && look.textPercent === 100) {
        // The page has one window and closes any other, so that axe must do with one as well.
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
        for (const { id, nodes } of violations) {
          report(
            look.name,
            `axe ${id}: ${nodes
              .map(({ target }) => target.join(' '))
              .slice(0, 2)
              .join(', ')}`,
          );
        }
      }
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      let wholeFile: string | null = null;
      if (height > look.height + 8 && look.width === 1366) {
        // A window as high as the page, so that bars which stick to its edges stand where they belong.
        wholeFile = `${name}--whole.png`;
        await applyLook(page, devtools, { ...look, height: Math.min(height, MOST_HEIGHT_PX) });
        await page.screenshot({ path: join(outFolder, wholeFile), animations: 'disabled' });
      }
      taken.files.push({ look: look.name, file: `${name}.png`, wholeFile });
    }
    await applyLook(page, devtools, LOOKS[0]!);
    const focus = await walkFocus(page);
    taken.focusStops = focus.stops;
    for (const what of focus.problems) report(LOOKS[0]!.name, what);
    await page.evaluate((top) => window.scrollTo(0, top), scrollTop);
    await devtools.detach();
    pictures.push(taken);
    log(`${screen}: ${taken.focusStops} focus stops, ${problems.length - before} problems`);
  }
  async function crop(page: Page, name: string, last: Locator): Promise<void> {
    if (only !== null && only !== name) return;
    const devtools = await page.context().newCDPSession(page);
    await applyLook(page, devtools, { ...LOOKS[0]!, height: MOST_HEIGHT_PX });
    const box = await last.boundingBox();
    const height = Math.ceil((box?.y ?? 0) + (box?.height ?? 0)) + 16;
    await page.screenshot({
      path: join(outFolder, `${name}.png`),
      clip: { x: 0, y: 0, width: LOOKS[0]!.width, height },
    });
    await applyLook(page, devtools, LOOKS[0]!);
    await devtools.detach();
    isCropped = true;
  }
  return {
    shoot,
    crop,
    isDone: () => only !== null && (pictures.length > 0 || isCropped),
    pictures,
    problems,
  };
}
