import type { RandomStream } from '../numerics/random-stream.ts';

/**
 * Next dropout mask of a stream: 0 with probability `rate`, else 1 / (1 - rate), so that the mean stays 1.
 * tfjs's own seeded dropout answers the same mask on every call; this one continues its stream.
 * @param rate - 0 (inclusive) to 1 (exclusive). @throws RangeError otherwise.
 * @returns length rows * units.
 */
export function dropoutMask(stream: RandomStream, rows: number, units: number, rate: number): Float32Array {
  if (!(rate >= 0 && rate < 1)) throw new RangeError('a dropout rate lies between 0 and 1');
  const mask = new Float32Array(rows * units);
  const kept = 1 / (1 - rate);
  for (let i = 0; i < mask.length; i += 1) mask[i] = stream.uniform() < rate ? 0 : kept;
  return mask;
}

/** Random order of 0..count-1 (Fisher-Yates): the next permutation of the stream. */
export function shuffledOrder(stream: RandomStream, count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = stream.integer(i + 1);
    const swapped = order[i]!;
    order[i] = order[j]!;
    order[j] = swapped;
  }
  return order;
}
