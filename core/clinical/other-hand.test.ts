import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOfOtherHand, whyNoOtherHand } from './other-hand.ts';
import { percentOfOther } from './trial-summary.ts';

const value = (valueSi: number, device = 'gauge') => ({ valueSi, device });

describe('one hand in percent of the other', () => {
  it('is the quotient of the two', () => {
    expect(shareOfOtherHand('grip-2', 'left', value(30), value(40))).toEqual({ percent: 75, reason: null });
  });

  it.each([
    ['both', value(30), value(40), /both hands are affected/],
    ['left', null, value(40), /this hand was not measured/],
    ['left', value(30), null, /other hand was not measured/],
    ['left', value(30), value(40, 'another'), /another device/],
    ['left', value(30), value(0), /no measurable value/],
  ] as const)('gives a reason instead: %s', (affected, own, other, why) => {
    const share = shareOfOtherHand('grip-2', affected, own, other);
    expect(share.percent).toBeNull();
    expect(share.reason).toMatch(why);
  });

  it('a score of the whole person has none', () => {
    expect(whyNoOtherHand('score-prwe', 'left')).toMatch(/whole person/);
  });

  it('law: with both hands affected no number ever comes out; a plain quotient does give one', () => {
    const force = fc.double({ min: 0.1, max: 300, noNaN: true });
    fc.assert(
      fc.property(force, force, (own, other) => {
        expect(shareOfOtherHand('lateral-pinch', 'both', value(own), value(other)).percent).toBeNull();
        // Broken twin: the quotient without asking which hands are affected.
        expect(percentOfOther(own, other)).not.toBeNull();
      }),
    );
  });
});
