import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findInstalled, isExecutable } from './find-installed.ts';
import { unpackBundledBrowser } from './unpack-bundled-browser.ts';

export const BROWSER_SOURCES = ['environment', 'playwright', 'system', 'apt-get', 'npm package'] as const;
export type BrowserSource = (typeof BROWSER_SOURCES)[number];

export interface FoundBrowser {
  executablePath: string;
  source: BrowserSource;
  /** False for a browser that can only run head-less. */
  canShowWindow: boolean;
  /** False only where Chromium cannot start with it; `notice` then says so. */
  sandbox: boolean;
  /** Shown to the user; empty when there is nothing to say. */
  notice: string;
  environment?: Record<string, string>;
  extraArguments?: string[];
}

export interface EnsureOptions {
  /** Sources that are passed over, so that a test can prove the later ones. */
  hidden?: readonly BrowserSource[];
  /** Gets one line a step. */
  log?: (line: string) => void;
  environment?: NodeJS.ProcessEnv;
}

const isRoot = () => process.getuid?.() === 0;
const isDebianAsRoot = () =>
  process.platform === 'linux' &&
  isRoot() &&
  existsSync('/etc/debian_version') &&
  isExecutable('/usr/bin/apt-get');

/** `PREHENSA_HIDE_BROWSERS=system,apt-get` as a list. @throws Error for a name that is no source. */
export function hiddenSources(environment: NodeJS.ProcessEnv = process.env): BrowserSource[] {
  const names = (environment.PREHENSA_HIDE_BROWSERS ?? '').split(',').filter((name) => name !== '');
  const isSource = (name: string): name is BrowserSource =>
    (BROWSER_SOURCES as readonly string[]).includes(name);
  const wrong = names.find((name) => !isSource(name));
  if (wrong !== undefined) {
    throw new Error(`PREHENSA_HIDE_BROWSERS: "${wrong}" is none of ${BROWSER_SOURCES.join(', ')}`);
  }
  return names.filter(isSource);
}

function installWithApt(log: (line: string) => void): string | null {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...values: string[]) =>
    spawnSync('/usr/bin/apt-get', values, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: environment,
      timeout: 240_000,
      encoding: 'utf8',
    });
  log('browser: apt-get install chromium (about 80 MB, up to 4 minutes)');
  run('update', '-qq');
  const result = run('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'chromium-sandbox');
  if (result.status !== 0) {
    return result.stderr?.trim().split('\n').at(-1) || 'apt-get did not finish';
  }
  return null;
}

/** The first usable browser of one source, or the reason why there is none. */
async function tryOne(
  source: BrowserSource,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<Partial<FoundBrowser> & ({ executablePath: string } | { reason: string })> {
  if (source === 'environment') {
    const path = environment.PREHENSA_BROWSER;
    if (!path) return { reason: 'PREHENSA_BROWSER is not set' };
    // Whoever names a browser wants that one: another would surprise.
    if (!isExecutable(path))
      throw new Error(`PREHENSA_BROWSER: ${path} is not a program that can be started`);
    const { path: usable, refused } = findInstalled([path]);
    if (usable === null) throw new Error(`PREHENSA_BROWSER: ${refused[0]}`);
    return { executablePath: usable };
  }
  if (source === 'playwright') {
    const path = chromium.executablePath();
    return isExecutable(path) ? { executablePath: path } : { reason: 'Playwright has downloaded none' };
  }
  if (source === 'system') {
    const { path, refused } = findInstalled();
    if (path !== null) return { executablePath: path };
    return { reason: refused.length > 0 ? refused.join('; ') : 'no Chrome, Edge or Chromium is installed' };
  }
  if (source === 'apt-get') {
    if (!isDebianAsRoot()) return { reason: 'not Debian as root' };
    const failure = installWithApt(log);
    if (failure !== null) return { reason: failure };
    const { path } = findInstalled();
    return path === null ? { reason: 'installed, but not found' } : { executablePath: path };
  }
  try {
    const bundled = await unpackBundledBrowser();
    const { path: executablePath, ...rest } = bundled;
    return { executablePath, ...rest, canShowWindow: false };
  } catch (cause) {
    return { reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

/**
 * Finds or fetches a Chromium-based browser: environment variable, Playwright's own, the system's, `apt-get` on Debian
 * as root, and last the one that comes as an npm package with its own libraries. Each step is one line in the log.
 *
 * @throws Error in a user's words when there is none, or when PREHENSA_BROWSER names something unusable.
 */
export async function ensureBrowser(options: EnsureOptions = {}): Promise<FoundBrowser> {
  const log = options.log ?? (() => undefined);
  const environment = options.environment ?? process.env;
  const hidden = options.hidden ?? hiddenSources(environment);
  for (const source of BROWSER_SOURCES) {
    if (hidden.includes(source)) {
      log(`browser: ${source}: hidden for this run`);
      continue;
    }
    const found = await tryOne(source, environment, log);
    if (!('executablePath' in found) || found.executablePath === undefined) {
      log(`browser: ${source}: ${'reason' in found ? found.reason : 'none'}`);
      continue;
    }
    // Neither root nor an unpacked browser without its helper program can set the sandbox up.
    const sandbox = !(process.platform === 'linux' && (isRoot() || source === 'npm package'));
    log(`browser: ${source}: ${found.executablePath}`);
    return {
      canShowWindow: true,
      ...found,
      executablePath: found.executablePath,
      source,
      sandbox,
      notice: sandbox ? '' : 'browser sandbox off, development only',
    };
  }
  throw new Error(
    'No browser was found. Install Chrome, Edge or Chromium, or set PREHENSA_BROWSER to the path of one.',
  );
}

if (import.meta.main) {
  try {
    console.log(JSON.stringify(await ensureBrowser({ log: (line) => console.error(line) })));
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  }
}
