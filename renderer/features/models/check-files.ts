import { Manifest } from '../../../core/inference/manifest.ts';

export type FilesResult =
  | { status: 'as-published'; files: number; bytes: number }
  /** Of the first file that is not as published; null for the list of files itself. */
  | { status: 'changed' | 'missing'; path: string | null }
  | { status: 'stopped' };

/** Bytes of a file of the app; null when it is not there. */
export type ReadBytes = (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;

export const readOwnBytes: ReadBytes = async (path) => {
  try {
    // What the browser still holds from before would prove nothing of the disk.
    const response = await fetch(path, { cache: 'no-store' });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
};

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Holds every file of a bundle against its list, and the list against the hash that the evaluation names.
 * @param publishedHash sha256 of the list, from evaluation.json; null when that file is missing: then "missing".
 * @param onFile told after each file: how many are done of how many.
 */
export async function checkFiles(
  folder: string,
  publishedHash: string | null,
  read: ReadBytes,
  onFile: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<FilesResult> {
  if (publishedHash === null) return { status: 'missing', path: 'evaluation.json' };
  const list = await read(`${folder}manifest.json`);
  if (list === null) return { status: 'missing', path: null };
  if ((await sha256(list)) !== publishedHash) return { status: 'changed', path: null };
  const { files } = Manifest.parse(JSON.parse(new TextDecoder().decode(list)));
  let bytes = list.byteLength;
  for (const [index, file] of files.entries()) {
    if (signal.aborted) return { status: 'stopped' };
    const content = await read(`${folder}${file.path}`);
    if (content === null) return { status: 'missing', path: file.path };
    if (content.byteLength !== file.bytes || (await sha256(content)) !== file.sha256) {
      return { status: 'changed', path: file.path };
    }
    bytes += content.byteLength;
    onFile(index + 1, files.length);
  }
  return { status: 'as-published', files: files.length + 1, bytes };
}
