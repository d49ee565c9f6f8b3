/**
 * What a shell does for the host on the user's computer beyond the wire: where a file is saved, and paper. Files are
 * opened by the page, with a field of its own, in both shells alike.
 */
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
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

/** Most bytes of a file name, with room for " (2)" and a working name on systems that take 255. */
const MOST_NAME_BYTES = 180;
/** Names that Windows keeps for devices, whatever follows the first point. */
const DEVICE_NAME = /^(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?=\.|$)/i;

/** The first characters of a text that fit into so many bytes; no character is cut apart. */
function withinBytes(text: string, mostBytes: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > mostBytes) break;
    kept += character;
  }
  return kept;
}

/**
 * A name that is a file's on every system, and never a path; without characters that cannot be seen, which could draw
 * one ending as another.
 * @param extensions - without the point; the first is added where the name ends in none of them.
 */
export function safeFileName(suggestedName: string, extensions: readonly string[] = []): string {
  const name = suggestedName
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, '-')
    .replace(/^[. ~$]+|[. ]+$/g, '')
    .replace(DEVICE_NAME, '$&_');
  const ending = extensions.find((extension) => name.toLowerCase().endsWith(`.${extension.toLowerCase()}`));
  const { name: plain, ext } = parse(name);
  const stem =
    ending === undefined ? (extensions.length > 0 ? name : plain) : name.slice(0, -ending.length - 1);
  const end = ending ?? extensions[0];
  const suffix = end === undefined ? withinBytes(ext, 40) : `.${end}`;
  const kept = withinBytes(stem, MOST_NAME_BYTES - Buffer.byteLength(suffix)).replace(/[. ]+$/, '');
  return `${kept === '' ? 'file' : kept}${suffix}`;
}

/** The first of "name.csv", "name (2).csv", ... that does not exist: nothing of the user's is written over. */
export function unusedPath(folder: string, name: string, extensions: readonly string[] = []): string {
  const { name: stem, ext } = parse(safeFileName(name, extensions));
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? `${stem}${ext}` : `${stem} (${number})${ext}`);
    // A link that leads nowhere is there too: what is saved must not follow it.
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return path;
  }
}

/** The chosen path with an ending of its kind: a table is never saved as a program or a page. */
export function withExtension(path: string, { extensions }: FileKind): string {
  const isOfKind = extensions.some((extension) => path.toLowerCase().endsWith(`.${extension.toLowerCase()}`));
  return isOfKind || extensions[0] === undefined ? path : `${path}.${extensions[0]}`;
}

/**
 * Saves bytes where the user, or the shell, says.
 * @param beforeWriting - called with the place known and nothing written: throws when it must not be written any more.
 * @returns the path, to be shown; null when the user decided against it.
 * @throws AppError file.not_saved when the place cannot be written or is full; nothing half written is left under the name.
 */
export async function saveFile(
  platform: Platform,
  suggestedName: string,
  kind: FileKind,
  bytes: Uint8Array,
  beforeWriting: () => void,
): Promise<string | null> {
  const chosen = await platform.choosePathToSave(suggestedName, kind);
  if (chosen === null) return null;
  const path = withExtension(chosen, kind);
  // The dialogue asked about the name as typed: a file under the completed one must not be written over unasked.
  if (path !== chosen && existsSync(path)) throw new AppError('file.not_saved');
  beforeWriting();
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
    choosePathToSave: async (suggestedName, kind) => {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
      } catch (cause) {
        throw new AppError('file.not_saved', undefined, { cause });
      }
      return unusedPath(folder, suggestedName, kind.extensions);
    },
    printToPdf,
  };
}
