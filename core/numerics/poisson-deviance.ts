/** Below this relative distance the logarithm is replaced by its series. */
const NEAR = 0.1;

/**
 * u ln(u / v) + v - u, without the cancellation that the plain formula suffers when u is near v: the term that
 * carries the exponent of binomial, beta, Poisson and gamma densities when they are written around their mode
 * (Loader 2000, "Fast and accurate computation of binomial probabilities").
 * @param u - 0 or more. @param v - 0 or more.
 * @param difference - u - v, when the caller knows it with more digits.
 * @returns 0 or more, infinite when only v is 0 or one of both is infinite. @throws RangeError for negative numbers, NaN,
 *   and two infinite numbers.
 */
export function poissonDeviance(u: number, v: number, difference = u - v): number {
  if (!(u >= 0 && v >= 0)) throw new RangeError('a deviance is taken of numbers that are not negative');
  if (Number.isNaN(difference)) throw new RangeError('a deviance is taken of numbers with a difference');
  if (u === 0) return v;
  if (u === Number.POSITIVE_INFINITY || v === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (v === 0) return Number.POSITIVE_INFINITY;
  const t = difference / (u + v);
  if (Math.abs(t) >= NEAR) return u * Math.log(u / v) + v - u;
  // With u = m (1 + t), v = m (1 - t): ln(u / v) = 2 atanh t = 2 (t + t^3 / 3 + ...), whose first term cancels.
  let tail = 0;
  let power = t;
  for (let order = 3; ; order += 2) {
    power *= t * t;
    const next = tail + power / order;
    if (next === tail) break;
    tail = next;
  }
  return (u + v) * (t * t + (1 + t) * tail);
}
