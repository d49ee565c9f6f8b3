import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { setCoverage } from './set-metrics.ts';
import { setSizeStratifiedCoverage } from './set-size-coverage.ts';
import { wilsonInterval } from './wilson-interval.ts';

const LABELS = [3, 3, 1, 2, 2];
/** Sets of 1, 3, 0, 4 and 2 members. */
const SETS = [[3], [1, 2, 3], [], [0, 1, 2, 3], [1, 3]];

describe('coverage of sets by their size', () => {
  it('takes each size alone, or cuts the sizes into bins, the earlier ones taking what is over', () => {
    const found = (bins?: number) => setSizeStratifiedCoverage(LABELS, SETS, 4, bins);
    expect(found().strata.map(({ coverage }) => coverage)).toEqual([0, 1, 0, 1, 1]);
    expect(found().smallest).toBe(0);
    // Sizes 0-2 and 3-4; 0-1, 2-3 and 4.
    expect(found(2).strata).toMatchObject([
      { sizes: [0, 2], n: 3, coverage: 1 / 3 },
      { sizes: [3, 4], n: 2, coverage: 1 },
    ]);
    expect(found(2).smallest).toBe(1 / 3);
    expect(found(3).strata.map(({ coverage }) => coverage)).toEqual([0.5, 0.5, 1]);
  });
  it('says nothing of a size that no set has', () => {
    const { strata, smallest } = setSizeStratifiedCoverage([0, 0], [[0], [0]], 2);
    expect(strata.map(({ coverage }) => coverage)).toEqual([null, 1, null]);
    expect(strata.map(({ n }) => n)).toEqual([0, 2, 0]);
    expect(strata[0]!.interval).toBeNull();
    expect(smallest).toBe(1);
  });
  it('counts an empty set by itself: one of them is not "the size covered least"', () => {
    const labels = [...Array(1000).fill(0), ...Array(10).fill(1), 1];
    const sets = [
      ...Array(1000).fill([0]),
      ...Array.from({ length: 10 }, (_, i) => (i < 8 ? [0, 1] : [0, 2])),
      [],
    ];
    const found = setSizeStratifiedCoverage(labels, sets, 3);
    expect(found).toMatchObject({ smallest: 0, emptyCount: 1 });
    expect(found.leastFilled).toEqual({
      sizes: [2, 2],
      n: 10,
      coverage: 0.8,
      interval: wilsonInterval(8, 10),
    });
    // Sizes 0-1 in one bin: its filled sets all hold their class.
    const cut = setSizeStratifiedCoverage(labels, sets, 3, 2, 0.1);
    expect(cut.strata[0]).toMatchObject({ sizes: [0, 1], n: 1001, coverage: 1000 / 1001 });
    expect(cut.leastFilled).toMatchObject({ sizes: [2, 3], n: 10, interval: wilsonInterval(8, 10, 0.1) });
    expect(setSizeStratifiedCoverage([0], [[]], 3)).toMatchObject({ leastFilled: null, emptyCount: 1 });
  });
  it('law: weighted by their sizes, the bins add up to the coverage of all', () => {
    const stream = randomStream('set-size-coverage', 'sets', 0);
    const sets = Array.from({ length: 60 }, () => [0, 1, 2, 3, 4].filter(() => stream.uniform() < 0.5));
    const labels = sets.map(() => Math.floor(5 * stream.uniform()));
    for (const bins of [1, 2, 3, 4, 5, 6]) {
      // The sizes of each bin, cut slowly: one size more for each of the first (6 mod bins).
      const sizes: number[][] = [];
      for (let bin = 0, next = 0; bin < bins; bin += 1) {
        const count = Math.ceil((6 - next) / (bins - bin));
        sizes.push(Array.from({ length: count }, (_, i) => next + i));
        next += count;
      }
      const { strata } = setSizeStratifiedCoverage(labels, sets, 5, bins);
      const counts = sizes.map((own) => sets.filter(({ length }) => own.includes(length)).length);
      expect(strata.map(({ n }) => n)).toEqual(counts);
      const covered = strata.reduce((sum, { coverage }, bin) => sum + (coverage ?? 0) * counts[bin]!, 0);
      expect(covered / 60).toBeCloseTo(setCoverage(labels, sets), 12);
    }
  });
  it('refuses misuse', () => {
    for (const bins of [0, 6, 1.5, Number.NaN]) {
      expect(() => setSizeStratifiedCoverage(LABELS, SETS, 4, bins)).toThrow(RangeError);
    }
    for (const classes of [0, 3, 2.5]) {
      expect(() => setSizeStratifiedCoverage(LABELS, SETS, classes)).toThrow(RangeError);
    }
    for (const alpha of [0, 1, Number.NaN]) {
      expect(() => setSizeStratifiedCoverage(LABELS, SETS, 4, 5, alpha)).toThrow(RangeError);
    }
    expect(() => setSizeStratifiedCoverage([0], SETS, 4)).toThrow(RangeError);
    expect(() => setSizeStratifiedCoverage([], [], 4)).toThrow(RangeError);
    expect(() => setSizeStratifiedCoverage([0.5], [[0]], 4)).toThrow(RangeError);
  });
});
