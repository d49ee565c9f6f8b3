import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaOverPerturbationCurve,
  curveCounts,
  deletionCurve,
  insertionCurve,
  leastRelevantFirst,
  mostRelevantFirst,
  trapezoidArea,
} from './deletion-curve.ts';
import { deletionGain } from './deletion-gain.ts';
import { monotonicity } from './monotonicity.ts';
import { EXACT_ORDER_GROUPS, randomOrderTest } from './random-order-test.ts';
import { outputWithOnly, outputWithout, type RemovalQuestion } from './removal-question.ts';
import { topGroupsWorth } from './sufficiency.ts';

const RUNS = { seed: 5, numRuns: 60 } as const;
/** Rounding of sums of a few hundred numbers up to 8. */
const DIGITS = 10;

/** A game: one column a group, the output looked up by which columns are at their own value. */
function gameQuestion(outputs: ArrayLike<number>): RemovalQuestion {
  const count = Math.log2(outputs.length);
  return {
    explained: {
      inputCount: count,
      valueOf: (row) => outputs[row.reduce((mask, x, i) => mask + x * 2 ** i, 0)]!,
    },
    row: new Float64Array(count).fill(1),
    reference: { name: 'none', row: new Float64Array(count) },
    groups: Array.from({ length: count }, (_, i) => ({ name: `group ${i}`, columns: [i] })),
  };
}
const games = fc.integer({ min: 2, max: 4 }).chain((count) =>
  fc.record({
    values: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: count, maxLength: count }),
    outputs: fc.array(fc.double({ min: -8, max: 8, noNaN: true }), {
      minLength: 2 ** count,
      maxLength: 2 ** count,
    }),
  }),
);
const permutations = (list: number[]): number[][] =>
  list.length < 2
    ? [list]
    : list.flatMap((first) => permutations(list.filter((x) => x !== first)).map((rest) => [first, ...rest]));
const meanOf = (list: ArrayLike<number>) => Array.from(list).reduce((sum, x) => sum + x, 0) / list.length;

describe('orders', () => {
  it('go by the signed value; of equal values the first comes first, in reverse last', () => {
    expect(mostRelevantFirst([0, -2, 3, 0, 1])).toEqual([2, 4, 0, 3, 1]);
    expect(leastRelevantFirst([0, -2, 3, 0, 1])).toEqual([1, 3, 0, 4, 2]);
  });
});

