import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributionSimilarity } from './attribution-similarity.ts';
import { attributionEntropy, attributionGini, countForMass, effectiveComplexity } from './complexity.ts';

const RUNS = { seed: 8, numRuns: 100 } as const;
const DIGITS = 10;
const maps = fc
  .integer({ min: 1, max: 9 })
  .chain((n) =>
    fc.tuple(
      fc.array(fc.integer({ min: -5, max: 5 }), { minLength: n, maxLength: n }),
      fc.array(fc.integer({ min: -5, max: 5 }), { minLength: n, maxLength: n }),
    ),
  );

describe('similarity of two explanations', () => {
  it('distances, cosine, overlap and signs equal their definitions', () => {
    fc.assert(
      fc.property(maps, ([a, b]) => {
        const found = attributionSimilarity(a, b);
        const differences = a.map((x, i) => Math.abs(x - b[i]!));
        expect(found.manhattan).toBe(differences.reduce((s, d) => s + d, 0));
        expect(found.chebyshev).toBe(differences.toSorted((x, y) => y - x)[0]);
        expect(found.euclidean).toBeCloseTo(Math.sqrt(differences.reduce((s, d) => s + d * d, 0)), DIGITS);
        const dot = a.reduce((s, x, i) => s + x * b[i]!, 0);
        const sizes = Math.sqrt(a.reduce((s, x) => s + x * x, 0) * b.reduce((s, x) => s + x * x, 0));
        if (sizes === 0) expect(found.cosine).toBeNull();
        else expect(found.cosine).toBeCloseTo(dot / sizes, DIGITS);
        // Rank k at most: fewer than k entries are larger, or equal and earlier.
        const isTop = (list: number[], i: number) =>
          list.filter(
            (x, j) => Math.abs(x) > Math.abs(list[i]!) || (Math.abs(x) === Math.abs(list[i]!) && j < i),
          ).length < found.topK;
        expect(found.topKOverlap).toBeCloseTo(
          a.filter((_, i) => isTop(a, i) && isTop(b, i)).length / found.topK,
          DIGITS,
        );
        const same = a.filter((x, i) => x * b[i]! > 0 || (x === 0 && b[i] === 0)).length;
        expect(found.signAgreement).toBeCloseTo(same / a.length, DIGITS);
      }),
      RUNS,
    );
  });
  it('looks at a quarter of the values, at least one, if not told', () => {
    expect(attributionSimilarity([1, 2, 3], [1, 2, 3]).topK).toBe(1);
    expect(attributionSimilarity(new Array(12).fill(1), new Array(12).fill(1)).topK).toBe(3);
    expect(attributionSimilarity([3, 2, 1], [1, 3, 2], 2).topKOverlap).toBe(0.5);
  });
  it('magnitudes forget the sign, signed ranks do not', () => {
    const found = attributionSimilarity([1, 2, -3], [-1, -2, 3]);
    expect(found.spearmanOfMagnitudes).toBeCloseTo(1, DIGITS);
    expect(found.spearman).toBeCloseTo(-1, DIGITS);
    expect(found.signAgreement).toBe(0);
  });
  it('refuses what does not fit', () => {
    expect(() => attributionSimilarity([], [])).toThrow(RangeError);
    expect(() => attributionSimilarity([1], [1, 2])).toThrow(RangeError);
    expect(() => attributionSimilarity([Number.NaN], [1])).toThrow(RangeError);
    for (const topK of [0, 3, 1.5])
      expect(() => attributionSimilarity([1, 2], [1, 2], topK)).toThrow(RangeError);
  });
});

describe('complexity', () => {
  const nonZero = maps.map(([a]) => a).filter((a) => a.some((x) => x !== 0));
  it('entropy and Gini index equal their definitions', () => {
    fc.assert(
      fc.property(nonZero, (values) => {
        const sizes = values.map(Math.abs);
        const total = sizes.reduce((s, x) => s + x, 0);
        const logs = sizes.filter((x) => x > 0).map((x) => (x / total) * Math.log(total / x));
        expect(attributionEntropy(values)).toBeCloseTo(
          logs.reduce((s, x) => s + x, 0),
          DIGITS,
        );
        // Mean absolute difference of all pairs over twice the mean.
        const n = values.length;
        const pairs = sizes.flatMap((x) => sizes.map((y) => Math.abs(x - y))).reduce((s, d) => s + d, 0);
        expect(attributionGini(values)).toBeCloseTo(pairs / (2 * n * total), DIGITS);
      }),
      RUNS,
    );
  });
  it('the number of values for a share of the mass is the least of all subsets', () => {
    fc.assert(
      fc.property(nonZero, fc.constantFrom(0.5, 0.8, 1), (values, mass) => {
        const sizes = values.map(Math.abs);
        const total = sizes.reduce((s, x) => s + x, 0);
        let least = values.length;
        for (let mask = 1; mask < 2 ** values.length; mask += 1) {
          const chosen = sizes.filter((_, i) => mask & (1 << i));
          if (chosen.reduce((s, x) => s + x, 0) >= mass * total - 1e-9)
            least = Math.min(least, chosen.length);
        }
        expect(countForMass(values, mass)).toBe(least);
      }),
      { seed: 8, numRuns: 40 },
    );
    expect(countForMass([4, -4, 1, 1])).toBe(2);
  });
  it('effective complexity counts magnitudes above the threshold, not at it', () => {
    expect(effectiveComplexity([0.1, -0.2, 0.3, 0], 0.1)).toBe(2);
    expect(effectiveComplexity([0, 1], 0)).toBe(1);
  });
  it('cannot say for values that are all zero; refuses none, NaN and impossible shares', () => {
    for (const of of [attributionEntropy, attributionGini, (v: number[]) => countForMass(v)]) {
      expect(of([0, 0])).toBeNull();
      expect(() => of([])).toThrow(RangeError);
      expect(() => of([1, Number.NaN])).toThrow(RangeError);
    }
    expect(() => effectiveComplexity([], 0.1)).toThrow(RangeError);
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => effectiveComplexity([1], bad)).toThrow(RangeError);
    }
    for (const bad of [0, 1.1, Number.NaN]) expect(() => countForMass([1], bad)).toThrow(RangeError);
  });
});
