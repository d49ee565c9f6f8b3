/** Tab through a screen: everything that takes the focus shows a ring, and nothing covers it. */
import type { Page } from 'playwright-core';

const MOST_STOPS = 80;

interface Stop {
  name: string;
  hasRing: boolean;
  isCovered: boolean;
  isAtStart: boolean;
}

/** Runs in the page, once the scrolling that came with the focus is done. */
async function describeFocus(): Promise<Stop | null> {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const element = document.activeElement as HTMLElement | null;
  if (!element || element === document.body) return null;
  const marked = element as HTMLElement & { focusWalkSeen?: boolean };
  const isAtStart = marked.focusWalkSeen === true;
  marked.focusWalkSeen = true;
  // A ring may be drawn on the label or the frame around the field.
  let hasRing = false;
  let ringed: HTMLElement | null = element;
  for (let depth = 0; depth < 4 && ringed; depth++, ringed = ringed.parentElement) {
    const style = getComputedStyle(ringed);
    if (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2.5) {
      hasRing = true;
      break;
    }
  }
  const box = (ringed ?? element).getBoundingClientRect();
  const x = box.left + box.width / 2;
  // The middle of what is inside the window: a table may be higher than it.
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, window.innerHeight)) / 2;
  const top = document.elementFromPoint(x, y);
  const isCovered =
    top === null || !(top === element || (ringed ?? element).contains(top) || top.contains(element));
  const words = element.getAttribute('aria-label') ?? element.innerText ?? element.getAttribute('name') ?? '';
  return {
    name: `${element.tagName.toLowerCase()} "${words.trim().replace(/\s+/g, ' ').slice(0, 40)}"`,
    hasRing,
    isCovered,
    isAtStart,
  };
}

/** @returns how many stops the walk had and what was wrong at them. The focus is put back where it was. */
export async function walkFocus(page: Page): Promise<{ stops: number; problems: string[] }> {
  const before = await page.evaluateHandle(() => document.activeElement as HTMLElement | null);
  const problems: string[] = [];
  let stops = 0;
  for (; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeFocus);
    if (stop === null) continue;
    if (stop.isAtStart) break;
    if (!stop.hasRing) problems.push(`no focus ring: ${stop.name}`);
    if (stop.isCovered) problems.push(`focus is covered: ${stop.name}`);
  }
  if (stops === 0) problems.push('nothing takes the focus');
  await page.evaluate((element) => {
    for (const each of document.querySelectorAll('*')) {
      (each as HTMLElement & { focusWalkSeen?: boolean }).focusWalkSeen = false;
    }
    element?.focus();
    window.scrollTo(0, 0);
  }, before);
  return { stops, problems };
}
