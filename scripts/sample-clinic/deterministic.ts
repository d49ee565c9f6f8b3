/** Identifiers, tokens and a clock that are the same in every build of the sample clinic. */
import { createHash } from 'node:crypto';

/** Version 4 UUIDs from a counter; unique as long as the name differs. */
export function deterministicIds(name: string): () => string {
  let count = 0;
  return () => {
    const hex = createHash('sha256').update(`${name} id ${count++}`).digest('hex');
    const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
}

/** 64 hexadecimal characters from a counter. Fit for invented people only: anybody can compute them. */
export function deterministicTokens(name: string): () => string {
  let count = 0;
  return () => createHash('sha256').update(`${name} token ${count++}`).digest('hex');
}

/** A clock that stands still until it is moved. */
export class SetClock {
  #nowMs = 0;
  readonly now = (): Date => new Date(this.#nowMs);
  /** @param instant - ISO instant; @param plusSeconds - seconds after it. */
  set(instant: string, plusSeconds = 0): void {
    this.#nowMs = Date.parse(instant) + plusSeconds * 1000;
  }
}
