import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import {
  dealtAnewChance,
  type ExpectationAnswers,
  type PersonEffect,
  rankingHeld,
  type SignHeld,
  shareHeld,
  signHeld,
} from './physiology-agreement.ts';

const PROPERTY = { seed: 41, numRuns: 60 };
const number = fc.integer({ min: -6, max: 6 }).map((value) => value / 2);
const effects = fc.array(fc.record({ deviation: number, contribution: number }), {
  minLength: 1,
  maxLength: 25,
});
const sign = fc.constantFrom(1 as const, -1 as const);

/** People counted one by one, as the definition says it. */
function countedSlowly(people: readonly PersonEffect[], expected: 1 | -1, negligibleShare: number) {
  let squares = 0;
  for (const { deviation } of people) squares += deviation * deviation;
  const limit = negligibleShare * Math.sqrt(squares / people.length);
  const count = { negligible: 0, silent: 0, agreeing: 0, against: 0 };
  for (const { deviation, contribution } of people) {
    if (deviation === 0 || Math.abs(deviation) < limit) count.negligible += 1;
    else if (contribution === 0) count.silent += 1;
    else if (contribution * deviation * expected > 0) count.agreeing += 1;
    else count.against += 1;
  }
  return count;
}

const countOf = ({ negligible, silent, local }: SignHeld) => ({
  negligible,
  silent,
  agreeing: local.agreeing,
  against: local.compared - local.agreeing,
});

/** People of a model that raises its output with the input, all but one of them below the reference. */
const LOW_PEOPLE: PersonEffect[] = [-5, -4, -3, -2, 1].map((deviation) => ({
  deviation,
  contribution: 2 * deviation,
}));

