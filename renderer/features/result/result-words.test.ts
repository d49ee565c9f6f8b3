import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driverTexts } from './driver-texts.ts';
import { agoText, coverageText, percentText, setPromise } from './result-words.ts';

describe('words of the result', () => {
  it('law: never says 0 % or 100 %, which plain rounding does', () => {
    const claimsCertainty = (text: string) => text === '0 %' || text === '100 %';
    const roundingTwin = (p: number) => `${Math.round(100 * p)} %`;
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(probability, (p) => !claimsCertainty(percentText(p))));
    expect(fc.check(fc.property(probability, (p) => !claimsCertainty(roundingTwin(p)))).failed).toBe(true);
    expect([0.004, 0.03, 0.64, 0.996].map(percentText)).toEqual(['below 1 %', '3 %', '64 %', 'above 99 %']);
  });

  it('says coverage over people and time in weeks', () => {
    expect(coverageText(0.9)).toBe('9 of 10');
    expect(coverageText(0.95)).toBe('95 of 100');
    expect(agoText('2026-09-02T08:00:00.000Z', '2026-11-25T08:00:00.000Z')).toBe('12 weeks ago');
    expect(agoText('2026-11-24T08:00:00.000Z', '2026-11-25T08:00:00.000Z')).toBe('1 day ago');
  });

  it('writes a driver with the unit it was typed in', () => {
    const base = { id: 'pinch-percent-expected' as const, value: 54, unit: '%', referenceValue: 100 };
    expect(
      driverTexts({ ...base, measured: 40.2073, measuredReference: 74.5305, measuredUnit: 'N' }, 'kg'),
    ).toEqual({ measured: '4.1 kg, best trial', reference: '7.6 kg' });
    expect(
      driverTexts(
        {
          id: 'pinch-ratio-other-hand',
          value: 0.56,
          unit: 'ratio',
          referenceValue: 0.97,
          measured: null,
          measuredReference: null,
          measuredUnit: '',
        },
        'kg',
      ),
    ).toEqual({ measured: '56 %, best trials', reference: '97 %' });
  });
});

describe('the promise of a set', () => {
  const two = { coverage: 0.9, predictionSet: ['four-corner-fusion', 'proximal-row-carpectomy'] as const };
  it('is the hit rate of sets of this size, where it was measured', () => {
    const text = setPromise({
      ...two,
      predictionSet: [...two.predictionSet],
      setHitRate: { right: 857, n: 1000 },
    });
    expect(text).toContain('the right class was one of them for 86 % of 1,000 simulated people');
  });
  it('gives no percentage of a handful, and falls back for results made before it was measured', () => {
    const few = setPromise({ ...two, predictionSet: [...two.predictionSet], setHitRate: { right: 3, n: 4 } });
    expect(few).not.toContain('%');
    expect(setPromise({ ...two, predictionSet: [...two.predictionSet] })).toBe(few);
  });
});
