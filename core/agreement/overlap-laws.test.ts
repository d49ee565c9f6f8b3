import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { equalAreaIndependentStepsP } from './independent-steps-p.ts';
import {
  equalAreaMeasure,
  equalAreaOverlap,
  MASK_MEASURES,
  maskMeasure,
  maskOverlap,
} from './mask-overlap.ts';
import { type OverlapMeasure, readableValue } from './overlap-measure.ts';
import { pointingGame } from './pointing-game.ts';
import { relevanceMass } from './relevance-mass.ts';
import {
  areaUnderCurve,
  averagePrecision,
  pointBiserialCorrelation,
  rankAccuracy,
  topStepShare,
} from './relevance-ranking.ts';
import { halfMaximumSteps, mostRelevantSteps, overlapOfMostRelevant } from './step-selection.ts';
import { type TraceMask, traceMask } from './trace-marks.ts';

type Measure = (relevance: ArrayLike<number>, mask: TraceMask) => OverlapMeasure;

const MEASURES: Readonly<Record<string, Measure>> = {
  'mass, absolute': (relevance, mask) => relevanceMass(relevance, mask, 'absolute'),
  'mass, positive': (relevance, mask) => relevanceMass(relevance, mask, 'positive'),
  'mass, signed': (relevance, mask) => relevanceMass(relevance, mask, 'signed'),
  'rank accuracy': rankAccuracy,
  'share of the two strongest': (relevance, mask) => topStepShare(relevance, mask, 2),
  'area under the curve': areaUnderCurve,
  'average precision': averagePrecision,
  'point biserial': pointBiserialCorrelation,
  'pointing game': pointingGame,
  'pointing game, tolerance 1': (relevance, mask) => pointingGame(relevance, mask, 1),
  ...Object.fromEntries(
    MASK_MEASURES.flatMap((name): [string, Measure][] => [
      [`${name}, equal area`, (relevance, mask) => equalAreaMeasure(name, relevance, mask)],
      [`${name}, half maximum`, (relevance, mask) => maskMeasure(name, halfMaximumSteps(relevance), mask)],
    ]),
  ),
};

/** Few different sizes, so that ties are common, and both signs. */
const relevances = (stepCount: number) =>
  fc.array(fc.integer({ min: -3, max: 4 }), { minLength: stepCount, maxLength: stepCount });
const masks = (stepCount: number) =>
  fc
    .array(fc.constantFrom(0, 1), { minLength: stepCount, maxLength: stepCount })
    .map((steps) => traceMask(steps));
const traces = fc.integer({ min: 2, max: 7 }).chain((count) => fc.tuple(relevances(count), masks(count)));
/** Sums of a few shares of small whole numbers. */
const ROUNDING = 1e-12;

/** All masks with as many marked steps. */
function masksOfSameSize(mask: TraceMask): TraceMask[] {
  const all = Array.from({ length: 2 ** mask.length }, (_, bits) =>
    Uint8Array.from(mask, (_, step) => (bits >> step) & 1),
  );
  const size = mask.reduce((sum, value) => sum + value, 0);
  return all.filter((each) => each.reduce((sum, value) => sum + value, 0) === size);
}

function chanceIsTheMean(measure: Measure, runs = 40) {
  let compared = 0;
  fc.assert(
    fc.property(traces, ([relevance, mask]) => {
      const { value, chance, cannotSay } = measure(relevance, mask);
      if (value === null || cannotSay !== null) return;
      const values = masksOfSameSize(mask).map((each) => measure(relevance, each).value);
      // Where a mark elsewhere has no value, e.g. within the tolerance of all steps, there is no plain mean.
      if (values.includes(null)) return;
      const mean = values.reduce<number>((sum, each) => sum + each!, 0) / values.length;
      compared += 1;
      expect(Math.abs(mean - chance!)).toBeLessThan(ROUNDING);
    }),
    { seed: 21, numRuns: runs, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(5);
}

/** Mean of a measure over all orders of equal relevance, told apart by the smallest differences. */
function overOrdersOfTies(relevance: readonly number[], measure: (untied: number[]) => number): number {
  const orders = permutations(relevance.map((_, step) => step));
  return orders.reduce((sum, order) => sum + measure(untie(relevance, order)), 0) / orders.length;
}
const untie = (relevance: readonly number[], order: readonly number[]) =>
  relevance.map((value, step) => (Math.abs(value) + 1 + 1e-6 * order[step]!) * (value < 0 ? -1 : 1));
function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((each) => each !== item)).map((rest) => [item, ...rest]),
  );
}

