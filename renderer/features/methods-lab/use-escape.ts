import { useEffect, useRef } from 'react';

/** Escape leaves the screen, unless it closes a dialogue. */
export function useEscape(onEscape: () => void): void {
  const newest = useRef(onEscape);
  useEffect(() => {
    newest.current = onEscape;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isInDialog(event.target)) return;
      event.preventDefault();
      newest.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** The dialogue may be gone already when the key arrives here: what had the focus still knows that it was inside. */
const isInDialog = (target: EventTarget | null): boolean =>
  (target instanceof Element && target.closest('[role="dialog"]') !== null) ||
  document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
