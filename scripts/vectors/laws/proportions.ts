import assert from 'node:assert/strict';
import { type ProportionMethod, proportionInterval } from '../../../core/agreement/proportion-interval.ts';
import { inverseIncompleteBeta } from '../../../core/numerics/incomplete-beta.ts';
import { inverseNormal } from '../../../core/numerics/random-stream.ts';
import { defineLaw, type Law } from '../law.ts';

type IntervalOf = (
  successes: number,
  count: number,
  method: ProportionMethod,
  alpha: number,
) => readonly [number, number];

const LARGEST = 60;
const ALPHAS = [0.05, 0.2];

/** Probabilities of 0..count successes, each from the one before it: no incomplete beta function in sight. */
function binomialProbabilities(count: number, chance: number): number[] {
  const probabilities = [(1 - chance) ** count];
  for (let k = 0; k < count; k += 1) {
    probabilities.push((probabilities[k]! * (count - k) * chance) / ((k + 1) * (1 - chance)));
  }
  return probabilities;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const near = (actual: number, expected: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, not ${expected}`);

function checkDuality(intervalOf: IntervalOf): void {
  for (const alpha of ALPHAS) {
    const z = -inverseNormal(alpha / 2);
    for (let n = 1; n <= LARGEST; n += 1) {
      for (let x = 0; x <= n; x += 1) {
        const [low, high] = intervalOf(x, n, 'wilson', alpha);
        for (const [limit, side] of [
          [low, -1],
          [high, 1],
        ] as const) {
          // At the end of the scale both sides are 0.
          const half = z * Math.sqrt((limit * (1 - limit)) / n);
          near(side * (limit - x / n), half, 1e-9, `Wilson ${x} of ${n}`);
        }
        // The whole scale would be dual wherever its ends are let off; only an observed end is a limit.
        assert.equal(low === 0, x === 0, `Wilson ${x} of ${n} from ${low}`);
        assert.equal(high === 1, x === n, `Wilson ${x} of ${n} up to ${high}`);
        const [lower, upper] = intervalOf(x, n, 'clopper-pearson', alpha);
        if (x > 0) {
          const above = sum(binomialProbabilities(n, lower).slice(x));
          near(above, alpha / 2, 1e-9, `Clopper-Pearson below ${x} of ${n}`);
        }
        if (x < n) {
          const below = sum(binomialProbabilities(n, upper).slice(0, x + 1));
          near(below, alpha / 2, 1e-9, `Clopper-Pearson above ${x} of ${n}`);
        }
      }
    }
  }
}

const CHANCES = Array.from({ length: 199 }, (_, k) => (k + 1) / 200);

function checkCoverage(intervalOf: IntervalOf): void {
  const alpha = 0.05;
  for (const n of [1, 5, 10, 17, 30, LARGEST]) {
    const coverages = (method: ProportionMethod) => {
      const intervals = Array.from({ length: n + 1 }, (_, x) => intervalOf(x, n, method, alpha));
      return CHANCES.map((chance) =>
        sum(
          binomialProbabilities(n, chance).filter(
            (_, x) => chance >= intervals[x]![0] && chance <= intervals[x]![1],
          ),
        ),
      );
    };
    // Rounding of a sum of up to 61 terms.
    const least = Math.min(...coverages('clopper-pearson'));
    assert.ok(least >= 1 - alpha - 1e-12, `Clopper-Pearson of ${n} covers ${least}`);
    if (n >= 10) near(sum(coverages('wilson')) / CHANCES.length, 1 - alpha, 0.01, `Wilson mean of ${n}`);
  }
}

const MIRRORED: readonly ProportionMethod[] = [
  'wilson',
  'wilson-continuity',
  'clopper-pearson',
  'mid-p',
  'jeffreys',
  'agresti-coull',
  'wald',
];

function checkMirror(intervalOf: IntervalOf): void {
  for (const method of MIRRORED) {
    for (const n of [1, 2, 3, 10, 29, LARGEST]) {
      for (let x = 0; x <= n; x += 1) {
        const [lower, upper] = intervalOf(x, n, method, 0.05);
        const [lowest, highest] = intervalOf(n - x, n, method, 0.05);
        near(lowest, 1 - upper, 1e-12, `${method} ${x} of ${n}`);
        // The whole scale is its own mirror image.
        if (n >= 10) assert.ok(upper - lower < 0.7, `${method} ${x} of ${n} is ${upper - lower} wide`);
        near(highest, 1 - lower, 1e-12, `${method} ${x} of ${n}`);
      }
    }
  }
}

const swapped =
  (from: ProportionMethod, to: ProportionMethod): IntervalOf =>
  (x, n, method, alpha) =>
    proportionInterval(x, n, method === from ? to : method, alpha);

export const LAWS: Law[] = [
  defineLaw<IntervalOf>({
    id: 'ci.duality',
    subject: proportionInterval,
    check: checkDuality,
    twins: {
      'Wilson always 0 to 1': (x, n, method, alpha) =>
        method === 'wilson' ? [0, 1] : proportionInterval(x, n, method, alpha),
      'the lower Wilson limit twice': (x, n, method, alpha) => {
        const [lower, upper] = proportionInterval(x, n, method, alpha);
        return [lower, method === 'wilson' ? lower : upper];
      },
      'Wald instead of Wilson, cut to the scale': (x, n, method, alpha) => {
        const [lower, upper] = swapped('wilson', 'wald')(x, n, method, alpha);
        return [Math.max(0, lower), Math.min(1, upper)];
      },
      'Wilson with continuity correction': swapped('wilson', 'wilson-continuity'),
      'mid-P instead of Clopper-Pearson': swapped('clopper-pearson', 'mid-p'),
      'all of alpha on one side': (x, n, method, alpha) =>
        proportionInterval(x, n, method, method === 'clopper-pearson' ? 2 * alpha : alpha),
    },
  }),
  defineLaw<IntervalOf>({
    id: 'ci.coverage',
    subject: proportionInterval,
    check: checkCoverage,
    twins: {
      'Wald instead of Wilson': swapped('wilson', 'wald'),
      'Clopper-Pearson instead of Wilson': swapped('wilson', 'clopper-pearson'),
      'Wilson instead of Clopper-Pearson': swapped('clopper-pearson', 'wilson'),
      'Jeffreys instead of Clopper-Pearson': swapped('clopper-pearson', 'jeffreys'),
    },
  }),
  defineLaw<IntervalOf>({
    id: 'ci.mirror',
    subject: proportionInterval,
    check: checkMirror,
    twins: {
      'always 0 to 1': () => [0, 1],
      'upper end with the parameters of the lower': (x, n, method, alpha) =>
        method === 'clopper-pearson' && x > 0 && x < n
          ? [
              inverseIncompleteBeta(alpha / 2, x, n - x + 1),
              inverseIncompleteBeta(1 - alpha / 2, x, n - x + 1),
            ]
          : proportionInterval(x, n, method, alpha),
      'cut at 0 only': (x, n, method, alpha) => {
        const [lower, upper] = proportionInterval(x, n, method, alpha);
        return [Math.max(0, lower), upper];
      },
    },
  }),
];
