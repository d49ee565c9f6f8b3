/** The patient list of a clinic of 100,000 sessions: on the host, and on screen from the last key to the row. */
import type { Page } from 'playwright-core';
import { createFirstUser } from '../driver/main-job.ts';
import { newDataFolder, openApp, removeDataFolder } from '../driver/open-app.ts';
import type { FoundBrowser } from '../shells/ensure-browser.ts';
import { fillClinic, listTimes } from './large-clinic.ts';

export const LIST_SESSIONS = 100_000;
export const LIST_PATIENTS = 4_000;
const PAGES = 100;
const SEARCHES = 20;

/** Milliseconds from the input event of a search to the painted count of what was found; typing pause included. */
function timeSearches(page: Page, count: number): Promise<number[]> {
  return page.evaluate(async (times) => {
    const input = document.querySelector<HTMLInputElement>('input[type="search"]');
    if (input === null) throw new Error('the list has no search');
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const samples: number[] = [];
    for (let i = 0; i < times; i++) {
      // Another hundred people each time, so that no answer is on screen already.
      const text = `h-${100_010 + i}`;
      const started = performance.now();
      setValue?.call(input, text);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise<void>((resolve) => {
        const check = () => {
          const rows = document.querySelectorAll('tbody tr');
          if (rows.length !== 1 || !rows[0]?.textContent?.toLowerCase().includes(text)) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(resolve, 0));
        };
        const observer = new MutationObserver(check);
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        check();
      });
      samples.push(performance.now() - started);
    }
    return samples;
  }, count);
}

/** @returns milliseconds: one page of 100 on the host by kind of question, and a search on screen. */
export async function listAtScale(
  browser: FoundBrowser,
  rendererFolder?: string,
): Promise<{ host: Record<string, number[]>; onScreen: number[] }> {
  const dataFolder = newDataFolder();
  const app = await openApp({
    dataFolder,
    browser,
    viewport: { width: 1366, height: 768 },
    ...(rendererFolder ? { rendererFolder } : {}),
  });
  try {
    await createFirstUser(app.page, 'Dr Bench');
    const open = app.host.clinic.opened;
    if (open === null) throw new Error('no store is open');
    fillClinic(open.db, open.user.id, LIST_PATIENTS, LIST_SESSIONS);
    const host = listTimes(open.db, LIST_PATIENTS, PAGES);
    await app.page.reload();
    await app.page.getByText(`${LIST_PATIENTS} patients`).waitFor();
    const onScreen = await timeSearches(app.page, SEARCHES);
    return { host, onScreen };
  } finally {
    await app.stop();
    removeDataFolder(dataFolder);
  }
}
