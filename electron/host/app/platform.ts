/**
 * What a shell does for the host on the user's computer beyond the wire: where a file is saved, and paper. Files are
 * opened by the page, with a field of its own, in both shells alike.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { AppError } from '../../../core/contract/errors.ts';
import { atomicWrite } from '../files/atomic-write.ts';

/** Kinds of files that a user may be asked for. */
export interface FileKind {
  /** As a clinician would say it: "backup of Prehensa". */
  name: string;
  /** Without the point: "csv". */
  extensions: readonly string[];
}

export interface Platform {
  /**
   * Where a file of this name may be written: asked of the user, or a folder of the app's own.
   * @returns an absolute path; null when the user decided against it.
   */
  choosePathToSave(suggestedName: string, kind: FileKind): Promise<string | null>;
  /** What the page shows now, with its print styles, as the bytes of a PDF. */
  printToPdf(): Promise<Uint8Array>;
}

/** A name that is a file's on every system, and never a path. */
export function safeFileName(suggestedName: string): string {
  const name = suggestedName
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[<>:"/\\|?*\u0000-\u001f]/g, '-')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 120);
  return name === '' ? 'file' : name;
}

/** The first of "name.csv", "name (2).csv", ... that does not exist: nothing of the user's is written over. */
export function unusedPath(folder: string, name: string): string {
  const { name: stem, ext } = parse(safeFileName(name));
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? `${stem}${ext}` : `${stem} (${number})${ext}`);
    if (!existsSync(path)) return path;
  }
}

/**
 * Saves bytes where the user, or the shell, says.
 * @returns the path, to be shown; null when the user decided against it.
 * @throws AppError file.not_saved when the place cannot be written or is full; nothing half written is left under the name.
 */
export async function saveFile(
  platform: Platform,
  suggestedName: string,
  kind: FileKind,
  bytes: Uint8Array,
): Promise<string | null> {
  const path = await platform.choosePathToSave(suggestedName, kind);
  if (path === null) return null;
  try {
    atomicWrite(path, bytes);
  } catch (cause) {
    throw new AppError('file.not_saved', undefined, { cause });
  }
  return path;
}

/**
 * A platform without dialogues: files go into one folder, which is made when needed. For the browser shell, and for
 * tests and head-less programs.
 */
export function createFolderPlatform(
  folder: string,
  printToPdf: () => Promise<Uint8Array> = () => Promise.reject(new AppError('file.not_saved')),
): Platform {
  return {
    choosePathToSave: async (suggestedName) => {
      try {
        mkdirSync(folder, { recursive: true });
      } catch (cause) {
        throw new AppError('file.not_saved', undefined, { cause });
      }
      return unusedPath(folder, suggestedName);
    },
    printToPdf,
  };
}
