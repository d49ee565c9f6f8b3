import { distributionQuantile, type Tails } from './distribution-quantile.ts';
import { stirlingRemainder } from './log-gamma.ts';
import { poissonDeviance } from './poisson-deviance.ts';

const LARGEST = 1e9;
const MOST_TERMS = 1_000_000;

/**
 * Regularised incomplete gamma functions P(a, x) (lower) and Q(a, x) (upper): the distribution function of a gamma
 * variable of shape a and scale 1 and its complement. Source: DLMF 8.2.4; the series DLMF 8.11.4 below a + 1, the
 * continued fraction DLMF 8.9.2 above.
 * @param x - 0 or more, may be infinite. @param a - above 0, at most 1e9.
 * @returns relative error of the smaller tail below 1e-13 (a up to 1e5). @throws RangeError outside these ranges.
 */
export function incompleteGammaTails(x: number, a: number): Tails {
  checkShape(a);
  if (!(x >= 0))
    throw new RangeError('the incomplete gamma function is taken of a number that is not negative');
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const power = gammaPower(x, a);
  if (x < a + 1) {
    const lower = Math.min(1, power * gammaSeries(x, a));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, power * gammaFraction(x, a));
  return { lower: 1 - upper, upper };
}

/**
 * The x with P(a, x) = probability: the quantile of a gamma variable of shape a and scale 1.
 * @param probability - 0..1. @param a - above 0, at most 1e9.
 * @returns 0 for 0, infinity for 1. @throws RangeError outside these ranges.
 */
export function inverseIncompleteGamma(probability: number, a: number): number {
  checkShape(a);
  if (probability === 0) return 0;
  if (probability === 1) return Number.POSITIVE_INFINITY;
  const at = (logarithm: number) => {
    const x = Math.exp(logarithm);
    // The density over ln x is the power term itself, and log-concave.
    return { ...incompleteGammaTails(x, a), density: gammaPower(x, a) };
  };
  return Math.exp(distributionQuantile(probability, at, [-745, 709], Math.log(a)));
}

/**
 * Density of a gamma variable of shape a and scale 1 over the logarithm of its value: x^a e^-x / Gamma(a).
 * @param x - 0 or more. @param a - above 0, at most 1e9. @throws RangeError outside these ranges.
 */
export function gammaLogDensity(x: number, a: number): number {
  checkShape(a);
  if (!(x >= 0)) throw new RangeError('a gamma density is taken of a number that is not negative');
  return gammaPower(x, a);
}

function checkShape(a: number): void {
  if (!(a > 0 && a <= LARGEST)) {
    throw new RangeError('the shape of a gamma distribution lies above 0 and at most at 1e9');
  }
}

/** x^a e^-x / Gamma(a), written around the mode. */
function gammaPower(x: number, a: number): number {
  if (x === 0) return 0;
  const exponent = poissonDeviance(a, x) + stirlingRemainder(a) + 0.5 * Math.log(2 * Math.PI);
  return Math.sqrt(a) * Math.exp(-exponent);
}

/** Sum over n of x^n / (a (a + 1) ... (a + n)). */
function gammaSeries(x: number, a: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * Number.EPSILON * 0.25; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / ...)), by Lentz's method. */
function gammaFraction(x: number, a: number): number {
  const tiny = 1e-300;
  let partial = x + 1 - a;
  let numerator = 1 / tiny;
  let denominator = 1 / partial;
  let value = denominator;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const coefficient = -n * (n - a);
    partial += 2;
    denominator = coefficient * denominator + partial;
    denominator = 1 / (Math.abs(denominator) < tiny ? tiny : denominator);
    numerator = partial + coefficient / numerator;
    if (Math.abs(numerator) < tiny) numerator = tiny;
    const factor = denominator * numerator;
    value *= factor;
    if (Math.abs(factor - 1) <= Number.EPSILON) break;
  }
  return value;
}
