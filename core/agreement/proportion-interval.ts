import { checkCounts } from '../numerics/binomial-tail.ts';
import { distributionQuantile } from '../numerics/distribution-quantile.ts';
import { betaLogitDensity, incompleteBetaTails, inverseIncompleteBeta } from '../numerics/incomplete-beta.ts';
import { inverseNormal } from '../numerics/random-stream.ts';
import { wilsonInterval } from '../uncertainty/wilson-interval.ts';

/**
 * How an interval of a share is made. `wilson` for display, `clopper-pearson` (never too short) for claims; the others
 * to compare with published figures. `agresti-coull` and `wald` are not cut to 0..1: what lies outside shows where they
 * are unfit.
 */
export const PROPORTION_METHODS = [
  'wilson',
  'wilson-continuity',
  'clopper-pearson',
  'mid-p',
  'jeffreys',
  'agresti-coull',
  'wald',
] as const;
export type ProportionMethod = (typeof PROPORTION_METHODS)[number];

/**
 * Two-sided interval of the chance behind `successes` in `count` independent trials. Sources: Wilson 1927; Newcombe 1998
 * (Stat Med 17:857), methods 1 (wald), 3 (wilson), 4 (with continuity correction), 5 (clopper-pearson), 6 (mid-p); Brown,
 * Cai & DasGupta 2001 (jeffreys, agresti-coull).
 * @param successes - whole number 0..count. @param count - whole number from 1 to 1e9.
 * @param alpha - 1 minus the confidence level, above 0 and below 1.
 * @returns lower and upper end. Of the first five methods exactly 0 below for no success and exactly 1 above for nothing
 *   but successes. @throws RangeError outside these ranges.
 */
export function proportionInterval(
  successes: number,
  count: number,
  method: ProportionMethod,
  alpha = 0.05,
): [number, number] {
  checkCounts(successes, count);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const failures = count - successes;
  switch (method) {
    case 'wilson':
      return wilsonInterval(successes, count, alpha);
    case 'agresti-coull': {
      const z = -inverseNormal(alpha / 2);
      return waldInterval(successes + z ** 2 / 2, count + z ** 2, z);
    }
    case 'wald':
      return waldInterval(successes, count, -inverseNormal(alpha / 2));
    default: {
      const lower = LOWER_ENDS[method];
      // Successes and failures exchanged: the upper end is the lower one of the failures.
      return [lower(successes, failures, alpha), 1 - lower(failures, successes, alpha)];
    }
  }
}

type LowerEnd = (successes: number, failures: number, alpha: number) => number;

const LOWER_ENDS: Readonly<Record<Exclude<ProportionMethod, 'wilson' | 'agresti-coull' | 'wald'>, LowerEnd>> =
  {
    'wilson-continuity': (x, failures, alpha) => {
      if (x === 0) return 0;
      const z = -inverseNormal(alpha / 2);
      const n = x + failures;
      const root = Math.sqrt(z ** 2 - 2 - 1 / n + (4 * x * (failures + 1)) / n);
      return Math.max(0, (2 * x + z ** 2 - 1 - z * root) / (2 * (n + z ** 2)));
    },
    'clopper-pearson': (x, failures, alpha) =>
      x === 0 ? 0 : inverseIncompleteBeta(alpha / 2, x, failures + 1),
    jeffreys: (x, failures, alpha) =>
      x === 0 ? 0 : inverseIncompleteBeta(alpha / 2, x + 0.5, failures + 0.5),
    'mid-p': (x, failures, alpha) => (x === 0 ? 0 : midPLowerEnd(x, failures, alpha)),
  };

/** Chance at which more than x successes, plus half of exactly x, have probability alpha / 2. */
function midPLowerEnd(x: number, failures: number, alpha: number): number {
  const at = (logit: number) => {
    const chance = 1 / (1 + Math.exp(-logit));
    const other = 1 / (1 + Math.exp(logit));
    // Half of P(X >= x) and half of P(X > x).
    let lower = 0.5 * incompleteBetaTails(chance, other, x, failures + 1).lower;
    let density = 0.5 * betaLogitDensity(chance, other, x, failures + 1);
    if (failures > 0) {
      lower += 0.5 * incompleteBetaTails(chance, other, x + 1, failures).lower;
      density += 0.5 * betaLogitDensity(chance, other, x + 1, failures);
    }
    return { lower, upper: 1 - lower, density };
  };
  const logit = distributionQuantile(alpha / 2, at, [-745, 745], Math.log(x / (failures + 1)));
  return 1 / (1 + Math.exp(-logit));
}

function waldInterval(successes: number, count: number, z: number): [number, number] {
  const share = successes / count;
  const half = z * Math.sqrt((share * (1 - share)) / count);
  return [share - half, share + half];
}
