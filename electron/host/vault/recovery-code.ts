import { randomBytes } from 'node:crypto';

/** Crockford's alphabet: no I, L, O, U, so that a handwritten code reads back. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 28;

/** A new code of 28 characters (140 bits) in groups of four. Shown once, never stored. */
export function newRecoveryCode(): string {
  const bytes = randomBytes(CHARACTERS);
  // 256 is a multiple of 32, so the remainder is unbiased.
  const characters = Array.from(bytes, (byte) => ALPHABET[byte % 32]);
  return (characters.join('').match(/.{4}/g) ?? []).join('-');
}

/**
 * What was typed as the code's canonical characters: case, spaces and dashes do not matter; O reads as 0, I and L as 1.
 * @returns null when it cannot be a code.
 */
export function readRecoveryCode(typed: string): string | null {
  const characters = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return characters.length === CHARACTERS && [...characters].every((c) => ALPHABET.includes(c))
    ? characters
    : null;
}
