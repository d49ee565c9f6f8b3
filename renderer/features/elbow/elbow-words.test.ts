import { describe, expect, it } from 'vitest';
import { doOverlap, intervalText, middleText, ownRangeText, typedNumber } from './elbow-words.ts';

describe('words of the elbow', () => {
  it('never name a time beyond 150 s', () => {
    expect(middleText({ middleS: null })).toBe('beyond 150 s');
    expect(intervalText({ lowS: 120, highS: null })).toBe('120 s to beyond 150 s');
    expect(intervalText({ lowS: 150, highS: null })).toBe('beyond 150 s');
    expect(intervalText({ lowS: 51.4, highS: 98.6 })).toBe('51 to 99 s');
  });

  it('say the own range as it was meant', () => {
    expect(ownRangeText({ failureFromS: 50, failureToS: 90 })).toBe('50 to 90 s');
    expect(ownRangeText({ failureFromS: 120, failureToS: null })).toBe('120 s or later, beyond 150 s too');
    expect(ownRangeText({ failureFromS: 150, failureToS: null })).toBe('beyond 150 s');
    expect(ownRangeText({ failureFromS: null, failureToS: null })).toBe('cannot tell');
  });

  it('compare ranges by what they share', () => {
    expect(doOverlap([50, 90], [80, 120])).toBe(true);
    expect(doOverlap([50, 79], [80, Number.POSITIVE_INFINITY])).toBe(false);
    expect(doOverlap([50, 80], [80, 120])).toBe(true);
  });

  it('read a decimal comma, and nothing that is no number', () => {
    expect(typedNumber('0,37')).toBe(0.37);
    expect(typedNumber(' 12.5 ')).toBe(12.5);
    for (const text of ['', '-3', '1,2,3', 'about 5', '1e3']) expect(typedNumber(text)).toBeNull();
  });
});
