import { logGamma } from '../numerics/log-gamma.ts';
import { conformalRank } from './conformal-rank.ts';

/** Range of counts, both ends included. */
export interface CountRange {
  low: number;
  high: number;
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/**
 * Probabilities of 0..count successes when their chance is itself Beta(a, b) distributed.
 * @param count - trials, a whole number from 1. @param a - above 0. @param b - above 0.
 * @returns count + 1 numbers that sum to 1 (to about 1e-10). @throws RangeError otherwise.
 */
export function betaBinomialProbabilities(count: number, a: number, b: number): Float64Array {
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError('a count is a whole number from 1');
  if (!(a > 0 && b > 0)) throw new RangeError('both parameters of a beta distribution lie above 0');
  const base = logBeta(a, b);
  const logCount = logGamma(count + 1);
  return Float64Array.from({ length: count + 1 }, (_, k) =>
    Math.exp(logCount - logGamma(k + 1) - logGamma(count - k + 1) + logBeta(k + a, count - k + b) - base),
  );
}

/** Whom a coverage was calibrated and measured on, and how many such statements are made together. */
export interface CoverageStatement {
  /** Test people of the band. */
  testCount: number;
  /** Calibration people behind the threshold that these test people are judged by. */
  calibrationCount: number;
  /** Promised share of misses, e.g. 0.1. */
  alpha: number;
  /** Chance that all statements hold together when the promise is kept, e.g. 0.99. */
  simultaneousLevel: number;
  /** Statements made together: bands, or bands times outputs. Bonferroni, so they may depend on each other. */
  statementCount: number;
}

/**
 * Counts of covered test people that a kept promise explains. The coverage behind one split conformal threshold of n
 * calibration people is Beta(k, n + 1 - k) distributed, k = ceil((n + 1)(1 - alpha)), hence the number of covered
 * people is beta-binomial (Vovk 2012; Angelopoulos & Bates 2021, section 3.2): wider than the binomial, since the
 * threshold itself was estimated. Assumes that the people of the band score like those of the calibration (continuous
 * scores); a band whose scores are larger falls out of the range, which is what the check is for.
 * @returns the central range, at most (1 - level) / statements / 2 left out on either side.
 * @throws RangeError for counts below 1, levels outside (0, 1), or when the calibration set gives no threshold.
 */
export function coverageRange(statement: CoverageStatement): CountRange {
  const { testCount, calibrationCount, alpha, simultaneousLevel, statementCount } = statement;
  if (!(simultaneousLevel > 0 && simultaneousLevel < 1)) {
    throw new RangeError('a level lies between 0 and 1');
  }
  if (!Number.isSafeInteger(statementCount) || statementCount < 1) {
    throw new RangeError('the number of statements is a whole number from 1');
  }
  const rank = conformalRank(calibrationCount, alpha);
  if (rank === 'unbounded') throw new RangeError('this calibration set is too small to promise a coverage');
  const probabilities = betaBinomialProbabilities(testCount, rank, calibrationCount + 1 - rank);
  const tail = (1 - simultaneousLevel) / statementCount / 2;
  return {
    low: firstAbove(probabilities, tail),
    high: testCount - firstAbove(probabilities.toReversed(), tail),
  };
}

/** Number of leading entries whose sum stays within `tail`. */
function firstAbove(probabilities: Float64Array, tail: number): number {
  let sum = 0;
  for (let k = 0; k < probabilities.length; k += 1) {
    sum += probabilities[k]!;
    if (sum > tail) return k;
  }
  return probabilities.length - 1;
}

/** A measured coverage beside the range that a kept promise explains, in shares. */
export interface JudgedCoverage {
  share: number;
  low: number;
  high: number;
  isInside: boolean;
}

/**
 * Judges one measured coverage. @param covered - test people whose set or interval holds the truth, 0..testCount.
 * @throws RangeError as {@link coverageRange}, or when `covered` is no such count.
 */
export function judgeCoverage(covered: number, statement: CoverageStatement): JudgedCoverage {
  const { testCount } = statement;
  if (!Number.isSafeInteger(covered) || covered < 0 || covered > testCount) {
    throw new RangeError('covered people are a whole number from 0 to the number of test people');
  }
  const range = coverageRange(statement);
  return {
    share: covered / testCount,
    low: range.low / testCount,
    high: range.high / testCount,
    isInside: covered >= range.low && covered <= range.high,
  };
}
