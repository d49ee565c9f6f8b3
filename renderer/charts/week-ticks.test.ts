import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekTicks } from './week-ticks.ts';

describe('weekTicks', () => {
  it('marks round weeks, also before surgery', () => {
    expect(weekTicks(5.9, 27.3)).toEqual([4, 8, 12, 16, 20, 24, 28]);
    expect(weekTicks(-3, 3)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    expect(weekTicks(4, 4)).toEqual([4]);
  });

  it('law: whole weeks that cover the range, evenly, and few', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -2000, max: 5000 }),
        fc.integer({ min: 0, max: 15_000 }),
        (fromTenths, spanTenths) => {
          const from = fromTenths / 10;
          const span = spanTenths / 10;
          const ticks = weekTicks(from, from + span);
          expect(ticks.every(Number.isInteger)).toBe(true);
          expect(ticks[0]!).toBeLessThanOrEqual(from);
          expect(ticks.at(-1)!).toBeGreaterThanOrEqual(from + span);
          expect(ticks.length).toBeLessThanOrEqual(11);
          expect(new Set(ticks.slice(1).map((tick, i) => tick - ticks[i]!)).size).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
