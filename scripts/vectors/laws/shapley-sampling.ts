import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Reference } from '../../../core/explain/attribution.ts';
import { bandShapley } from '../../../core/explain/band-shapley.ts';
import { type CoalitionGame, writtenGame } from '../../../core/explain/coalition-game.ts';
import { controlledRun } from '../../../core/explain/coalition-run.ts';
import { ensembleOutput } from '../../../core/explain/explained-output.ts';
import { groupShapley } from '../../../core/explain/group-shapley.ts';
import { kernelShapley, kernelShapleyRun } from '../../../core/explain/kernel-shapley.ts';
import { lime, limeRun } from '../../../core/explain/lime.ts';
import {
  antitheticContributions,
  contributionsAlong,
  sampledShapley,
  sampledShapleyRun,
  shuffled,
} from '../../../core/explain/sampled-shapley.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { defineLaw, type Law } from '../law.ts';
import {
  assertAllClose,
  assertClose,
  curvedFunction,
  exactValues,
  ROUNDING,
  runsOf,
  singleInputs,
  sumOf,
  tables,
} from '../shapley-questions.ts';
import { writtenNetwork } from '../written-network.ts';

type Sampler = (game: CoalitionGame, seed: string) => Float64Array;
const onePair: Sampler = (game, seed) => sampledShapley(game, { pairs: 1, seed }).values;
const orderOf = (players: number, seed: string) => shuffled(players, randomStream(seed, 'twin', 0));

function checkUnbiased(sampler: Sampler): void {
  const runs = 500;
  fc.assert(
    fc.property(tables(6), fc.nat(), (table, base) => {
      const truth = exactValues(table);
      const drawn = Array.from({ length: runs }, (_, run) =>
        sampler(writtenGame(6, table), `${base}-${run}`),
      );
      for (const values of drawn)
        assertClose(sumOf(values), table.at(-1)! - table[0]!, ROUNDING, 'sum of one run');
      for (const [player, value] of truth.entries()) {
        const own = drawn.map((values) => values[player]!);
        const mean = sumOf(own) / runs;
        const variance = sumOf(own.map((each) => (each - mean) ** 2)) / (runs - 1);
        assertClose(mean, value, 4 * Math.sqrt(variance / runs) + ROUNDING, `mean of player ${player}`);
      }
    }),
    runsOf(5),
  );
}

type Pair = (game: CoalitionGame, order: readonly number[]) => Float64Array;

/** Outputs of a game with interactions of two players, as [player][player] coefficients. */
const quadratic = fc.integer({ min: 2, max: 9 }).chain((players) =>
  fc.record({
    order: fc.shuffledSubarray(
      Array.from({ length: players }, (_, i) => i),
      { minLength: players },
    ),
    coefficients: fc.array(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: players, maxLength: players }),
      { minLength: players, maxLength: players },
    ),
  }),
);

function checkSecondOrder(pair: Pair): void {
  fc.assert(
    fc.property(quadratic, ({ order, coefficients }) => {
      const game: CoalitionGame = {
        playerCount: order.length,
        outputOf: (present) =>
          coefficients.reduce(
            (sum, row, i) =>
              sum + row.reduce((part, value, j) => part + value * present[i]! * present[j]!, 0),
            0,
          ),
      };
      // By hand: a player's own term, and half of what each pair gains together.
      const truth = order.map((_, i) =>
        coefficients.reduce(
          (sum, row, j) => sum + (i === j ? row[j]! : (row[i]! + coefficients[i]![j]!) / 2),
          0,
        ),
      );
      assertAllClose(pair(game, order), truth, ROUNDING, 'player');
    }),
    runsOf(100),
  );
}

/** Of more players than are enumerated, so that every sampler has to draw. */
const manyPlayers: CoalitionGame = {
  playerCount: 14,
  outputOf: (present) =>
    Math.tanh(present.reduce((sum, isIn, i) => sum + isIn * Math.sin(i + 1), 0)) +
    present[0]! * present[1]! * present[2]!,
};
const reference: Reference = { name: 'zero', row: new Float64Array(6) };
const row = Float64Array.of(1, -0.5, 0.8, 0.3, -1.2, 0.6);
const limeOptions = (seed: string) => ({ samples: 60, kernelWidth: 1.5, ridgePenalty: 1, seed });

