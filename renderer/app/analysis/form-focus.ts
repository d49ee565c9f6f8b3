import { useEffect, useLayoutEffect, useRef } from 'react';

/** Ctrl+Enter locks, from wherever the focus is. */
export function useLockKey(lock: () => void): void {
  const newest = useRef(lock);
  useLayoutEffect(() => {
    newest.current = lock;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'Enter' || event.repeat) return;
      event.preventDefault();
      newest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** The first field that is marked as wrong, once it is drawn so. */
export function focusFirstProblem(root: HTMLElement | null): void {
  requestAnimationFrame(() => {
    root?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] input')?.focus();
  });
}

/** The heading of the screen, when its form gave way to the answer: the keyboard goes on from there. */
export function focusTitle(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('h1')?.focus());
}
