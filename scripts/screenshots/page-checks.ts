/**
 * What a picture cannot prove, measured in the page: content wider than the window, cut text, text over text, targets
 * that are too small. One function without outside names, because it runs inside the page.
 */

export interface LayoutFinding {
  kind: 'wider than the window' | 'cut text' | 'text over text' | 'small target';
  what: string;
}

/** Smallest side of something to press, CSS pixels: 44 with the frame that some fields stand in. */
export const TARGET_PX = 42;

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
  /** Made for screen readers only: a point that is cut on purpose. */
  const isForReaders = (element: Element) => {
    for (let each: Element | null = element; each; each = each.parentElement) {
      const { width, height } = each.getBoundingClientRect();
      const { overflow, clipPath } = getComputedStyle(each);
      if (clipPath === 'inset(50%)' || (width <= 3 && height <= 3 && overflow !== 'visible')) return true;
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
    // A field that is typed in follows its caret.
    if (field === document.activeElement && field.matches('input')) continue;
    const isShortened = field.title !== '' && getComputedStyle(field).textOverflow === 'ellipsis';
    if (field.scrollWidth > field.clientWidth + SLACK_PX && !isShortened) add('cut text', nameOf(field));
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
  /** What is left of a box inside every frame that cuts it. */
  const visiblePart = ({ element, box, text }: TextBox) => {
    const part = { element, text, left: box.left, right: box.right, top: box.top, bottom: box.bottom };
    for (let each: Element | null = element; each && each !== document.body; each = each.parentElement) {
      if (getComputedStyle(each).overflowX === 'visible') continue;
      const frame = each.getBoundingClientRect();
      part.left = Math.max(part.left, frame.left);
      part.right = Math.min(part.right, frame.right);
      part.top = Math.max(part.top, frame.top);
      part.bottom = Math.min(part.bottom, frame.bottom);
    }
    return part;
  };
  const flat = boxes
    .filter(({ element }) => !isLifted(element))
    .map(visiblePart)
    .filter((part) => part.right > part.left && part.bottom > part.top);
  for (const [index, a] of flat.entries()) {
    for (const b of flat.slice(index + 1)) {
      if (a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 0.4 * Math.min(a.bottom - a.top, b.bottom - b.top)) {
        add('text over text', `"${a.text.slice(0, 30)}" and "${b.text.slice(0, 30)}"`);
      }
    }
  }

  if (targetPx > 0) {
    const scrollTop = window.scrollY;
    const pressable = 'button, a[href], input, select, textarea, summary, [role="tab"], [role="button"]';
    for (const element of document.querySelectorAll<HTMLElement>(pressable)) {
      if (!isShown(element) || isForReaders(element)) continue;
      const target = element.closest('label') ?? element;
      const { width, height } = target.getBoundingClientRect();
      const isLarge = width >= targetPx - 0.5 && height >= targetPx - 0.5;
      if (width === 0 || height === 0 || isLarge) continue;
      // The part that answers a press may be larger than what is drawn: pressing tells.
      element.scrollIntoView({ block: 'center' });
      const drawn = element.getBoundingClientRect();
      const answers = (across: number, down: number) => {
        const hit = document.elementFromPoint(
          drawn.left + drawn.width / 2 + across,
          drawn.top + drawn.height / 2 + down,
        );
        return (
          hit !== null &&
          (hit === element || element.contains(hit) || hit.closest('label')?.control === element)
        );
      };
      const half = targetPx / 2 - 1;
      const isWide = width >= targetPx - 0.5 || (answers(-half, 0) && answers(half, 0));
      const isHigh = height >= targetPx - 0.5 || (answers(0, -half) && answers(0, half));
      if (!isWide || !isHigh)
        add('small target', `${nameOf(element)} ${Math.round(width)} x ${Math.round(height)}`);
    }
    window.scrollTo(0, scrollTop);
  }
  return findings;
}
