import { inverseNormal } from '../../core/numerics/random-stream.ts';

/**
 * 97.5 % point of Student's t. Expansion of Cornish and Fisher around the normal point; source: Abramowitz & Stegun
 * 26.7.5. Within 0.0005 of the tables from 7 degrees of freedom on.
 * @param degrees - whole number, 7 or more. @throws RangeError otherwise.
 */
export function studentQuantile975(degrees: number): number {
  if (!Number.isInteger(degrees) || degrees < 7) {
    throw new RangeError('the expansion of the t quantile needs at least 7 degrees of freedom');
  }
  const z = inverseNormal(0.975);
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const g4 = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160;
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3 + g4 / degrees ** 4;
}

/** A mean over independent repetitions. */
export interface MeanInterval {
  mean: number;
  /** Student's t, 95 %. */
  low: number;
  high: number;
  n: number;
}

/**
 * Mean and 95 % t interval of values from independent repetitions; of paired differences: the paired interval. Every
 * repetition here has its own people to train on *and* to be tested on, so the interval covers both.
 * @param values - 8 or more, finite. @throws RangeError otherwise.
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const n = values.length;
  if (n < 8) throw new RangeError('an interval over repetitions needs at least 8 of them');
  if (!values.every(Number.isFinite)) throw new RangeError('a repetition gave no finite number');
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = studentQuantile975(n - 1) * Math.sqrt(variance / n);
  return { mean, low: mean - half, high: mean + half, n };
}

/** Interval of a - b, repetition by repetition. @throws RangeError when the lengths differ. */
export function pairedInterval(a: readonly number[], b: readonly number[]): MeanInterval {
  if (a.length !== b.length) throw new RangeError('paired values need the same number of repetitions');
  return meanInterval(a.map((value, i) => value - b[i]!));
}

export type Verdict = 'helped' | 'no difference shown' | 'did harm';

/** Reads a paired interval of (with - without). @param isMoreBetter - false for errors and losses. */
export function verdictOf(difference: MeanInterval, isMoreBetter: boolean): Verdict {
  const [low, high] = isMoreBetter ? [difference.low, difference.high] : [-difference.high, -difference.low];
  return low > 0 ? 'helped' : high < 0 ? 'did harm' : 'no difference shown';
}
