import { inverseNormal } from '../numerics/random-stream.ts';

/**
 * Wilson interval of a share. Source: Wilson 1927, J Am Stat Assoc 22:209.
 * @param successes - 0..count; their share may come from weights, so they need not be whole.
 * @param count - at least 1. @param alpha - 1 minus the confidence level, above 0 and below 1.
 * @returns exactly 0 below for no success, exactly 1 above for nothing but successes.
 * @throws RangeError outside these ranges.
 */
export function wilsonInterval(successes: number, count: number, alpha = 0.05): [number, number] {
  if (!(count >= 1 && Number.isFinite(count) && successes >= 0 && successes <= count)) {
    throw new RangeError('a share needs 0 <= successes <= count and a count of at least 1');
  }
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const z = -inverseNormal(alpha / 2);
  const share = successes / count;
  const shrink = 1 + z ** 2 / count;
  const centre = (share + z ** 2 / (2 * count)) / shrink;
  const half = (z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))) / shrink;
  return [successes === 0 ? 0 : centre - half, successes === count ? 1 : centre + half];
}
