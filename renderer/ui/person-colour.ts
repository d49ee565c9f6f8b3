import type { CSSProperties } from 'react';

const COLOURS = 8;

/** One of the quiet colours, fixed by the id: the same person has it everywhere, and it is never the only carrier. */
export function personColour(id: string): number {
  let sum = 0;
  for (const character of id.replace(/-/g, '')) sum = (sum * 31 + Number.parseInt(character, 16)) % 65_521;
  return (sum % COLOURS) + 1;
}

/** Sets `--person` for an element and what is in it. */
export const personStyle = (id: string) =>
  ({ '--person': `var(--person-${personColour(id)})` }) as CSSProperties;

/** Two letters of a name: "Kowalska, Anna" is KA, "P-017" is P0; none of a name without letters or digits. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters =
    words.length >= 2 ? words.slice(0, 2).map((word) => [...word][0]) : [...(words[0] ?? '')].slice(0, 2);
  return letters.join('').toLocaleUpperCase();
}
