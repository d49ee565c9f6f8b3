import { quantileSorted } from 'simple-statistics';
import { normalTails } from '../numerics/normal-distribution.ts';
import { inverseNormal } from '../numerics/random-stream.ts';
import { type ResamplePlan, resamplesOf } from './bootstrap-resamples.ts';
import { jackknifeAcceleration, leaveOneOutStatistics } from './jackknife.ts';

export type BootstrapMethod = 'percentile' | 'basic' | 'bca';

/**
 * How resamples that equal the estimate count for the bias correction: not at all (Efron 1987), or half, which
 * suits statistics with few possible values. Equal means equal as 64-bit numbers.
 */
export type TieRule = 'strict' | 'half';

/** Why an interval is not the one asked for, has no width, or is absent. */
export type BootstrapReason =
  /** All resamples give one value: the interval has no width and says nothing about uncertainty. */
  | 'all-resamples-equal'
  /** No resample, or every one, lies below the estimate: the bias correction would be infinite. */
  | 'estimate-at-edge-of-resamples'
  /** The statistic is the same whichever row is left out, or is not defined then: there is no acceleration. */
  | 'no-acceleration'
  /** Bias correction and acceleration are so large that the levels are not in order. */
  | 'levels-out-of-order'
  /** The statistic is not defined for these rows: there is no interval. */
  | 'estimate-undefined'
  /** The statistic is defined for fewer than two resamples: there is no interval. */
  | 'too-few-resamples';

export interface BootstrapOptions {
  /** 1 minus the confidence level, above 0 and below 1. */
  alpha: number;
  method: BootstrapMethod;
  /** Of BCa only; 'half' when absent. */
  ties?: TieRule;
}

export interface BootstrapInterval {
  /** Null only together with the interval. */
  estimate: number | null;
  /** Lower and upper end, never NaN; null when none can be given. */
  interval: [number, number] | null;
  asked: BootstrapMethod;
  /** The one used: 'percentile' where BCa was asked and is not defined. */
  method: BootstrapMethod;
  reason: BootstrapReason | null;
  alpha: number;
  /** Standard deviation of the resampled statistics (n - 1); null without an interval. */
  standardError: number | null;
  /** Mean of the resampled statistics minus the estimate; null without an interval. */
  bias: number | null;
  /** z0 of BCa; null where it was not used. */
  biasCorrection: number | null;
  /** a of BCa; null where it was not used. */
  acceleration: number | null;
  /** Shares of the resampled statistics at which the interval ends were read. */
  levels: [number, number] | null;
  /** Resamples for which the statistic is defined. */
  resampleCount: number;
  /** Resamples left out because the statistic is not defined for them: the interval is conditional on the others. */
  undefinedCount: number;
}

/**
 * Bootstrap interval of a statistic of independent rows (of patients, not of their sessions: see clusterBootstrap).
 *
 * BCa falls back on the percentile interval where it is not defined, and says why.
 * Sources: Efron 1987, J Am Stat Assoc 82:171; Efron & Tibshirani 1993; DiCiccio & Efron 1996.
 *
 * @param rows - at least 1; a single one has no spread, and the reason says so.
 * @param statistic - of the rows in any order and with repetitions; null where it is not defined, never NaN.
 * @throws RangeError for no row, alpha outside 0..1, a statistic that is not finite, or as {@link resamplesOf}.
 */
export function bootstrapInterval<Row>(
  rows: readonly Row[],
  statistic: (rows: readonly Row[]) => number | null,
  plan: ResamplePlan,
  options: BootstrapOptions,
): BootstrapInterval {
  const resamples = resamplesOf(plan, rows.length);
  checkAlpha(options.alpha);
  const estimate = statistic(rows);
  const values: (number | null)[] = [];
  if (estimate !== null) {
    for (const indices of resamples) values.push(statistic(indices.map((index) => rows[index]!)));
  }
  const needsAcceleration = options.method === 'bca' && estimate !== null && rows.length > 1;
  const leaveOneOut = needsAcceleration ? leaveOneOutStatistics(rows, statistic) : null;
  const acceleration = leaveOneOut && jackknifeAcceleration(leaveOneOut);
  return intervalOfResamples({ estimate, resampled: values, acceleration }, options);
}

/**
 * Bootstrap interval from statistics that are already resampled; quantiles are of type 7 (linear between order
 * statistics).
 * @param resampling.estimate - of all rows, null where not defined.
 * @param resampling.resampled - the statistic of each resample, null where not defined.
 * @param resampling.acceleration - used by BCa only; null when there is none.
 * @throws RangeError for alpha outside 0..1 and for a number that is not finite.
 */
