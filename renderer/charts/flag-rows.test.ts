import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FlagSpan, flagRows, type PlacedFlag } from './flag-rows.ts';

const RIGHT = 1000;
const flag = fc.record({ x: fc.integer({ min: 0, max: RIGHT }), width: fc.integer({ min: 20, max: 450 }) });

/** Pairs of labels of which one covers the words of the other. */
function covered(flags: readonly FlagSpan[], placed: readonly PlacedFlag[]): number {
  const extents = flags.map(({ x, width }, index) =>
    placed[index]?.isLeft ? [x - width, x] : [x, x + width],
  );
  let count = 0;
  for (const [a, [from, to]] of extents.entries() as Iterable<[number, [number, number]]>)
    for (const [b, [start, end]] of extents.entries() as Iterable<[number, [number, number]]>)
      if (a < b && placed[a]?.row === placed[b]?.row && from < end && start < to) count += 1;
  return count;
}

describe('rows of flags above a plot', () => {
  it('law: no words cover others and none leaves the plot; rows by turns, as before, do cover', () => {
    let twinCovers = 0;
    fc.assert(
      fc.property(fc.array(flag, { maxLength: 9 }), (flags) => {
        const placed = flagRows(flags, RIGHT);
        expect(covered(flags, placed)).toBe(0);
        for (const [index, { x, width }] of flags.entries()) {
          const isLeft = placed[index]?.isLeft ?? false;
          expect(isLeft ? x - width >= 0 : x + width <= RIGHT).toBe(true);
        }
        // Broken twin: three rows by turns, whatever is there.
        const byTurns = flags.map(({ x }, index) => ({ row: index % 3, isLeft: x > RIGHT / 2 }));
        twinCovers += covered(flags, byTurns);
      }),
    );
    expect(twinCovers).toBeGreaterThan(0);
  });

  it('law: a line on its way up passes no words that point to the right like its own', () => {
    fc.assert(
      fc.property(fc.array(flag, { maxLength: 9 }), (flags) => {
        const placed = flagRows(flags, RIGHT);
        for (const [a, one] of flags.entries())
          for (const [b, other] of flags.entries()) {
            const [mine, its] = [placed[a] as PlacedFlag, placed[b] as PlacedFlag];
            if (a === b || mine.isLeft || its.isLeft || its.row >= mine.row) continue;
            expect(one.x > other.x && one.x < other.x + other.width).toBe(false);
          }
      }),
    );
  });

  it('one row where there is room, as few as needed where not', () => {
    const rows = (flags: FlagSpan[]) => flagRows(flags, RIGHT).map(({ row }) => row);
    expect(
      rows([
        { x: 0, width: 100 },
        { x: 200, width: 100 },
      ]),
    ).toEqual([0, 0]);
    expect(
      rows([
        { x: 0, width: 100 },
        { x: 50, width: 100 },
      ]),
    ).toEqual([1, 0]);
    expect(rows([])).toEqual([]);
  });
});
