import { describe, expect, it } from 'vitest';
import {
  againText,
  callChange,
  deletionWords,
  digitsFor,
  gapText,
  signedNumber,
  strongestOf,
  unitName,
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
    expect(deletionWords({ gain: 1, p: 1 / 720 }, 6)).toEqual({
      isBetter: true,
      detail: 'gain +1.00; 1 of 720 orders as good',
    });
    expect(deletionWords({ gain: 1, p: 11 / 201 }, 8)).toEqual({
      isBetter: false,
      detail: 'gain +1.00; 11 of 201 random orders as good',
    });
    // Better than few, worse than the mean: no.
    expect(deletionWords({ gain: -1, p: 0.01 }, 8).isBetter).toBe(false);
    expect(deletionWords(null, 1).isBetter).toBeNull();
  });
  it('names the size of a gap, and biases where they took it', () => {
    expect(gapText({ completenessGap: 1e-15, biasShare: null })).toBe('nothing');
    expect(gapText({ completenessGap: 0.0036, biasShare: null })).toBe('below 1\u00a0%');
    expect(gapText({ completenessGap: null, biasShare: null })).toBe('not meant to add up');
    expect(gapText({ completenessGap: null, biasShare: 0.64 })).toBe('biases took 64\u00a0%');
  });
  it('cannot say a relative change of nothing', () => {
    expect(againText(Number.POSITIVE_INFINITY)).toBe('cannot say: the values are zero');
    expect(againText(1.07)).toBe('by up to 107\u00a0%');
  });
  it('names units as clinicians do, bands in seconds from the start of the pull', () => {
    expect(unitName('wrist-ulnar-percent-expected')).toBe('ulnar deviation strength');
    expect(unitName('trace')).toBe('force trace');
    expect(unitName('steps 52-59')).toBe('3.8 to 4.5 s');
  });
  it('rounds a needed value to the side on which the call changes', () => {
    const feature = {
      id: 'wrist-extension-percent-expected',
      value: 60,
      unit: '%',
      referenceValue: 100,
      measured: 2.7,
      measuredReference: 4.5,
      measuredUnit: 'N.m',
    } as const;
    const change = (value: number) =>
      callChange({ feature, value, delta: value - 60, newClass: 'nonimpaired' }, (measured, unit) => ({
        value: measured,
        unit,
      }));
    // 2.7 / 60 N.m a percent: 59.05 % is 2.657 and 61.05 % is 2.747.
    expect(change(59.05).needed).toBe('2.65 N.m or less');
    expect(change(61.05).needed).toBe('2.75 N.m or more');
    expect(change(61.2).change).toBe('+2.0 %');
    const ratio = { ...feature, id: 'pinch-ratio-other-hand', unit: 'ratio', measured: null } as const;
    const own = callChange({ feature: ratio, value: 0.759, delta: -0.057, newClass: 'nonimpaired' }, () => {
      throw new Error('a ratio has no unit of its own');
    });
    expect([own.now, own.needed]).toEqual(['81.6 %', '75.9 % or less']);
  });
});
