import { describe, expect, it } from 'vitest';
import { signedNumber } from '../../app/signed-number.ts';
import {
  againText,
  deletionWords,
  digitsFor,
  gapText,
  membersText,
  strongestOf,
  unitName,
  unitWords,
} from './lab-words.ts';

describe('words of the methods lab', () => {
  it('gives no sign to what rounds to zero', () => {
    expect([0.004, -0.004, 0, -0.006, 1.234].map((value) => signedNumber(value, 2))).toEqual([
      '0.00',
      '0.00',
      '0.00',
      '−0.01',
      '+1.23',
    ]);
  });
  it('shows two figures of the largest value, within reason', () => {
    expect([[2.4, 0.01], [0.31], [0.037], [0.0004], [1e-9], [0], []].map(digitsFor)).toEqual([
      2, 2, 3, 5, 5, 2, 2,
    ]);
  });
  it('has no strongest value among zeros, and of equal ones the first', () => {
    expect(strongestOf([0, 0])).toBeNull();
    expect(strongestOf([-1, 1, 0.5])).toBe(0);
  });
  it('counts orders: all of them up to seven units, 200 random ones and the own above', () => {
    expect(deletionWords({ gain: 1, p: 1 / 720 }, 6)).toBe('best of all 720 orders');
    expect(deletionWords({ gain: 1, p: 3 / 720 }, 6)).toBe('3 of 720 orders as good');
    expect(deletionWords({ gain: 1, p: 1 / 201 }, 8)).toBe('better than all 200 random orders');
    expect(deletionWords({ gain: 1, p: 11 / 201 }, 8)).toBe(
      'not better than chance: 11 of 201 random orders as good',
    );
    // Better than few, worse than the mean: no.
    expect(deletionWords({ gain: -1, p: 0.01 }, 8)).toMatch(/^not better than chance/);
    expect(deletionWords(null, 1)).toBe('one measurement has one order');
    expect(deletionWords(null, 3)).toBe('too few orders to tell');
  });
  it('counts networks, and never gives a percentage of a few', () => {
    expect([1, 0.8, 0].map((share) => membersText(share, 5))).toEqual(['5 of 5', '4 of 5', '0 of 5']);
    expect(membersText(null, 5)).toBe('sizes only');
  });
  it('has words for the unit, also of a slope', () => {
    expect(['logit', 'logit per unit of the input', 'N'].map(unitWords)).toEqual([
      'strength of the push (log odds)',
      'strength of the push (log odds) per unit of the input',
      'N',
    ]);
  });
  it('names the size of a gap, and biases where they took it', () => {
    expect(gapText({ completenessGap: 1e-15, biasShare: null })).toBe('nothing');
    expect(gapText({ completenessGap: 0.0036, biasShare: null })).toBe('below 1\u00a0%');
    expect(gapText({ completenessGap: null, biasShare: null })).toBe('not meant to add up');
    expect(gapText({ completenessGap: null, biasShare: 0.64 })).toBe('biases took 64\u00a0%');
  });
  it('cannot say a relative change of nothing', () => {
    expect(againText(Number.POSITIVE_INFINITY)).toBe('cannot say: the values are zero');
    expect(againText(1.07)).toBe('values shift by up to 107\u00a0%');
  });
  it('names units as clinicians do, bands in seconds from the start of the pull', () => {
    expect(unitName('wrist-ulnar-percent-expected')).toBe('ulnar deviation strength');
    expect(unitName('trace')).toBe('force trace');
    expect(unitName('steps 52-59')).toBe('3.8 to 4.5 s');
  });
});
