import type { CustomScheme } from 'electron/main';
import { note, requireBeforeReady } from './call-order.ts';

const registered = new Map<string, CustomScheme>();
let calls = 0;

/** @throws Error after ready, as Electron does. A second call would replace the first. */
export function registerSchemes(schemes: CustomScheme[]): void {
  requireBeforeReady('protocol.registerSchemesAsPrivileged');
  if (++calls > 1) note('registerSchemesAsPrivileged was called twice: the first call is lost');
  for (const scheme of schemes) registered.set(scheme.scheme, scheme);
}

export const isStandard = (scheme: string): boolean => registered.get(scheme)?.privileges?.standard === true;

/** The page's scheme cannot be taught to an ordinary Chromium: it sees this https origin in its place. */
export const STAND_IN = 'https://electron-double.invalid';
const APP = 'app://bundle';

export const toStandIn = (url: string): string =>
  url.startsWith(`${APP}/`) ? `${STAND_IN}${url.slice(APP.length)}` : url;
export const toApp = (url: string): string =>
  url.startsWith(`${STAND_IN}/`) ? `${APP}${url.slice(STAND_IN.length)}` : url;

/** A frame's origin as Electron reports it: only a scheme registered as standard has one. */
export function originOf(appUrl: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/.exec(appUrl);
  if (match === null) return 'null';
  const [, scheme = '', host = ''] = match;
  return scheme === 'http' || scheme === 'https' || isStandard(scheme) ? `${scheme}://${host}` : 'null';
}
