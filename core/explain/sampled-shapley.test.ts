import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { type CoalitionGame, writtenGame } from './coalition-game.ts';
import { exactShapley } from './exact-shapley.ts';
import type { ExplainedOutput } from './explained-output.ts';
import {
  antitheticContributions,
  checkSampling,
  contributionsAlong,
  sampledGroupShapley,
  sampledGroupShapleyRun,
  sampledShapley,
  sampledShapleyRun,
  shuffled,
} from './sampled-shapley.ts';

const table = [0, 1, 2, 7, 3, 3, 11, 20];
const game = writtenGame(3, table);
const exact = exactShapley(3, (mask) => table[mask]!).values;

describe('Shapley values from random orders', () => {
  it('adds up what a player adds along an order', () => {
    expect(Array.from(contributionsAlong(game, [1, 0, 2]))).toEqual([5, 2, 13]);
    // With the reverse order 2, 0, 1: players add 0, 17 and 3.
    expect(Array.from(antitheticContributions(game, [1, 0, 2]))).toEqual([2.5, 9.5, 8]);
  });
  it('is the mean of its pairs, with the spread of the pairs as error', () => {
    const { values, standardErrors } = sampledShapley(game, { pairs: 40, seed: 's' });
    const drawn = Array.from({ length: 40 }, (_, pair) =>
      antitheticContributions(game, shuffled(3, randomStream('s', 'shapley-order', pair))),
    );
    for (const player of [0, 1, 2]) {
      const own = drawn.map((each) => each[player]!);
      const mean = own.reduce((a, b) => a + b, 0) / 40;
      const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 39;
      expect(values[player]).toBeCloseTo(mean, 12);
      expect(standardErrors![player]).toBeCloseTo(Math.sqrt(variance / 40), 12);
    }
  });
  it('states errors of the right size: nine in ten exact values within 1.645 of them', () => {
    let inside = 0;
    for (let run = 0; run < 300; run += 1) {
      const { values, standardErrors } = sampledShapley(game, { pairs: 50, seed: `run ${run}` });
      if (Math.abs(values[0]! - exact[0]!) <= 1.645 * standardErrors![0]!) inside += 1;
    }
    // 270 expected; 4 standard deviations of a binomial count are 21.
    expect(inside).toBeGreaterThan(249);
    expect(inside).toBeLessThan(291);
  });
  it('keeps its first pairs when more are drawn, and cannot state the error of one pair', () => {
    const one = sampledShapley(game, { pairs: 1, seed: 's' });
    expect(one.standardErrors).toBeNull();
    const run = sampledShapleyRun(game, { pairs: 2, seed: 's' });
    expect(run.next().value).toEqual({ done: 1, total: 2 });
    const order = shuffled(3, randomStream('s', 'shapley-order', 0));
    expect(one.values).toEqual(antitheticContributions(game, order));
  });
  it('draws all orders alike', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i += 1) {
      const order = shuffled(3, randomStream('orders', 'test', i)).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1,000 each; 5 standard deviations of a binomial count are 144.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(144);
  });
});

/** 15 inputs with interactions of at most two: one pair is exact. */
const pairwise: ExplainedOutput = {
  inputCount: 15,
  unit: 'N',
  valueOf: (row) => row.reduce((sum, value, i) => sum + value * (i + 1) + value * row[(i + 1) % 15]!, 0),
  gradientOf: () => new Float64Array(15),
};
const ones = new Float64Array(15).fill(1);
const zero = { name: 'nothing', row: new Float64Array(15) };
const groups = Array.from({ length: 15 }, (_, i) => ({ name: `input ${i}`, columns: [i] }));

describe('sampled values of groups', () => {
  it('explains more groups than can be enumerated', () => {
    const { attribution, standardErrors } = sampledGroupShapley(pairwise, ones, zero, groups, {
      pairs: 2,
      seed: 's',
    });
    attribution.values.forEach((value, i) => {
      expect(value).toBeCloseTo(i + 2, 12);
      expect(standardErrors![i]).toBeLessThan(1e-12);
    });
    expect(attribution).toMatchObject({
      method: 'sampled-shapley',
      seed: 's',
      shape: [15],
      parameters: { groups: 15, pairs: 2, backgroundRows: 1 },
    });
    expect(Math.abs(attribution.residual)).toBeLessThan(1e-12);
  });
});

const nobody: CoalitionGame = { playerCount: 0, outputOf: () => 0 };

describe('misuse', () => {
  it.each<[string, () => unknown]>([
    ['no player', () => sampledShapley(nobody, { pairs: 1, seed: 's' })],
    ['no pair', () => sampledShapley(game, { pairs: 0, seed: 's' })],
    ['half a pair', () => sampledShapleyRun(game, { pairs: 1.5, seed: 's' })],
    ['pairs that are not a number', () => checkSampling(game, { pairs: Number.NaN, seed: 's' })],
    ['an order without a player', () => contributionsAlong(game, [0, 1])],
    ['an order with a player twice', () => antitheticContributions(game, [0, 1, 1])],
    ['an order with a stranger', () => contributionsAlong(game, [0, 1, 3])],
    [
      'an output that is not finite',
      () => contributionsAlong({ playerCount: 1, outputOf: () => Number.NaN }, [0]),
    ],
    [
      'a short row',
      () => sampledGroupShapleyRun(pairwise, ones.slice(1), zero, groups, { pairs: 2, seed: 's' }),
    ],
    ['no group', () => sampledGroupShapley(pairwise, ones, zero, [], { pairs: 2, seed: 's' })],
  ])('%s is refused', (_name, misuse) => {
    expect(misuse).toThrow(RangeError);
  });
});
