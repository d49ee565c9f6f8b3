import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createAssetServer } from '../../electron/host/assets/serve-app-request.ts';
import { launchBrowserShell } from '../../electron/shells/browser/launch-browser-shell.ts';
import { BROWSER_SOURCES, ensureBrowser } from './ensure-browser.ts';

const isLinux = process.platform === 'linux' && process.arch === 'x64';
const isInstalled = existsSync(
  join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/package.json'),
);
if (!isLinux) console.log('skipped: the browser that comes as an npm package is for Linux x64');
else if (!isInstalled) console.log('skipped: the npm package @sparticuz/chromium is not installed');

it.skipIf(!isLinux || !isInstalled)(
  'a browser by npm alone: with every other one hidden, the shell runs',
  async () => {
    const hidden = BROWSER_SOURCES.filter((source) => source !== 'npm package');
    const browser = await ensureBrowser({ hidden });
    expect(browser).toMatchObject({ source: 'npm package', canShowWindow: false, sandbox: false });
    const folder = await mkdtemp(join(tmpdir(), 'prehensa-bundled-'));
    await mkdir(join(folder, 'page'));
    await writeFile(join(folder, 'page/index.html'), '<!doctype html><title>Prehensa</title>');
    const shell = await launchBrowserShell({
      ...browser,
      headless: true,
      assets: createAssetServer({
        rendererFolder: join(folder, 'page'),
        modelsFolder: join(folder, 'models'),
        wasmFolder: join(folder, 'wasm'),
      }),
      profilesFolder: join(folder, 'profiles'),
      serve: async (frame) => `answer to ${frame}`,
    });
    expect(await shell.page.evaluate('appTransport.request("hello")')).toBe('answer to hello');
    await shell.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  },
  60_000,
);
