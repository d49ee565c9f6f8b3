import { randomStream } from '../../../core/numerics/random-stream.ts';

export interface MeanInterval {
  value: number;
  low: number;
  high: number;
  n: number;
}

const REPLICATES = 500;

/**
 * Mean over people with its 95 % percentile bootstrap interval over people. For a paired comparison pass the differences,
 * one a person.
 * @param name - names the stream of the draws. @throws RangeError without people or for a value that is not finite.
 */
export function bootstrapMean(values: ArrayLike<number>, name: string): MeanInterval {
  const n = values.length;
  if (n === 0) throw new RangeError('a mean needs people');
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += values[i]!;
  if (!Number.isFinite(sum)) throw new RangeError('a value is not finite');
  const stream = randomStream('bootstrap-mean', name, 0);
  const means = Float64Array.from({ length: REPLICATES }, () => {
    let drawn = 0;
    for (let i = 0; i < n; i += 1) drawn += values[stream.integer(n)]!;
    return drawn / n;
  }).sort();
  return {
    value: sum / n,
    low: means[Math.floor(0.025 * (REPLICATES - 1))]!,
    high: means[Math.ceil(0.975 * (REPLICATES - 1))]!,
    n,
  };
}
