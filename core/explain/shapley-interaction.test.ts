import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactShapley } from './exact-shapley.ts';
import { shapleyInteraction } from './shapley-interaction.ts';

const games = fc.integer({ min: 1, max: 5 }).chain((players) =>
  fc
    .array(fc.double({ min: -10, max: 10, noNaN: true }), {
      minLength: 2 ** players,
      maxLength: 2 ** players,
    })
    .map((outputs) => Float64Array.from(outputs)),
);

describe('Shapley interaction index', () => {
  it('is half of what a player is worth more when another one is there from the start', () => {
    fc.assert(
      fc.property(games, (table) => {
        const players = Math.log2(table.length);
        const index = shapleyInteraction(table);
        for (let i = 0; i < players; i += 1) {
          expect(index[i]![i]).toBe(0);
          for (let j = 0; j < players; j += 1) {
            if (i === j) continue;
            // The game of the others, with and without player j.
            const others = Array.from({ length: players }, (_, player) => player).filter(
              (player) => player !== j,
            );
            const worth = (always: number) =>
              exactShapley(
                players - 1,
                (mask) =>
                  table[others.reduce((sum, player, k) => sum | (((mask >> k) & 1) << player), always)]!,
              ).values[others.indexOf(i)]!;
            // Rounding of 32 outputs of at most 10.
            expect(Math.abs(index[i]![j]! - (worth(1 << j) - worth(0)) / 2)).toBeLessThan(1e-12);
            expect(index[i]![j]).toBe(index[j]![i]);
          }
        }
      }),
      { seed: 3, numRuns: 60 },
    );
  });
  it('refuses what is no game', () => {
    for (const table of [[], [1], [1, 2, 3], new Float64Array(2 ** 13), [0, Number.NaN]]) {
      expect(() => shapleyInteraction(Float64Array.from(table))).toThrow(RangeError);
    }
  });
});
