import { BACKUP_PIECE_BYTES } from '../../core/contract/channels/backup.ts';
import type { WireError } from '../../core/contract/errors.ts';
import type { Api } from '../../core/contract/wire.ts';

/** Characters that one call of fromCharCode takes without overflowing. */
const CHARACTERS = 0x8000;

export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHARACTERS) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHARACTERS));
  }
  return btoa(text);
}

/**
 * Hands a backup file to the host, piece by piece.
 * @param onProgress share that has arrived, 0..1.
 * @returns null when all of it arrived or `signal` ended it; the error otherwise.
 */
export async function sendBackup(
  api: Api,
  file: Blob,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<WireError | null> {
  for (let at = 0; at < file.size && !signal.aborted; at += BACKUP_PIECE_BYTES) {
    let piece: Uint8Array;
    try {
      piece = new Uint8Array(await file.slice(at, at + BACKUP_PIECE_BYTES).arrayBuffer());
    } catch {
      // The disk it lies on was taken out, or the file was moved meanwhile.
      return { code: 'backup.damaged', incident: 'file' };
    }
    const result = await api['backup.receive']({ offsetBytes: at, base64: base64Of(piece) });
    if (!result.ok) return result.error;
    onProgress((at + piece.length) / file.size);
  }
  return null;
}
