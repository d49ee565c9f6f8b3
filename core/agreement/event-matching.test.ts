import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersectionOverUnion, matchEvents } from './event-matching.ts';
import { eventsOfMask, traceMask } from './trace-marks.ts';

const masks = (stepCount: number) =>
  fc
    .array(fc.constantFrom(0, 1), { minLength: stepCount, maxLength: stepCount })
    .map((steps) => traceMask(steps));

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
