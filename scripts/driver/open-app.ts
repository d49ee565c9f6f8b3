/** The built app as a user has it, in the browser shell with a real host: for the demo, the bench and the specs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createHost, type Host } from '../../electron/host/app/create-host.ts';
import { BulkPaths } from '../../electron/host/assets/bulk-paths.ts';
import { createAssetServer } from '../../electron/host/assets/serve-app-request.ts';
import { createBrowserPlatform } from '../../electron/shells/browser/browser-platform.ts';
import { type BrowserShell, launchBrowserShell } from '../../electron/shells/browser/launch-browser-shell.ts';
import { ensureBrowser, type FoundBrowser } from '../shells/ensure-browser.ts';

export interface OpenApp {
  page: Page;
  host: Host;
  shell: BrowserShell;
  dataFolder: string;
  /** Milliseconds from the start of the launch to the loaded page. */
  startMs: number;
  /** Ends the window and the host, keeps the data: the next open finds it. */
  stop(): Promise<void>;
}

export interface OpenAppOptions {
  dataFolder?: string;
  browser?: FoundBrowser;
  modelsFolder?: string;
  rendererFolder?: string;
  resourcesFolder?: string;
  scryptCost?: number;
  viewport?: { width: number; height: number };
  logFolder?: string;
}

export const newDataFolder = (): string => mkdtempSync(join(tmpdir(), 'prehensa-app-'));
export const removeDataFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

/** Opens the app head-less; `npm run build` must have run. */
export async function openApp(options: OpenAppOptions = {}): Promise<OpenApp> {
  const startedMs = performance.now();
  const browser = options.browser ?? (await ensureBrowser());
  const dataFolder = options.dataFolder ?? newDataFolder();
  const modelsFolder = options.modelsFolder ?? 'models';
  const bulk = new BulkPaths();
  const shell = await launchBrowserShell({
    executablePath: browser.executablePath,
    sandbox: browser.sandbox,
    headless: true,
    ...(browser.environment ? { environment: browser.environment } : {}),
    ...(browser.extraArguments ? { extraArguments: browser.extraArguments } : {}),
    assets: createAssetServer(
      {
        rendererFolder: options.rendererFolder ?? 'out/renderer',
        modelsFolder,
        wasmFolder: 'out/renderer/wasm',
      },
      bulk,
    ),
  });
  const host = await createHost({
    dataFolder,
    modelsFolder,
    resourcesFolder: options.resourcesFolder ?? 'resources',
    shell: 'browser',
    bulk,
    transport: shell.transport,
    platform: createBrowserPlatform(shell.page, join(dataFolder, 'exports')),
    appVersion: '0.1.0',
    logFolder: options.logFolder ?? null,
    ...(options.scryptCost ? { scryptCost: options.scryptCost } : {}),
  });
  // A step that takes longer than this has failed: better said soon than after half a minute.
  shell.page.setDefaultTimeout(10_000);
  if (options.viewport) await shell.page.setViewportSize(options.viewport);
  return {
    page: shell.page,
    host,
    shell,
    dataFolder,
    startMs: performance.now() - startedMs,
    stop: async () => {
      await shell.close();
      await host.close();
    },
  };
}
