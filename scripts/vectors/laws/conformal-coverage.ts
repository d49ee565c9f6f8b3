import { ok, strictEqual } from 'node:assert/strict';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import type { ConformalInterval } from '../../../core/uncertainty/conformal-interval.ts';
import {
  calibrateSets,
  calibrateSetsByClass,
  conformalSet,
} from '../../../core/uncertainty/conformal-sets.ts';
import { type CountRange, coverageRange } from '../../../core/uncertainty/coverage-range.ts';
import { calibrateGroups, groupInterval } from '../../../core/uncertainty/group-conditional.ts';
import { intervalCoverage } from '../../../core/uncertainty/interval-scores.ts';
import { repeatedCoverageRange } from '../../../core/uncertainty/repeated-coverage.ts';
import {
  atRank,
  column,
  drawnCases,
  drawnLabels,
  drawnShares,
  drawsOf,
  floatingRank,
  INTERVALS,
  type IntervalMethod,
  ONE_THRESHOLD,
  type Promised,
  SETS,
  type SetMethod,
  splitWith,
} from '../conformal-methods.ts';
import { defineLaw, type Law } from '../law.ts';

/** Covered cases of one calibration set and many tests. */
type CoveredOf = (seed: number, sizes: readonly [calibration: number, tests: number]) => number;

const coveredByIntervals =
  (method: IntervalMethod, name: string): CoveredOf =>
  (seed, [calibrationCount, testCount]) => {
    const answer = method(drawnCases(`${name} calibration`, seed, calibrationCount), ALPHA);
    const tests = drawnCases(`${name} test`, seed, testCount);
    return Math.round(intervalCoverage(column(tests, 'truth'), tests.map(answer)) * tests.length);
  };

const coveredBySets =
  (method: SetMethod, name: string, isRandomised: boolean): CoveredOf =>
  (seed, [calibrationCount, testCount]) => {
    const drawn = (part: string, count: number) => ({
      ...drawnLabels(`${name} ${part}`, seed, count),
      ...(isRandomised && { draws: drawnShares(`${name} ${part}`, seed, count) }),
    });
    const answer = method(drawn('calibration', calibrationCount), ALPHA);
    const { probabilities, labels, draws } = drawn('test', testCount);
    return labels.filter((label, i) => answer(probabilities[i]!, draws?.[i]).labels.includes(label)).length;
  };

const ALPHA = 0.1;
const SEEDS = 20;
const LONG = { calibrationCount: 100, testCount: 400 };
/** Fresh small calibration sets: what one long trial hides, a rank that is one off, shows here. */
const SHORT = { calibrationCount: 20, testCount: 1 };
const REPEATS = 1600;

/** Methods whose coverage is as promised, and those that may cover more: their scores have ties, or they are two-sided. */
interface Covering extends Promised {
  /** Calibrated with draws and asked with draws. */
  randomisedSets: Readonly<Record<string, SetMethod>>;
  atLeast: Promised;
}
const NOTHING: Covering = {
  intervals: {},
  sets: {},
  randomisedSets: {},
  atLeast: { intervals: {}, sets: {} },
};
const covering: Covering = {
  intervals: ONE_THRESHOLD,
  sets: { lac: SETS.lac!, margin: SETS.margin! },
  randomisedSets: { aps: SETS.aps!, raps: SETS.raps! },
  atLeast: {
    intervals: { sides: INTERVALS['quantiles, a shift for each side']! },
    sets: { aps: SETS.aps!, raps: SETS.raps!, 'top-k': SETS['top-k']! },
  },
};

const coverage = defineLaw<Covering>({
  id: 'conformal.coverage',
  subject: covering,
  check: ({ intervals, sets, randomisedSets, atLeast }) => {
    const byIntervals = (methods: Promised['intervals']) =>
      Object.entries(methods).map(([name, method]) => ({
        name,
        coveredOf: coveredByIntervals(method, name),
      }));
    const bySets = (methods: Promised['sets'], prefix: string) =>
      Object.entries(methods).map(([kind, method]) => {
        const name = `${prefix}${kind}`;
        return { name, coveredOf: coveredBySets(method, name, methods === randomisedSets) };
      });
    const exact = [...byIntervals(intervals), ...bySets(sets, ''), ...bySets(randomisedSets, 'randomised ')];
    const generous = [...byIntervals(atLeast.intervals), ...bySets(atLeast.sets, '')];
    const band = coverageRange({ ...LONG, alpha: ALPHA, simultaneousLevel: 0.999, statementCount: SEEDS });
    const repeated = repeatedCoverageRange({ ...SHORT, repeats: REPEATS, alpha: ALPHA, level: 0.999 });
    const check = (
      { name, coveredOf }: (typeof exact)[number],
      highest: (range: CountRange) => number,
    ): void => {
      for (let seed = 0; seed < SEEDS; seed += 1) {
        const covered = coveredOf(seed, [LONG.calibrationCount, LONG.testCount]);
        const isInside = covered >= band.low && covered <= highest(band);
        ok(isInside, `${name}, seed ${seed}: ${covered} of ${LONG.testCount}`);
      }
      let total = 0;
      for (let seed = 0; seed < REPEATS; seed += 1) {
        total += coveredOf(1000 + seed, [SHORT.calibrationCount, SHORT.testCount]);
      }
      const isInside = total >= repeated.low && total <= highest(repeated);
      ok(isInside, `${name}: ${total} of ${REPEATS} repeats`);
    };
    for (const method of exact) check(method, ({ high }) => high);
    for (const method of generous) check(method, () => Number.POSITIVE_INFINITY);
  },
  twins: {
    'rank without the + 1': {
      ...NOTHING,
      intervals: { twin: splitWith((all, alpha) => atRank(all, Math.ceil(all.length * (1 - alpha)))) },
    },
    'one rank too high': {
      ...NOTHING,
      intervals: { twin: splitWith((all, alpha) => atRank(all, floatingRank(all.length, alpha) + 1)) },
    },
    'calibrated on probabilities that are not the own class': {
      ...NOTHING,
      sets: {
        twin: ({ probabilities, labels }, alpha) =>
          SETS.lac!({ probabilities, labels: Array.from(labels, (label) => (label + 1) % 3) }, alpha),
      },
    },
    'draws in the calibration only': {
      ...NOTHING,
      randomisedSets: { twin: drawsOf(SETS.aps!, null, 0) },
    },
    'draws after the calibration only': {
      ...NOTHING,
      randomisedSets: { twin: drawsOf(SETS.raps!, 0, null) },
    },
    'the own class left out of its sum in the calibration': {
      ...NOTHING,
      atLeast: { intervals: {}, sets: { twin: drawsOf(SETS.aps!, 1, 0) } },
    },
    'each side takes all of alpha': {
      ...NOTHING,
      atLeast: {
        intervals: {
          twin: (cases, alpha) => INTERVALS['quantiles, a shift for each side']!(cases, 2 * alpha),
        },
        sets: {},
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
