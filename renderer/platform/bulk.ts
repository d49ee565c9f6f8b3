/** What is too large for a frame: bytes by same-origin HTTP, on one-time paths that a call has answered. */

/** Small enough that both shells carry it whole, and that progress moves. */
const PIECE_BYTES = 2 * 1024 * 1024;

export type BulkOutcome<T> = { ok: true; value: T } | { ok: false; reason: 'stopped' | 'failed' };

/**
 * Sends a file in pieces.
 * @param onShare - told after each piece what share has arrived, 0 to 1.
 */
export async function sendBytes(
  path: string,
  bytes: Uint8Array,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<BulkOutcome<null>> {
  try {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const answer = await fetch(`${path}?at=${at}`, {
        method: 'POST',
        body: bytes.slice(at, at + PIECE_BYTES),
        signal,
      });
      if (!answer.ok) return { ok: false, reason: 'failed' };
      onShare(Math.min(1, (at + PIECE_BYTES) / bytes.length));
    }
    return { ok: true, value: null };
  } catch {
    return { ok: false, reason: signal.aborted ? 'stopped' : 'failed' };
  }
}

/** The bytes behind a one-time path. */
export async function readBytes(path: string, signal: AbortSignal): Promise<BulkOutcome<Uint8Array>> {
  try {
    const answer = await fetch(path, { signal });
    if (!answer.ok) return { ok: false, reason: 'failed' };
    return { ok: true, value: new Uint8Array(await answer.arrayBuffer()) };
  } catch {
    return { ok: false, reason: signal.aborted ? 'stopped' : 'failed' };
  }
}
