import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strongestFirst, strongestUnit } from './strongest-units.ts';

describe('strongest units', () => {
  it('come by size whatever their sign, equal ones in their order', () => {
    expect(strongestFirst([1, -3, 2, 3])).toEqual([1, 3, 2, 0]);
    expect(strongestFirst([])).toEqual([]);
    expect(strongestUnit([0, 0])).toBe(0);
  });

  it('law: every unit once, sizes descending, the strongest unit first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 12 }), (values) => {
        const order = strongestFirst(values);
        expect(order.toSorted((a, b) => a - b)).toEqual([...values.keys()]);
        const isDescending = (ranks: readonly number[]) =>
          ranks.every((unit, i) => i === 0 || Math.abs(values[unit]!) <= Math.abs(values[ranks[i - 1]!]!));
        expect(isDescending(order)).toBe(true);
        expect(strongestUnit(values)).toBe(order[0]);
      }),
      { seed: 4, numRuns: 200 },
    );
    // Twin: by value and not by size.
    const bySign = [1, -3, 2].map((_, i) => i).sort((a, b) => [1, -3, 2][b]! - [1, -3, 2][a]!);
    expect(bySign).not.toEqual(strongestFirst([1, -3, 2]));
  });

  it('need a unit', () => {
    expect(() => strongestUnit([])).toThrow(RangeError);
  });
});