describe('every measure of overlap', () => {
  it('law: the chance level is the mean over all marks of as many steps', () => {
    for (const [name, measure] of Object.entries(MEASURES)) {
      // With the tolerance the neighbourhood of a mark depends on where it lies: chance holds for the marks at hand.
      if (name === 'pointing game, tolerance 1') continue;
      chanceIsTheMean(measure);
    }
    // Twins: a chance of one half for all, and the share of marked steps where it is not.
    expect(() => chanceIsTheMean((r, m) => ({ ...rankAccuracy(r, m), chance: 0.5 }))).toThrow();
    expect(() => chanceIsTheMean((r, m) => ({ ...areaUnderCurve(r, m), chance: 0.4 }))).toThrow();
    const share: Measure = (relevance, mask) => ({
      ...averagePrecision(relevance, mask),
      chance: mask.reduce((sum, value) => sum + value, 0) / mask.length,
    });
    expect(() => chanceIsTheMean(share)).toThrow();
    expect(() =>
      chanceIsTheMean((r, m) => ({ ...equalAreaMeasure('intersectionOverUnion', r, m), chance: 0.25 })),
    ).toThrow();
  });

  const isBounded = (measure: Measure, [low, high]: [number, number]) =>
    fc.assert(
      fc.property(traces, ([relevance, mask]) => {
        const { value } = measure(relevance, mask);
        return value === null || (value >= low - ROUNDING && value <= high + ROUNDING);
      }),
      { seed: 22, numRuns: 60, endOnFailure: true },
    );
  it('law: lies between 0 and 1, correlations between -1 and 1; the signed mass alone has no bounds', () => {
    const correlations = /kappa|matthews|gwet|biserial/;
    for (const [name, measure] of Object.entries(MEASURES)) {
      if (name !== 'mass, signed') isBounded(measure, correlations.test(name) ? [-1, 1] : [0, 1]);
    }
    expect(() => isBounded(MEASURES['mass, signed']!, [0, 1])).toThrow();
    expect(() => isBounded(MEASURES['kappa, equal area']!, [0, 1])).toThrow();
  });

  const ignoresScale = (measure: Measure) =>
    fc.assert(
      fc.property(traces, fc.constantFrom(1e-9, 0.5, 1000, 2 ** 900), ([relevance, mask], factor) => {
        const own = measure(relevance, mask);
        const scaled = measure(
          relevance.map((value) => value * factor),
          mask,
        );
        expect(scaled.cannotSay).toBe(own.cannotSay);
        if (own.value === null) expect(scaled.value).toBeNull();
        else expect(Math.abs(scaled.value! - own.value)).toBeLessThan(1e-9);
      }),
      { seed: 23, numRuns: 30, endOnFailure: true },
    );
  it('law: the scale of relevance does not matter', () => {
    for (const measure of Object.values(MEASURES)) ignoresScale(measure);
    const fixedHalf: Measure = (relevance, mask) =>
      maskMeasure(
        'intersectionOverUnion',
        Uint8Array.from(relevance, (value) => (Math.abs(value) >= 2 ? 1 : 0)),
        mask,
      );
    expect(() => ignoresScale(fixedHalf)).toThrow();
    const plusOne: Measure = (relevance, mask) =>
      relevanceMass(
        Array.from(relevance, (value) => Math.abs(value) + 1),
        mask,
        'absolute',
      );
    expect(() => ignoresScale(plusOne)).toThrow();
  });

  const ignoresDirection = (measure: Measure) =>
    fc.assert(
      fc.property(traces, ([relevance, mask]) => {
        const own = measure(relevance, mask);
        const backwards = measure([...relevance].reverse(), mask.toReversed());
        expect(backwards.cannotSay).toBe(own.cannotSay);
        if (own.value === null) expect(backwards.value).toBeNull();
        else expect(Math.abs(backwards.value! - own.value)).toBeLessThan(ROUNDING);
      }),
      { seed: 24, numRuns: 50, endOnFailure: true },
    );
  it('law: a trace read backwards gives the same, however steps are tied; breaking ties by place is noticed', () => {
    for (const measure of Object.values(MEASURES)) ignoresDirection(measure);
    const firstMaximum: Measure = (relevance, mask) => {
      const sizes = Array.from(relevance, Math.abs);
      return { value: mask[sizes.indexOf(Math.max(...sizes))]!, chance: 0, cannotSay: null };
    };
    expect(() => ignoresDirection(firstMaximum)).toThrow();
    const earliest: Measure = (relevance, mask) =>
      maskMeasure(
        'dice',
        mostRelevantSteps(
          relevance,
          mask.reduce((sum, value) => sum + value, 0),
        ),
        mask,
      );
    expect(() => ignoresDirection(earliest)).toThrow();
  });

  it('says nothing for empty and full marks, and never a hit', () => {
    for (const [name, measure] of Object.entries(MEASURES)) {
      for (const relevance of [
        [0.1, 0.9, 0.3, 0.2],
        [1, 1, 1, 1],
      ]) {
        const empty = measure(relevance, traceMask([0, 0, 0, 0]));
        const full = measure(relevance, traceMask([1, 1, 1, 1]));
        expect([name, empty.cannotSay, full.cannotSay]).toEqual([name, 'empty-mark', 'full-mark']);
        expect(readableValue(empty)).toBeNull();
        expect(readableValue(full)).toBeNull();
        // Values by definition stand at their chance level: nothing to agree on.
        for (const { value, chance } of [empty, full]) {
          if (value !== null) expect(Math.abs(value - chance!)).toBeLessThan(ROUNDING);
        }
      }
    }
    expect(pointingGame([0, 1], traceMask([0, 0])).value).toBeNull();
    expect(pointingGame([0, 1], traceMask([1, 1])).value).toBeNull();
  });
  it('says nothing without relevance', () => {
    for (const [name, measure] of Object.entries(MEASURES)) {
      const found = measure([0, 0, 0, 0], traceMask([0, 1, 1, 0]));
      expect([name, found.cannotSay]).toEqual([name, 'no-relevance']);
    }
  });
  it('refuses other lengths and relevance that is not finite', () => {
    for (const measure of Object.values(MEASURES)) {
      expect(() => measure([1, 2, 3], traceMask([0, 1]))).toThrow(RangeError);
      expect(() => measure([1, Number.NaN], traceMask([0, 1]))).toThrow(RangeError);
      expect(() => measure([1, Number.POSITIVE_INFINITY], traceMask([0, 1]))).toThrow(RangeError);
      expect(() => measure([], new Uint8Array())).toThrow(RangeError);
    }
    expect(() => topStepShare([1, 2], traceMask([0, 1]), 0)).toThrow(RangeError);
    expect(() => topStepShare([1, 2], traceMask([0, 1]), 3)).toThrow(RangeError);
    expect(() => pointingGame([1, 2], traceMask([0, 1]), -1)).toThrow(RangeError);
    expect(() => pointingGame([1, 2], traceMask([0, 1]), 0.5)).toThrow(RangeError);
    expect(() => maskOverlap(traceMask([1]), traceMask([0, 1]))).toThrow(RangeError);
    expect(() => maskOverlap(Uint8Array.of(2, 0), traceMask([0, 1]))).toThrow(RangeError);
  });
});

