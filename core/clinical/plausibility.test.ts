import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNewtons } from '../units/quantities.ts';
import { measureOf } from './measures.ts';
import { plausibilityQuestion, plausibilitySentence } from './plausibility.ts';

const kg = (value: number) => toNewtons(value, 'kg');

/** Broken twin: compares with the first trial only, so a slip in the first trial blames the good ones. */
const firstTrialTwin = (value: number, others: readonly number[]) => value > 2 * (others[0] ?? Infinity);

describe('plausibilityQuestion', () => {
  it('asks about a slipped decimal mark and not about its neighbours', () => {
    expect(plausibilityQuestion('lateral-pinch', kg(15), [kg(7.2), kg(7.4)])).toBe('above-others');
    expect(plausibilityQuestion('lateral-pinch', kg(7.2), [kg(15), kg(7.4)])).toBeNull();
    expect(plausibilityQuestion('lateral-pinch', kg(0.74), [kg(7.2), kg(7.5)])).toBe('below-others');
    expect(plausibilityQuestion('lateral-pinch', kg(7.2), [kg(0.74), kg(7.5)])).toBeNull();
    expect(firstTrialTwin(kg(7.2), [kg(0.74), kg(7.5)])).toBe(true);
  });

  it('asks about newtons typed as kilograms and about nearly nothing', () => {
    expect(plausibilityQuestion('lateral-pinch', kg(72), [])).toBe('above-limit');
    expect(plausibilityQuestion('lateral-pinch', 0, [])).toBe('below-limit');
    expect(plausibilityQuestion('wrist-flexion', 60, [])).toBe('above-limit');
  });

  it('leaves a usual session alone', () => {
    const trials = [kg(7.2), kg(7.6), kg(7.4)];
    for (const [index, value] of trials.entries()) {
      expect(
        plausibilityQuestion(
          'lateral-pinch',
          value,
          trials.filter((_, i) => i !== index),
        ),
      ).toBeNull();
    }
    expect(plausibilityQuestion('wrist-extension', 2.1, [])).toBeNull();
  });

  it('law: the answer does not depend on the order of the other trials', () => {
    const values = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 300, noNaN: true }), values, (value, others) => {
        const forward = plausibilityQuestion('lateral-pinch', value, others);
        expect(plausibilityQuestion('lateral-pinch', value, [...others].reverse())).toBe(forward);
        if (value > measureOf('lateral-pinch').askAbove) expect(forward).toBe('above-limit');
      }),
    );
    const twinIsOrderFree = fc.check(
      fc.property(fc.double({ min: 0, max: 300, noNaN: true }), values, (value, others) => {
        return firstTrialTwin(value, others) === firstTrialTwin(value, [...others].reverse());
      }),
    );
    expect(twinIsOrderFree.failed).toBe(true);
  });

  it('asks in a sentence that ends with a question', () => {
    for (const question of ['above-limit', 'below-limit', 'above-others', 'below-others'] as const) {
      expect(plausibilitySentence(question, '72 kg')).toMatch(/^72 kg .*\?$/);
    }
  });
});
