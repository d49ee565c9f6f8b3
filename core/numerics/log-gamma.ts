/**
 * Coefficients B(2k) / (2k (2k - 1)) of Stirling's series, k = 1..8 (DLMF 5.11.1): with the argument raised to
 * SERIES_FROM the first term left out is below 1e-17.
 */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const;
const SERIES_FROM = 10;

/**
 * What Stirling's formula leaves out of the log-gamma function: log-gamma(x) minus
 * ((x - 1/2) ln x - x + ln(2 pi) / 2). It stays small where log-gamma itself is large, so that ratios of gamma
 * functions keep all their digits at any size.
 * @param x - above 0. @returns above 0; absolute error about 1e-15. @throws RangeError otherwise.
 */
export function stirlingRemainder(x: number): number {
  if (!(x > 0 && Number.isFinite(x))) throw new RangeError('log-gamma is taken of a finite number above 0');
  let sum = 0;
  let raised = x;
  for (; raised < SERIES_FROM; raised += 1) {
    sum += (raised + 0.5) * (Math.log1p(raised) - Math.log(raised)) - 1;
  }
  const square = raised * raised;
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k -= 1) series = series / square + STIRLING[k]!;
  return sum + series / raised;
}

/**
 * Natural logarithm of the gamma function.
 * @param x - above 0. @returns error about 1e-15 of the larger of 1 and the value. @throws RangeError otherwise.
 */
export function logGamma(x: number): number {
  return stirlingRemainder(x) + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI);
}
