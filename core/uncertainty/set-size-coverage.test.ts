import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { setCoverage } from './set-metrics.ts';
import { setSizeStratifiedCoverage } from './set-size-coverage.ts';

const LABELS = [3, 3, 1, 2, 2];
/** Sets of 1, 3, 0, 4 and 2 members. */
const SETS = [[3], [1, 2, 3], [], [0, 1, 2, 3], [1, 3]];

describe('coverage of sets by their size', () => {
  it('takes each size alone, or cuts the sizes into bins, the earlier ones taking what is over', () => {
    expect(setSizeStratifiedCoverage(LABELS, SETS, 4)).toEqual({ coverages: [0, 1, 0, 1, 1], smallest: 0 });
    // Sizes 0-2 and 3-4; 0-1, 2-3 and 4.
    expect(setSizeStratifiedCoverage(LABELS, SETS, 4, 2)).toEqual({ coverages: [1 / 3, 1], smallest: 1 / 3 });
    expect(setSizeStratifiedCoverage(LABELS, SETS, 4, 3).coverages).toEqual([0.5, 0.5, 1]);
  });
  it('says nothing of a size that no set has', () => {
    expect(setSizeStratifiedCoverage([0, 0], [[0], [0]], 2)).toEqual({
      coverages: [null, 1, null],
      smallest: 1,
    });
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
      const { coverages } = setSizeStratifiedCoverage(labels, sets, 5, bins);
      const counts = sizes.map((own) => sets.filter(({ length }) => own.includes(length)).length);
      const covered = coverages.reduce<number>((sum, each, bin) => sum + (each ?? 0) * counts[bin]!, 0);
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
    expect(() => setSizeStratifiedCoverage([0], SETS, 4)).toThrow(RangeError);
    expect(() => setSizeStratifiedCoverage([], [], 4)).toThrow(RangeError);
    expect(() => setSizeStratifiedCoverage([0.5], [[0]], 4)).toThrow(RangeError);
  });
});
