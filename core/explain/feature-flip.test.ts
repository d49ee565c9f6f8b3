import { describe, expect, it } from 'vitest';
import type { ClassScores } from './class-scores.ts';
import { type FeatureLimits, featureFlips } from './feature-flip.ts';

/** Class 1 between 2 and 3 of the first input, class 2 from 5 of it on or below -4 of the second; else class 0. */
const classes: ClassScores = {
  inputCount: 3,
  scoresOf: ([a = 0, b = 0]) => {
    const call = a >= 5 || b < -4 ? 2 : a >= 2 && a < 3 ? 1 : 0;
    return Float64Array.from([0, 1, 2], (k) => (k === call ? 1 : 0));
  },
};
const row = Float64Array.of(0, 0, 0);
const box = (low: number, high: number, columns = [0, 1, 2]): FeatureLimits[] =>
  columns.map((column) => ({ column, low, high }));

describe('smallest change of one feature that flips the call', () => {
  it('is the first change on the way, either way, narrowed down', () => {
    const { predictedClass, perFeature, smallest } = featureFlips(classes, row, box(-8, 8), 161);
    expect(predictedClass).toBe(0);
    const [first, second, third] = perFeature;
    // The way up passes class 1 before class 2.
    expect(first!.increase!.newClass).toBe(1);
    expect(Math.abs(first!.increase!.value - 2)).toBeLessThanOrEqual(1e-12);
    expect(first!.decrease).toBeNull();
    expect(second!.increase).toBeNull();
    expect(second!.decrease!.newClass).toBe(2);
    expect(Math.abs(second!.decrease!.delta + 4)).toBeLessThanOrEqual(1e-12);
    expect(third).toEqual({ column: 2, increase: null, decrease: null });
    expect(smallest).toEqual({ column: 0, flip: first!.increase });
  });
  it('stands on the far side of the change', () => {
    const { perFeature } = featureFlips(classes, row, box(-8, 8), 161);
    const { value } = perFeature[1]!.decrease!;
    expect(classes.scoresOf(Float64Array.of(0, value, 0))[2]).toBe(1);
    expect(classes.scoresOf(Float64Array.of(0, value + 2e-12, 0))[0]).toBe(1);
  });
  it('says so when no single change within the limits flips the call', () => {
    expect(featureFlips(classes, row, box(-3, 1), 41).smallest).toBeNull();
  });
  it('does not see a change that is undone between two points', () => {
    // Points at 0, 4, 8: class 1 lies between the first two.
    expect(featureFlips(classes, row, box(-8, 8, [0]), 3).smallest!.flip.newClass).toBe(2);
  });
  it('takes a call at the limit itself and none beyond', () => {
    expect(featureFlips(classes, row, box(0, 2, [0]), 2).smallest!.flip).toEqual({
      value: 2,
      delta: 2,
      newClass: 1,
    });
    expect(featureFlips(classes, row, box(0, 2 - 1e-9, [0]), 2).smallest).toBeNull();
  });
  it('does not move a value outside of its limits further away from them', () => {
    const outside = Float64Array.of(9, 0, 0);
    const { perFeature } = featureFlips(classes, outside, box(-8, 8, [0]), 161);
    expect(perFeature[0]!.increase).toBeNull();
    expect(perFeature[0]!.decrease!.newClass).toBe(0);
    expect(perFeature[0]!.decrease!.value).toBeCloseTo(5, 9);
  });
  it('ends for values so large that numbers are further apart than the width', () => {
    const far: ClassScores = { inputCount: 1, scoresOf: ([a = 0]) => Float64Array.of(0, a - 3e15 - 0.5) };
    const { smallest } = featureFlips(far, Float64Array.of(2e15), box(0, 4e15, [0]), 11);
    expect(smallest!.flip.value - 3e15).toBeLessThanOrEqual(1);
  });
  it.each<[string, () => unknown]>([
    ['a short row', () => featureFlips(classes, row.slice(1), box(0, 1), 9)],
    [
      'an entry that is not finite',
      () => featureFlips(classes, Float64Array.of(0, Number.NaN, 0), box(0, 1), 9),
    ],
    ['no feature', () => featureFlips(classes, row, [], 9)],
    ['a column outside', () => featureFlips(classes, row, box(0, 1, [3]), 9)],
    ['a feature twice', () => featureFlips(classes, row, box(0, 1, [1, 1]), 9)],
    ['limits the wrong way round', () => featureFlips(classes, row, box(1, 0), 9)],
    ['endless limits', () => featureFlips(classes, row, box(0, Number.POSITIVE_INFINITY), 9)],
    ['one point', () => featureFlips(classes, row, box(0, 1), 1)],
    [
      'a score that is not finite',
      () => featureFlips({ ...classes, scoresOf: () => Float64Array.of(1, Number.NaN) }, row, box(0, 1), 9),
    ],
  ])('refuses %s', (_name, misuse) => {
    expect(misuse).toThrow(RangeError);
  });
});
