import { describe, expect, it } from 'vitest';
import { callChange, scatterSentence } from './call-change.ts';

describe('a change of the call in words', () => {
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
    const change = (value: number, isToLimit = true) =>
      callChange(
        { feature, value, delta: value - 60, newClass: 'nonimpaired', isToLimit },
        (measured, unit) => ({ value: measured, unit }),
      );
    // 2.7 / 60 N.m a percent: 59.05 % is 2.657 and 61.05 % is 2.747.
    expect(change(59.05).needed).toBe('2.65 N.m or less');
    expect(change(61.05).needed).toBe('2.75 N.m or more');
    // Where another class, or a refusal, lies beyond it there is no "or more".
    expect(change(61.05, false).needed).toBe('2.75 N.m');
    expect(change(61.2).change).toBe('+2.0 %');
    const ratio = { ...feature, id: 'pinch-ratio-other-hand', unit: 'ratio', measured: null } as const;
    const own = callChange(
      { feature: ratio, value: 0.759, delta: -0.057, newClass: 'nonimpaired', isToLimit: true },
      () => {
        throw new Error('a ratio has no unit of its own');
      },
    );
    expect([own.now, own.needed]).toEqual(['81.6 %, best trials', '75.9 % or less, best trials']);
  });
  it('compares the change with the scatter of one measurement of its kind: pinch 5 %, wrist 6 %', () => {
    const isWithin = (id: 'pinch-percent-expected' | 'wrist-radial-percent-expected', percent: number) =>
      callChange(
        {
          feature: {
            id,
            value: 50,
            unit: '%',
            referenceValue: 100,
            measured: 30,
            measuredReference: 60,
            measuredUnit: id.startsWith('wrist') ? 'N.m' : 'N',
          },
          value: 50 * (1 + percent / 100),
          delta: percent / 2,
          newClass: 'nonimpaired',
          isToLimit: true,
        },
        (value, unit) => ({ value, unit }),
      );
    expect([4.9, -4.9, 5.1, -5.9].map((p) => isWithin('pinch-percent-expected', p).isWithinScatter)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([5.9, -6.1].map((p) => isWithin('wrist-radial-percent-expected', p).isWithinScatter)).toEqual([
      true,
      false,
    ]);
    // As on the result card: of key pinch the best trial, of the wrist there is no such word.
    expect(isWithin('pinch-percent-expected', 4).now).toBe('30.0 N, best trial');
    expect(isWithin('wrist-radial-percent-expected', 4).now).toBe('30.00 N.m');
  });
  it('says that a call hangs by a thread only where a change is within the scatter', () => {
    const changes = (within: number, all: number) =>
      Array.from({ length: all }, (_, place) => ({ isWithinScatter: place < within }));
    expect(scatterSentence(changes(4, 7))).toBe(
      '4 of 7 changes are smaller than the scatter of one measurement: this call hangs by a thread.',
    );
    expect(scatterSentence(changes(1, 7))).toMatch(/^1 of 7 changes is smaller/);
    expect(scatterSentence(changes(1, 1))).toMatch(/^1 of 1 change is smaller/);
    expect(scatterSentence(changes(0, 7))).toBeNull();
    expect(scatterSentence([])).toBeNull();
  });
});
