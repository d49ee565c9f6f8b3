import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hypergeometric, hypergeometricInterval } from '../numerics/hypergeometric.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { rankBiasedOverlap, rankedReasonOverlap } from './rank-biased-overlap.ts';
import { signAgreement } from './sign-agreement.ts';
import { topKOverlap } from './top-k-overlap.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Features with the relevance given, in the order of the alphabet. */
const features = (...relevance: number[]) =>
  relevance.map((value, index) => ({ name: LETTERS[index]!, relevance: value }));

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, place) =>
    permutations(items.filter((_, other) => other !== place)).map((rest) => [item, ...rest]),
  );
}
const namedLists = fc.shuffledSubarray([...LETTERS.slice(0, 5), 'unread'], { minLength: 1 });
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('overlap of named features', () => {
  type Subject = typeof topKOverlap;
  const isChance = (overlap: Subject) =>
    fc.assert(
      fc.property(namedLists, (named) => {
        const all = permutations([5, -4, 3, -2, 1]).map((order) => overlap(named, features(...order)));
        const own = all[0]!;
        expect(own.chance).toBeCloseTo(mean(all.map((each) => each.overlap)), 10);
        const reached = all.filter((each) => each.overlap >= own.overlap).length;
        if (own.p !== null) expect(own.p).toBeCloseTo(reached / all.length, 10);
        const [low, high] = own.chanceInterval;
        const inside = all.filter((each) => each.overlap >= low && each.overlap <= high).length;
        expect(inside / all.length).toBeGreaterThanOrEqual(0.95 - 1e-12);
      }),
      { seed: 51, numRuns: 25, endOnFailure: true },
    );
  it('law: chance, its interval and p are those over all orders of the relevance', () => {
    isChance(topKOverlap);
    const withReplacement: Subject = (named, ranked) => {
      const found = topKOverlap(named, ranked);
      return { ...found, p: found.p && (found.namedAndRead / found.featureCount) ** found.overlap };
    };
    expect(() => isChance(withReplacement)).toThrow();
    const unreadCounts: Subject = (named, ranked) => {
      const found = topKOverlap(named, ranked);
      return { ...found, chance: (found.named * found.topCount) / found.featureCount };
    };
    expect(() => isChance(unreadCounts)).toThrow();
  });
  it('counts how many named of how many', () => {
    expect(topKOverlap(['a', 'c'], features(3, -1, -2, 0.5, 0, 0))).toMatchObject({
      named: 2,
      namedAndRead: 2,
      topCount: 2,
      featureCount: 6,
      overlap: 2,
      chance: 4 / 6,
      chanceInterval: [0, 2],
      p: expect.closeTo(1 / 15, 12),
      cannotSay: null,
    });
    // Two of three tied features are in the top two, each with chance 2/3.
    expect(topKOverlap(['a', 'f'], features(1, 1, 1, 0, 0, 0)).overlap).toBeCloseTo(2 / 3, 12);
  });
  it('says why there is nothing to compare', () => {
    const ranked = features(2, 1);
    const reasonOf = (named: string[], all = ranked) => topKOverlap(named, all);
    expect(reasonOf([])).toMatchObject({ overlap: 0, chance: 0, p: null, cannotSay: 'nothing-named' });
    expect(reasonOf(['z'])).toMatchObject({
      overlap: 0,
      chance: 0,
      p: null,
      cannotSay: 'nothing-named-was-read',
    });
    expect(reasonOf(['a', 'b'])).toMatchObject({ overlap: 2, chance: 2, p: null, cannotSay: 'all-named' });
    expect(reasonOf(['a'], features(0, 0))).toMatchObject({ p: null, cannotSay: 'no-relevance' });
    expect(reasonOf(['a'], [])).toMatchObject({ overlap: 0, chance: 0, cannotSay: 'nothing-named-was-read' });
  });
  it('refuses misuse', () => {
    expect(() => topKOverlap(['a', 'a'], features(1, 2))).toThrow(RangeError);
    expect(() => topKOverlap(['a'], [...features(1), ...features(1)])).toThrow(RangeError);
    expect(() => topKOverlap(['a'], features(1, Number.NaN))).toThrow(RangeError);
    for (const alpha of [0, 1, Number.NaN]) {
      expect(() => topKOverlap(['a'], features(1, 2), alpha)).toThrow(RangeError);
      expect(() => hypergeometricInterval(4, 2, 2, alpha)).toThrow(RangeError);
    }
  });
  it('the interval by chance leaves at most half of alpha on either side', () => {
    const { least, probabilities } = hypergeometric(9, 3, 3);
    const [low, high] = hypergeometricInterval(9, 3, 3, 0.1);
    const share = (from: number, to: number) =>
      probabilities.reduce((sum, p, i) => (least + i >= from && least + i <= to ? sum + p : sum), 0);
    expect(share(0, low - 1)).toBeLessThan(0.05);
    expect(share(high + 1, 9)).toBeLessThanOrEqual(0.05);
    expect([low, high]).toEqual([0, 2]);
  });
});

