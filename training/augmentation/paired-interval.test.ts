import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { meanInterval, pairedInterval, studentQuantile975, verdictOf } from './paired-interval.ts';

describe('interval over repetitions', () => {
  it('meets the tabled t points', () => {
    // Fisher & Yates, table III; the tables have three decimals.
    for (const [degrees, point] of [
      [7, 2.365],
      [9, 2.262],
      [19, 2.093],
      [29, 2.045],
      [120, 1.98],
    ] as const) {
      expect(Math.abs(studentQuantile975(degrees) - point)).toBeLessThan(0.001);
    }
  });
  it('covers the true mean in 95 % of 2,000 sets of 8; a normal point, its broken twin, does not', () => {
    const covered = (factor: number) => {
      let count = 0;
      for (let set = 0; set < 2_000; set += 1) {
        const stream = randomStream('paired', 'coverage', set);
        const { mean, high } = meanInterval(Array.from({ length: 8 }, () => stream.normal()));
        if (Math.abs(mean) <= factor * (high - mean)) count += 1;
      }
      return count / 2_000;
    };
    // Four standard errors of a share of 0.95 at n = 2,000 are 0.0195.
    expect(Math.abs(covered(1) - 0.95)).toBeLessThan(0.0195);
    expect(covered(1.96 / studentQuantile975(7))).toBeLessThan(0.95 - 0.0195);
  });
  it('pairing takes out what the repetitions share', () => {
    const shared = Array.from({ length: 20 }, (_, i) => 10 * randomStream('paired', 'shared', i).normal());
    const better = shared.map((value, i) => value + 1 + 0.1 * randomStream('paired', 'own', i).normal());
    const paired = pairedInterval(better, shared);
    expect(verdictOf(paired, true)).toBe('helped');
    expect(verdictOf(paired, false)).toBe('did harm');
    expect(paired.high - paired.low).toBeLessThan(0.3);
    // The same values against other people's: the spread drowns the gain.
    expect(verdictOf(pairedInterval(better, shared.toReversed()), true)).toBe('no difference shown');
  });
  it('refuses few repetitions, NaN and uneven pairs', () => {
    expect(() => meanInterval([1, 2, 3])).toThrow(RangeError);
    expect(() => meanInterval([1, 2, 3, 4, 5, 6, 7, Number.NaN])).toThrow(RangeError);
    expect(() => pairedInterval([1], [1, 2])).toThrow(RangeError);
  });
});
