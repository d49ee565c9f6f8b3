import type { PageTransport } from '../../core/contract/wire.ts';

/** What a shell puts on `window`: the only door out of the page. */
export interface AppTransport extends PageTransport {
  shell: 'electron' | 'browser';
}

declare global {
  interface Window {
    appTransport?: AppTransport;
  }
}

/** The shell's transport, or null when the page was opened outside the app. */
export function findAppTransport(): AppTransport | null {
  return window.appTransport ?? null;
}
