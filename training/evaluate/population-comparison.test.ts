import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import {
  correlationEstimate,
  farthest,
  meanDifference,
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

describe('comparison of samples', () => {
  it('covers the truth 95 times of 100, means and SDs', () => {
    // 600 repeats: standard error 0.9 points; four of them.
    expect(Math.abs(coverage((a, b) => meanDifference([[a, b]])) - 0.95)).toBeLessThan(0.036);
    expect(Math.abs(coverage((a, b) => sdDifference(a, b)) - 0.95)).toBeLessThan(0.036);
  });

  it('catches an interval that forgets the table’s own sampling (broken twin)', () => {
    expect(coverage((a, { mean }) => meanDifference([[a, { mean }]]))).toBeLessThan(0.9);
  });

  it('averages cells, each in percent of its own mean', () => {
    const made = { mean: 110, sd: 10, count: 100 };
    const cells = [
      [made, { mean: 100 }],
      [made, { mean: 110 }],
    ] as const satisfies (readonly [Required<Sample>, Sample])[];
    expect(meanDifference(cells).value).toBeCloseTo(5, 9);
    expect(meanDifference(cells).high - 5).toBeCloseTo((1.96 * 0.5 * Math.hypot(1.1, 1)) / 1.1, 2);
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
    expect(() => meanDifference([])).toThrow(RangeError);
    expect(() => farthest([])).toThrow('at least one cell');
    expect(() => sampleOf([1])).toThrow('two values');
    expect(() => correlationEstimate(0.5, 3)).toThrow('four people');
  });
});
