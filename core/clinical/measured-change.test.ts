import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNewtons } from '../units/quantities.ts';
import { changeSentence, changeText, measuredChange } from './measured-change.ts';

const kg = (value: number) => toNewtons(value, 'kg');
/** Broken twin: any rise counts as a change. */
const anyRiseTwin = (from: number, to: number) => to > from;

describe('measuredChange', () => {
  it('is said in the words of the design page', () => {
    expect(changeSentence(measuredChange(kg(4), kg(5.1)), 'kg', '12 May 2026')).toBe(
      '+1.1 kg since 12 May 2026; beyond measurement error (MDC95 0.4 kg, thumb base osteoarthritis, Villafañe 2014)',
    );
    expect(changeSentence(measuredChange(kg(5), kg(4.8)), 'kg', '12 May 2026')).toMatch(
      /^−0\.2 kg .* within/,
    );
    expect(anyRiseTwin(kg(4), kg(4.2))).toBe(true);
    expect(measuredChange(kg(4), kg(4.2)).isBeyondError).toBe(false);
  });

  it('gives no sign to a change that rounds to nothing', () => {
    expect(changeText(kg(0.04), 'kg')).toBe('±0.0 kg');
    expect(changeText(kg(-0.04), 'kg')).toBe('±0.0 kg');
    expect(changeText(kg(-0.06), 'kg')).toBe('−0.1 kg');
    expect(changeText(4.6, 'N')).toBe('+5 N');
  });

  it('law: there and back again have the same verdict and opposite sign', () => {
    const force = fc.double({ min: 0, max: 250, noNaN: true });
    fc.assert(
      fc.property(force, force, (a, b) => {
        const there = measuredChange(a, b);
        const back = measuredChange(b, a);
        expect(there.changeN + back.changeN).toBeCloseTo(0, 12);
        expect(there.isBeyondError).toBe(back.isBeyondError);
      }),
    );
  });
});
