import { incompleteBeta, inverseIncompleteBeta } from '../numerics/incomplete-beta.ts';
import { conformalRank } from './conformal-rank.ts';

/**
 * How the true coverage of split conformal prediction scatters over calibration sets: Beta(a, b) distributed with
 * a = k = ceil((n + 1)(1 - alpha)), b = n + 1 - k.
 */
export interface CoverageDistribution {
  alpha: number;
  /** Rank of the calibration score that is the threshold. */
  rank: number;
  a: number;
  b: number;
  /** Mean coverage, k / (n + 1): at least 1 - alpha. */
  mean: number;
  /** Standard deviation of the coverage. */
  standardDeviation: number;
}

/**
 * Distribution of the coverage that one calibration set leads to. Assumes exchangeable cases and continuous scores; with
 * tied scores coverage is larger. Sources: Vovk 2012; Angelopoulos & Bates 2021 (arXiv:2107.07511), section 3.2.
 * @param count - calibration cases, 0 or more. @param alpha - share of misses, above 0 and below 1.
 * @returns 'unbounded' when there are too few cases: everything is covered, at no use.
 * @throws RangeError outside these ranges.
 */
export function coverageDistribution(count: number, alpha: number): CoverageDistribution | 'unbounded' {
  const rank = conformalRank(count, alpha);
  if (rank === 'unbounded') return 'unbounded';
  const a = rank;
  const b = count + 1 - rank;
  const sum = a + b;
  return {
    alpha,
    rank,
    a,
    b,
    mean: a / sum,
    standardDeviation: Math.sqrt((a * b) / (sum + 1)) / sum,
  };
}

/**
 * Coverage that a calibration set falls short of with the given chance, e.g. 0.05 for a pessimistic one.
 * @param probability - 0 to 1. @throws RangeError otherwise.
 */
export function coverageQuantile({ a, b }: CoverageDistribution, probability: number): number {
  return inverseIncompleteBeta(probability, a, b);
}

/**
 * Chance that a calibration set leads to a coverage below `coverage`, by default below the promised 1 - alpha.
 * @param coverage - 0 to 1. @throws RangeError otherwise.
 */
export function probabilityBelow(
  distribution: CoverageDistribution,
  coverage = 1 - distribution.alpha,
): number {
  return incompleteBeta(coverage, distribution.a, distribution.b);
}
