import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExplainedOutput } from './explained-output.ts';
import { occlusion, windowOcclusion } from './occlusion.ts';
import { stepColumns, timeBands } from './time-bands.ts';

const row = (...values: number[]) => Float64Array.from(values);
const at = (values: Float64Array) => ({ name: 'mean trace', row: values });
/** Sum of products of neighbours: windows act together. */
const neighbours = (inputCount: number): ExplainedOutput => ({
  inputCount,
  unit: 'N',
  valueOf: (x) => x.reduce((sum, value, i) => sum + value * (x[i + 1] ?? 1), 0),
  gradientOf: (x) => x.map((_, i) => (x[i + 1] ?? 1) + (x[i - 1] ?? 0)),
});

describe('time bands', () => {
  it('share out every column of the trace once, in order, with lengths that differ by one step at most', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        (steps, channels, offset, wanted) => {
          const count = Math.min(steps, wanted);
          const bands = timeBands({ steps, channels, offset }, count);
          const all = bands.flatMap(({ columns }) => columns);
          expect(all).toEqual(Array.from({ length: steps * channels }, (_, i) => offset + i));
          const lengths = bands.map(({ columns }) => columns.length / channels);
          expect(bands.length).toBe(count);
          expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 7, numRuns: 60 },
    );
  });
  it('are named by their steps', () => {
    expect(timeBands({ steps: 10, channels: 2 }, 3).map(({ name }) => name)).toEqual([
      'steps 0-2',
      'steps 3-5',
      'steps 6-9',
    ]);
  });
  it('refuse what is no trace or has too few steps', () => {
    expect(() => timeBands({ steps: 3, channels: 1 }, 4)).toThrow(/cannot be cut into 4/);
    expect(() => timeBands({ steps: 3, channels: 1 }, 0)).toThrow(RangeError);
    expect(() => timeBands({ steps: 3, channels: 1 }, 1.5)).toThrow(RangeError);
    expect(() => timeBands({ steps: 0, channels: 1 }, 1)).toThrow(/whole numbers/);
    expect(() => timeBands({ steps: 3, channels: 1, offset: -1 }, 1)).toThrow(RangeError);
    expect(() => stepColumns({ steps: 3, channels: 1 }, 2, 2)).toThrow(/no part/);
    expect(() => stepColumns({ steps: 3, channels: 1 }, 0, 4)).toThrow(RangeError);
    expect(() => stepColumns({ steps: 3, channels: Number.NaN }, 0, 1)).toThrow(RangeError);
  });
});

describe('occlusion by groups', () => {
  it('is what the output loses when a group looks like the reference', () => {
    const groups = [
      { name: 'ends', columns: [0, 3] },
      { name: 'middle', columns: [1, 2] },
    ];
    const explained = neighbours(4);
    const { values, shape, residual, parameters } = occlusion(
      explained,
      row(1, 2, 3, 4),
      at(row(1, 1, 1, 1)),
      groups,
    );
    const full = explained.valueOf(row(1, 2, 3, 4));
    const expected = [full - explained.valueOf(row(1, 2, 3, 1)), full - explained.valueOf(row(1, 1, 1, 4))];
    expect([...values]).toEqual(expected);
    expect([shape, parameters.groups]).toEqual([[2], 'ends; middle']);
    expect(residual).toBe(full - explained.valueOf(row(1, 1, 1, 1)) - expected[0]! - expected[1]!);
  });
  it('refuses what does not fit', () => {
    const explained = neighbours(2);
    const reference = at(row(0, 0));
    const group = { name: 'a', columns: [0] };
    expect(() => occlusion(explained, row(1, 1), reference, [])).toThrow(/needs a group/);
    expect(() => occlusion(explained, row(1, 1), reference, [group, { name: 'b', columns: [0] }])).toThrow(
      /two groups/,
    );
    expect(() => occlusion(explained, row(1, 1), reference, [{ name: 'a', columns: [2] }])).toThrow(
      RangeError,
    );
    expect(() => occlusion(explained, row(1), reference, [group])).toThrow(RangeError);
  });
});

describe('occlusion by windows', () => {
  /** Word for word: every window one after the other, then the mean of the drops at each step. */
  function slowly(
    explained: ExplainedOutput,
    x: Float64Array,
    b: Float64Array,
    steps: number,
    channels: number,
    offset: number,
    size: number,
    stride: number,
  ) {
    const drops: { start: number; drop: number }[] = [];
    for (let start = 0; ; start += stride) {
      const changed = x.map((value, i) => {
        const step = Math.floor((i - offset) / channels);
        const isInside = i >= offset && i < offset + steps * channels && step >= start && step < start + size;
        return isInside ? b[i]! : value;
      });
      drops.push({ start, drop: explained.valueOf(x) - explained.valueOf(changed) });
      if (start + size >= steps) break;
    }
    const means = Array.from({ length: steps }, (_, step) => {
      const held = drops.filter(({ start }) => step >= start && step < start + size);
      return held.reduce((sum, { drop }) => sum + drop, 0) / held.length;
    });
    return { drops, means };
  }

  it('equals the loop over windows of any size and stride', () => {
    const sizes = fc.integer({ min: 1, max: 11 }).chain((steps) =>
      fc.integer({ min: 1, max: steps }).chain((size) =>
        fc.record({
          steps: fc.constant(steps),
          size: fc.constant(size),
          stride: fc.integer({ min: 1, max: size }),
          channels: fc.integer({ min: 1, max: 2 }),
          offset: fc.integer({ min: 0, max: 2 }),
        }),
      ),
    );
    fc.assert(
      fc.property(
        sizes,
        fc.infiniteStream(fc.integer({ min: -9, max: 9 })),
        ({ steps, size, stride, channels, offset }, numbers) => {
          const length = offset + steps * channels + 1;
          const [x, b] = [0, 1].map(() =>
            Float64Array.from({ length }, () => numbers.next().value as number),
          );
          const explained = neighbours(length);
          const found = windowOcclusion(explained, x!, at(b!), { steps, channels, offset }, { size, stride });
          const { drops, means } = slowly(explained, x!, b!, steps, channels, offset, size, stride);
          expect(found.starts).toEqual(drops.map(({ start }) => start));
          expect([...found.drops]).toEqual(drops.map(({ drop }) => drop));
          for (const [step, mean] of means.entries()) expect(found.values[step]!).toBeCloseTo(mean, 10);
          expect(found.windowCounts.every((count) => count >= 1)).toBe(true);
          expect(found.shape).toEqual([steps]);
        },
      ),
      { seed: 8, numRuns: 80 },
    );
  });
  it('refuses what does not fit', () => {
    const explained = neighbours(6);
    const x = new Float64Array(6);
    const block = { steps: 3, channels: 2 };
    const run =
      (size: number, stride: number, other = block) =>
      () =>
        windowOcclusion(explained, x, at(x), other, { size, stride });
    expect(run(4, 1)).toThrow(/1 to 3 steps/);
    expect(run(0, 1)).toThrow(RangeError);
    expect(run(2, 3)).toThrow(/apart/);
    expect(run(2, 0)).toThrow(RangeError);
    expect(run(1.5, 1)).toThrow(RangeError);
    expect(run(2, 1, { steps: 4, channels: 2 })).toThrow(/inside of the row/);
    expect(() =>
      windowOcclusion(explained, new Float64Array(5), at(x), block, { size: 1, stride: 1 }),
    ).toThrow(RangeError);
  });
});
