import type Database from 'better-sqlite3';

export const KEY_BYTES = 32;

/** The drop-in adds keying to better-sqlite3's interface; its typings do not name it. */
interface Keyed {
  key(key: Buffer): number;
}

/**
 * Sets cipher and raw key, and keeps temporary tables in memory: without that a sort or an index writes patient text
 * in plain into the temporary folder. `key` without the `raw:` prefix would run a key derivation: another key.
 * @param key - 32 bytes; copied, and the copy is wiped.
 */
export function applyKey(raw: Database.Database, key: Buffer): void {
  if (key.length !== KEY_BYTES) throw new RangeError('the store key has 32 bytes');
  const form = Buffer.concat([Buffer.from('raw:'), key]);
  try {
    raw.pragma("cipher='sqlcipher'");
    (raw as unknown as Keyed).key(form);
    raw.pragma('temp_store=MEMORY');
  } finally {
    form.fill(0);
  }
}
