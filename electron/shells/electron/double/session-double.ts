import { EventEmitter } from 'node:events';
import type { Protocol, Session, WebRequest } from 'electron/main';
import { requireReady } from './call-order.ts';
import { registerSchemes } from './schemes.ts';

type Handler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = Parameters<WebRequest['onBeforeRequest']>[0];

/** What a session was told; the window asks it. */
export class SessionDouble {
  readonly handlers = new Map<string, Handler>();
  readonly emitter = new EventEmitter();
  beforeRequest: BeforeRequest = null;
  hasRequestHandler = false;
  hasCheckHandler = false;
  readonly protocol = {
    handle: (scheme: string, handler: Handler) => {
      requireReady('protocol.handle');
      if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      this.handlers.set(scheme, handler);
    },
    registerSchemesAsPrivileged: registerSchemes,
  } satisfies Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>;

  /** The part of Electron's Session that the app may use. */
  readonly api = {
    protocol: this.protocol as Protocol,
    webRequest: {
      onBeforeRequest: ((listener: BeforeRequest) => {
        this.beforeRequest = listener;
      }) as WebRequest['onBeforeRequest'],
    } as WebRequest,
    setPermissionRequestHandler: (handler) => {
      this.hasRequestHandler = handler !== null;
    },
    setPermissionCheckHandler: (handler) => {
      this.hasCheckHandler = handler !== null;
    },
    setDevicePermissionHandler: () => undefined,
    setBluetoothPairingHandler: () => undefined,
    setSpellCheckerEnabled: () => undefined,
    enableNetworkEmulation: () => undefined,
    on: ((event: string, listener: (...values: unknown[]) => void): unknown => {
      this.emitter.on(event, listener);
      return this.api;
    }) as unknown as Session['on'],
  } satisfies Pick<
    Session,
    | 'enableNetworkEmulation'
    | 'on'
    | 'protocol'
    | 'setBluetoothPairingHandler'
    | 'setDevicePermissionHandler'
    | 'setPermissionCheckHandler'
    | 'setPermissionRequestHandler'
    | 'setSpellCheckerEnabled'
    | 'webRequest'
  >;
}

const sessions = new Map<string, SessionDouble>();

export function sessionOf(partition: string): SessionDouble {
  requireReady('Session');
  const known = sessions.get(partition) ?? new SessionDouble();
  sessions.set(partition, known);
  return known;
}

/** The double behind a session object that the app passes back. */
export const doubleOf = (api: unknown): SessionDouble =>
  [...sessions.values()].find((known) => (known.api as unknown) === api) ?? sessionOf('');