describe('deletion and insertion curves', () => {
  it('equal the outputs of the coalitions that the order leaves, both ends included', () => {
    fc.assert(
      fc.property(games, fc.integer({ min: 1, max: 5 }), ({ values, outputs }, step) => {
        const question = gameQuestion(outputs);
        const order = mostRelevantFirst(values);
        const full = outputs.length - 1;
        const expected = [outputs[full]!];
        const inserted = [outputs[0]!];
        let [gone, mask] = [0, full];
        while (gone < order.length) {
          for (const player of order.slice(gone, gone + step)) mask -= 2 ** player;
          gone = Math.min(order.length, gone + step);
          expected.push(outputs[mask]!);
          inserted.push(outputs[full - mask]!);
        }
        expect([...deletionCurve(question, order, step).outputs]).toEqual(expected);
        expect([...insertionCurve(question, order, step).outputs]).toEqual(inserted);
      }),
      RUNS,
    );
  });
  it('a last step that is shorter counts less in the area', () => {
    const outputs = Array.from({ length: 8 }, (_, mask) => (mask === 7 ? 6 : 0));
    const curve = deletionCurve(gameQuestion(outputs), [0, 1, 2], 2);
    expect([...curve.fractions]).toEqual([0, 2 / 3, 1]);
    // (6 + 0) / 2 over two thirds; points of equal width, the broken twin, would give 1.5.
    expect(curve.area).toBeCloseTo(2, DIGITS);
  });
  it('area by trapezoids and area over the curve, against their definitions', () => {
    expect(trapezoidArea([0, 0.5, 1], [4, 2, 1])).toBeCloseTo(0.5 * 3 + 0.5 * 1.5, DIGITS);
    expect(areaOverPerturbationCurve([4, 2, 1])).toBeCloseTo((0 + 2 + 3) / 3, DIGITS);
    expect(curveCounts(5, 2)).toEqual([0, 2, 4, 5]);
    expect(curveCounts(4, 9)).toEqual([0, 4]);
  });
  it('leave the row as it is, and refuse what does not fit', () => {
    const question = gameQuestion([0, 1, 2, 3]);
    deletionCurve(question, [0, 1]);
    expect([...question.row]).toEqual([1, 1]);
    for (const order of [[0], [0, 0], [0, 2], []]) {
      expect(() => deletionCurve(question, order)).toThrow(RangeError);
      expect(() => insertionCurve(question, order)).toThrow(RangeError);
    }
    for (const step of [0, -1, 1.5, Number.NaN]) {
      expect(() => deletionCurve(question, [0, 1], step)).toThrow(RangeError);
    }
    expect(() => deletionCurve({ ...question, groups: [] }, [])).toThrow(RangeError);
    expect(() => deletionCurve({ ...question, row: new Float64Array(3) }, [0, 1])).toThrow(RangeError);
    expect(() => deletionCurve({ ...question, row: Float64Array.of(1, Number.NaN) }, [0, 1])).toThrow(
      RangeError,
    );
    expect(() => deletionCurve(gameQuestion([0, 1, Number.NaN, 3]), [0, 1])).toThrow(RangeError);
    expect(() => trapezoidArea([0], [1])).toThrow(RangeError);
    expect(() => trapezoidArea([0, 0], [1, 2])).toThrow(RangeError);
    expect(() => areaOverPerturbationCurve([])).toThrow(RangeError);
    expect(() => areaOverPerturbationCurve([1, Number.NaN])).toThrow(RangeError);
  });
  it('refuse a group that is not there', () => {
    expect(() => outputWithout(gameQuestion([0, 1]), [3])).toThrow(RangeError);
    expect(outputWithOnly(gameQuestion([5, 1]), [])).toBe(5);
  });
});

describe('deletion gain', () => {
  it('equals the mean over all orders less the own one, without the first point', () => {
    fc.assert(
      fc.property(games, ({ values, outputs }) => {
        const question = gameQuestion(outputs);
        const meanAfter = (order: number[]) => meanOf(deletionCurve(question, order).outputs.slice(1));
        const orders = permutations([...values.keys()]);
        const expected = meanOf(orders.map(meanAfter)) - meanAfter(mostRelevantFirst(values));
        expect(deletionGain(values, outputs)).toBeCloseTo(expected, DIGITS);
      }),
      RUNS,
    );
  });
  it('refuses no players, a missing coalition and numbers that are none', () => {
    expect(() => deletionGain([], [1])).toThrow(RangeError);
    expect(() => deletionGain([1, 2], [0, 1, 2])).toThrow(RangeError);
    expect(() => deletionGain([Number.NaN], [0, 1])).toThrow(RangeError);
    expect(() => deletionGain([1], [0, Number.NaN])).toThrow(RangeError);
  });
});

