// The browser shell's program: host and window, until the window is closed. `--self-check` answers one JSON line.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHost, type Host } from '../../host/app/create-host.ts';
import { BulkPaths } from '../../host/assets/bulk-paths.ts';
import { createAssetServer } from '../../host/assets/serve-app-request.ts';
import { appFolders } from '../app-folders.ts';
import { runSelfCheck } from '../self-check.ts';
import { createBrowserPlatform, exportsFolder } from './browser-platform.ts';
import { type BrowserShell, launchBrowserShell } from './launch-browser-shell.ts';

/** The browser that the starting program found, as JSON in PREHENSA_SHELL_BROWSER. */
interface GivenBrowser {
  executablePath: string;
  sandbox: boolean;
  environment?: Record<string, string>;
  extraArguments?: string[];
}

/** The same folder as Electron's `appData`, so that both shells open the same store. */
function appDataFolder(): string {
  if (process.platform === 'win32') return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
}

const root = join(import.meta.dirname, '../../..');
const isSelfCheck = process.argv.includes('--self-check');
const given = JSON.parse(process.env.PREHENSA_SHELL_BROWSER ?? 'null') as GivenBrowser | null;
if (given === null) {
  console.error('Start Prehensa with "npm start": it finds the browser for this window.');
  process.exit(64);
}
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const ownFolder = isSelfCheck
  ? mkdtempSync(join(tmpdir(), 'prehensa-self-check-'))
  : process.env.PREHENSA_OWN_FOLDER || join(appDataFolder(), 'Prehensa');
const folders = appFolders(root, root, ownFolder);

const bulk = new BulkPaths();
let host: Host | undefined;
let shell: BrowserShell | undefined;
let exitCode = 0;
let isEnding = false;

async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await shell?.close();
  await host?.close();
  if (isSelfCheck) rmSync(ownFolder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
try {
  // The page's first request waits until the host serves it.
  shell = await launchBrowserShell({
    executablePath: given.executablePath,
    sandbox: given.sandbox,
    headless: isSelfCheck,
    assets: createAssetServer(folders, bulk),
    ...(given.environment ? { environment: given.environment } : {}),
    ...(given.extraArguments ? { extraArguments: given.extraArguments } : {}),
    onClose: (reason) => {
      if (reason === 'page crashed') exitCode = 70;
      void end();
    },
  });
  host = await createHost({
    dataFolder: folders.dataFolder,
    modelsFolder: folders.modelsFolder,
    resourcesFolder: folders.resourcesFolder,
    logFolder: isSelfCheck ? null : folders.logFolder,
    shell: 'browser',
    bulk,
    transport: shell.transport,
    platform: createBrowserPlatform(
      shell.page,
      isSelfCheck || process.env.PREHENSA_OWN_FOLDER ? join(ownFolder, 'exports') : exportsFolder(),
    ),
    appVersion: version,
  });
  if (isSelfCheck) {
    const { page, refusedRequests, policyReports } = shell;
    const report = await runSelfCheck('browser', (script) => page.evaluate(script));
    exitCode = report.ok ? 0 : 1;
    console.log(JSON.stringify({ ...report, refusedRequests, policyReports }));
    await end();
  } else {
    console.log('Prehensa is open (browser shell). Close the window to end.');
  }
} catch (cause) {
  console.error(`Prehensa could not start: ${cause instanceof Error ? cause.message : String(cause)}`);
  exitCode = 70;
  await end();
}