describe('rank-biased overlap', () => {
  type Overlap = typeof rankBiasedOverlap;
  const depthLists = fc.tuple(
    fc.shuffledSubarray(LETTERS, { minLength: 3, maxLength: 3 }),
    fc.shuffledSubarray(LETTERS, { minLength: 3, maxLength: 3 }),
    fc.constantFrom(0.2, 0.5, 0.9),
  );
  const isSound = (overlap: Overlap) =>
    fc.assert(
      fc.property(depthLists, ([first, second, persistence]) => {
        const value = overlap(first, second, persistence)!;
        // The definition as a long sum: from the depth seen on, the last share goes on for ever.
        let slow = 0;
        for (let depth = 1; depth <= 2000; depth += 1) {
          const seen = Math.min(depth, 3);
          const common = first.slice(0, seen).filter((item) => second.slice(0, seen).includes(item)).length;
          slow += (1 - persistence) * persistence ** (depth - 1) * (common / seen);
        }
        expect(value).toBeCloseTo(slow, 10);
        expect(overlap(second, first, persistence)).toBeCloseTo(value, 12);
        expect(overlap(first, first, persistence)).toBeCloseTo(1, 12);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
      { seed: 52, numRuns: 60, endOnFailure: true },
    );
  it('law: the infinite sum of its definition, symmetric, 1 for equal rankings', () => {
    isSound(rankBiasedOverlap);
    const truncated: Overlap = (first, second, persistence) => {
      const common = first.filter((item) => second.includes(item)).length;
      return rankBiasedOverlap(first, second, persistence)! - (persistence ** 3 * common) / 3;
    };
    expect(() => isSound(truncated)).toThrow();
    const samePlaces: Overlap = (first, second) =>
      first.filter((item, place) => second[place] === item).length / first.length;
    expect(() => isSound(samePlaces)).toThrow();
  });
  it('a shared first place counts more than a shared last one', () => {
    const top = rankBiasedOverlap(['a', 'b', 'c'], ['a', 'd', 'e'], 0.5)!;
    const bottom = rankBiasedOverlap(['a', 'b', 'c'], ['d', 'e', 'c'], 0.5)!;
    expect(top).toBeGreaterThan(bottom);
    expect(rankBiasedOverlap(['a'], ['b', 'a'], 0.5)).toBe(0);
    expect(rankBiasedOverlap([], ['a'], 0.5)).toBeNull();
  });

  const OPTIONS = { persistence: 0.7, seed: 'test', draws: 400 };
  type Ranked = typeof rankedReasonOverlap;
  const isRankedChance = (overlap: Ranked) =>
    fc.assert(
      fc.property(namedLists, (named) => {
        const all = permutations(LETTERS.slice(0, 5)).map(
          (ranking) => rankBiasedOverlap(named, ranking, OPTIONS.persistence)!,
        );
        const found = overlap(named, LETTERS.slice(0, 5), OPTIONS);
        expect(found.chance).toBeCloseTo(mean(all), 10);
        expect(found.random!.mean).toBeCloseTo(mean(all), 10);
        const reached = all.filter((value) => value >= found.value! - 1e-9).length;
        expect(found.random).toMatchObject({ kind: 'exact', p: expect.closeTo(reached / all.length, 10) });
      }),
      { seed: 53, numRuns: 20, endOnFailure: true },
    );
  it('law: chance and p are those over all rankings', () => {
    isRankedChance(rankedReasonOverlap);
    const sharesOnly: Ranked = (named, ranking, options) => ({
      ...rankedReasonOverlap(named, ranking, options),
      chance: named.length / ranking.length,
    });
    expect(() => isRankedChance(sharesOnly)).toThrow();
  });
  it('draws rankings where there are too many, the same for a seed', () => {
    const ranking = Array.from({ length: 30 }, (_, i) => `feature ${i}`);
    const named = ranking.slice(0, 4);
    const found = rankedReasonOverlap(named, ranking, OPTIONS);
    expect(found).toEqual(rankedReasonOverlap(named, ranking, OPTIONS));
    expect(found.random).toMatchObject({ kind: 'permutation', count: 400, p: 1 / 401 });
    // Standard error of a mean of 400 values between 0 and 1 whose spread is about 0.1.
    expect(Math.abs(found.random!.mean - found.chance!)).toBeLessThan(0.03);
  });
  it('says why there is nothing to compare', () => {
    expect(rankedReasonOverlap([], ['a'], OPTIONS)).toMatchObject({
      value: null,
      cannotSay: 'nothing-named',
    });
    expect(rankedReasonOverlap(['a'], [], OPTIONS)).toMatchObject({ value: null, cannotSay: 'nothing-read' });
    expect(rankedReasonOverlap(['z'], ['a', 'b'], OPTIONS)).toMatchObject({
      value: 0,
      chance: 0,
      cannotSay: 'nothing-named-was-read',
    });
  });
  it('refuses misuse', () => {
    for (const persistence of [0, 1, -1, Number.NaN]) {
      expect(() => rankBiasedOverlap(['a'], ['a'], persistence)).toThrow(RangeError);
    }
    expect(() => rankBiasedOverlap(['a', 'a'], ['a', 'b'], 0.5)).toThrow(RangeError);
    for (const draws of [0, 99, 1e6]) {
      expect(() => rankedReasonOverlap(['a'], ['a'], { ...OPTIONS, draws })).toThrow(RangeError);
    }
    expect(() => rankedReasonOverlap(['a'], ['a'], { ...OPTIONS, alpha: 1 })).toThrow(RangeError);
  });
});

describe('agreement of signs', () => {
  type Subject = typeof signAgreement;
  const signs = (length: number) =>
    fc.array(fc.constantFrom(-1, 1), { minLength: length, maxLength: length });
  const isPermutationTest = (agreement: Subject) =>
    fc.assert(
      fc.property(fc.tuple(signs(6), signs(6)), ([first, second]) => {
        const found = agreement(first, second);
        const all = permutations([0, 1, 2, 3, 4, 5]).map(
          (order) => order.filter((place, index) => first[index] === second[place]).length,
        );
        expect(found.chance! * 6).toBeCloseTo(mean(all), 10);
        const reached = all.filter((count) => count >= found.agreeing).length / all.length;
        if (found.p === null) expect(reached).toBe(1);
        else expect(found.p).toBeCloseTo(reached, 10);
        expect(agreement(second, first)).toEqual(found);
        expect(
          agreement(
            first.map((sign) => -3 * sign),
            second.map((sign) => -sign),
          ).p,
        ).toEqual(found.p === null ? null : expect.closeTo(found.p, 12));
      }),
      { seed: 54, numRuns: 25, endOnFailure: true },
    );
  it('law: chance and p are those over all orders of one list; a coin is not', () => {
    isPermutationTest(signAgreement);
    expect(() => isPermutationTest((first, second) => signAgreement(first, second, 'coin'))).toThrow();
  });
  it('law: against a coin it is the binomial tail', () => {
    for (const [agreeing, count] of [
      [0, 3],
      [3, 3],
      [5, 8],
    ] as const) {
      const first = Array.from({ length: count }, () => 1);
      const second = first.map((sign, place) => (place < agreeing ? sign : -sign));
      let reached = 0;
      for (let bits = 0; bits < 2 ** count; bits += 1) {
        if (first.filter((_, place) => (bits >> place) & 1).length >= agreeing) reached += 1;
      }
      const found = signAgreement(first, second, 'coin');
      expect(found.p).toBeCloseTo(reached / 2 ** count, 12);
      expect(found).toMatchObject({ chance: 0.5, agreeing, count, share: agreeing / count, cannotSay: null });
    }
  });
  it('the exact interval holds the share and does not collapse', () => {
    // 3 of 3: lower end (alpha / 2)^(1/3), worked out by hand.
    expect(signAgreement([1, 2, 3], [1, 1, 1], 'coin').interval).toEqual([
      expect.closeTo(0.025 ** (1 / 3), 10),
      1,
    ]);
    expect(signAgreement([1, 2], [-1, -1], 'coin').interval![0]).toBe(0);
  });
  it('leaves out zeros and says why there is nothing to compare', () => {
    expect(signAgreement([0, 1, 2], [1, 0, -0])).toMatchObject({
      count: 0,
      share: null,
      interval: null,
      chance: null,
      p: null,
      cannotSay: 'no-signed-pair',
    });
    expect(signAgreement([1, 2, 0], [1, 1, 1])).toMatchObject({
      count: 2,
      share: 1,
      chance: 1,
      p: null,
      cannotSay: 'one-sign-only',
    });
    expect(signAgreement([], [])).toMatchObject({ cannotSay: 'no-signed-pair' });
  });
  it('refuses misuse', () => {
    expect(() => signAgreement([1], [1, 2])).toThrow(RangeError);
    expect(() => signAgreement([Number.NaN], [1])).toThrow(RangeError);
    for (const alpha of [0, 1]) expect(() => signAgreement([1], [1], 'coin', alpha)).toThrow(RangeError);
  });
  it('random signs reach p <= 0.05 in at most about 5 %', () => {
    const runs = 1500;
    let reached = 0;
    for (let run = 0; run < runs; run += 1) {
      const stream = randomStream('signs', 'level', run);
      const toss = () => Array.from({ length: 12 }, () => (stream.uniform() < 0.7 ? 1 : -1));
      const { p } = signAgreement(toss(), toss());
      if (p !== null && p <= 0.05) reached += 1;
    }
    // Four standard deviations of a share of 1500.
    expect(reached / runs).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / runs));
    expect(reached).toBeGreaterThan(0);
  });
});
