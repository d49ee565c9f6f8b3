import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { intersectionOverUnion, matchEvents } from './event-matching.ts';
import {
  equalAreaMeasure,
  equalAreaOverlap,
  MASK_MEASURES,
  type MaskMeasure,
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
import { eventsOfMask, type TraceMask, traceMask } from './trace-marks.ts';

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

function chanceIsTheMean(measure: Measure, runs = 60) {
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
      { seed: 23, numRuns: 60, endOnFailure: true },
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
      { seed: 24, numRuns: 80, endOnFailure: true },
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
      { seed: 25, numRuns: 60, endOnFailure: true },
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
      expect(exchanged.p).toBeCloseTo(found.p!, 12);
    }
    const lopsided = maskOverlap(traceMask([1, 1, 0, 0]), traceMask([1, 0, 0, 0]));
    expect(lopsided.sensitivity.value).toBe(1);
    expect(lopsided.specificity.value).toBeCloseTo(2 / 3, 12);
  });
  it('the hypergeometric p is the share of equally large marks that overlap at least as much', () => {
    for (const { relevance, mask } of random.slice(0, 8)) {
      const untied = relevance.slice(0, 8).map((value, step) => Math.abs(value) + step / 100);
      const marks = mask.slice(0, 8);
      if (!(marks.includes(0) && marks.includes(1))) continue;
      const own = equalAreaOverlap(untied, marks);
      const all = masksOfSameSize(marks);
      const reached = all.filter((each) => equalAreaOverlap(untied, each).overlap >= own.overlap);
      expect(own.p).toBeCloseTo(reached.length / all.length, 12);
    }
    // No ties: 3 of 6 steps, all three shared, is 1 of 20 sets.
    expect(equalAreaOverlap([6, 5, 4, 3, 2, 1], traceMask([1, 1, 1, 0, 0, 0])).p).toBeCloseTo(1 / 20, 12);
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

describe('events', () => {
  const events = (...pairs: [number, number][]) => pairs.map(([start, end]) => ({ start, end }));
  it('pairs the best overlaps first, each event once', () => {
    // The first event of the model overlaps both marks, the second only the first one.
    const found = matchEvents(events([0, 10], [10, 14]), events([4, 14], [0, 4]), 20, 0.3);
    expect(found.matches).toEqual([{ model: 0, clinician: 0, intersectionOverUnion: 6 / 14 }]);
    const other = matchEvents(events([0, 10]), events([0, 5], [5, 10]), 20, 0.3);
    expect(other.matches).toEqual([{ model: 0, clinician: 0, intersectionOverUnion: 0.5 }]);
    expect(other).toMatchObject({ precision: 1, recall: 0.5, f1: 2 / 3 });
  });
  it('law: exchanging the two sides exchanges precision and recall, and the best partner is kept', () => {
    const lists = fc.tuple(masks(14), masks(14));
    const isFair = (match: typeof matchEvents) =>
      fc.assert(
        fc.property(lists, ([a, b]) => {
          const first = eventsOfMask(a);
          const second = eventsOfMask(b);
          const own = match(first, second, 14);
          const exchanged = match(second, first, 14);
          expect(exchanged.precision).toBe(own.recall);
          expect(exchanged.recall).toBe(own.precision);
          expect(exchanged.f1).toBe(own.f1);
          // The largest overlap of all is always a match.
          const best = Math.max(0, ...first.flatMap((x) => second.map((y) => intersectionOverUnion(x, y))));
          if (best >= 0.3) {
            expect(Math.max(...own.matches.map((each) => each.intersectionOverUnion))).toBe(best);
          }
          expect(new Set(own.matches.map((each) => each.model)).size).toBe(own.matches.length);
          expect(new Set(own.matches.map((each) => each.clinician)).size).toBe(own.matches.length);
        }),
        { seed: 26, numRuns: 300, endOnFailure: true },
      );
    isFair(matchEvents);
    const allPairs: typeof matchEvents = (model, clinician, stepCount, minimumIou = 0.3) => {
      const matches = model.flatMap((x, m) =>
        clinician.flatMap((y, c) => {
          const overlap = intersectionOverUnion(x, y);
          return overlap >= minimumIou ? [{ model: m, clinician: c, intersectionOverUnion: overlap }] : [];
        }),
      );
      return { ...matchEvents(model, clinician, stepCount), matches };
    };
    expect(() => isFair(allPairs)).toThrow();
    const shareOfModel: typeof matchEvents = (model, clinician, stepCount) => {
      const found = matchEvents(model, clinician, stepCount);
      return { ...found, recall: found.precision };
    };
    expect(() => isFair(shareOfModel)).toThrow();
  });
  it('says why there is nothing to match', () => {
    expect(matchEvents([], events([1, 2]), 4)).toMatchObject({
      precision: null,
      recall: 0,
      f1: 0,
      cannotSay: 'no-model-event',
    });
    expect(matchEvents(events([1, 2]), [], 4)).toMatchObject({
      precision: 0,
      recall: null,
      cannotSay: 'empty-mark',
    });
    expect(matchEvents([], [], 4)).toMatchObject({ f1: null, cannotSay: 'empty-mark' });
    expect(matchEvents(events([0, 4]), events([0, 4]), 4)).toMatchObject({ f1: 1, cannotSay: 'full-mark' });
  });
  it('refuses events outside the trace and overlaps out of range', () => {
    for (const bad of [
      [0, 5],
      [2, 2],
      [-1, 1],
      [0.5, 2],
    ] as [number, number][]) {
      expect(() => matchEvents(events(bad), [], 4)).toThrow(RangeError);
      expect(() => matchEvents([], events(bad), 4)).toThrow(RangeError);
    }
    for (const minimum of [0, 1.1, Number.NaN])
      expect(() => matchEvents([], [], 4, minimum)).toThrow(RangeError);
  });
});
