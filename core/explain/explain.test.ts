import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deletionGain } from './deletion-gain.ts';
import { bitCount, exactShapley } from './exact-shapley.ts';

/** Rounding of at most 4,096 sums of numbers up to 1e3. */
const ROUNDING = 1e-9;

type Shapley = (players: number, outputOf: (mask: number) => number) => { values: ArrayLike<number> };

/** Any game on up to six players as a table of outputs. */
const games = fc.integer({ min: 1, max: 6 }).chain((players) =>
  fc.record({
    players: fc.constant(players),
    outputs: fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), {
      minLength: 2 ** players,
      maxLength: 2 ** players,
    }),
  }),
);

/** The laws that define Shapley values; each returns whether it holds. */
const LAWS: Record<string, (shapley: Shapley, game: { players: number; outputs: number[] }) => boolean> = {
  efficiency: (shapley, { players, outputs }) => {
    const { values } = shapley(players, (mask) => outputs[mask]!);
    const sum = Array.from(values).reduce((a, b) => a + b, 0);
    return Math.abs(sum - (outputs.at(-1)! - outputs[0]!)) < ROUNDING * 1e3;
  },
  dummy: (shapley, { players, outputs }) => {
    // Player 0 never changes anything.
    const { values } = shapley(players, (mask) => outputs[mask & ~1]!);
    return Math.abs(values[0]!) < ROUNDING * 1e3;
  },
  symmetry: (shapley, { players, outputs }) => {
    if (players < 2) return true;
    // Outputs depend on how many of players 0 and 1 are present only.
    const { values } = shapley(players, (mask) => outputs[(mask & ~3) | (bitCount(mask & 3) > 0 ? 1 : 0)]!);
    return Math.abs(values[0]! - values[1]!) < ROUNDING * 1e3;
  },
};

/** Broken twins: each breaks one law that the battery must notice. */
const removalOnly: Shapley = (players, outputOf) => {
  const full = 2 ** players - 1;
  return { values: Array.from({ length: players }, (_, i) => outputOf(full) - outputOf(full & ~(1 << i))) };
};
const fixedOrder: Shapley = (players, outputOf) => {
  let mask = 0;
  return {
    values: Array.from({ length: players }, (_, i) => {
      const before = outputOf(mask);
      mask |= 1 << i;
      return outputOf(mask) - before;
    }),
  };
};
const spreadEvenly: Shapley = (players, outputOf) => {
  const gain = outputOf(2 ** players - 1) - outputOf(0);
  return { values: Array.from({ length: players }, () => gain / players) };
};

describe('exact Shapley values', () => {
  for (const [name, law] of Object.entries(LAWS)) {
    it(`law: ${name}`, () => {
      fc.assert(fc.property(games, (game) => law(exactShapley, game)));
    });
  }
  it.each([
    ['occlusion breaks efficiency', removalOnly, 'efficiency'],
    ['one fixed order breaks symmetry', fixedOrder, 'symmetry'],
    ['an even spread breaks dummy', spreadEvenly, 'dummy'],
  ])('broken twin: %s', (_name, twin, law) => {
    const details = fc.check(
      fc.property(games, (game) => LAWS[law]!(twin, game)),
      { numRuns: 200 },
    );
    expect(details.failed).toBe(true);
  });
  it('equals the mean over all orders of joining, on a game with interactions', () => {
    const outputs = [0, 1, 2, 7, 3, 3, 11, 20];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const means = [0, 0, 0];
    for (const order of orders) {
      let mask = 0;
      for (const player of order) {
        means[player]! += (outputs[mask | (1 << player)]! - outputs[mask]!) / orders.length;
        mask |= 1 << player;
      }
    }
    const { values, residual } = exactShapley(3, (mask) => outputs[mask]!);
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(means[i]!, 12);
    });
    expect(Math.abs(residual)).toBeLessThan(ROUNDING);
  });
  it('refuses no players, too many, and an output that is none', () => {
    expect(() => exactShapley(0, () => 0)).toThrow(RangeError);
    expect(() => exactShapley(13, () => 0)).toThrow(RangeError);
    expect(() => exactShapley(2, () => Number.NaN)).toThrow(RangeError);
  });
});

describe('deletion gain', () => {
  it('is above zero for the right order, below for the reverse, zero when all are alike', () => {
    const additive = (weights: number[]) =>
      exactShapley(3, (mask) => weights.reduce((sum, w, i) => sum + (mask & (1 << i) ? w : 0), 0));
    const { values, coalitions } = additive([5, 1, -2]);
    expect(deletionGain(values, coalitions)).toBeGreaterThan(0);
    expect(deletionGain([-5, 1, 2], coalitions)).toBeLessThan(0);
    const alike = additive([1, 1, 1]);
    expect(deletionGain(alike.values, alike.coalitions)).toBeCloseTo(0, 12);
  });
});
