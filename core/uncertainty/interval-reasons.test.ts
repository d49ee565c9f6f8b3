import { describe, expect, it } from 'vitest';
import { intervalReasons } from './interval-reasons.ts';

const USUAL = { memberSpread: 0.02, usualMemberSpread: 0.02, inRangeP: 0.6, trials: 3 };

describe('reasons of an interval', () => {
  it('are none for a usual person', () => {
    expect(intervalReasons(USUAL)).toEqual([]);
    expect(intervalReasons({ ...USUAL, trials: 4, memberSpread: 0 })).toEqual([]);
  });

  it('name distance, disagreement and few trials, in this order', () => {
    expect(intervalReasons({ ...USUAL, inRangeP: 0.05, memberSpread: 0.05, trials: 2 })).toEqual([
      { kind: 'unusual-person', inRangeP: 0.05 },
      { kind: 'members-disagree', timesUsual: 2.5 },
      { kind: 'few-trials', trials: 2 },
    ]);
  });

  it('refuse numbers outside their range', () => {
    expect(() => intervalReasons({ ...USUAL, memberSpread: -1 })).toThrow(RangeError);
    expect(() => intervalReasons({ ...USUAL, usualMemberSpread: 0 })).toThrow(RangeError);
    expect(() => intervalReasons({ ...USUAL, inRangeP: Number.NaN })).toThrow(RangeError);
    expect(() => intervalReasons({ ...USUAL, trials: 0 })).toThrow(RangeError);
  });
});
