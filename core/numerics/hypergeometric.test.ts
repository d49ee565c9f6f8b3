import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hypergeometric, hypergeometricUpperTail } from './hypergeometric.ts';

/** Every subset of the drawn size, counted one by one. */
function byCounting(population: number, marked: number, drawn: number): number[] {
  const counts = new Array<number>(population + 1).fill(0);
  let subsets = 0;
  for (let subset = 0; subset < 2 ** population; subset += 1) {
    const members = Array.from({ length: population }, (_, item) => item).filter(
      (item) => subset & (1 << item),
    );
    if (members.length !== drawn) continue;
    subsets += 1;
    counts[members.filter((item) => item < marked).length]! += 1;
  }
  return counts.map((count) => count / subsets);
}

const sizes = fc
  .tuple(fc.integer({ min: 0, max: 8 }), fc.nat(), fc.nat())
  .map(([population, a, b]) => [population, a % (population + 1), b % (population + 1)] as const);

type Tail = typeof hypergeometricUpperTail;
const isTailOfCounting = (tail: Tail) => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: -1, max: 9 }), ([population, marked, drawn], observed) => {
      const slow = byCounting(population, marked, drawn)
        .filter((_, count) => count >= observed)
        .reduce((sum, share) => sum + share, 0);
      // Sums of at most 9 shares of whole numbers: a few roundings.
      return Math.abs(tail(population, marked, drawn, observed) - slow) < 1e-13;
    }),
    { seed: 11, numRuns: 150 },
  );
};

describe('hypergeometric distribution', () => {
  it('law: equals counting all subsets; a tail that leaves out the observed count is noticed', () => {
    isTailOfCounting(hypergeometricUpperTail);
    expect(() => isTailOfCounting((n, k, d, x) => hypergeometricUpperTail(n, k, d, x + 1))).toThrow();
    // Draws with replacement.
    const binomial: Tail = (n, k, d, x) =>
      Array.from({ length: d + 1 }, (_, count) => count)
        .filter((count) => count >= x)
        .reduce((sum, count) => {
          const ways = Array.from({ length: count }, (_, i) => (d - i) / (i + 1)).reduce((a, b) => a * b, 1);
          const share = n === 0 ? 0 : k / n;
          return sum + ways * share ** count * (1 - share) ** (d - count);
        }, 0);
    expect(() => isTailOfCounting(binomial)).toThrow();
  });
  it('keeps the digits of both tails and its mean for large numbers', () => {
    const { least, probabilities } = hypergeometric(1000, 300, 200);
    const mean = probabilities.reduce((sum, share, index) => sum + share * (least + index), 0);
    expect(mean).toBeCloseTo((200 * 300) / 1000, 10);
    // Symmetric in marked and drawn, which exchanges the factors of every ratio.
    expect(hypergeometricUpperTail(1000, 200, 300, 120)).toBeCloseTo(
      hypergeometricUpperTail(1000, 300, 200, 120),
      25,
    );
    // All 5 marked among the first 5 of 20: 1 of 15,504 subsets.
    expect(hypergeometricUpperTail(20, 5, 5, 5)).toBeCloseTo(1 / 15_504, 18);
  });
  it('refuses counts that are not whole or not possible', () => {
    for (const [population, marked, drawn] of [
      [-1, 0, 0],
      [3, 4, 1],
      [3, 1, 4],
      [3.5, 1, 1],
      [Number.NaN, 1, 1],
    ] as const) {
      expect(() => hypergeometric(population, marked, drawn)).toThrow(RangeError);
      expect(() => hypergeometricUpperTail(population, marked, drawn, 0)).toThrow(RangeError);
    }
    expect(() => hypergeometricUpperTail(3, 1, 1, 0.5)).toThrow(RangeError);
  });
});
