import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  equalBands,
  eventOfSeconds,
  eventsOfMask,
  markedCount,
  markedShareOfBands,
  maskOfEvents,
  stepsOfBands,
  traceMask,
} from './trace-marks.ts';

const masks = fc
  .array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 30 })
  .map((steps) => traceMask(steps));

describe('marks on a trace', () => {
  it('law: a mask and its events say the same, and no two events touch', () => {
    const law = (events: typeof eventsOfMask) =>
      fc.assert(
        fc.property(masks, (mask) => {
          const found = events(mask);
          expect([...maskOfEvents(found, mask.length)]).toEqual([...mask]);
          for (const [index, { start }] of found.slice(1).entries()) {
            expect(start).toBeGreaterThan(found[index]!.end);
          }
        }),
        { seed: 31, numRuns: 100, endOnFailure: true },
      );
    law(eventsOfMask);
    const stepByStep: typeof eventsOfMask = (mask) =>
      Array.from(mask.keys()).flatMap((step) => (mask[step] === 1 ? [{ start: step, end: step + 1 }] : []));
    expect(() => law(stepByStep)).toThrow();
    const withoutLast: typeof eventsOfMask = (mask) =>
      eventsOfMask(mask).filter(({ end }) => end < mask.length);
    expect(() => law(withoutLast)).toThrow();
  });
  it('merges marks that overlap or touch', () => {
    const mask = maskOfEvents(
      [
        { start: 0, end: 2 },
        { start: 1, end: 3 },
        { start: 3, end: 4 },
      ],
      6,
    );
    expect(eventsOfMask(mask)).toEqual([{ start: 0, end: 4 }]);
    expect(markedCount(mask)).toBe(4);
    expect(eventsOfMask(maskOfEvents([], 3))).toEqual([]);
  });
  it('takes the steps whose middle lies in the brushed time', () => {
    const trace = { stepS: 0.08, stepCount: 60 };
    // Middles at 0.04, 0.12, 0.20, ... s.
    expect(eventOfSeconds({ fromS: 0.05, toS: 0.21 }, trace)).toEqual({ start: 1, end: 3 });
    expect(eventOfSeconds({ fromS: -5, toS: 100 }, trace)).toEqual({ start: 0, end: 60 });
    expect(eventOfSeconds({ fromS: 0.05, toS: 0.06 }, trace)).toBeNull();
    expect(eventOfSeconds({ fromS: 4.9, toS: 6 }, trace)).toBeNull();
  });
  it('law: relevance of bands keeps its sum over the steps, and bands cut as the explainers do', () => {
    const law = (steps: typeof stepsOfBands) =>
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 8 }),
          fc.integer({ min: 8, max: 61 }),
          (bands, stepCount) => {
            const found = steps(bands, stepCount);
            for (const [band, relevance] of bands.entries()) {
              const first = Math.floor((band * stepCount) / bands.length);
              const end = Math.floor(((band + 1) * stepCount) / bands.length);
              const sum = found.slice(first, end).reduce((total, value) => total + value, 0);
              expect(sum).toBeCloseTo(relevance, 10);
            }
          },
        ),
        { seed: 32, numRuns: 60, endOnFailure: true },
      );
    law(stepsOfBands);
    const undivided: typeof stepsOfBands = (bands, stepCount) => {
      const steps = new Float64Array(stepCount);
      for (const [band, { start, end }] of equalBands(stepCount, bands.length).entries()) {
        steps.fill(bands[band]!, start, end);
      }
      return steps;
    };
    expect(() => law(undivided)).toThrow();
  });
  it('gives the marked share of every band', () => {
    const mask = maskOfEvents([{ start: 2, end: 7 }], 10);
    expect([...markedShareOfBands(mask, 2)]).toEqual([3 / 5, 2 / 5]);
    expect([...markedShareOfBands(mask, 3)]).toEqual([1 / 3, 1, 1 / 4]);
  });
  it('refuses misuse', () => {
    for (const bad of [[], [2], [0.5], [Number.NaN], [-1]]) expect(() => traceMask(bad)).toThrow(RangeError);
    for (const [start, end] of [
      [1, 1],
      [2, 1],
      [-1, 1],
      [0, 5],
      [0.5, 1],
    ] as const) {
      expect(() => maskOfEvents([{ start, end }], 4)).toThrow(RangeError);
    }
    for (const count of [0, -1, 1.5, Number.NaN]) {
      expect(() => maskOfEvents([], count)).toThrow(RangeError);
      expect(() => equalBands(count, 1)).toThrow(RangeError);
      expect(() => equalBands(4, count)).toThrow(RangeError);
      expect(() => markedShareOfBands(traceMask([0, 1]), count)).toThrow(RangeError);
    }
    expect(() => equalBands(4, 5)).toThrow(RangeError);
    expect(() => stepsOfBands([1, Number.NaN], 4)).toThrow(RangeError);
    expect(() => stepsOfBands([], 4)).toThrow(RangeError);
    const trace = { stepS: 0.1, stepCount: 3 };
    for (const stretch of [
      { fromS: 1, toS: 1 },
      { fromS: 0, toS: Number.NaN },
    ]) {
      expect(() => eventOfSeconds(stretch, trace)).toThrow(RangeError);
    }
    for (const stepS of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => eventOfSeconds({ fromS: 0, toS: 1 }, { ...trace, stepS })).toThrow(RangeError);
    }
  });
});