describe('an expected sign', () => {
  it('is counted person by person as a slow count does', () => {
    fc.assert(
      fc.property(effects, sign, fc.constantFrom(0, 0.05, 0.5), (people, expected, negligibleShare) => {
        const held = signHeld(people, expected, { negligibleShare });
        expect(countOf(held)).toEqual(countedSlowly(people, expected, negligibleShare));
      }),
      PROPERTY,
    );
  });

  it('is the sign of the slope of a monotone model, whichever side of the reference people stand on', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          number.filter((value) => value !== 0),
          { minLength: 3, maxLength: 12 },
        ),
        sign,
        sign,
        (deviations, slope, expected) => {
          const people = deviations.map((deviation) => ({ deviation, contribution: slope * deviation ** 3 }));
          const held = signHeld(people, expected, { negligibleShare: 0 });
          expect(held.holds).toBe(slope === expected);
          expect(held.local.share).toBe(slope === expected ? 1 : 0);
          expect(held.rankCorrelation).toBeCloseTo(slope, 12);
        },
      ),
      PROPERTY,
    );
  });

  it('catch a count of contributions without the side of the reference (broken twin)', () => {
    const twin = LOW_PEOPLE.filter(({ contribution }) => contribution > 0).length;
    expect(signHeld(LOW_PEOPLE, 1).local.agreeing).toBe(5);
    expect(twin).not.toBe(5);
  });

  it('catch people at the reference who are counted all the same (broken twin)', () => {
    const people = [...LOW_PEOPLE, { deviation: -0.001, contribution: 0.3 }];
    expect(signHeld(people, 1)).toMatchObject({ negligible: 1, local: { compared: 5, share: 1 } });
    expect(signHeld(people, 1, { negligibleShare: 0 })).toMatchObject({
      negligible: 0,
      local: { compared: 6 },
    });
  });

  it('changes sides with the expected sign, without changing what is left out', () => {
    fc.assert(
      fc.property(effects, (people) => {
        const up = signHeld(people, 1);
        const down = signHeld(people, -1);
        expect(up.local.agreeing + down.local.agreeing).toBe(up.local.compared);
        expect(up.holds === null ? null : !up.holds).toBe(down.holds);
        expect([down.negligible, down.silent, down.isClear]).toEqual([up.negligible, up.silent, up.isClear]);
      }),
      PROPERTY,
    );
  });

  it('is clear between unrelated lists in about alpha of the cases, and hardly ever where related', () => {
    const stream = randomStream('physiology-agreement', 'unrelated', 0);
    const drawn = (slope: number) =>
      Array.from({ length: 40 }, () => {
        const deviation = stream.normal();
        return { deviation, contribution: slope * deviation + stream.normal() };
      });
    const clear = (slope: number, runs: number) =>
      Array.from({ length: runs }, () => signHeld(drawn(slope), 1)).filter(({ isClear }) => isClear).length;
    // 0.05 of 600 is 30; four binomial standard deviations are 21.
    expect(Math.abs(clear(0, 600) - 30)).toBeLessThan(21);
    expect(clear(1, 50)).toBeGreaterThan(45);
    expect(signHeld(LOW_PEOPLE, 1).isClear).toBe(false);
  });

  it('cannot be said where an input or its contribution is the same for everybody', () => {
    const same = LOW_PEOPLE.map(({ contribution }) => ({ deviation: 0, contribution }));
    const nothing = { share: null, interval: null, p: null };
    expect(signHeld(same, 1)).toMatchObject({ holds: null, isClear: false, negligible: 5, local: nothing });
    const silent = LOW_PEOPLE.map(({ deviation }) => ({ deviation, contribution: 0 }));
    expect(signHeld(silent, 1)).toMatchObject({
      holds: null,
      silent: 5,
      rankCorrelation: null,
      local: nothing,
    });
    // V-shaped: the ranks cancel, up to rounding.
    const bent = [-2, -1, 0, 1, 2].map((deviation) => ({ deviation, contribution: Math.abs(deviation) }));
    expect(signHeld(bent, 1).holds).toBeNull();
  });

  it('refuses misuse', () => {
    expect(() => signHeld([], 1)).toThrow('at least one person');
    expect(() => signHeld(LOW_PEOPLE, 0 as 1)).toThrow('an expected sign is 1 or -1');
    expect(() => signHeld([{ deviation: Number.NaN, contribution: 1 }], 1)).toThrow('not finite');
    expect(() => signHeld([{ deviation: 1, contribution: Number.POSITIVE_INFINITY }], 1)).toThrow(
      'not finite',
    );
    for (const alpha of [0, 1, Number.NaN]) expect(() => signHeld(LOW_PEOPLE, 1, { alpha })).toThrow('alpha');
    for (const negligibleShare of [-0.1, 1, Number.NaN])
      expect(() => signHeld(LOW_PEOPLE, 1, { negligibleShare })).toThrow('negligible');
  });
});

describe('an expected ranking', () => {
  it('compares sizes, person by person and by their means', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ more: number, less: number }), { minLength: 1 }), (pairs) => {
        let larger = 0;
        let tied = 0;
        let gap = 0;
        for (const { more, less } of pairs) {
          if (more * more > less * less) larger += 1;
          if (more * more === less * less) tied += 1;
          gap += Math.sqrt(more * more) - Math.sqrt(less * less);
        }
        const held = rankingHeld(pairs);
        expect([held.local.agreeing, held.tied, held.local.compared]).toEqual([
          larger,
          tied,
          pairs.length - tied,
        ]);
        // Halves add up exactly, a mean of them to a rounding.
        if (gap !== 0) expect(held.holds).toBe(gap > 0);
        expect(held.meanMore - held.meanLess).toBeCloseTo(gap / pairs.length, 12);
      }),
      PROPERTY,
    );
  });

  it('catch a comparison of signed contributions (broken twin)', () => {
    const pairs = [
      { more: -3, less: 1 },
      { more: -2, less: 1 },
    ];
    expect(rankingHeld(pairs)).toMatchObject({ holds: true, local: { share: 1 } });
    expect(pairs.filter(({ more, less }) => more > less)).toHaveLength(0);
  });

  it('cannot be said between equals', () => {
    expect(rankingHeld([{ more: 1, less: -1 }])).toMatchObject({
      holds: null,
      tied: 1,
      local: { share: null },
    });
  });

  it('refuses misuse', () => {
    expect(() => rankingHeld([])).toThrow('at least one person');
    expect(() => rankingHeld([{ more: Number.NaN, less: 1 }])).toThrow('not finite');
    for (const alpha of [0, 1]) expect(() => rankingHeld([{ more: 2, less: 1 }], alpha)).toThrow('alpha');
  });
});

