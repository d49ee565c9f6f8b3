// A small double of the Electron API with a real Chromium page behind it. It throws where Electron throws, notes what
// Electron would let pass, and is held to Electron's own type file. It is not Electron: it proves order and wiring only.
import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, CommandLine, Dialog, Menu as ElectronMenu } from 'electron/main';
import { becomeReady, isReady, note, requireBeforeReady, violations } from './call-order.ts';
import { registerSchemes } from './schemes.ts';
import { sessionOf } from './session-double.ts';
import { WindowDouble } from './window-double.ts';

const events = new EventEmitter();
const paths = new Map<string, string>();
let isEnding = false;

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await Promise.all([...WindowDouble.all].map((window) => window.destroy()));
  if (violations.length > 0) console.log(`API double: ${violations.length} violations`);
  process.exit(violations.length > 0 && code === 0 ? 3 : code);
}

export const app = {
  isPackaged: false,
  commandLine: {
    appendSwitch: (name) => {
      if (isReady()) note(`the switch ${name} was appended after ready and has no effect`);
    },
    removeSwitch: () => undefined,
    appendArgument: () => undefined,
    getSwitchValue: () => '',
    hasSwitch: () => false,
  } satisfies CommandLine,
  enableSandbox: () => requireBeforeReady('app.enableSandbox()'),
  exit: (code = 0) => {
    void end(code);
  },
  getPath: (name) => {
    const known = paths.get(name) ?? mkdtempSync(join(tmpdir(), `prehensa-double-${name}-`));
    paths.set(name, known);
    return known;
  },
  getVersion: () => '0.1.0',
  on: ((event: string, listener: (...values: unknown[]) => void): unknown => {
    events.on(event, listener);
    return app;
  }) as unknown as App['on'],
  quit: () => {
    let isPrevented = false;
    const event = {
      preventDefault: () => {
        isPrevented = true;
      },
    };
    events.emit('will-quit', event);
    if (!isPrevented) void end(0);
  },
  requestSingleInstanceLock: () => true,
  setPath: (name, path) => {
    if (isReady() && name === 'userData') note('userData was set after ready and has no effect');
    paths.set(name, path);
  },
  whenReady: () =>
    isReady() ? Promise.resolve() : new Promise<void>((resolve) => events.once('ready', () => resolve())),
} satisfies Pick<
  App,
  | 'commandLine'
  | 'enableSandbox'
  | 'exit'
  | 'getPath'
  | 'getVersion'
  | 'isPackaged'
  | 'on'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setPath'
  | 'whenReady'
>;

export { ipcMain } from './ipc-double.ts';

export const BrowserWindow = class extends WindowDouble {
  constructor(...values: ConstructorParameters<typeof WindowDouble>) {
    super(...values);
    this.once('closed', () => {
      if (WindowDouble.all.size === 0 && !isEnding) events.emit('window-all-closed');
    });
  }
};
WindowDouble.onContents = (contents) => events.emit('web-contents-created', {}, contents);

export const session = {
  fromPartition: (partition: string) => sessionOf(partition).api,
  get defaultSession() {
    return sessionOf('').api;
  },
};

export const protocol = {
  registerSchemesAsPrivileged: registerSchemes,
  handle: (...values: Parameters<ReturnType<typeof sessionOf>['protocol']['handle']>) =>
    sessionOf('').protocol.handle(...values),
};

export const Menu = { setApplicationMenu: () => undefined } satisfies Pick<
  typeof ElectronMenu,
  'setApplicationMenu'
>;

/** As a computer that never sleeps. */
export const powerMonitor = new EventEmitter();

export const dialog = {
  showErrorBox: (title, content) => console.error(`${title}: ${content}`),
  // As a user who closes the dialogue: no test saves a file through the double.
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
} satisfies Pick<Dialog, 'showErrorBox' | 'showSaveDialog'>;

// Electron is ready only after the entry module has been evaluated.
setImmediate(() => {
  becomeReady();
  events.emit('ready');
});
// In Electron an unhandled rejection only warns and the app goes on.
process.on('unhandledRejection', (cause) => note(`unhandled rejection: ${String(cause)}`));
