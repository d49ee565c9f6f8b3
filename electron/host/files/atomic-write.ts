import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A name in the same folder that nobody has, short whatever the file is called. */
export const workingName = (file: string): string =>
  join(dirname(file), `.prehensa-${randomBytes(8).toString('hex')}.part`);

/**
 * Replaces a file in one step: after a crash at any point the old or the new content stands, never half of it. The
 * working file is new and has a name of its own: it neither takes the place of another file nor follows a link.
 * @param file - target path; its folder must exist.
 */
export function atomicWrite(file: string, content: Uint8Array | string): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
  const working = workingName(file);
  try {
    const descriptor = openSync(working, 'wx', 0o600);
    try {
      let written = 0;
      while (written < bytes.length) {
        written += writeSync(descriptor, bytes, written, bytes.length - written);
      }
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(working, file);
  } catch (cause) {
    rmSync(working, { force: true });
    throw cause;
  }
  flushFolder(dirname(file));
}

/** A rename is only durable once its folder is flushed; Windows has no folder handle to flush. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
