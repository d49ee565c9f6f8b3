import { randomStream } from '../numerics/random-stream.ts';
import { type ChanceDistribution, chanceDistribution } from './chance-distribution.ts';

/** Rankings of the model up to which all are gone through for the chance level. */
const MAX_EXACT = 20_000;

/**
 * Rank-biased overlap of two rankings, extrapolated from the depth seen: the share of common items at each depth,
 * weighted by persistence to the power of the depth, agreement at the last depth taken to go on for ever.
 * Source: Webber, Moffat & Zobel 2010, ACM Trans Inf Syst 28(4):20.
 * @param first - items from the most important, each once. @param second - as first.
 * @param persistence - above 0 and below 1: the smaller, the more the first places count.
 * @returns 0..1, at the depth of the shorter ranking; null when one of the two is empty.
 * @throws RangeError when an item stands twice or the persistence is out of range.
 */
export function rankBiasedOverlap(
  first: readonly string[],
  second: readonly string[],
  persistence: number,
): number | null {
  checkPersistence(persistence);
  for (const ranking of [first, second]) {
    if (new Set(ranking).size !== ranking.length) throw new RangeError('an item has one place in a ranking');
  }
  const depth = Math.min(first.length, second.length);
  if (depth === 0) return null;
  return overlapOfShares(
    Array.from({ length: depth }, (_, place) => {
      const seen = new Set(second.slice(0, place + 1));
      return first.slice(0, place + 1).filter((item) => seen.has(item)).length / (place + 1);
    }),
    persistence,
  );
}

export interface RankedReasonOptions {
  /** As in {@link rankBiasedOverlap}. */
  persistence: number;
  seed: number | string;
  /** Rankings drawn where not all are gone through, 100 to 100,000. */
  draws: number;
  /** 0.05 when absent. */
  alpha?: number;
}

/** Overlap of ranked reasons, beside rankings of the model's features at random. */
export interface RankedReasonOverlap {
  /** Null when nothing is named or nothing was read. */
  value: number | null;
  /** Mean over all rankings of the features that the model read. */
  chance: number | null;
  /** Over those rankings; null without a value. */
  random: ChanceDistribution | null;
  cannotSay: 'nothing-named' | 'nothing-read' | 'nothing-named-was-read' | null;
}

/**
 * Rank-biased overlap of the clinician's reasons with as many of the model's strongest features. All rankings of the
 * model's first places are gone through where there are at most 20,000, else some are drawn.
 * @param named - reasons from the most important, each once; one that the model did not read cannot be shared.
 * @param ranking - all features that the model read, from the strongest, each once.
 * @throws RangeError as {@link rankBiasedOverlap} and for draws or alpha out of range.
 */
export function rankedReasonOverlap(
  named: readonly string[],
  ranking: readonly string[],
  { persistence, seed, draws, alpha = 0.05 }: RankedReasonOptions,
): RankedReasonOverlap {
  if (!Number.isInteger(draws) || draws < 100 || draws > 100_000) {
    throw new RangeError(`100 to 100,000 rankings can be drawn, not ${draws}`);
  }
  const value = rankBiasedOverlap(named, ranking, persistence);
  if (value === null) {
    const cannotSay = named.length === 0 ? 'nothing-named' : 'nothing-read';
    return { value, chance: null, random: null, cannotSay };
  }
  const depth = Math.min(named.length, ranking.length);
  const isRead = named.map((item) => ranking.includes(item));
  // Of d places at random each item read takes one with chance d / n: the share of d is the items read over n.
  const chance = overlapOfShares(
    Array.from(
      { length: depth },
      (_, place) => isRead.slice(0, place + 1).filter(Boolean).length / ranking.length,
    ),
    persistence,
  );
  const count = Array.from({ length: depth }, (_, place) => ranking.length - place).reduce(
    (a, b) => a * b,
    1,
  );
  const isExact = count <= MAX_EXACT;
  const values: number[] = [];
  for (const places of isExact ? everyRanking(ranking, depth) : drawnRankings(ranking, depth, seed, draws)) {
    values.push(rankBiasedOverlap(named.slice(0, depth), places, persistence)!);
  }
  return {
    value,
    chance,
    random: chanceDistribution(isExact ? 'exact' : 'permutation', value, values, alpha),
    cannotSay: isRead.slice(0, depth).some(Boolean) ? null : 'nothing-named-was-read',
  };
}

/** Extrapolated overlap from the share of common items at the depths 1, 2, ... */
function overlapOfShares(shares: readonly number[], persistence: number): number {
  let weight = 1 - persistence;
  let sum = 0;
  for (const share of shares) {
    sum += weight * share;
    weight *= persistence;
  }
  return Math.min(1, sum + persistence ** shares.length * shares.at(-1)!);
}

/** Every ordered choice of `depth` items. */
function* everyRanking(items: readonly string[], depth: number): Generator<string[]> {
  if (depth === 0) {
    yield [];
    return;
  }
  for (const item of items) {
    const others = items.filter((each) => each !== item);
    for (const rest of everyRanking(others, depth - 1)) yield [item, ...rest];
  }
}

function* drawnRankings(
  items: readonly string[],
  depth: number,
  seed: number | string,
  draws: number,
): Generator<string[]> {
  for (let draw = 0; draw < draws; draw += 1) {
    const stream = randomStream(seed, 'random-ranking', draw);
    const left = [...items];
    yield Array.from({ length: depth }, () => left.splice(stream.integer(left.length), 1)[0]!);
  }
}

function checkPersistence(persistence: number): void {
  if (!(persistence > 0 && persistence < 1)) throw new RangeError('persistence lies between 0 and 1');
}