describe('ties', () => {
  const isMeanOverOrders = (measure: Measure) =>
    fc.assert(
      fc.property(fc.tuple(relevances(4), masks(4)), ([relevance, mask]) => {
        const { value } = measure(relevance, mask);
        fc.pre(value !== null && relevance.some((each) => each !== 0));
        const slow = overOrdersOfTies(relevance, (untied) => measure(untied, mask).value!);
        expect(Math.abs(slow - value!)).toBeLessThan(ROUNDING);
      }),
      { seed: 25, numRuns: 40, endOnFailure: true },
    );
  it('law: ranking, selecting and pointing are the mean over all orders of tied steps', () => {
    const tied: Measure[] = [
      rankAccuracy,
      areaUnderCurve,
      pointingGame,
      (relevance, mask) => topStepShare(relevance, mask, 2),
      ...MASK_MEASURES.map(
        (name): Measure =>
          (relevance, mask) =>
            equalAreaMeasure(name, relevance, mask),
      ),
    ];
    for (const measure of tied) isMeanOverOrders(measure);
    const ofMeanOverlap: Measure = (relevance, mask) => {
      const marked = mask.reduce((sum, value) => sum + value, 0);
      const { expected } = overlapOfMostRelevant(relevance, mask, marked);
      return { value: marked === 0 ? null : expected / (2 * marked - expected), chance: 0, cannotSay: null };
    };
    expect(() => isMeanOverOrders(ofMeanOverlap)).toThrow();
    const byPlace: Measure = (relevance, mask) =>
      maskMeasure(
        'sensitivity',
        mostRelevantSteps(
          relevance,
          mask.reduce((sum, value) => sum + value, 0),
        ),
        mask,
      );
    expect(() => isMeanOverOrders(byPlace)).toThrow();
  });
});

describe('chance of as large an overlap', () => {
  const random = Array.from({ length: 40 }, (_, draw) => {
    const stream = randomStream('marks', 'definition', draw);
    const relevance = Array.from({ length: 12 }, () => Math.round(4 * stream.normal()));
    const mask = traceMask(relevance.map(() => (stream.uniform() < 0.4 ? 1 : 0)));
    return { relevance, mask };
  }).filter(({ mask }) => mask.includes(0) && mask.includes(1));

  it('the hypergeometric p is the share of equally large marks that overlap at least as much', () => {
    for (const { relevance, mask } of random.slice(0, 8)) {
      const untied = relevance.slice(0, 8).map((value, step) => Math.abs(value) + step / 100);
      const marks = mask.slice(0, 8);
      if (!(marks.includes(0) && marks.includes(1))) continue;
      const own = equalAreaOverlap(untied, marks);
      const all = masksOfSameSize(marks);
      const reached = all.filter((each) => equalAreaOverlap(untied, each).overlap >= own.overlap);
      expect(equalAreaIndependentStepsP(untied, marks)).toBeCloseTo(reached.length / all.length, 12);
    }
    // No ties: 3 of 6 steps, all three shared, is 1 of 20 sets.
    expect(equalAreaIndependentStepsP([6, 5, 4, 3, 2, 1], traceMask([1, 1, 1, 0, 0, 0]))).toBeCloseTo(
      1 / 20,
      12,
    );
  });
});
