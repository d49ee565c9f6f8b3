import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allSubsets,
  faithfulnessCorrelation,
  faithfulnessEstimate,
  seededSubsets,
  sensitivityN,
} from './faithfulness-correlation.ts';
import { infidelityOf, localInfidelity } from './infidelity.ts';
import type { RemovalQuestion } from './removal-question.ts';

/** f = x0 x1 + 2 x2 about a reference of its own. */
const product: RemovalQuestion = {
  explained: { inputCount: 3, valueOf: ([a, b, c]) => a! * b! + 2 * c! },
  row: Float64Array.of(2, 3, 4),
  reference: { name: 'ones', row: Float64Array.of(1, 1, 1) },
  groups: [
    { name: 'a', columns: [0] },
    { name: 'b', columns: [1] },
    { name: 'c', columns: [2] },
  ],
};
const DIGITS = 12;

describe('faithfulness correlation', () => {
  it('compares sums of values with the falls of the output, worked out by hand', () => {
    const found = faithfulnessCorrelation(product, [1, 2, 6], [[0], [0, 1], [2]]);
    expect([...found.attributionSums]).toEqual([1, 3, 6]);
    // 14 less 1*3+8, less 1*1+8, less 2*3+2.
    expect([...found.outputDrops]).toEqual([3, 5, 6]);
    // Sums about their mean: -7/3, -1/3, 8/3; falls: -5/3, 1/3, 4/3.
    const covariance = (-7 / 3) * (-5 / 3) + (-1 / 3) * (1 / 3) + (8 / 3) * (4 / 3);
    expect(found.pearson).toBeCloseTo(covariance / Math.sqrt((114 / 9) * (42 / 9)), DIGITS);
    expect(found.spearman).toBeCloseTo(1, DIGITS);
  });
  it('the estimate takes every group alone, sensitivity-n every subset of n', () => {
    expect([...faithfulnessEstimate(product, [1, 2, 6]).outputDrops]).toEqual([3, 4, 6]);
    const pairs = faithfulnessCorrelation(
      product,
      [1, 2, 6],
      [
        [0, 1],
        [0, 2],
        [1, 2],
      ],
    );
    expect(sensitivityN(product, [1, 2, 6], 2)).toEqual(pairs);
    expect(sensitivityN(product, [1, 2, 6], 3).pearson).toBeNull();
  });
  it('cannot say when all sums are equal', () => {
    expect(faithfulnessEstimate(product, [1, 1, 1]).pearson).toBeNull();
  });
  it('refuses what does not fit', () => {
    expect(() => faithfulnessCorrelation(product, [1, 2, 6], [])).toThrow(RangeError);
    expect(() => faithfulnessCorrelation(product, [1, 2, 6], [[]])).toThrow(RangeError);
    expect(() => faithfulnessCorrelation(product, [1, 2, 6], [[0, 0]])).toThrow(RangeError);
    expect(() => faithfulnessCorrelation(product, [1, 2, 6], [[5]])).toThrow(RangeError);
    expect(() => faithfulnessCorrelation(product, [1, 2], [[0]])).toThrow(RangeError);
    expect(() => faithfulnessEstimate(product, [1, 2, Number.NaN])).toThrow(RangeError);
    for (const n of [0, 4, 1.5]) expect(() => sensitivityN(product, [1, 2, 6], n)).toThrow(RangeError);
  });
});

describe('subsets', () => {
  it('all of one size, in order, as many as the binomial coefficient', () => {
    expect(allSubsets(4, 2)).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    expect(allSubsets(12, 6)).toHaveLength(924);
    expect(() => allSubsets(16, 8)).toThrow(/more than/);
  });
  it('drawn ones have the size, no group twice, and are the same each time', () => {
    const drawn = seededSubsets(6, 3, 400, 'a');
    for (const subset of drawn) expect(new Set(subset).size).toBe(3);
    expect(seededSubsets(6, 3, 400, 'a')).toEqual(drawn);
    expect(seededSubsets(6, 3, 400, 'b')).not.toEqual(drawn);
    // Every group in half of the subsets; four standard deviations of a share of 400.
    for (let group = 0; group < 6; group += 1) {
      const share = drawn.filter((subset) => subset.includes(group)).length / 400;
      expect(Math.abs(share - 0.5)).toBeLessThan(0.1);
    }
    expect(() => seededSubsets(3, 4, 1, 'a')).toThrow(RangeError);
    expect(() => seededSubsets(3, 0, 1, 'a')).toThrow(RangeError);
    expect(() => seededSubsets(3, 1, 0, 'a')).toThrow(RangeError);
  });
});

describe('infidelity', () => {
  const changes = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 6, maxLength: 6 });
  it('is the mean squared difference; normalised it is the least of all scales', () => {
    fc.assert(
      fc.property(
        changes,
        changes,
        fc.double({ min: -2, max: 2, noNaN: true }),
        (promised, observed, factor) => {
          const meanSquare = (scale: number) =>
            promised.map((p, i) => (scale * p - observed[i]!) ** 2).reduce((a, b) => a + b) / 6;
          const found = infidelityOf(promised, observed);
          expect(found.infidelity).toBeCloseTo(meanSquare(1), 9);
          if (found.normalisedInfidelity !== null && found.beta !== null && Math.abs(found.beta) < 1e6) {
            expect(found.normalisedInfidelity).toBeLessThanOrEqual(meanSquare(factor) + 1e-9);
          }
        },
      ),
      { seed: 3, numRuns: 100 },
    );
  });
  it('local form: zero for a linear function, the square of what is missed for another', () => {
    const explained = { inputCount: 2, valueOf: ([a, b]: Float64Array) => a! * a! + b! };
    const row = Float64Array.of(3, 1);
    const found = localInfidelity(explained, row, Float64Array.of(6, 1), [
      Float64Array.of(0.5, 0),
      Float64Array.of(0, 1),
    ]);
    // a^2 - (a - p)^2 = 2ap - p^2: the slope promises p^2 = 0.25 too much.
    expect(found.infidelity).toBeCloseTo(0.25 ** 2 / 2, DIGITS);
  });
  it('has no scale when nothing is promised, and refuses what does not fit', () => {
    expect(infidelityOf([0, 0], [1, 2])).toEqual({
      infidelity: 2.5,
      beta: null,
      normalisedInfidelity: null,
    });
    expect(() => infidelityOf([], [])).toThrow(RangeError);
    expect(() => infidelityOf([1], [1, 2])).toThrow(RangeError);
    expect(() => infidelityOf([Number.NaN], [1])).toThrow(RangeError);
    const explained = { inputCount: 2, valueOf: () => 0 };
    const two = new Float64Array(2);
    expect(() => localInfidelity(explained, two, two, [])).toThrow(RangeError);
    expect(() => localInfidelity(explained, two, new Float64Array(3), [two])).toThrow(RangeError);
    expect(() => localInfidelity(explained, two, two, [new Float64Array(1)])).toThrow(RangeError);
  });
});
