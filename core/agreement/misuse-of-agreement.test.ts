import { describe, expect, it } from 'vitest';
import { intersectionOverUnion } from './event-matching.ts';
import { ratedSubjects, subjectTerms } from './rater-counts.ts';
import { stepsOfBands } from './trace-marks.ts';

describe('misuse is refused with a RangeError, never answered with NaN', () => {
  it('events that do not begin before their end', () => {
    const event = { start: 1, end: 3 };
    expect(intersectionOverUnion(event, { start: 2, end: 4 })).toBeCloseTo(1 / 3, 12);
    for (const other of [
      { start: 3, end: 3 },
      { start: 3, end: 1 },
      { start: Number.NaN, end: 3 },
      { start: 1, end: Number.NaN },
    ]) {
      expect(() => intersectionOverUnion(event, other)).toThrow(RangeError);
      expect(() => intersectionOverUnion(other, event)).toThrow(RangeError);
    }
  });
  it('terms of subjects that nobody rated', () => {
    const rated = ratedSubjects([
      [2, 1],
      [0, 3],
    ]);
    for (const rows of [
      [],
      [Float64Array.of(1, 0)],
      [Float64Array.of(Number.NaN, 2)],
      [Float64Array.of(-1, 3)],
    ]) {
      expect(() => subjectTerms(rows, 'gwet')).toThrow(RangeError);
      expect(() => subjectTerms(rows, 'krippendorff')).toThrow(RangeError);
    }
    expect(subjectTerms(rated, 'gwet').count).toBe(2);
    // A subject without any rating is left out.
    expect(subjectTerms([...rated, Float64Array.of(0, 0)], 'gwet')).toEqual(subjectTerms(rated, 'gwet'));
  });
  it('bands of a trace without a number of steps', () => {
    for (const steps of [Number.POSITIVE_INFINITY, -1, 0, 2.5, Number.NaN]) {
      expect(() => stepsOfBands([1, 2], steps)).toThrow('a trace needs a step');
    }
  });
});
