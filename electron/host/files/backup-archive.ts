/**
 * One file that holds a clinic: store and vault, both as encrypted as they are in their folder, with a hash of each.
 *
 *   PREHENSA-BACKUP-1 <sha256 of the header line>\n
 *   <header as one line of JSON>\n
 *   <bytes of the files in the order of the header>
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import * as z from 'zod';
import { AppError } from '../../../core/contract/errors.ts';

const MAGIC = 'PREHENSA-BACKUP-1';
const BLOCK_BYTES = 4 * 1024 * 1024;
/** The first two lines are never longer. */
const MAX_HEAD_BYTES = 8 * 1024;
export const ARCHIVED_FILES = ['store.db', 'vault.json'] as const;
type ArchivedName = (typeof ARCHIVED_FILES)[number];

const Header = z.strictObject({
  createdAt: z.iso.datetime(),
  appVersion: z.string().max(40),
  files: z.tuple([
    z.strictObject({ name: z.literal('store.db'), sizeBytes: z.int().min(1), sha256: z.string().length(64) }),
    z.strictObject({
      name: z.literal('vault.json'),
      sizeBytes: z.int().min(1),
      sha256: z.string().length(64),
    }),
  ]),
});
export type BackupHeader = z.output<typeof Header>;

/** Told after each block; may throw to stop. Awaited, so that the program answers others meanwhile. */
export type OnBlock = (share: number) => void | Promise<void>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Reads `sizeBytes` bytes from `fromByte`, block by block. @throws AppError backup.damaged when the file ends before. */
async function eachBlock(
  descriptor: number,
  fromByte: number,
  sizeBytes: number,
  onBlock: (block: Buffer, doneBytes: number) => void | Promise<void>,
): Promise<void> {
  const buffer = Buffer.alloc(Math.min(BLOCK_BYTES, Math.max(1, sizeBytes)));
  for (let done = 0; done < sizeBytes; ) {
    const length = readSync(
      descriptor,
      buffer,
      0,
      Math.min(buffer.length, sizeBytes - done),
      fromByte + done,
    );
    if (length === 0) throw new AppError('backup.damaged');
    done += length;
    await onBlock(buffer.subarray(0, length), done);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(descriptor, bytes, written, bytes.length - written);
  }
}

/**
 * Writes an archive of two files.
 * @param paths where the files lie now.
 * @param target a new file; flushed before this returns.
 */
export async function writeArchive(
  target: string,
  paths: Readonly<Record<ArchivedName, string>>,
  about: { createdAt: string; appVersion: string },
  onBlock: OnBlock = () => {},
): Promise<BackupHeader> {
  const opened = ARCHIVED_FILES.map((name) => ({ name, descriptor: openSync(paths[name], 'r') }));
  const output = openSync(target, 'wx', 0o600);
  try {
    const sizes = opened.map(({ descriptor }) => fstatSync(descriptor).size);
    const totalBytes = 2 * sizes.reduce((sum, size) => sum + size, 0);
    let doneBytes = 0;
    const step = (block: Buffer) => {
      doneBytes += block.length;
      return onBlock(doneBytes / totalBytes);
    };
    const files: { name: ArchivedName; sizeBytes: number; sha256: string }[] = [];
    for (const [index, { name, descriptor }] of opened.entries()) {
      const hash = createHash('sha256');
      const sizeBytes = sizes[index] ?? 0;
      await eachBlock(descriptor, 0, sizeBytes, (block) => {
        hash.update(block);
        return step(block);
      });
      files.push({ name, sizeBytes, sha256: hash.digest('hex') });
    }
    const header = Header.parse({ ...about, files });
    const line = JSON.stringify(header);
    writeAll(output, Buffer.from(`${MAGIC} ${sha256(line)}\n${line}\n`, 'utf8'));
    for (const [index, { descriptor }] of opened.entries()) {
      await eachBlock(descriptor, 0, sizes[index] ?? 0, (block) => {
        writeAll(output, block);
        return step(block);
      });
    }
    fsyncSync(output);
    return header;
  } finally {
    closeSync(output);
    for (const { descriptor } of opened) closeSync(descriptor);
  }
}

/**
 * Holds every byte of an archive against its hashes, and takes it apart.
 * @param into where the files go; absent: they are only checked.
 * @throws AppError backup.not_one when it is no backup; backup.damaged when a byte is missing, changed or too many.
 */
export async function readArchive(
  source: string,
  into: Readonly<Record<ArchivedName, string>> | null,
  onBlock: OnBlock = () => {},
): Promise<BackupHeader> {
  const descriptor = openSync(source, 'r');
  try {
    const { header, headBytes } = readHead(descriptor);
    const totalBytes = header.files.reduce((sum, file) => sum + file.sizeBytes, 0);
    if (fstatSync(descriptor).size !== headBytes + totalBytes) throw new AppError('backup.damaged');
    let doneBytes = 0;
    for (const file of header.files) {
      const hash = createHash('sha256');
      const output = into === null ? null : openSync(into[file.name], 'w', 0o600);
      try {
        await eachBlock(descriptor, headBytes + doneBytes, file.sizeBytes, (block, done) => {
          hash.update(block);
          if (output !== null) writeAll(output, block);
          return onBlock((doneBytes + done) / totalBytes);
        });
        if (output !== null) fsyncSync(output);
      } finally {
        if (output !== null) closeSync(output);
      }
      doneBytes += file.sizeBytes;
      if (hash.digest('hex') !== file.sha256) throw new AppError('backup.damaged');
    }
    return header;
  } finally {
    closeSync(descriptor);
  }
}

function readHead(descriptor: number): { header: BackupHeader; headBytes: number } {
  const start = Buffer.alloc(MAX_HEAD_BYTES);
  const text = start.subarray(0, readSync(descriptor, start, 0, start.length, 0)).toString('latin1');
  const [first = '', line = ''] = text.split('\n', 2);
  if (!first.startsWith('PREHENSA-BACKUP-')) throw new AppError('backup.not_one');
  if (first !== `${MAGIC} ${sha256(line)}`) throw new AppError('backup.damaged');
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (cause) {
    throw new AppError('backup.damaged', undefined, { cause });
  }
  const header = Header.safeParse(parsed);
  if (!header.success) throw new AppError('backup.damaged');
  return { header: header.data, headBytes: first.length + 1 + line.length + 1 };
}
