import type { Tails } from './distribution-quantile.ts';
import { incompleteGammaTails } from './incomplete-gamma.ts';

/**
 * Both tails of the standard normal distribution at z, by Q(1/2, z^2 / 2) (DLMF 7.11.2).
 * Its quantile is inverseNormal in random-stream.ts.
 * @param z - any number, may be infinite. @throws RangeError for NaN.
 */
export function normalTails(z: number): Tails {
  if (Number.isNaN(z)) throw new RangeError('a z value is a number');
  const outer = 0.5 * incompleteGammaTails(0.5 * z * z, 0.5).upper;
  return z <= 0 ? { lower: outer, upper: 1 - outer } : { lower: 1 - outer, upper: outer };
}
