import type { Finding } from '../evaluate/figures.ts';
import type { MeanInterval } from './paired-interval.ts';

/** "71.2 [69.0, 73.4]": an interval in a table. @param factor - 100 turns shares into percent. */
export function intervalText(interval: MeanInterval, digits: number, factor = 1): string {
  const [mean, low, high] = [interval.mean, interval.low, interval.high].map((value) =>
    (factor * value).toFixed(digits),
  );
  return `${mean} [${low}, ${high}]`;
}

/** A finding out of an interval over repetitions. */
export const findingOf = (
  name: string,
  interval: MeanInterval,
  sentence: string,
  literature: string | null = null,
): Finding => ({
  name,
  value: interval.mean,
  low: interval.low,
  high: interval.high,
  literature,
  n: interval.n,
  sentence,
});
