import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadFile, Sha256 } from '../../core/inference/bundle.ts';

/** Reads a bundle's files from a folder. */
export const bundleFiles =
  (folder: string): ReadFile =>
  async (path) =>
    new Uint8Array(await readFile(join(folder, path)));

export const nodeSha256: Sha256 = async (bytes) => createHash('sha256').update(bytes).digest('hex');
