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

  /** Broken twin, the rule before: the middle of the others alone, which one slip moves away from the good ones. */
  const othersOnlyTwin = (value: number, others: readonly number[]) => {
    const [low, high] = [Math.min(...others), Math.max(...others)];
    const middle = (low + high) / 2;
    return value > 2 * middle || value * 2 < middle;
  };

  it('law: of three trials with one outlier only the outlier is asked about', () => {
    const good = fc.double({ min: 20, max: 60, noNaN: true });
    const slip = fc.constantFrom(10, 5, 3, 1 / 3, 1 / 5, 1 / 10);
    const onlyOutlier = (isAsked: (value: number, others: number[]) => boolean) =>
      fc.check(
        fc.property(good, fc.double({ min: 0.8, max: 1.25, noNaN: true }), slip, (first, ratio, factor) => {
          const trials = [first, first * ratio, first * factor];
          const asked = trials.map((value, i) =>
            isAsked(
              value,
              trials.filter((_, j) => j !== i),
            ),
          );
          return asked.join() === 'false,false,true';
        }),
      ).failed;
    const ofOthers = (value: number, others: number[]) =>
      ['above-others', 'below-others', 'above-limit', 'below-limit'].includes(
        plausibilityQuestion('lateral-pinch', value, others) ?? '',
      );
    expect(onlyOutlier(ofOthers)).toBe(false);
    expect(onlyOutlier(othersOnlyTwin)).toBe(true);
    expect(plausibilityQuestion('lateral-pinch', kg(7.5), [kg(7.6), kg(75)])).toBeNull();
    expect(plausibilityQuestion('lateral-pinch', kg(7.6), [kg(7.5), kg(75)])).toBeNull();
    expect(plausibilityQuestion('lateral-pinch', kg(7.2), [kg(3)])).toBe('above-others');
    expect(plausibilityQuestion('lateral-pinch', kg(3), [kg(7.2)])).toBeNull();
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
