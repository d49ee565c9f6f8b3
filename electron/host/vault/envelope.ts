/** One key sealed under another: AES-256-GCM, random 96-bit nonce, 128-bit tag, bound to its context. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';

const Base64 = z.base64();

export const Sealed = z.strictObject({ nonce: Base64, content: Base64, tag: Base64 });
export type Sealed = z.output<typeof Sealed>;

const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Canonical bytes of what a slot belongs to, so that slots cannot be moved between users or vaults. */
export function contextBytes(parts: readonly (string | number)[]): Buffer {
  return Buffer.from(JSON.stringify(parts), 'utf8');
}

/**
 * @param key - 32 bytes.
 * @param context - additional authenticated data; the same bytes are needed to open.
 * @throws RangeError when the key is not 32 bytes.
 */
export function seal(key: Buffer, content: Buffer, context: Buffer): Sealed {
  if (key.length !== KEY_BYTES) throw new RangeError('a sealing key has 32 bytes');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(context);
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return {
    nonce: nonce.toString('base64'),
    content: sealed.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/**
 * @returns the content, or null when the key or the context is not the one it was sealed with, or a byte changed.
 */
export function unseal(key: Buffer, sealed: Sealed, context: Buffer): Buffer | null {
  const tag = Buffer.from(sealed.tag, 'base64');
  const nonce = Buffer.from(sealed.nonce, 'base64');
  // Node takes a 4-byte tag with a warning only; a short tag can be guessed.
  if (tag.length !== TAG_BYTES || nonce.length !== 12 || key.length !== KEY_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(context);
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(Buffer.from(sealed.content, 'base64')), decipher.final()]);
  } catch {
    return null;
  }
}
