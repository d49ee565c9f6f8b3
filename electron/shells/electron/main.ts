// The Electron shell's entry: order matters, each line has a time before which it must run.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, powerMonitor, protocol } from 'electron/main';
import { createHost, type Host } from '../../host/app/create-host.ts';
import { BulkPaths } from '../../host/assets/bulk-paths.ts';
import { PAGE_ORIGINS } from '../../host/assets/page-origins.ts';
import { createAssetServer } from '../../host/assets/serve-app-request.ts';
import { appFolders } from '../app-folders.ts';
import { runSelfCheck } from '../self-check.ts';
import { createWindow } from './create-window.ts';
import { createElectronPlatform } from './electron-platform.ts';
import { createElectronTransport } from './electron-transport.ts';
import { hardenProcess } from './harden-process.ts';
import { hardenContents } from './harden-session.ts';

const ORIGIN = PAGE_ORIGINS.electron;
const CRASHES_BEFORE_STOP = 3;
const isSelfCheck = process.argv.includes('--self-check');

hardenProcess(app);
// Once, and before ready: a scheme registered later has no origin, no storage and no fetch.
protocol.registerSchemesAsPrivileged([
  {
    scheme: 'app',
    privileges: {
      standard: true,
      secure: true,
      supportFetchAPI: true,
      corsEnabled: false,
      bypassCSP: false,
      allowServiceWorkers: false,
      stream: false,
      codeCache: false,
    },
  },
]);
// Tests bring their own folder; the installed app takes no such hint from its surroundings.
const testFolder = app.isPackaged ? undefined : process.env.PREHENSA_OWN_FOLDER;
const ownFolder = isSelfCheck
  ? mkdtempSync(join(tmpdir(), 'prehensa-self-check-'))
  : testFolder || join(app.getPath('appData'), 'Prehensa');
const windowFolder = join(ownFolder, 'window');
mkdirSync(windowFolder, { recursive: true });
app.setPath('userData', windowFolder);

// Built to out/electron/main.mjs, in the sources as in the package.
const programFolder = dirname(dirname(import.meta.dirname));
const filesFolder = app.isPackaged ? process.resourcesPath : programFolder;
const folders = appFolders(programFolder, filesFolder, ownFolder);

if (isSelfCheck) {
  process.on('exit', () => {
    try {
      rmSync(ownFolder, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // On Windows the window's own files are still open now; the system clears its temporary folder.
    }
  });
}

let window: BrowserWindow | null = null;
const bulk = new BulkPaths();
let host: Host | null = null;
let crashes = 0;

process.on('uncaughtException', (cause) => {
  if (!app.isPackaged) console.error(cause);
  if (!isSelfCheck) {
    dialog.showErrorBox(
      'Prehensa had to stop',
      'Everything that was shown as saved is saved. Start Prehensa again; if this comes back, tell your administrator: code main-stopped.',
    );
  }
  app.exit(70);
});

async function open(): Promise<void> {
  Menu.setApplicationMenu(null);
  const opened = createWindow(createAssetServer(folders, bulk));
  window = opened;
  const transport = createElectronTransport(opened.webContents, ORIGIN);
  const page = opened.webContents;
  page.on('preload-error', (_event, _path, cause) => console.error(`the preload failed: ${cause.message}`));
  page.on('render-process-gone', () => {
    crashes++;
    if (crashes <= CRASHES_BEFORE_STOP && !isSelfCheck) page.reload();
    else app.exit(71);
  });
  opened.on('closed', () => {
    window = null;
  });
  if (!isSelfCheck) opened.once('ready-to-show', () => opened.show());
  host = await createHost({
    dataFolder: folders.dataFolder,
    modelsFolder: folders.modelsFolder,
    resourcesFolder: folders.resourcesFolder,
    logFolder: isSelfCheck ? null : folders.logFolder,
    shell: 'electron',
    bulk,
    transport,
    platform: createElectronPlatform(opened),
    appVersion: app.getVersion(),
  });
  // Whoever closes the lid or locks the screen has left; the idle time alone would leave the clinic open until it is up.
  const left = () => void host?.lock();
  powerMonitor.on('suspend', left);
  powerMonitor.on('lock-screen', left);
  await opened.loadURL(`${ORIGIN}/index.html`);
  if (!app.isPackaged && !isSelfCheck) {
    console.log('Prehensa is open (Electron). Close the window to end.');
  }
}

async function selfCheck(): Promise<void> {
  await open();
  const report = await runSelfCheck('electron', (script) =>
    window === null
      ? Promise.reject(new Error('the window is gone'))
      : window.webContents.executeJavaScript(script),
  );
  await host?.close();
  console.log(JSON.stringify({ ...report, electron: process.versions.electron ?? null }));
  app.exit(report.ok ? 0 : 1);
}

hardenContents(app);
if (!app.requestSingleInstanceLock()) {
  app.exit(0);
} else {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (host === null) return;
    event.preventDefault();
    const closing = host;
    host = null;
    closing.close().finally(() => app.exit(0));
  });
  // Not awaited at top level: Electron is ready only after this module has been evaluated.
  app
    .whenReady()
    .then(isSelfCheck ? selfCheck : open)
    .catch((cause: unknown) => {
      console.error(`Prehensa could not start: ${cause instanceof Error ? cause.message : 'unknown'}`);
      app.exit(70);
    });
}
