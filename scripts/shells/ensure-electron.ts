import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const FIRST_BYTE_MS = 10_000;
const WHOLE_FETCH_MS = 300_000;

export type ElectronRuntime = { path: string } | { path: null; reason: string };

function electronFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** The runtime's program when the right version is there already; nothing is fetched. */
export function findElectron(folder: string | null = electronFolder()): string | null {
  if (folder === null) return null;
  const distFolder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const nameFile = join(folder, 'path.txt');
  const usualName = process.platform === 'win32' ? 'electron.exe' : 'electron';
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : usualName;
  const path = join(distFolder, name);
  return existsSync(path) ? path : null;
}

interface FetchOptions {
  /** The program that downloads; a test gives another. */
  program?: string;
  firstByteMs?: number;
  wholeFetchMs?: number;
  log?: (line: string) => void;
}

/**
 * Runs the download: 10 seconds to its first byte, then progress in steps of ten per cent, at most 5 minutes.
 * @returns null when the archive is in the cache, else the reason in one line.
 */
export function fetchElectron(options: FetchOptions = {}): Promise<string | null> {
  const { firstByteMs = FIRST_BYTE_MS, wholeFetchMs = WHOLE_FETCH_MS, log = () => undefined } = options;
  const program = options.program ?? join(import.meta.dirname, 'fetch-electron.ts');
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  return new Promise((resolve) => {
    let reason: string | null = 'the download stopped without a reason';
    let tenth = -1;
    let rest = '';
    const stop = (why: string) => {
      reason = why;
      child.kill('SIGKILL');
    };
    const firstByte = setTimeout(() => stop(`no byte within ${firstByteMs / 1000} s`), firstByteMs);
    const wholeFetch = setTimeout(() => stop(`not finished within ${wholeFetchMs / 1000} s`), wholeFetchMs);
    child.stdout.on('data', (bytes: Buffer) => {
      const lines = (rest + bytes.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const message = JSON.parse(line) as {
          transferred?: number;
          total?: number | null;
          error?: string;
          isDone?: boolean;
        };
        if (message.error !== undefined) reason = message.error;
        if (message.isDone) reason = null;
        if (!message.transferred) continue;
        clearTimeout(firstByte);
        const share = message.total ? Math.floor((10 * message.transferred) / message.total) : -1;
        if (share > tenth) {
          tenth = share;
          log(`electron: ${share * 10} % of ${Math.round((message.total ?? 0) / 1e6)} MB`);
        }
      }
    });
    child.once('error', (cause) => {
      reason = cause.message;
    });
    child.once('close', () => {
      clearTimeout(firstByte);
      clearTimeout(wholeFetch);
      resolve(reason);
    });
  });
}

/**
 * The Electron runtime, fetched when it is missing. Never throws: an app that cannot have it uses the browser shell.
 * `PREHENSA_NO_FETCH=1` looks only.
 */
export async function ensureElectron(
  log: (line: string) => void = () => undefined,
): Promise<ElectronRuntime> {
  const folder = electronFolder();
  if (folder === null) return { path: null, reason: 'the npm package electron is not installed' };
  const present = findElectron(folder);
  if (present !== null) return { path: present };
  if (process.env.PREHENSA_NO_FETCH === '1') {
    return { path: null, reason: 'the Electron runtime is not there and fetching is switched off' };
  }
  log('electron: fetching the runtime (10 s to the first byte, at most 5 minutes)');
  const reason = await fetchElectron({ log });
  if (reason !== null) return { path: null, reason: `the Electron runtime cannot be fetched: ${reason}` };
  // Unpacks from the cache, and checks the hash once more.
  const unpacked = spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: 120_000,
  });
  const path = findElectron(folder);
  if (path !== null) return { path };
  const line = unpacked.stderr?.trim().split('\n')[0] || 'no reason given';
  return { path: null, reason: `the Electron runtime cannot be unpacked: ${line}` };
}

if (import.meta.main) {
  console.log(JSON.stringify(await ensureElectron((line) => console.error(line))));
}
