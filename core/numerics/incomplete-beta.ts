import { distributionQuantile, type Tails } from './distribution-quantile.ts';
import { stirlingRemainder } from './log-gamma.ts';
import { poissonDeviance } from './poisson-deviance.ts';

/** Largest parameter: beyond it the continued fraction needs too many terms. */
const LARGEST = 1e9;
/** Logits outside are 0 and 1 as 64-bit numbers. */
const LOGIT_RANGE = [-745, 745] as const;
const MOST_TERMS = 1_000_000;

/**
 * Regularised incomplete beta function I_x(a, b): the distribution function of Beta(a, b) at x.
 * Source: DLMF 8.17.2, by the even part of the continued fraction DLMF 8.17.22.
 * @param x - 0..1. @param a - above 0, at most 1e9. @param b - as a.
 * @returns 0..1; relative error below 1e-13 (for parameters from 0.1 to 1e5). @throws RangeError outside these ranges.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  return incompleteBetaTails(x, 1 - x, a, b).lower;
}

/**
 * I_x(a, b) and 1 - I_x(a, b), neither by subtraction from the other where that would cost digits.
 * @param x - 0..1. @param complement - 1 - x, given apart so that it keeps its digits when x is near 1.
 * @param a - above 0, at most 1e9. @param b - as a. @throws RangeError outside these ranges.
 */
export function incompleteBetaTails(x: number, complement: number, a: number, b: number): Tails {
  checkParameters(a, b);
  checkPlace(x, complement);
  if (x === 0) return { lower: 0, upper: 1 };
  if (complement === 0) return { lower: 1, upper: 0 };
  const power = betaPower(x, complement, a, b);
  const below = belowMean(x, complement, a, b);
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, power * betaFraction(x, complement, a, b, below));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, power * betaFraction(complement, x, b, a, -below));
  return { lower: 1 - upper, upper };
}

/**
 * The x with I_x(a, b) = probability: the quantile of Beta(a, b).
 * @param probability - 0..1. @param a - above 0, at most 1e9. @param b - as a.
 * @returns 0..1; exactly 0 and 1 for the probabilities 0 and 1. @throws RangeError outside these ranges.
 */
export function inverseIncompleteBeta(probability: number, a: number, b: number): number {
  return 1 / (1 + Math.exp(-inverseIncompleteBetaLogit(probability, a, b)));
}

/**
 * ln(x / (1 - x)) of the quantile of Beta(a, b): keeps the digits of both x and 1 - x.
 * @returns -745..745, the ends for what is 0 or 1 as a 64-bit number; minus and plus infinity for the probabilities 0 and 1.
 * @throws RangeError as {@link inverseIncompleteBeta}.
 */
export function inverseIncompleteBetaLogit(probability: number, a: number, b: number): number {
  checkParameters(a, b);
  if (probability === 0) return Number.NEGATIVE_INFINITY;
  if (probability === 1) return Number.POSITIVE_INFINITY;
  const at = (logit: number) => {
    const x = 1 / (1 + Math.exp(-logit));
    const complement = 1 / (1 + Math.exp(logit));
    // The density over the logit is the power term itself, and log-concave.
    return { ...incompleteBetaTails(x, complement, a, b), density: betaPower(x, complement, a, b) };
  };
  return distributionQuantile(probability, at, LOGIT_RANGE, Math.log(a / b));
}

/**
 * Density of Beta(a, b) over the logit of x: x^a y^b / B(a, b).
 * @param x - 0..1. @param complement - 1 - x. @throws RangeError as {@link incompleteBetaTails}.
 */
export function betaLogitDensity(x: number, complement: number, a: number, b: number): number {
  checkParameters(a, b);
  checkPlace(x, complement);
  return betaPower(x, complement, a, b);
}

function checkParameters(a: number, b: number): void {
  if (!(a > 0 && b > 0 && a <= LARGEST && b <= LARGEST)) {
    throw new RangeError('both parameters of a beta distribution lie above 0 and at most at 1e9');
  }
}

function checkPlace(x: number, complement: number): void {
  if (!(x >= 0 && x <= 1 && Math.abs(x + complement - 1) < 1e-12)) {
    throw new RangeError('the incomplete beta function is taken of a number between 0 and 1');
  }
}

/** a - (a + b) x, from the smaller of x and y = 1 - x, whose rounding does least. */
function belowMean(x: number, y: number, a: number, b: number): number {
  return x <= y ? a - (a + b) * x : (a + b) * y - b;
}

/** x^a y^b / B(a, b), y = 1 - x, written around the mode so that no large logarithms cancel. */
function betaPower(x: number, y: number, a: number, b: number): number {
  if (x === 0 || y === 0) return 0;
  const sum = a + b;
  const below = belowMean(x, y, a, b);
  const deviance = poissonDeviance(a, sum * x, below) + poissonDeviance(b, sum * y, -below);
  const remainder = stirlingRemainder(a) + stirlingRemainder(b) - stirlingRemainder(sum);
  return Math.sqrt((a / sum) * b) * Math.exp(-deviance - remainder - 0.5 * Math.log(2 * Math.PI));
}

/**
 * 1 over the even part of the continued fraction DLMF 8.17.22 (Didonato & Morris 1992), by Lentz's method. The full
 * fraction loses about four digits near the mode when one parameter is large and the other small; its even part does not.
 */
function betaFraction(x: number, y: number, a: number, b: number, below: number): number {
  let value = ((below + 1) * a) / (a + 1);
  let numerator = value;
  let denominator = 0;
  for (let m = 1; m < MOST_TERMS; m += 1) {
    const before = a + 2 * m - 1;
    const over = ((a + m - 1) / before) * ((a + b + m - 1) / before) * x * (m * (b - m) * x);
    const under = m + (m * (b - m) * x) / before + ((a + m) * (below + 1 + m * (1 + y))) / (before + 2);
    denominator = 1 / (under + over * denominator);
    numerator = under + over / numerator;
    const factor = numerator * denominator;
    value *= factor;
    if (Math.abs(factor - 1) <= Number.EPSILON) break;
  }
  return 1 / value;
}
