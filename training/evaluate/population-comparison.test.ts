import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import {
  type ComparedCell,
  cellsDifference,
  correlationEstimate,
  farthest,
  meanDifference,
  meanOfPeople,
  medianOfPeople,
  personCount,
  type Sample,
  sampleOf,
  sdDifference,
} from './population-comparison.ts';

/** A sample of n normal people, mean 100 and SD 15. */
function draw(name: string, repeat: number, n: number) {
  const stream = randomStream('comparison', name, repeat);
  return sampleOf(Array.from({ length: n }, () => 100 + 15 * stream.normal()));
}

/** Share of intervals that hold the true difference, 0 %, of two samples of one population. */
function coverage(
  estimate: (a: ReturnType<typeof draw>, b: ReturnType<typeof draw>) => { low: number; high: number },
) {
  const repeats = 600;
  const hits = Array.from({ length: repeats }, (_, r) => estimate(draw('a', r, 80), draw('b', r, 60))).filter(
    ({ low, high }) => low <= 0 && high >= 0,
  ).length;
  return hits / repeats;
}

/** A cell of 100 people numbered from `first` on. */
function cellOf(
  knownPeople: string,
  valueAt: (place: number) => number,
  known: Sample,
  first: number,
): ComparedCell {
  const values = new Map(Array.from({ length: 100 }, (_, place) => [first + place, valueAt(place)]));
  return { ...meanOfPeople(values), known, knownPeople };
}
const noisy = (place: number): number => 100 + 15 * randomStream('comparison', 'cell', place).normal();

describe('comparison of samples', () => {
  it('covers the truth 95 times of 100, means and SDs', () => {
    // 600 repeats: standard error 0.9 points; four of them.
    expect(Math.abs(coverage((a, b) => meanDifference(a, b)) - 0.95)).toBeLessThan(0.036);
    expect(Math.abs(coverage((a, b) => sdDifference(a, b)) - 0.95)).toBeLessThan(0.036);
  });

  it('catches an interval that forgets the table’s own sampling (broken twin)', () => {
    expect(coverage((a, { mean }) => meanDifference(a, { mean }))).toBeLessThan(0.9);
  });

  it('averages cells, each in percent of its own mean', () => {
    const cells = [
      cellOf('a', (place) => 110 + 10 * (place % 2 === 0 ? 1 : -1), { mean: 100 }, 0),
      cellOf('b', (place) => 110 + 10 * (place % 2 === 0 ? 1 : -1), { mean: 110 }, 1000),
    ];
    const { value, high } = cellsDifference(cells, 0);
    expect(value).toBeCloseTo(5, 9);
    // Standard error of a mean of 100: 1 (a sample's divisor: 0.5 % more), in percent of 100 and of 110.
    expect(high - value).toBeCloseTo((1.96 * 0.5 * Math.hypot(1.1, 1)) / 1.1, 1);
    expect(personCount(cells)).toBe(200);
  });

  it('gives duplicated hands the interval of single hands, on either side', () => {
    const known = { mean: 95, sd: 15, count: 40 };
    const right = cellOf('same', noisy, known, 0);
    const single = cellsDifference([right], 1);
    expect(cellsDifference([right, right], 1)).toEqual({
      value: expect.closeTo(single.value, 9),
      low: expect.closeTo(single.low, 9),
      high: expect.closeTo(single.high, 9),
    });
    expect(single).toEqual({
      value: expect.closeTo(meanDifference(right.made, known).value, 9),
      low: expect.closeTo(meanDifference(right.made, known).low, 9),
      high: expect.closeTo(meanDifference(right.made, known).high, 9),
    });
  });

  it('catches hands that are counted as people, made or known (broken twins)', () => {
    const width = (cells: readonly ComparedCell[], r: number) => {
      const { low, high } = cellsDifference(cells, r);
      return high - low;
    };
    const exact = { mean: 95 };
    const one = cellOf('same', noisy, exact, 0);
    const asTwo = cellOf('same', noisy, exact, 1000);
    expect(width([one, asTwo], 1)).toBeCloseTo(width([one, one], 1) / Math.SQRT2, 9);
    // The table's side alone: the made people are all alike. Variance of the mean of two hands: (1 + r) / 2.
    const known = { mean: 100, sd: 15, count: 40 };
    const level = () => 100;
    const tabled = (people: string) => cellOf(people, level, known, 0);
    const alike = [tabled('same'), tabled('same')];
    expect(width(alike, 0.8) / width([tabled('same')], 0.8)).toBeCloseTo(Math.sqrt(0.9), 9);
    expect(width([tabled('a'), tabled('b')], 0.8)).toBeCloseTo(width(alike, 0), 9);
  });

  it('covers the truth with medians, which scatter more than means do', () => {
    const cover = (of: typeof meanOfPeople, scatter: typeof meanOfPeople): number => {
      const repeats = 600;
      let hits = 0;
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const stream = randomStream('comparison', 'median', repeat);
        const values = new Map(Array.from({ length: 80 }, (_, i) => [i, 100 + 15 * stream.normal()]));
        const cell = { ...of(values), influences: scatter(values).influences };
        const { low, high } = cellsDifference([{ ...cell, known: { mean: 100 }, knownPeople: '' }], 0);
        if (low <= 0 && high >= 0) hits += 1;
      }
      return hits / repeats;
    };
    // The standard error of a median is itself rough with 80 people: a few points below 95.
    expect(cover(medianOfPeople, medianOfPeople)).toBeGreaterThan(0.91);
    // Broken twin: the scatter of a mean around a median (80 of 100 intervals hold the truth then).
    expect(cover(medianOfPeople, meanOfPeople)).toBeLessThan(0.9);
  });

  it('finds the farthest on either side', () => {
    const named = [3, -4, 2].map((value) => ({
      name: `${value}`,
      estimate: { value, low: value, high: value },
    }));
    expect(farthest(named).name).toBe('-4');
  });

  it('gives Fisher’s interval of a correlation', () => {
    // Textbook case: r = 0.5, n = 28: 0.156 to 0.736 (tanh(0.5493 -+ 0.392)).
    const { low, high } = correlationEstimate(0.5, 28);
    expect(low).toBeCloseTo(0.156, 2);
    expect(high).toBeCloseTo(0.736, 2);
  });

  it('refuses nothing and too little', () => {
    expect(() => cellsDifference([], 0)).toThrow(RangeError);
    expect(() => cellsDifference([cellOf('a', noisy, { mean: 1 }, 0)], 1.1)).toThrow('between 0 and 1');
    expect(() => farthest([])).toThrow('at least one cell');
    expect(() => sampleOf([1])).toThrow('two values');
    expect(() => correlationEstimate(0.5, 3)).toThrow('four people');
  });
});
