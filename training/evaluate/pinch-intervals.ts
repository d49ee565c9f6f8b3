import { mean, quantileSorted } from 'simple-statistics';
import { randomStream } from '../../core/numerics/random-stream.ts';

const BOOTSTRAP_REPEATS = 1000;

/**
 * Mean over people with its 95 % percentile bootstrap interval.
 * @param values - one a person, at least one. @param name - names the stream of the resampling.
 * @throws RangeError without values.
 */
export function meanWithInterval(
  values: readonly number[],
  name: string,
): { value: number; low: number; high: number; n: number } {
  if (values.length === 0) throw new RangeError('A mean needs at least one person.');
  const stream = randomStream('pinch-figures-bootstrap', name, 0);
  const means = Float64Array.from({ length: BOOTSTRAP_REPEATS }, () => {
    let sum = 0;
    for (let draw = 0; draw < values.length; draw += 1) sum += values[stream.integer(values.length)]!;
    return sum / values.length;
  }).sort();
  return {
    value: mean([...values]),
    low: quantileSorted([...means], 0.025),
    high: quantileSorted([...means], 0.975),
    n: values.length,
  };
}
