import { ok, strictEqual } from 'node:assert/strict';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import type { ConformalInterval } from '../../../core/uncertainty/conformal-interval.ts';
import {
  calibrateSets,
  calibrateSetsByClass,
  conformalSet,
} from '../../../core/uncertainty/conformal-sets.ts';
import { coverageRange } from '../../../core/uncertainty/coverage-range.ts';
import { calibrateGroups, groupInterval } from '../../../core/uncertainty/group-conditional.ts';
import { intervalCoverage } from '../../../core/uncertainty/interval-scores.ts';
import { repeatedCoverageRange } from '../../../core/uncertainty/repeated-coverage.ts';
import {
  atRank,
  column,
  drawnCases,
  drawnLabels,
  floatingRank,
  type IntervalMethod,
  ONE_THRESHOLD,
  type Promised,
  SETS,
  type SetMethod,
  splitWith,
} from '../conformal-methods.ts';
import { defineLaw, type Law } from '../law.ts';

/** Covered cases of one calibration set and many tests. */
function coveredByIntervals(method: IntervalMethod, name: string, seed: number, sizes: readonly number[]) {
  const answer = method(drawnCases(`${name} calibration`, seed, sizes[0]!), 0.1);
  const tests = drawnCases(`${name} test`, seed, sizes[1]!);
  return Math.round(intervalCoverage(column(tests, 'truth'), tests.map(answer)) * tests.length);
}

function coveredBySets(method: SetMethod, name: string, seed: number, sizes: readonly number[]) {
  const answer = method(drawnLabels(`${name} calibration`, seed, sizes[0]!), 0.1);
  const { probabilities, labels } = drawnLabels(`${name} test`, seed, sizes[1]!);
  return labels.filter((label, i) => answer(probabilities[i]!).labels.includes(label)).length;
}

const SEEDS = 20;
const REPEATS = 1600;

const coverage = defineLaw<Promised>({
  id: 'conformal.coverage',
  subject: { intervals: ONE_THRESHOLD, sets: { lac: SETS.lac!, margin: SETS.margin! } },
  check: ({ intervals, sets }) => {
    const methods = [
      ...Object.entries(intervals).map(
        ([name, method]) =>
          [
            name,
            (seed: number, sizes: readonly number[]) => coveredByIntervals(method, name, seed, sizes),
          ] as const,
      ),
      ...Object.entries(sets).map(
        ([name, method]) =>
          [
            name,
            (seed: number, sizes: readonly number[]) => coveredBySets(method, name, seed, sizes),
          ] as const,
      ),
    ];
    const band = coverageRange({
      testCount: 400,
      calibrationCount: 100,
      alpha: 0.1,
      simultaneousLevel: 0.999,
      statementCount: SEEDS,
    });
    // Fresh calibration sets of 20: what one long trial hides, a rank that is one off, shows here.
    const repeated = repeatedCoverageRange({
      repeats: REPEATS,
      calibrationCount: 10,
      alpha: 0.1,
      level: 0.999,
    });
    for (const [name, coveredOf] of methods) {
      for (let seed = 0; seed < SEEDS; seed += 1) {
        const covered = coveredOf(seed, [100, 400]);
        ok(covered >= band.low && covered <= band.high, `${name}, seed ${seed}: ${covered} of 400`);
      }
      let total = 0;
      for (let seed = 0; seed < REPEATS; seed += 1) total += coveredOf(1000 + seed, [20, 1]);
      ok(total >= repeated.low && total <= repeated.high, `${name}: ${total} of ${REPEATS} repeats`);
    }
  },
  twins: {
    'rank without the + 1': {
      intervals: { twin: splitWith((all, alpha) => atRank(all, Math.ceil(all.length * (1 - alpha)))) },
      sets: {},
    },
    'one rank too high': {
      intervals: { twin: splitWith((all, alpha) => atRank(all, floatingRank(all.length, alpha) + 1)) },
      sets: {},
    },
    'calibrated on probabilities that are not the own class': {
      intervals: {},
      sets: {
        twin: ({ probabilities, labels }, alpha) =>
          SETS.lac!({ probabilities, labels: Array.from(labels, (label) => (label + 1) % 3) }, alpha),
      },
    },
  },
});

/** Answers for each class, and for a group that calibration never saw. */
interface PerClass {
  sets: typeof calibrateSets;
  unseen: (calibration: ReturnType<typeof calibrateGroups<string>>) => ConformalInterval | 'never-seen';
}
const perClass: PerClass = {
  sets: calibrateSetsByClass,
  unseen: (calibration) => groupInterval(5, 'z', calibration),
};
const CLASS_SIZES = [400, 40] as const;

/** The rare class gets low probabilities, so that a threshold for all misses it. A third class never occurs. */
function imbalanced(name: string, sizes: readonly number[]): { probabilities: number[][]; labels: number[] } {
  const stream = randomStream('conformal laws', name, 0);
  const labels = sizes.flatMap((size, label) => Array<number>(size).fill(label));
  const probabilities = labels.map((label) => {
    const own = label === 0 ? 0.5 + 0.4 * stream.uniform() : 0.1 + 0.3 * stream.uniform();
    return label === 0 ? [own, 0.9 - own, 0.1] : [0.9 - own, own, 0.1];
  });
  return { probabilities, labels };
}

const mondrian = defineLaw<PerClass>({
  id: 'conformal.mondrian_per_class',
  subject: perClass,
  check: ({ sets, unseen }) => {
    const calibration = sets({ kind: 'lac' }, imbalanced('imbalanced calibration', CLASS_SIZES), 0.1);
    const tests = imbalanced('imbalanced test', [1000, 1000]);
    const found = tests.probabilities.map((row) => conformalSet(row, calibration).labels);
    for (const [label, calibrationCount] of CLASS_SIZES.entries()) {
      const covered = tests.labels.filter((own, i) => own === label && found[i]!.includes(own)).length;
      const { low, high } = coverageRange({
        testCount: 1000,
        calibrationCount,
        alpha: 0.1,
        simultaneousLevel: 0.999,
        statementCount: CLASS_SIZES.length,
      });
      ok(covered >= low && covered <= high, `class ${label}: ${covered} of 1000, not ${low} to ${high}`);
    }
    strictEqual(calibration.thresholds[2], 'never-seen');
    ok(
      found.every((labels) => labels.includes(2)),
      'a class that was never seen is ruled out',
    );
    strictEqual(unseen(calibrateGroups([1, 2, 3, 4], ['a', 'a', 'b', 'b'], 0.5)), 'never-seen');
  },
  twins: {
    'one threshold for all classes': {
      ...perClass,
      sets: (score, cases, alpha) => {
        const calibration = calibrateSets(score, cases, alpha);
        return { ...calibration, thresholds: [...calibration.thresholds.slice(0, 2), 'never-seen'] };
      },
    },
    'a class that was never seen gets the threshold 0': {
      ...perClass,
      sets: (...given) => {
        const calibration = calibrateSetsByClass(...given);
        return { ...calibration, thresholds: [...calibration.thresholds.slice(0, 2), 0] };
      },
    },
    'a group that was never seen gets [0, 0]': { ...perClass, unseen: () => [0, 0] },
  },
});

export const LAWS: Law[] = [coverage, mondrian];