export function intervalOfResamples(
  resampling: {
    estimate: number | null;
    resampled: readonly (number | null)[];
    acceleration: number | null;
  },
  { alpha, method, ties = 'half' }: BootstrapOptions,
): BootstrapInterval {
  checkAlpha(alpha);
  const { estimate, acceleration } = resampling;
  const values = resampling.resampled.filter((value) => value !== null).sort((a, b) => a - b);
  for (const value of [estimate, acceleration, ...values]) {
    if (value !== null && !Number.isFinite(value)) {
      throw new RangeError('a statistic is a finite number or null');
    }
  }
  const resampleCount = values.length;
  const undefinedCount = resampling.resampled.length - resampleCount;
  const parts = { asked: method, alpha, resampleCount, undefinedCount };
  if (estimate === null || resampleCount < 2) {
    const reason = estimate === null ? 'estimate-undefined' : 'too-few-resamples';
    return { ...parts, ...NO_INTERVAL, reason, method };
  }
  const spread = spreadOf(values, estimate);
  const plain: [number, number] = [alpha / 2, 1 - alpha / 2];
  const [low, high] = quantiles(values, plain);
  const used = { ...parts, estimate, ...spread, biasCorrection: null, acceleration: null, levels: plain };
  const percentile = (reason: BootstrapReason | null): BootstrapInterval => ({
    ...used,
    method: 'percentile',
    interval: [low, high],
    reason,
  });
  if (values[0] === values.at(-1)) return percentile('all-resamples-equal');
  if (method === 'percentile') return percentile(null);
  if (method === 'basic') {
    return { ...used, method, interval: [2 * estimate - high, 2 * estimate - low], reason: null };
  }
  const biasCorrection = biasCorrectionOf(values, estimate, ties);
  if (biasCorrection === null) return percentile('estimate-at-edge-of-resamples');
  if (acceleration === null) return percentile('no-acceleration');
  const levels = bcaLevels(biasCorrection, acceleration, alpha);
  if (levels === null) return percentile('levels-out-of-order');
  const interval = quantiles(values, levels);
  return { ...used, method, interval, reason: null, biasCorrection, acceleration, levels };
}

/**
 * Shares of the resampled statistics at which a BCa interval ends: Phi(z0 + (z0 + z) / (1 - a (z0 + z))) for z the
 * normal quantiles of alpha / 2 and 1 - alpha / 2. Source: Efron 1987; Efron & Tibshirani 1993, section 14.3.
 * @param biasCorrection - z0. @param acceleration - a. @param alpha - above 0 and below 1.
 * @returns lower and upper share, or null when a pole of the formula lies between or before the two.
 * @throws RangeError when a number is not finite or alpha lies outside 0..1.
 */
export function bcaLevels(
  biasCorrection: number,
  acceleration: number,
  alpha: number,
): [number, number] | null {
  checkAlpha(alpha);
  if (!(Number.isFinite(biasCorrection) && Number.isFinite(acceleration))) {
    throw new RangeError('bias correction and acceleration are finite');
  }
  const level = (z: number): number | null => {
    const shifted = biasCorrection + z;
    const denominator = 1 - acceleration * shifted;
    return denominator > 0 ? normalTails(biasCorrection + shifted / denominator).lower : null;
  };
  const z = inverseNormal(alpha / 2);
  const lower = level(z);
  const upper = level(-z);
  return lower === null || upper === null ? null : [lower, upper];
}

const NO_INTERVAL = {
  estimate: null,
  interval: null,
  standardError: null,
  bias: null,
  biasCorrection: null,
  acceleration: null,
  levels: null,
} as const;

/** z0: normal quantile of the share of resamples below the estimate; null where it is infinite. */
function biasCorrectionOf(sorted: readonly number[], estimate: number, ties: TieRule): number | null {
  const below = sorted.filter((value) => value < estimate).length;
  const equal = sorted.filter((value) => value === estimate).length;
  const share = (below + (ties === 'half' ? equal / 2 : 0)) / sorted.length;
  return share > 0 && share < 1 ? inverseNormal(share) : null;
}

function spreadOf(
  values: readonly number[],
  estimate: number,
): Pick<BootstrapInterval, 'standardError' | 'bias'> {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { standardError: Math.sqrt(squares / (values.length - 1)), bias: mean - estimate };
}

function quantiles(sorted: number[], [low, high]: readonly [number, number]): [number, number] {
  return [quantileSorted(sorted, low), quantileSorted(sorted, high)];
}

function checkAlpha(alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
}
