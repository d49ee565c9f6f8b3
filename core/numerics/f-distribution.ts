import type { Tails } from './distribution-quantile.ts';
import { incompleteBetaTails } from './incomplete-beta.ts';

/**
 * Both tails of the F distribution at a value: I_x(m / 2, n / 2) with x = m F / (m F + n), and its complement.
 * @param value - 0 or more, may be infinite. @param numeratorDegrees - m, above 0, at most 2e9.
 * @param denominatorDegrees - n, as m. @throws RangeError outside these ranges.
 */
export function fTails(value: number, numeratorDegrees: number, denominatorDegrees: number): Tails {
  if (!(value >= 0)) throw new RangeError('an F value is a number that is not negative');
  const ratio = (value / denominatorDegrees) * numeratorDegrees;
  const complement = 1 / (1 + ratio);
  const x = ratio > 1 ? 1 / (1 + 1 / ratio) : ratio * complement;
  return incompleteBetaTails(x, complement, numeratorDegrees / 2, denominatorDegrees / 2);
}