describe('x of y', () => {
  it('has the p-value of a coin, summed term by term', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    for (const [agreeing, compared] of [
      [0, 5],
      [3, 5],
      [5, 5],
      [9, 12],
    ] as const) {
      let tail = 0;
      for (let k = agreeing; k <= compared; k += 1) tail += choose(compared, k) / 2 ** compared;
      const { p, interval } = shareHeld(agreeing, compared);
      expect(p).toBeCloseTo(tail, 12);
      expect(interval![0]).toBeLessThanOrEqual(agreeing / compared);
      expect(interval![1]).toBeGreaterThanOrEqual(agreeing / compared);
    }
  });

  it('says nothing of nothing, and refuses misuse', () => {
    expect(shareHeld(0, 0)).toEqual({ agreeing: 0, compared: 0, share: null, interval: null, p: null });
    for (const [agreeing, compared] of [
      [2, 1],
      [-1, 3],
      [0.5, 3],
      [0, Number.NaN],
    ] as const)
      expect(() => shareHeld(agreeing, compared)).toThrow('is no share');
    for (const alpha of [0, 1]) expect(() => shareHeld(1, 2, alpha)).toThrow('alpha');
  });
});

/** Every order of the list, doubles included. */
const ordersOf = <Item>(items: readonly Item[]): Item[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, i) =>
        ordersOf([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
      );

describe('the chance of signs dealt anew', () => {
  const answer = fc
    .record({
      expected: fc.constantFrom(1 as const, -1 as const, null),
      agreeing: fc.nat(4),
      against: fc.nat(4),
    })
    .map(
      ({ expected, agreeing, against }): ExpectationAnswers => ({
        expected,
        agreeing,
        compared: agreeing + against,
      }),
    );

  it('is the mean over all deals, dealt one by one', () => {
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 5 }), (answers) => {
        const asked = answers.filter(({ compared }) => compared > 0);
        const total = asked.reduce((sum, { compared }) => sum + compared, 0);
        const signed = asked.filter(({ expected }) => expected !== null);
        const rankings = asked.filter(({ expected }) => expected === null);
        const deals = ordersOf(signed.map(({ expected }) => expected));
        const mean =
          deals.reduce(
            (sum, deal) =>
              sum +
              signed.reduce(
                (agreeing, each, i) =>
                  agreeing + (deal[i] === each.expected ? each.agreeing : each.compared - each.agreeing),
                0,
              ),
            0,
          ) / deals.length;
        const byChance = mean + rankings.reduce((sum, { compared }) => sum + compared / 2, 0);
        const chance = dealtAnewChance(answers);
        if (total === 0) expect(chance).toBeNull();
        else expect(chance).toBeCloseTo(byChance / total, 10);
      }),
      { ...PROPERTY, numRuns: 40 },
    );
  });

  it('catch a coin where all expected and all found signs are the same (broken twin)', () => {
    const flattered = Array.from({ length: 4 }, () => ({ expected: 1 as const, agreeing: 9, compared: 10 }));
    expect(dealtAnewChance(flattered)).toBeCloseTo(0.9, 12);
  });

  it('refuses misuse', () => {
    expect(dealtAnewChance([])).toBeNull();
    expect(() => dealtAnewChance([{ expected: 1, agreeing: 2, compared: 1 }])).toThrow('is no share');
    expect(() => dealtAnewChance([{ expected: 2 as 1, agreeing: 1, compared: 1 }])).toThrow(
      'an expected sign',
    );
  });
});
