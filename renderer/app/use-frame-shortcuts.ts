import { useLayoutEffect, useRef } from 'react';
import type { Section } from './routes.ts';

export interface FrameActions {
  goTo: (section: Section) => void;
  lock: () => void;
  showShortcuts: () => void;
  switchUser: () => void;
  /** The next open session, or the one before. */
  nextOpen: (step: 1 | -1) => void;
  /** New patient on the list, new session on a patient; null where neither makes sense. */
  startNew: (() => void) | null;
  /** True where a bare N may start it. */
  isBareKeyAllowed: boolean;
}

const SECTIONS = {
  Digit1: 'patients',
  Digit2: 'concordance',
  Digit3: 'models',
  Digit4: 'settings',
  Digit5: 'help',
} as const;

/** The keys of the frame. Alt combinations work everywhere; bare keys only where nobody is typing. */
export function useFrameShortcuts(actions: FrameActions): void {
  // Before the page is painted: a key pressed as soon as it is seen must count.
  const newest = useRef(actions);
  useLayoutEffect(() => {
    newest.current = actions;
  });
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      const now = newest.current;
      if (event.altKey) {
        // By place of the key, not its letter: with Alt some keyboards type other letters.
        const section = Object.hasOwn(SECTIONS, event.code)
          ? SECTIONS[event.code as keyof typeof SECTIONS]
          : null;
        if (section !== null) now.goTo(section);
        else if (event.code === 'KeyL') now.lock();
        else if (event.code === 'KeyU') now.switchUser();
        else if (event.code === 'KeyN' && now.startNew !== null) now.startNew();
        else return;
        event.preventDefault();
        return;
      }
      // No text has an F2 in it: it works from a field too, where a measurement is being typed.
      if (event.key === 'F2' && !isDialogOpen()) {
        event.preventDefault();
        now.nextOpen(event.shiftKey ? -1 : 1);
        return;
      }
      if (isTyping(event.target) || isDialogOpen()) return;
      if (event.key === '?') now.showShortcuts();
      else if (event.key.toLowerCase() === 'n' && now.isBareKeyAllowed && now.startNew !== null) {
        now.startNew();
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
