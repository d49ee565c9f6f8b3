import { type RandomStream, randomStream } from '../numerics/random-stream.ts';
import type { Attribution, InputGroup, Reference } from './attribution.ts';
import { attributionAgainst, type Background, backgroundOf } from './coalition-background.ts';
import { type CoalitionGame, finiteOutput, inputGame } from './coalition-game.ts';
import { finishRun, type ResumableRun } from './coalition-run.ts';
import type { ExplainedOutput } from './explained-output.ts';

export interface SamplingOptions {
  /** Pairs that are drawn: 1 or more. */
  pairs: number;
  /** Same seed, same numbers; the first pairs stay the same when more are drawn. */
  seed: string;
}

export interface SampledValues {
  /** One a player. */
  values: Float64Array;
  /** Of each value, from the spread of the pairs; null when there are too few to tell. */
  standardErrors: Float64Array | null;
}

export interface SampledAttribution {
  attribution: Attribution;
  /** Of each value; null when there are too few pairs to tell. */
  standardErrors: Float64Array | null;
}

/**
 * What every player adds when players join in a given order. Sums to the output of all minus the output of none.
 * @param order - every player once. @throws RangeError otherwise, or when an output is not finite.
 */
export function contributionsAlong(game: CoalitionGame, order: readonly number[]): Float64Array {
  const { playerCount } = game;
  const isPermutation =
    order.length === playerCount &&
    new Set(order).size === playerCount &&
    order.every((player) => Number.isInteger(player) && player >= 0 && player < playerCount);
  if (!isPermutation) throw new RangeError('an order of joining needs every player once');
  const contributions = new Float64Array(playerCount);
  const present = new Uint8Array(playerCount);
  let before = finiteOutput(game, present);
  for (const player of order) {
    present[player] = 1;
    const after = finiteOutput(game, present);
    contributions[player] = after - before;
    before = after;
  }
  return contributions;
}

/**
 * Mean of what every player adds along an order and along its reverse (antithetic pair): exact for games whose
 * interactions are of at most two players.
 * @throws RangeError as contributionsAlong.
 */
export function antitheticContributions(game: CoalitionGame, order: readonly number[]): Float64Array {
  const forwards = contributionsAlong(game, order);
  const backwards = contributionsAlong(game, order.toReversed());
  return forwards.map((value, player) => (value + backwards[player]!) / 2);
}

/**
 * Shapley values estimated from random orders of joining in antithetic pairs: unbiased, and every pair sums to the
 * whole difference. For games of more than 12 players. Sources: Castro, Gomez & Tejada 2009 (orders); Mitchell et
 * al. 2022 (pairs).
 * @throws RangeError without a player, when `pairs` is no whole number above 0 or an output is not finite.
 */
export function sampledShapley(game: CoalitionGame, options: SamplingOptions): SampledValues {
  return finishRun(sampledShapleyRun(game, options));
}

/** {@link sampledShapley} in steps of one pair. @throws RangeError as it does, misuse at once. */
export function sampledShapleyRun(
  game: CoalitionGame,
  options: SamplingOptions,
): ResumableRun<SampledValues> {
  checkSampling(game, options);
  const { pairs, seed } = options;
  const { playerCount } = game;
  return (function* () {
    const values = new Float64Array(playerCount);
    const squares = new Float64Array(playerCount);
    for (let pair = 0; pair < pairs; pair += 1) {
      const order = shuffled(playerCount, randomStream(seed, 'shapley-order', pair));
      const drawn = antitheticContributions(game, order);
      // Welford 1962: no loss of digits when the spread is small beside the values.
      for (let player = 0; player < playerCount; player += 1) {
        const off = drawn[player]! - values[player]!;
        values[player]! += off / (pair + 1);
        squares[player]! += off * (drawn[player]! - values[player]!);
      }
      yield { done: pair + 1, total: pairs };
    }
    const standardErrors = pairs < 2 ? null : squares.map((sum) => Math.sqrt(sum / (pairs - 1) / pairs));
    return { values, standardErrors };
  })();
}

/**
 * {@link sampledShapley} for groups of inputs, in steps of one pair.
 * @param compared - a reference row, or several background rows. @param groups - any number, disjoint.
 * @throws RangeError when rows, background, groups or options do not fit, at once; later when an output is not finite.
 */
export function sampledGroupShapleyRun(
  explained: ExplainedOutput,
  row: Float64Array,
  compared: Reference | Background,
  groups: readonly InputGroup[],
  options: SamplingOptions,
): ResumableRun<SampledAttribution> {
  const own = row.slice();
  const background = backgroundOf(compared);
  const run = sampledShapleyRun(inputGame(explained, own, background, groups), options);
  return (function* () {
    const { values, standardErrors } = yield* run;
    const attribution = attributionAgainst(explained, own, background, {
      method: 'sampled-shapley',
      parameters: { groups: groups.length, pairs: options.pairs },
      values,
      shape: [groups.length],
      seed: options.seed,
    });
    return { attribution, standardErrors };
  })();
}

/** {@link sampledGroupShapleyRun} without a break. @throws RangeError as it does. */
export function sampledGroupShapley(
  ...question: Parameters<typeof sampledGroupShapleyRun>
): SampledAttribution {
  return finishRun(sampledGroupShapleyRun(...question));
}

/** @throws RangeError when there is nothing to draw or nobody to draw from. */
export function checkSampling({ playerCount }: CoalitionGame, { pairs }: SamplingOptions): void {
  if (!Number.isInteger(playerCount) || playerCount < 1) throw new RangeError('a game needs a player');
  if (!Number.isInteger(pairs) || pairs < 1) {
    throw new RangeError('the number of pairs must be a whole number above 0');
  }
}

/** 0 to count - 1 in a random order, all orders alike (Fisher & Yates). */
export function shuffled(count: number, stream: RandomStream): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = stream.integer(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
