import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentOfOther, summariseTrials, summaryFormulaName } from './trial-summary.ts';

const sampleSdTwin = (values: readonly number[]) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1));
};

const trials = fc.array(fc.double({ min: 0.1, max: 200, noNaN: true }), { minLength: 1, maxLength: 8 });

describe('summariseTrials', () => {
  it('gives the figures of the design page: 7.2, 7.6, 7.4 kg', () => {
    const summary = summariseTrials([7.2, 7.6, 7.4], 'mean-of-three');
    expect(summary?.mean).toBeCloseTo(7.4, 12);
    expect(summary?.coefficientOfVariation).toBeCloseTo(0.02207, 4);
    expect(summary && summaryFormulaName('mean-of-three', summary)).toBe('mean of 3 trials');
  });

  it('has a population standard deviation, which the sample formula is not', () => {
    const summary = summariseTrials([2, 4, 6], 'maximum');
    expect(summary?.populationSd).toBeCloseTo(Math.sqrt(8 / 3), 12);
    expect(sampleSdTwin([2, 4, 6])).not.toBeCloseTo(Math.sqrt(8 / 3), 2);
  });

  it('has no spread for one trial and nothing for none', () => {
    expect(summariseTrials([], 'maximum')).toBeNull();
    expect(summariseTrials([5], 'mean-of-three')).toMatchObject({
      populationSd: null,
      coefficientOfVariation: null,
      summary: 5,
    });
    expect(summariseTrials([0, 0], 'maximum')?.coefficientOfVariation).toBeNull();
  });

  it('law: a fourth trial never moves the mean of three, and always enters the maximum', () => {
    fc.assert(
      fc.property(trials, fc.double({ min: 0.1, max: 200, noNaN: true }), (values, extra) => {
        fc.pre(values.length >= 3);
        expect(summariseTrials([...values, extra], 'mean-of-three')?.mean).toBe(
          summariseTrials(values, 'mean-of-three')?.mean,
        );
        expect(summariseTrials([...values, extra], 'maximum')?.summary).toBe(Math.max(...values, extra));
      }),
    );
  });

  it('law: spread in percent does not depend on the unit, and the mean lies between the extremes', () => {
    fc.assert(
      fc.property(trials, fc.double({ min: 0.1, max: 10, noNaN: true }), (values, factor) => {
        const one = summariseTrials(values, 'maximum')!;
        const other = summariseTrials(
          values.map((v) => v * factor),
          'maximum',
        )!;
        expect(one.mean).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(one.mean).toBeLessThanOrEqual(one.maximum + 1e-9);
        if (one.coefficientOfVariation === null) return;
        expect(other.coefficientOfVariation!).toBeCloseTo(one.coefficientOfVariation, 9);
      }),
    );
  });

  it('refuses what is not a number', () => {
    expect(() => summariseTrials([1, Number.NaN], 'maximum')).toThrow(RangeError);
  });
});

describe('percentOfOther', () => {
  it('is empty when there is nothing to compare with', () => {
    expect(percentOfOther(4.1, 7.4)).toBeCloseTo(55.4, 1);
    expect(percentOfOther(4.1, null)).toBeNull();
    expect(percentOfOther(4.1, 0)).toBeNull();
  });
});

describe('summaryFormulaName', () => {
  it('says when later trials are left out', () => {
    expect(summaryFormulaName('mean-of-three', { usedCount: 3, count: 5 })).toBe(
      'mean of the first 3 of 5 trials',
    );
    expect(summaryFormulaName('maximum', { usedCount: 5, count: 5 })).toBe('maximum of 5 trials');
  });
});
