import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealtAnewTail } from './dealt-anew-tail.ts';
import { type ExpectationAnswers, shareHeld } from './physiology-agreement.ts';

/** Every order of the list, doubles included. */
const ordersOf = <Item>(items: readonly Item[]): Item[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, i) =>
        ordersOf([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
      );

/** All orders of the signs with all turns of the rankings, one by one. */
function tailOneByOne(answers: readonly ExpectationAnswers[]): number | null {
  const asked = answers.filter(({ compared }) => compared > 0);
  if (asked.length === 0) return null;
  const signed = asked.filter(({ expected }) => expected !== null);
  const rankings = asked.filter(({ expected }) => expected === null);
  const observed = asked.reduce((sum, { agreeing }) => sum + agreeing, 0);
  let deals = 0;
  let asGood = 0;
  for (const order of ordersOf(signed.map(({ expected }) => expected))) {
    for (let turns = 0; turns < 2 ** rankings.length; turns += 1) {
      const keep = [
        ...signed.map(({ expected }, i) => order[i] === expected),
        ...rankings.map((_, i) => ((turns >> i) & 1) === 1),
      ];
      const total = [...signed, ...rankings].reduce(
        (sum, { agreeing, compared }, i) => sum + (keep[i] ? agreeing : compared - agreeing),
        0,
      );
      deals += 1;
      if (total >= observed) asGood += 1;
    }
  }
  return asGood / deals;
}

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
const held = (expected: 1 | -1 | null): ExpectationAnswers => ({ expected, agreeing: 1, compared: 1 });

describe('the p of signs dealt anew', () => {
  it('is that of all deals, dealt one by one', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 6 }), (answers) => {
        const slow = tailOneByOne(answers);
        const p = dealtAnewTail(answers);
        if (slow === null) expect(p).toBeNull();
        else expect(p).toBeCloseTo(slow, 12);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('is one way in 70 where four of each sign all hold, and one in two for a ranking', () => {
    const four = (sign: 1 | -1) => Array.from({ length: 4 }, () => held(sign));
    expect(dealtAnewTail([...four(1), ...four(-1)])).toBeCloseTo(1 / 70, 12);
    expect(dealtAnewTail([held(null)])).toBe(0.5);
  });

  it('is no evidence where all expected signs are alike, though a coin would be beaten (broken twin)', () => {
    const alike = Array.from({ length: 8 }, () => held(1));
    expect(dealtAnewTail(alike)).toBe(1);
    expect(shareHeld(8, 8).p).toBeLessThan(0.005);
  });

  it('says nothing of nothing, and refuses misuse', () => {
    expect(dealtAnewTail([])).toBeNull();
    expect(dealtAnewTail([{ expected: 1, agreeing: 0, compared: 0 }])).toBeNull();
    expect(() => dealtAnewTail([{ expected: 1, agreeing: 2, compared: 1 }])).toThrow('is no share');
    expect(() => dealtAnewTail([{ expected: 2 as 1, agreeing: 1, compared: 1 }])).toThrow('an expected sign');
  });
});
