import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a file so that a reader or a crash sees the old content or the new one, never a half. */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}

/** Where the old folder waits while a new one is put in its place: outside what is shipped and served. */
const asideOf = (place: string): string => join('out/replaced', place.replace(/[\\/]+/g, '__'));

/**
 * Puts back a folder that an interrupted replacement had moved aside. Call before anything is read or written.
 * @returns true when one was put back.
 */
export function restoreFolder(place: string): boolean {
  const old = asideOf(place);
  if (existsSync(place) || !existsSync(old)) return false;
  mkdirSync(dirname(place), { recursive: true });
  renameSync(old, place);
  return true;
}

/**
 * Puts a finished folder in the place of another. When the new one cannot be moved the old one is put back; a process that is
 * killed between the two moves leaves the old one aside, where {@link restoreFolder} finds it.
 */
export function replaceFolder(made: string, place: string): void {
  const old = asideOf(place);
  mkdirSync(dirname(place), { recursive: true });
  mkdirSync(dirname(old), { recursive: true });
  rmSync(old, { recursive: true, force: true });
  if (existsSync(place)) renameSync(place, old);
  try {
    renameSync(made, place);
  } catch (cause) {
    restoreFolder(place);
    throw cause;
  }
  rmSync(old, { recursive: true, force: true });
}

/**
 * Holds a lock file while `work` runs, so that two runs of one program never write over one another. A lock whose process has
 * gone is taken over.
 * @throws Error when another process holds it.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const path = join('out/locks', `${name}.pid`);
  mkdirSync(dirname(path), { recursive: true });
  const holder = existsSync(path) ? Number.parseInt(readFileSync(path, 'utf8'), 10) : Number.NaN;
  if (Number.isInteger(holder) && holder !== process.pid && isAlive(holder)) {
    throw new Error(`another ${name} is running (process ${holder}); wait for it or end it first`);
  }
  writeFileAtomically(path, `${process.pid}\n`);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as { code?: string }).code === 'EPERM';
  }
}

/** JSON of a file; undefined when it is missing or was cut short. */
export function readJsonOr<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
