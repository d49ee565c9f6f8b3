import { describe, expect, it } from 'vitest';
import { congerKappa } from './conger-kappa.ts';
import { gwetAgreement } from './gwet-agreement.ts';
import { cohenKappa } from './kappa.ts';
import { manyRatersAgreement } from './many-raters.ts';

type Table = readonly (readonly number[])[];

/** Chance of every table of two categories with so many subjects. */
function* tablesOf(count: number, chances: readonly number[]): Generator<{ table: Table; chance: number }> {
  const logFactorial = (n: number) =>
    Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0);
  const whole = logFactorial(count);
  for (let a = 0; a <= count; a += 1) {
    for (let b = 0; a + b <= count; b += 1) {
      for (let c = 0; a + b + c <= count; c += 1) {
        const cells = [a, b, c, count - a - b - c];
        const log = cells.reduce((sum, n, i) => sum + n * Math.log(chances[i]!) - logFactorial(n), whole);
        yield { table: [cells.slice(0, 2), cells.slice(2)], chance: Math.exp(log) };
      }
    }
  }
}

describe('intervals of few subjects', () => {
  interface Judged {
    interval: readonly [number, number] | null;
  }
  /** Shares of tables that have an interval, and of these whose interval holds the truth or goes beyond 1. */
  const over = (count: number, chances: readonly number[], truth: number, of: (table: Table) => Judged) => {
    let [given, held, beyond] = [0, 0, 0];
    for (const { table, chance } of tablesOf(count, chances)) {
      const { interval } = of(table);
      if (!interval) continue;
      given += chance;
      if (interval[0] <= truth && truth <= interval[1]) held += chance;
      if (interval[1] > 1) beyond += chance;
    }
    return { given, coverage: held / given, beyond: beyond / given };
  };
  const SKEWED = [0.85, 0.04, 0.04, 0.07];
  const EVEN = [0.45, 0.05, 0.05, 0.45];
  const expectedKappa = 0.89 ** 2 + 0.11 ** 2;
  const kappaOf = { skewed: (0.92 - expectedKappa) / (1 - expectedKappa), even: 0.8 };
  const gwetOf = { skewed: 1 - 0.08 / (1 - 2 * 0.89 * 0.11), even: 0.8 };

  it('hold kappa as seldom as the docstring says: worked out over all tables', () => {
    for (const [count, coverage] of [
      [5, 0.8],
      [10, 0.83],
      [15, 0.86],
      [20, 0.88],
    ] as const) {
      const found = over(count, SKEWED, kappaOf.skewed, (table) => cohenKappa(table));
      expect(found.coverage).toBeCloseTo(coverage, 2);
    }
    const [skewed, even] = [
      over(20, SKEWED, kappaOf.skewed, (table) => cohenKappa(table)),
      over(20, EVEN, kappaOf.even, (table) => cohenKappa(table)),
    ];
    expect([skewed.beyond, skewed.given]).toEqual([expect.closeTo(0.68, 2), expect.closeTo(0.69, 2)]);
    expect([even.beyond, even.given]).toEqual([expect.closeTo(0.79, 2), expect.closeTo(0.88, 2)]);
    expect(even.coverage).toBeCloseTo(0.987, 2);
  });
  it('hold AC1 nearly always, or are not there', () => {
    for (const count of [5, 20]) {
      for (const [chances, truth] of [
        [SKEWED, gwetOf.skewed],
        [EVEN, gwetOf.even],
      ] as const) {
        const found = over(count, chances, truth, (table) => gwetAgreement(table));
        expect(found.coverage).toBeGreaterThan(0.997);
        expect(found.beyond).toBe(0);
        expect(found.given).toBeLessThan(count === 5 ? 0.42 : 0.89);
      }
    }
  });
  it('are flagged below 20 subjects, and kappa beyond 1', () => {
    const small = cohenKappa([
      [2, 0],
      [1, 1],
    ]);
    expect(small).toMatchObject({ areFew: true, isBeyondOne: true });
    expect(small.interval![1]).toBeGreaterThan(1);
    const large = cohenKappa([
      [40, 10],
      [10, 40],
    ]);
    expect(large).toMatchObject({ areFew: false, isBeyondOne: false });
    for (const [count, areFew] of [
      [19, true],
      [20, false],
    ] as const) {
      const table = [
        [count - 4, 1],
        [1, 2],
      ];
      expect(cohenKappa(table).areFew).toBe(areFew);
      expect(gwetAgreement(table).areFew).toBe(areFew);
      // No variation, and no spread.
      expect(
        cohenKappa([
          [count, 0],
          [0, 0],
        ]),
      ).toMatchObject({ value: null, areFew, isBeyondOne: false });
      expect(
        gwetAgreement([
          [count, 0],
          [0, 0],
        ]),
      ).toMatchObject({ interval: null, areFew });
      const pairs = Array.from({ length: count }, (_, i) => [i % 2, i % 3 === 0 ? 1 : i % 2]);
      expect(congerKappa(pairs, 2).areFew).toBe(areFew);
      const counts = pairs.map((row) => [0, 1].map((k) => row.filter((each) => each === k).length));
      expect(manyRatersAgreement(counts, 'gwet').areFew).toBe(areFew);
    }
  });
});
