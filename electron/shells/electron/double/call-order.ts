/**
 * Electron documents for many calls when they may be made. The double throws where Electron throws, and notes here
 * where Electron would silently do the wrong thing.
 */
export const violations: string[] = [];
let ready = false;

export const isReady = (): boolean => ready;
export const becomeReady = (): void => {
  ready = true;
};

export function note(violation: string): void {
  violations.push(violation);
  console.error(`API double: ${violation}`);
}

/** @throws Error with Electron's own words when the app is ready already. */
export function requireBeforeReady(call: string): void {
  if (ready) throw new Error(`${call} should be called before app is ready`);
}

/** @throws Error when the app is not ready yet. */
export function requireReady(call: string): void {
  if (!ready) throw new Error(`${call} can only be used when app is ready`);
}
