import { incompleteBetaTails } from './incomplete-beta.ts';

/**
 * Chances of at most, and of more than, a number of successes in independent trials of one chance, by the incomplete
 * beta function (DLMF 8.17.5).
 * @param successes - whole number 0..count. @param count - whole number from 1 to 1e9. @param chance - 0..1.
 * @returns atMost and more; they sum to 1. @throws RangeError outside these ranges.
 */
export function binomialTails(
  successes: number,
  count: number,
  chance: number,
): { atMost: number; more: number } {
  checkCounts(successes, count);
  if (!(chance >= 0 && chance <= 1)) throw new RangeError('a chance lies between 0 and 1');
  if (successes === count) return { atMost: 1, more: 0 };
  const { lower, upper } = incompleteBetaTails(chance, 1 - chance, successes + 1, count - successes);
  return { atMost: upper, more: lower };
}

/** @throws RangeError unless 0 <= successes <= count and both are whole numbers, count from 1 to 1e9. */
export function checkCounts(successes: number, count: number): void {
  if (!(Number.isSafeInteger(count) && count >= 1 && count <= 1e9)) {
    throw new RangeError('a number of trials is a whole number from 1 to 1e9');
  }
  if (!(Number.isSafeInteger(successes) && successes >= 0 && successes <= count)) {
    throw new RangeError('successes are a whole number from 0 to the number of trials');
  }
}
