import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageRanks, kendallTauB, pearsonCorrelation, spearmanCorrelation } from './rank-correlation.ts';

const RUNS = { seed: 11, numRuns: 150 } as const;
/** Rounding of sums over up to 12 small whole numbers. */
const DIGITS = 12;
/** Small whole numbers, so that ties are common. */
const pairs = fc
  .integer({ min: 2, max: 12 })
  .chain((n) =>
    fc.tuple(
      fc.array(fc.integer({ min: -4, max: 4 }), { minLength: n, maxLength: n }),
      fc.array(fc.integer({ min: -4, max: 4 }), { minLength: n, maxLength: n }),
    ),
  );

/** Slow re-implementations from the definitions. */
const rankByCounting = (list: number[]) =>
  list.map((x) => list.filter((y) => y < x).length + (list.filter((y) => y === x).length + 1) / 2);
function pearsonByPairs(a: number[], b: number[]): number | null {
  // Over all ordered pairs: sum (ai - aj)(bi - bj), which is 2 n^2 times the covariance.
  let [ab, aa, bb] = [0, 0, 0];
  for (const i of a.keys()) {
    for (const j of a.keys()) {
      ab += (a[i]! - a[j]!) * (b[i]! - b[j]!);
      aa += (a[i]! - a[j]!) ** 2;
      bb += (b[i]! - b[j]!) ** 2;
    }
  }
  return aa * bb === 0 ? null : ab / Math.sqrt(aa * bb);
}
function tauByCounts(a: number[], b: number[]): number | null {
  const tiedPairs = (list: number[]) =>
    [...new Set(list)].reduce((sum, x) => {
      const t = list.filter((y) => y === x).length;
      return sum + (t * (t - 1)) / 2;
    }, 0);
  let [concordant, discordant] = [0, 0];
  for (const i of a.keys()) {
    for (let j = i + 1; j < a.length; j += 1) {
      const product = (a[i]! - a[j]!) * (b[i]! - b[j]!);
      if (product > 0) concordant += 1;
      if (product < 0) discordant += 1;
    }
  }
  const all = (a.length * (a.length - 1)) / 2;
  const below = Math.sqrt((all - tiedPairs(a)) * (all - tiedPairs(b)));
  return below === 0 ? null : (concordant - discordant) / below;
}

function expectSame(actual: number | null, expected: number | null) {
  if (expected === null) expect(actual).toBeNull();
  else expect(actual).toBeCloseTo(expected, DIGITS);
}

describe('correlations', () => {
  it('equal their definitions, ties included', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect([...averageRanks(a)]).toEqual(rankByCounting(a));
        expectSame(pearsonCorrelation(a, b), pearsonByPairs(a, b));
        expectSame(spearmanCorrelation(a, b), pearsonByPairs(rankByCounting(a), rankByCounting(b)));
        expectSame(kendallTauB(a, b), tauByCounts(a, b));
      }),
      RUNS,
    );
  });
  it('ranks by place in the list, the broken twin, are told apart on ties', () => {
    const placeRanks = (list: number[]) => {
      const order = [...list.keys()].sort((i, j) => list[i]! - list[j]!);
      return list.map((_, i) => order.indexOf(i) + 1);
    };
    const a = [1, 1, 2, 3];
    const b = [2, 1, 3, 4];
    expect(pearsonByPairs(placeRanks(a), placeRanks(b))).not.toBeCloseTo(spearmanCorrelation(a, b)!, 3);
  });
  it('rank correlations stay under any growing map of one list', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const grown = a.map((x) => Math.exp(x) + 3 * x);
        expectSame(spearmanCorrelation(grown, b), spearmanCorrelation(a, b));
        expectSame(kendallTauB(grown, b), kendallTauB(a, b));
      }),
      RUNS,
    );
  });
  it('cannot say for a constant list, even one whose mean is rounded', () => {
    for (const of of [pearsonCorrelation, spearmanCorrelation, kendallTauB]) {
      expect(of([0.1, 0.1, 0.1], [1, 2, 3])).toBeNull();
      expect(of([1, 2, 3], [7, 7, 7])).toBeNull();
      expect(of([1], [2])).toBeNull();
    }
  });
  it.each([
    ['pearson', pearsonCorrelation],
    ['spearman', spearmanCorrelation],
    ['kendall', kendallTauB],
  ])('%s refuses empty lists, two lengths and numbers that are none', (_name, of) => {
    expect(() => of([], [])).toThrow(RangeError);
    expect(() => of([1, 2], [1])).toThrow(RangeError);
    expect(() => of([1, Number.NaN], [1, 2])).toThrow(RangeError);
  });
});
