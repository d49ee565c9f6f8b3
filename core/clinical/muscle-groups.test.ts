import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOfPercent, answersLeftOpen } from './muscle-groups.ts';

describe('what an interval leaves open', () => {
  it.each([
    [[40, 70], ['weaker']],
    [
      [70, 90],
      ['weaker', 'as-expected'],
    ],
    [[90, 110], ['as-expected']],
    [
      [60, 140],
      ['weaker', 'as-expected', 'stronger'],
    ],
    [[80, 120], ['as-expected']],
    [[121, 160], ['stronger']],
  ] as const)('%j: %j', (interval, answers) => {
    expect(answersLeftOpen([interval[0], interval[1]])).toEqual(answers);
  });

  it('an unbounded interval says nothing', () => {
    expect(answersLeftOpen('unbounded')).toHaveLength(3);
  });

  it('holds the answer of every percentage inside it; a twin that looks at the middle alone does not', () => {
    const inside = fc
      .tuple(fc.double({ min: 1, max: 250, noNaN: true }), fc.double({ min: 0.5, max: 80, noNaN: true }))
      .chain(([middle, half]) =>
        fc.record({
          interval: fc.constant([middle - half, middle + half] as const),
          share: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        }),
      );
    const law = (open: (interval: readonly [number, number]) => readonly string[]) =>
      fc.check(
        fc.property(inside, ({ interval: [low, high], share }) =>
          open([low, high]).includes(answerOfPercent(low + share * (high - low))),
        ),
      ).failed;
    expect(law(answersLeftOpen)).toBe(false);
    expect(law(([low, high]) => [answerOfPercent((low + high) / 2)])).toBe(true);
  });

  it('refuses crossed ends', () => {
    expect(() => answersLeftOpen([90, 80])).toThrow(RangeError);
    expect(() => answersLeftOpen([Number.NaN, 80])).toThrow(RangeError);
  });
});
