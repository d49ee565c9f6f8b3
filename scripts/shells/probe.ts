// A shell is chosen by a successful probe, never by presence. node scripts/shells/probe.ts prints both results.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { SelfCheckReport } from '../../electron/shells/self-check.ts';
import { ensureBrowser, type FoundBrowser } from './ensure-browser.ts';
import { type ElectronRuntime, ensureElectron } from './ensure-electron.ts';
import { type ProbeRun, runProbe } from './run-probe.ts';

export const PROBE_LIMIT_MS = 20_000;
const root = join(import.meta.dirname, '../..');
const HELLO = join(root, 'electron/shells/electron/hello/hello.cjs');

export interface ShellProbe {
  shell: 'electron' | 'browser';
  /** Can this shell carry the app here? */
  isGood: boolean;
  /** Electron itself runs, but our app in it does not: a defect of ours, so the tests fail. */
  isIncident: boolean;
  /** Why not, or what was found: one line. */
  line: string;
  /** Shown to the user; empty when there is nothing to say. */
  notice: string;
  /** How to start the shell again in the same way. */
  command: string[];
  report: SelfCheckReport | null;
  browser?: FoundBrowser;
}

type Log = (line: string) => void;
export interface ElectronProbeOptions {
  log?: Log;
  /** Replaced in tests, which have no Electron. */
  runtime?: ElectronRuntime;
  run?: (command: string[], environment?: Record<string, string>) => Promise<ProbeRun>;
  hasDisplay?: boolean;
  xvfbRun?: string | null;
}

/** True where a window can be shown. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

export function findXvfbRun(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'xvfb-run')).find((path) => existsSync(path)) ?? null;
}

const runCommand = ([command = '', ...values]: string[], environment?: Record<string, string>) =>
  runProbe(command, values, { limitMs: PROBE_LIMIT_MS, ...(environment ? { environment } : {}) });

/**
 * (a) ten lines of Electron without our code; when they fail, once more with `--no-sandbox`. (b) our built app with
 * `--self-check`. 20 seconds each, under xvfb-run where there is no display.
 */
export async function probeElectron(options: ElectronProbeOptions = {}): Promise<ShellProbe> {
  const log = options.log ?? (() => undefined);
  const run = options.run ?? runCommand;
  const runtime = options.runtime ?? (await ensureElectron(log));
  const failed = (line: string, isIncident = false): ShellProbe => ({
    shell: 'electron',
    isGood: false,
    isIncident,
    line,
    notice: '',
    command: [],
    report: null,
  });
  if (runtime.path === null) return failed(runtime.reason);
  const isDisplayed = options.hasDisplay ?? hasDisplay();
  const xvfbRun = options.xvfbRun === undefined ? findXvfbRun() : options.xvfbRun;
  if (!isDisplayed && xvfbRun === null) return failed('no display, and xvfb-run is not installed');
  const prefix = isDisplayed ? [runtime.path] : [xvfbRun as string, '-a', runtime.path];

  let flags: string[] = [];
  let hello = await run([...prefix, HELLO]);
  if (hello.errorLine !== '') {
    const firstLine = hello.errorLine;
    log(`probe (a) electron hello: ${firstLine}; once more without the sandbox`);
    flags = ['--no-sandbox'];
    hello = await run([...prefix, ...flags, HELLO]);
    if (hello.errorLine !== '') return failed(firstLine);
  }
  log(`probe (a) electron hello: ${JSON.stringify(hello.report)}`);
  const command = [...prefix, ...flags, root];
  const check = await run([...command, '--self-check']);
  if (check.errorLine !== '') {
    log(`probe (b) electron self-check: ${check.errorLine}`);
    return failed(`Electron runs, but the app in it does not: ${check.errorLine}`, true);
  }
  log(`probe (b) electron self-check: ${JSON.stringify(check.report)}`);
  return {
    shell: 'electron',
    isGood: true,
    isIncident: false,
    line: 'hello and self-check passed',
    notice: flags.length > 0 ? 'sandbox off, development only' : '',
    command,
    report: check.report as unknown as SelfCheckReport,
  };
}

/** The browser shell's self-check, head-less in the browser that was found. */
export async function probeBrowser(options: { log?: Log; browser?: FoundBrowser } = {}): Promise<ShellProbe> {
  const log = options.log ?? (() => undefined);
  const failed = (line: string, isIncident: boolean): ShellProbe => ({
    shell: 'browser',
    isGood: false,
    isIncident,
    line,
    notice: '',
    command: [],
    report: null,
  });
  let browser: FoundBrowser;
  try {
    browser = options.browser ?? (await ensureBrowser({ log }));
  } catch (cause) {
    return failed(cause instanceof Error ? cause.message : String(cause), false);
  }
  const command = [process.execPath, join(root, 'electron/shells/browser/main.ts')];
  const environment = { NODE_NO_WARNINGS: '1', PREHENSA_SHELL_BROWSER: JSON.stringify(browser) };
  const check = await runCommand([...command, '--self-check'], environment);
  log(`probe browser self-check: ${check.errorLine || JSON.stringify(check.report)}`);
  if (check.errorLine !== '') return failed(check.errorLine, true);
  return {
    shell: 'browser',
    isGood: true,
    isIncident: false,
    line: `${browser.source}: ${browser.executablePath}`,
    notice: browser.notice,
    command,
    report: check.report as unknown as SelfCheckReport,
    browser,
  };
}

/** How a test run names the result of a probe. */
export const describeProbe = (probe: ShellProbe): string =>
  probe.isGood ? `${probe.shell}: ${probe.line}` : `skipped: ${probe.line}`;

if (import.meta.main) {
  const log = (line: string) => console.error(line);
  // `--require electron`: on machines that must have it, a skipped probe is a failure.
  const required = process.argv[process.argv.indexOf('--require') + 1];
  for (const probe of [await probeElectron({ log }), await probeBrowser({ log })]) {
    console.log(JSON.stringify(probe));
    if (probe.isIncident || (!probe.isGood && probe.shell === required)) process.exitCode = 1;
  }
}