type Seeded = (seed: string) => readonly Float64Array[];
const samplers: Seeded = (seed) => [
  sampledShapley(manyPlayers, { pairs: 5, seed }).values,
  kernelShapley(manyPlayers, { pairs: 60, seed }).values,
  lime(curvedFunction, row, reference, singleInputs, limeOptions(seed)).attribution.values,
];

async function checkSeed(seeded: Seeded): Promise<void> {
  const first = seeded('a');
  seeded('b');
  assert.deepEqual(seeded('a'), first, 'the same seed');
  for (const [i, values] of seeded('b').entries()) assert.notDeepEqual(values, first[i], 'another seed');
  const slowly = { pause: () => Promise.resolve() };
  const inPieces = [
    (await controlledRun(sampledShapleyRun(manyPlayers, { pairs: 5, seed: 'a' }), slowly)).values,
    (await controlledRun(kernelShapleyRun(manyPlayers, { pairs: 60, seed: 'a' }), slowly)).values,
    (await controlledRun(limeRun(curvedFunction, row, reference, singleInputs, limeOptions('a')), slowly))
      .attribution.values,
  ];
  assert.deepEqual(inPieces, first, 'driven in pieces');
  // Two engines: a fresh forward pass a coalition, and one that computes again only what changed.
  const stream = randomStream('a', 'weights', 0);
  const matrix = (height: number, width: number) =>
    Array.from({ length: height }, () => Array.from({ length: width }, () => stream.normal()));
  const layers = [
    {
      type: 'lstm',
      units: 2,
      kernel: matrix(1, 8),
      recurrentKernel: matrix(2, 8),
      bias: matrix(1, 8)[0],
      recurrentActivation: 'sigmoid',
    },
    { type: 'dense', kernel: matrix(2, 1), bias: [0.1] },
  ];
  const members = [writtenNetwork(layers, [6, 1])];
  const readout = Float64Array.of(1);
  const plain = groupShapley(ensembleOutput(members, readout, 'logit'), row, reference, singleInputs);
  const bands = bandShapley({
    members,
    readout,
    unit: 'logit',
    row,
    compared: reference,
    bands: singleInputs,
  });
  assert.deepEqual(bands.coalitions, plain.coalitions, 'two engines');
}

const shared = randomStream('shared', 'twin', 0);

export const LAWS: Law[] = [
  defineLaw<Sampler>({
    id: 'shapley.permutation_unbiased',
    subject: onePair,
    check: checkUnbiased,
    twins: {
      'player 0 always joins first': (game, seed) => {
        const order = orderOf(game.playerCount, seed);
        return contributionsAlong(game, [0, ...order.filter((player) => player !== 0)]);
      },
      'every player has an order of its own': (game, seed) =>
        Float64Array.from(
          { length: game.playerCount },
          (_, player) => contributionsAlong(game, orderOf(game.playerCount, `${seed}-${player}`))[player]!,
        ),
    },
  }),
  defineLaw<Pair>({
    id: 'shapley.antithetic_second_order',
    subject: antitheticContributions,
    check: checkSecondOrder,
    twins: {
      'one order alone': contributionsAlong,
      'the second order is turned round, not reversed': (game, order) => {
        const [a, b] = [order, [...order.slice(1), order[0]!]].map((each) => contributionsAlong(game, each));
        return a!.map((value, player) => (value + b![player]!) / 2);
      },
    },
  }),
  defineLaw<Seeded>({
    id: 'shapley.seed',
    subject: samplers,
    check: checkSeed,
    twins: {
      'a stream shared between runs': () =>
        samplers('a').map((values) => values.map((value) => value + 1e-9 * shared.normal())),
      'a seed that is not looked at': () => samplers('a'),
    },
  }),
];
