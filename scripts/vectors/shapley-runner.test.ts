import { describe, expect, it } from 'vitest';
import { compare } from './comparison.ts';
import { run } from './runners/shapley.ts';
import type { VectorCase, VectorFile } from './vector-file.ts';

const FILE: VectorFile = { stem: 'shapley', nets: {}, tolerance: { abs: 1e-12, rel: 0 }, cases: [] };
const problemsOf = (vector: VectorCase) =>
  run(vector, FILE)
    .map((each) => compare(each, FILE.tolerance).problem)
    .filter((problem) => problem !== '');

/** Left gloves of players 0 and 1, the right one of player 2. */
const GLOVES = [0, 0, 0, 0, 0, 1, 1, 1];

describe('a case of Shapley values', () => {
  // Player 2 comes last and makes the pair, then first and lets player 0 make it.
  const orders = [
    [0, 1, 2],
    [2, 0, 1],
  ];
  it.each(['game', 'permutation', 'permutation_sampling'])(
    'may list orders of joining, under the kind %s',
    (kind) => {
      const listed = {
        name: 'orders',
        kind,
        players: 3,
        values: GLOVES,
        exactShapley: [1 / 6, 1 / 6, 2 / 3],
      };
      expect(problemsOf({ ...listed, permutations: orders, expected: [0.5, 0, 0.5] })).toEqual([]);
      expect(problemsOf({ ...listed, orders, expected: [1 / 6, 1 / 6, 2 / 3] })).not.toEqual([]);
      // The reverse orders 2 1 0 and 1 0 2: player 1 makes the pair, then player 2.
      const both = { ...listed, orders, antithetic: true };
      expect(problemsOf({ ...both, expected: [0.25, 0.25, 0.5] })).toEqual([]);
      const said = { ...listed, orders, note: 'each order and its reverse' };
      expect(problemsOf({ ...said, expected: [0.25, 0.25, 0.5] })).toEqual([]);
      expect(problemsOf({ ...listed, ordersOfJoining: orders, expected: [0.5, 0, 0.5] })).toEqual([]);
    },
  );

  it('may list orders for a network', () => {
    const layers = [{ type: 'dense', kernel: [[2], [3]], bias: [-4], activation: 'relu' }];
    const asked = { name: 'net', kind: 'permutation', layers, input: [1, 2], baseline: [0, 0] };
    const vector = { ...asked, groups: [0, 1], orders: [[0, 1]], base: 0, full: 4 };
    expect(problemsOf({ ...vector, expected: [0, 4] })).toEqual([]);
    expect(problemsOf({ ...vector, expected: [1, 3] })).not.toEqual([]);
  });

  it('may be any formula over weights', () => {
    const asked = { name: 'formula', kind: 'formula', players: 2, weights: [1, -3] };
    const vector = { ...asked, formula: 'v(x)=(sum w_i x_i)^2+0.5 x0, x in {0,1}^2', vFull: 4.5 };
    expect(problemsOf({ ...vector, expected: [-1.5, 6] })).toEqual([]);
    expect(problemsOf({ ...vector, expected: [1.5, 3] })).not.toEqual([]);
  });

  it('may weigh masks by how often they were drawn', () => {
    const masks = [
      [1, 0, 0],
      [0, 1, 1],
      [0, 0, 1],
      [1, 1, 0],
    ];
    const asked = { name: 'masks', kind: 'kernelshap_fixed_masks', players: 3, values: GLOVES, masks };
    expect(problemsOf({ ...asked, weights: [2, 2, 1, 1] })).toEqual([]);
    expect(problemsOf({ ...asked, weights: [0.5, 0.5, 0.25, 0.25] })).not.toEqual([]);
  });

  it('of an unknown kind is a failure', () => {
    expect(() => run({ name: 'other', kind: 'owen_value', expected: [1] }, FILE)).toThrow(/not known/);
    expect(() =>
      run({ name: 'game', kind: 'game', players: 1, values: [0, 1], expectedOwen: [1] }, FILE),
    ).toThrow(/not known/);
  });
});
