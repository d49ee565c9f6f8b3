/** The six looks in which every screen is seen. */
import type { CDPSession, Page } from 'playwright-core';

export interface Look {
  /** Ends the name of the picture. */
  name: string;
  width: number;
  height: number;
  scheme: 'light' | 'dark';
  /** Size of the browser's text, percent of the usual 16 px. */
  textPercent: 100 | 200;
}

export const LOOKS: readonly Look[] = [
  { name: '1366-light', width: 1366, height: 768, scheme: 'light', textPercent: 100 },
  { name: '1366-dark', width: 1366, height: 768, scheme: 'dark', textPercent: 100 },
  { name: '1920-light', width: 1920, height: 1080, scheme: 'light', textPercent: 100 },
  { name: '1920-dark', width: 1920, height: 1080, scheme: 'dark', textPercent: 100 },
  { name: '3840-light', width: 3840, height: 2160, scheme: 'light', textPercent: 100 },
  { name: '1366-text200', width: 1366, height: 768, scheme: 'light', textPercent: 200 },
];

const USUAL_TEXT_PX = 16;

/** Puts the page into a look and waits until it is drawn. Text size is the browser's own, as a user sets it. */
export async function applyLook(page: Page, devtools: CDPSession, look: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: look.scheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width: look.width, height: look.height });
  // Last, because a new size of the window takes the text size back.
  await devtools.send('Page.setFontSizes', {
    fontSizes: { standard: (USUAL_TEXT_PX * look.textPercent) / 100, fixed: 13 },
  });
  await page.waitForFunction(
    ({ scheme, width, rem }) =>
      document.documentElement.dataset.mantineColorScheme === scheme &&
      window.innerWidth === width &&
      Number.parseFloat(getComputedStyle(document.documentElement).fontSize) === rem,
    { scheme: look.scheme, width: look.width, rem: (USUAL_TEXT_PX * look.textPercent) / 100 },
  );
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(null)))),
  );
}
