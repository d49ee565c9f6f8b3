import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctForPrevalence } from './correct-for-prevalence.ts';

const THIRDS = [1 / 3, 1 / 3, 1 / 3];
const shares = fc
  .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
  .map((values) => values.map((value) => value / values.reduce((sum, each) => sum + each, 0)));

type Correction = typeof correctForPrevalence;

/** Odds of two classes change by the ratio of their prevalence to their prior, whatever the third class does. */
function changesOddsByBayes(correct: Correction): boolean {
  let holds = true;
  fc.assert(
    fc.property(shares, shares, shares, (probabilities, prior, prevalence) => {
      const corrected = correct(probabilities, prior, prevalence);
      const before = probabilities[0]! / probabilities[1]!;
      const factor = prevalence[0]! / prior[0]! / (prevalence[1]! / prior[1]!);
      // Relative: rounding of four divisions.
      if (Math.abs(corrected[0]! / corrected[1]! / (before * factor) - 1) > 1e-12) holds = false;
    }),
  );
  return holds;
}

describe('probabilities corrected for prevalence', () => {
  it('follow Bayes’ rule in the odds', () => {
    expect(changesOddsByBayes(correctForPrevalence)).toBe(true);
  });

  it('catch a correction that forgets the prior (broken twin)', () => {
    const forgetful: Correction = (probabilities, prior, prevalence) =>
      correctForPrevalence(
        probabilities,
        Array.from(prior, () => 1 / prior.length),
        prevalence,
      );
    expect(changesOddsByBayes(forgetful)).toBe(false);
  });

  it('are a worked case: 80/10/10 turns 0.2/0.5/0.3 into 2/3, 5/24, 1/8', () => {
    const corrected = correctForPrevalence([0.2, 0.5, 0.3], THIRDS, [0.8, 0.1, 0.1]);
    // 0.2 * 0.8 = 0.16, 0.05, 0.03; their sum is 0.24.
    [16 / 24, 5 / 24, 3 / 24].forEach((value, k) => {
      expect(corrected[k]).toBeCloseTo(value, 14);
    });
  });

  it('stay as they are when the prevalence is the prior, and undo each other', () => {
    fc.assert(
      fc.property(shares, shares, shares, (probabilities, prior, prevalence) => {
        const same = correctForPrevalence(probabilities, prior, prior);
        const there = correctForPrevalence(probabilities, prior, prevalence);
        const back = correctForPrevalence(there, prevalence, prior);
        probabilities.forEach((value, k) => {
          expect(same[k]).toBeCloseTo(value, 12);
          expect(back[k]).toBeCloseTo(value, 12);
        });
      }),
    );
  });

  it.each<[string, number[], number[], number[], string]>([
    ['two classes of three', [0.5, 0.5], THIRDS, THIRDS, 'every class'],
    ['a percentage for a share', [0.2, 0.5, 0.3], THIRDS, [80, 10, 10], 'between 0 and 1'],
    ['not a number', [0.2, 0.5, 0.3], THIRDS, [Number.NaN, 0.5, 0.5], 'between 0 and 1'],
    ['shares that sum to 0.8', [0.2, 0.5, 0.3], THIRDS, [0.6, 0.1, 0.1], 'sum to 1'],
    ['a class that was never trained', [0.2, 0.5, 0.3], [0.5, 0.5, 0], THIRDS, 'prior 0'],
    ['a prevalence that excludes the answer', [1, 0, 0], THIRDS, [0, 0.5, 0.5], 'excludes'],
  ])('refuse %s', (_name, probabilities, prior, prevalence, message) => {
    expect(() => correctForPrevalence(probabilities, prior, prevalence)).toThrow(RangeError);
    expect(() => correctForPrevalence(probabilities, prior, prevalence)).toThrow(message);
  });
});
