import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { independentStepsP } from './independent-steps-p.ts';
import { type MaskMeasure, maskOverlap } from './mask-overlap.ts';
import { pointingGame } from './pointing-game.ts';
import { relevanceMass } from './relevance-mass.ts';
import { areaUnderCurve, averagePrecision, pointBiserialCorrelation } from './relevance-ranking.ts';
import { halfMaximumSteps, mostRelevantSteps, overlapOfMostRelevant } from './step-selection.ts';
import { traceMask } from './trace-marks.ts';

describe('single measures against their definition', () => {
  const random = Array.from({ length: 40 }, (_, draw) => {
    const stream = randomStream('marks', 'definition', draw);
    const relevance = Array.from({ length: 12 }, () => Math.round(4 * stream.normal()));
    const mask = traceMask(relevance.map(() => (stream.uniform() < 0.4 ? 1 : 0)));
    return { relevance, mask };
  }).filter(({ mask }) => mask.includes(0) && mask.includes(1));

  it('area under the curve: pairs of a marked and an unmarked step', () => {
    for (const { relevance, mask } of random) {
      const sizes = relevance.map(Math.abs);
      let sum = 0;
      let pairs = 0;
      for (const [i, a] of sizes.entries()) {
        for (const [j, b] of sizes.entries()) {
          if (mask[i] === 0 || mask[j] === 1) continue;
          sum += a > b ? 1 : a === b ? 0.5 : 0;
          pairs += 1;
        }
      }
      expect(areaUnderCurve(relevance, mask).value).toBeCloseTo(sum / pairs, 12);
    }
  });
  it('average precision: over thresholds', () => {
    for (const { relevance, mask } of random) {
      const sizes = relevance.map(Math.abs);
      const marked = mask.reduce((sum, value) => sum + value, 0);
      let recall = 0;
      let sum = 0;
      for (const threshold of [...new Set(sizes)].sort((a, b) => b - a)) {
        const taken = sizes.flatMap((size, step) => (size >= threshold ? [mask[step]!] : []));
        const hits = taken.reduce((total, value) => total + value, 0);
        sum += (hits / marked - recall) * (hits / taken.length);
        recall = hits / marked;
      }
      expect(averagePrecision(relevance, mask).value).toBeCloseTo(sum, 12);
    }
  });
  it('mask measures: from the four counts; exchanging the two masks keeps the symmetric ones', () => {
    const symmetric: MaskMeasure[] = [
      'intersectionOverUnion',
      'dice',
      'kappa',
      'gwetAgreement',
      'matthewsCorrelation',
    ];
    for (const { relevance, mask } of random) {
      const selected = halfMaximumSteps(relevance);
      const both = mask.filter((value, step) => value === 1 && selected[step] === 1).length;
      const either = mask.filter((value, step) => value === 1 || selected[step] === 1).length;
      const agree = (both + mask.length - either) / mask.length;
      const a = mask.filter((value) => value === 1).length / mask.length;
      const b = selected.filter((value) => value === 1).length / mask.length;
      const byChance = a * b + (1 - a) * (1 - b);
      const found = maskOverlap(selected, mask);
      expect(found.intersectionOverUnion.value).toBeCloseTo(both / either, 12);
      expect(found.dice.value).toBeCloseTo((2 * both) / (both + either), 12);
      expect(found.kappa.value).toBeCloseTo((agree - byChance) / (1 - byChance), 12);
      expect(found.matthewsCorrelation.value).toBeCloseTo(
        (both / mask.length - a * b) / Math.sqrt(a * (1 - a) * b * (1 - b)),
        12,
      );
      const mean = (a + b) / 2;
      const gwet = 2 * mean * (1 - mean);
      expect(found.gwetAgreement.value).toBeCloseTo((agree - gwet) / (1 - gwet), 12);
      const exchanged = maskOverlap(mask, selected);
      for (const name of symmetric) expect(exchanged[name].value).toBeCloseTo(found[name].value!, 12);
      expect(independentStepsP(mask, selected)).toBeCloseTo(independentStepsP(selected, mask)!, 12);
    }
    const lopsided = maskOverlap(traceMask([1, 1, 0, 0]), traceMask([1, 0, 0, 0]));
    expect(lopsided.sensitivity.value).toBe(1);
    expect(lopsided.specificity.value).toBeCloseTo(2 / 3, 12);
  });
  it('the pointing game reaches as far as its tolerance', () => {
    const mask = traceMask([0, 0, 0, 1, 1, 0, 0, 0]);
    const at = (step: number, tolerance: number) =>
      pointingGame(
        Array.from(mask, (_, each) => (each === step ? -2 : 1)),
        mask,
        tolerance,
      );
    expect(at(3, 0)).toEqual({ value: 1, chance: 0.25, cannotSay: null });
    expect(at(2, 0).value).toBe(0);
    expect(at(2, 1)).toEqual({ value: 1, chance: 0.5, cannotSay: null });
    expect(at(6, 1).value).toBe(0);
    expect(at(6, 2).value).toBe(1);
    expect(at(0, 3)).toMatchObject({ value: null, cannotSay: 'tolerance-covers-all' });
  });
  it('signed mass that cancels, relevance against only, flat relevance', () => {
    const mask = traceMask([1, 0, 0, 0]);
    expect(relevanceMass([1, -1, 2, -2], mask, 'signed')).toMatchObject({ cannotSay: 'relevance-cancels' });
    expect(relevanceMass([0.1, 0.2, -0.3, 0], mask, 'signed')).toMatchObject({
      cannotSay: 'relevance-cancels',
    });
    expect(relevanceMass([-1, -1, -2, 0], mask, 'positive')).toMatchObject({ cannotSay: 'no-relevance' });
    expect(pointBiserialCorrelation([2, -2, 2, 2], mask)).toMatchObject({ cannotSay: 'flat-relevance' });
  });
});

describe('selections', () => {
  it('half of the largest, and as many as asked with the earliest of tied ones', () => {
    expect([...halfMaximumSteps([0.5, -1, 0.49, 0])]).toEqual([1, 1, 0, 0]);
    expect([...halfMaximumSteps([0, 0])]).toEqual([0, 0]);
    expect([...mostRelevantSteps([1, -3, 2, 2], 2)]).toEqual([0, 1, 1, 0]);
    expect([...mostRelevantSteps([1, 2], 0)]).toEqual([0, 0]);
    for (const count of [-1, 3, 0.5]) {
      expect(() => mostRelevantSteps([1, 2], count)).toThrow(RangeError);
      expect(() => overlapOfMostRelevant([1, 2], traceMask([0, 1]), count)).toThrow(RangeError);
    }
    expect(() => halfMaximumSteps([])).toThrow(RangeError);
    expect(() => halfMaximumSteps([Number.NaN])).toThrow(RangeError);
  });
});
