import { createHash } from 'node:crypto';

/** sha256 over rows of numbers, each rounded to 9 significant digits so that the last bit of a platform is not in it. */
export function dataHash(rows: Iterable<ArrayLike<number>>): string {
  const hash = createHash('sha256');
  for (const row of rows) {
    hash.update(`${Array.from(row, (value) => Number(value.toPrecision(9))).join(',')}\n`);
  }
  return hash.digest('hex');
}