describe('random order test', () => {
  it('looks at all orders of few groups: areas and p against every permutation', () => {
    fc.assert(
      fc.property(games, ({ values, outputs }) => {
        const question = gameQuestion(outputs);
        const test = randomOrderTest(question, values, { seed: 'unused' });
        const areas = permutations([...values.keys()]).map((order) => deletionCurve(question, order).area);
        const own = deletionCurve(question, mostRelevantFirst(values)).area;
        expect(test.isExact).toBe(true);
        expect(test.seed).toBeNull();
        expect(test.area).toBeCloseTo(own, DIGITS);
        expect(test.randomMean).toBeCloseTo(meanOf(areas), DIGITS);
        expect(test.p).toBeCloseTo(areas.filter((area) => area <= own + 1e-9).length / areas.length, DIGITS);
      }),
      RUNS,
    );
  });
  it('draws orders of many groups: p is (k + 1) / (draws + 1), the best order is rare, any order common', () => {
    const count = EXACT_ORDER_GROUPS + 2;
    const weights = Array.from({ length: count }, (_, i) => i);
    const question: RemovalQuestion = {
      ...gameQuestion([0, 1]),
      explained: {
        inputCount: count,
        valueOf: (row) => row.reduce((sum, x, i) => sum + x * weights[i]!, 0),
      },
      row: new Float64Array(count).fill(1),
      reference: { name: 'none', row: new Float64Array(count) },
      groups: weights.map((i) => ({ name: `group ${i}`, columns: [i] })),
    };
    const test = randomOrderTest(question, weights, { seed: 's', draws: 99 });
    expect(test).toMatchObject({ isExact: false, seed: 's', p: 1 / 100 });
    expect(test.randomAreas.length).toBe(99);
    // The mean random curve of a sum is a straight line from 36 to 0.
    expect(Math.abs(test.randomMean - 18)).toBeLessThan(1.5);
    const reverse = randomOrderTest(
      question,
      weights.map((w) => -w),
      { seed: 's', draws: 99 },
    );
    expect(reverse.p).toBe(1);
    expect(randomOrderTest(question, weights, { seed: 's', draws: 99 }).randomAreas).toEqual(
      test.randomAreas,
    );
    expect(randomOrderTest(question, weights, { seed: 's', draws: 99, subject: 1 }).randomAreas).not.toEqual(
      test.randomAreas,
    );
  });
  it('an output that nothing changes gives p 1, not 0', () => {
    expect(randomOrderTest(gameQuestion(new Array(16).fill(0.1)), [4, 3, 2, 1], { seed: 's' }).p).toBe(1);
  });
  it('refuses values that do not fit and no draws', () => {
    const question = gameQuestion([0, 1, 2, 3]);
    expect(() => randomOrderTest(question, [1], { seed: 's' })).toThrow(RangeError);
    expect(() => randomOrderTest(question, [1, Number.NaN], { seed: 's' })).toThrow(RangeError);
    expect(() => randomOrderTest(question, [1, 2], { seed: 's', draws: 0 })).toThrow(RangeError);
    expect(() => randomOrderTest(question, [1, 2], { seed: 's', step: 0 })).toThrow(RangeError);
  });
});

describe('monotonicity', () => {
  it('puts groups back by growing magnitude', () => {
    const outputs = [10, 11, 12, 13, 14, 15, 16, 17];
    // |values| 3, 1, 2: group 1, then 2, then 0.
    expect([...monotonicity(gameQuestion(outputs), [-3, 1, 2]).outputs]).toEqual([12, 16, 17]);
    expect(monotonicity(gameQuestion(outputs), [-3, 1, 2]).isMonotonic).toBe(true);
    expect(monotonicity(gameQuestion([0, 1, 9, 3]), [2, 1]).isMonotonic).toBe(false);
    // Staying equal is no fall.
    expect(monotonicity(gameQuestion([0, 1, 1, 1]), [2, 1]).isMonotonic).toBe(true);
    expect(() => monotonicity(gameQuestion([0, 1]), [1, 2])).toThrow(RangeError);
    expect(() => monotonicity(gameQuestion([0, 1]), [Number.NaN])).toThrow(RangeError);
  });
});

describe('worth of the top groups', () => {
  it('equals the coalitions without and with only them; by sign, not by magnitude', () => {
    fc.assert(
      fc.property(games, ({ values, outputs }) => {
        for (let k = 1; k <= values.length; k += 1) {
          const { groups, comprehensiveness, sufficiency } = topGroupsWorth(gameQuestion(outputs), values, k);
          const mask = groups.reduce((sum, group) => sum + 2 ** group, 0);
          const full = outputs.length - 1;
          expect(comprehensiveness).toBe(outputs[full]! - outputs[full - mask]!);
          expect(sufficiency).toBe(outputs[full]! - outputs[mask]!);
          const worstIn = Math.min(...groups.map((group) => values[group]!));
          expect(values.every((value, i) => groups.includes(i) || value <= worstIn)).toBe(true);
        }
      }),
      RUNS,
    );
    const question = gameQuestion([0, 1, 2, 3]);
    for (const k of [0, 3, 1.5]) expect(() => topGroupsWorth(question, [1, 2], k)).toThrow(RangeError);
    expect(() => topGroupsWorth(question, [1], 1)).toThrow(RangeError);
  });
});
