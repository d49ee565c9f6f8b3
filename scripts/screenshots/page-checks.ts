/**
 * What a picture cannot prove, measured in the page: content wider than the window, cut text, text over text, targets
 * that are too small. One function without outside names, because it runs inside the page.
 */

export interface LayoutFinding {
  kind: 'wider than the window' | 'cut text' | 'text over text' | 'small target';
  what: string;
}

/** Smallest side of something to press, CSS pixels; look.md. */
export const TARGET_PX = 44;

/** Runs in the page. @param targetPx - 0 leaves the size of targets out. */
export function findLayoutProblems(targetPx: number): LayoutFinding[] {
  const findings: LayoutFinding[] = [];
  const SLACK_PX = 1.5;
  const seen = new Set<string>();
  const nameOf = (element: Element): string => {
    const words = (
      element.getAttribute('aria-label') ??
      (element as HTMLElement).innerText ??
      element.textContent ??
      ''
    )
      .trim()
      .replace(/\s+/g, ' ');
    return `${element.tagName.toLowerCase()} "${words.slice(0, 40)}"`;
  };
  const add = (kind: LayoutFinding['kind'], what: string) => {
    if (seen.has(kind + what)) return;
    seen.add(kind + what);
    findings.push({ kind, what });
  };
  const isShown = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest('[aria-hidden="true"], [hidden]');
  /** Made for screen readers only: one pixel, cut on purpose. */
  const isForReaders = (element: Element) => {
    for (let each: Element | null = element; each; each = each.parentElement) {
      const { width, height } = each.getBoundingClientRect();
      if (width <= 1 && height <= 1 && getComputedStyle(each).overflow !== 'visible') return true;
    }
    return false;
  };

  const root = document.documentElement;
  if (root.scrollWidth > window.innerWidth) {
    const beyond = [...document.body.querySelectorAll('*')].filter(
      (element) => isShown(element) && element.getBoundingClientRect().right > window.innerWidth + SLACK_PX,
    );
    const deepest = beyond.filter(
      (element) => !beyond.some((other) => other !== element && element.contains(other)),
    );
    for (const element of deepest.slice(0, 3)) add('wider than the window', nameOf(element));
    if (deepest.length === 0) add('wider than the window', `page ${root.scrollWidth} px`);
  }

  interface TextBox {
    element: Element;
    box: DOMRect;
    text: string;
  }
  const boxes: TextBox[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!element || text === '' || ['SCRIPT', 'STYLE', 'OPTION', 'NOSCRIPT'].includes(element.tagName))
      continue;
    if (!isShown(element) || isForReaders(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) boxes.push({ element, box, text });
  }

  for (const { element, box, text } of boxes) {
    for (let each: Element | null = element; each && each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each);
      const clips = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
      const frame = each.getBoundingClientRect();
      const isCutAcross =
        clips(style.overflowX) && (box.right > frame.right + SLACK_PX || box.left < frame.left - SLACK_PX);
      const isCutDown = clips(style.overflowY) && (box.bottom > frame.bottom + 3 || box.top < frame.top - 3);
      if (!isCutAcross && !isCutDown) continue;
      // Shortened with dots is allowed where the whole text can still be had.
      const isShortened = style.textOverflow === 'ellipsis' && each.closest('[title]') !== null;
      if (!isShortened) add('cut text', `${nameOf(element)}: ${text.slice(0, 40)}`);
      break;
    }
  }
  for (const field of document.querySelectorAll<HTMLElement>('input, select, button')) {
    if (!isShown(field) || isForReaders(field)) continue;
    if (field.matches('input[type="range"], input[type="radio"], input[type="checkbox"]')) continue;
    if (field.scrollWidth > field.clientWidth + SLACK_PX) add('cut text', nameOf(field));
    if (field instanceof HTMLSelectElement) {
      const style = getComputedStyle(field);
      const pen = document.createElement('canvas').getContext('2d');
      const chosen = field.selectedOptions[0]?.text ?? '';
      if (pen) pen.font = style.font;
      const room =
        field.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      if (pen && pen.measureText(chosen).width > room + SLACK_PX) add('cut text', `select "${chosen}"`);
    }
  }

  const isLifted = (element: Element) => {
    for (let each: Element | null = element; each; each = each.parentElement) {
      if (['sticky', 'fixed', 'absolute'].includes(getComputedStyle(each).position)) return true;
    }
    return false;
  };
  const flat = boxes.filter(({ element, box }) => box.width > 0 && !isLifted(element));
  for (let i = 0; i < flat.length; i++) {
    for (let j = i + 1; j < flat.length; j++) {
      const a = flat[i] as TextBox;
      const b = flat[j] as TextBox;
      if (a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue;
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (across > 2 && down > 0.4 * Math.min(a.box.height, b.box.height)) {
        add('text over text', `"${a.text.slice(0, 30)}" and "${b.text.slice(0, 30)}"`);
      }
    }
  }

  if (targetPx > 0) {
    const pressable = 'button, a[href], input, select, textarea, summary, [role="tab"], [role="button"]';
    for (const element of document.querySelectorAll<HTMLElement>(pressable)) {
      if (!isShown(element) || isForReaders(element) || (element.tabIndex < 0 && element.tagName === 'A'))
        continue;
      const target = element.closest('label') ?? element;
      const { width, height } = target.getBoundingClientRect();
      if (width === 0 || height === 0) continue;
      // A box with a label beside it is pressed on either; the row of both counts.
      const labels = (element as HTMLInputElement).labels ?? [];
      const row = [element, ...labels].map((each) => each.getBoundingClientRect());
      const isChoice = element.matches('input[type="checkbox"], input[type="radio"]');
      const tall =
        isChoice && labels.length > 0
          ? Math.max(...row.map((box) => box.bottom)) - Math.min(...row.map((box) => box.top))
          : height;
      if (tall < targetPx - 0.5 || width < targetPx - 0.5) {
        add('small target', `${nameOf(element)} ${Math.round(width)} x ${Math.round(tall)}`);
      }
    }
  }
  return findings;
}
