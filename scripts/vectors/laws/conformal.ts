import { deepStrictEqual, fail, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { type NoBoundReason, tooFewCases } from '../../../core/uncertainty/calibration-size.ts';
import { conformalRank } from '../../../core/uncertainty/conformal-rank.ts';
import { calibrateSets } from '../../../core/uncertainty/conformal-sets.ts';
import {
  atRank,
  type Case,
  drawnCases,
  drawnLabels,
  endsOf,
  floatingRank,
  INTERVALS,
  type IntervalMethod,
  type Promised,
  RAPS,
  SETS,
  type SetMethod,
  setsBy,
  split,
  splitWith,
} from '../conformal-methods.ts';
import { defineLaw, type Law } from '../law.ts';

const rankExact = defineLaw<typeof conformalRank>({
  id: 'conformal.rank_exact',
  subject: conformalRank,
  check: (rank) => {
    for (let permille = 5; permille <= 500; permille += 5) {
      for (let n = 1; n <= 2000; n += 1) {
        const misses = (n + 1) * permille;
        // n + 1 - floor((n + 1) alpha), in whole numbers.
        const expected = n + 1 - (misses - (misses % 1000)) / 1000;
        const found = rank(n, permille / 1000);
        if (found !== (expected > n ? 'unbounded' : expected)) {
          fail(`n = ${n}, alpha = ${permille / 1000}: ${found}, not ${expected}`);
        }
      }
    }
  },
  twins: {
    'floating point': (n, alpha) => (floatingRank(n, alpha) > n ? 'unbounded' : floatingRank(n, alpha)),
    'truncated (n + 1) alpha in floating point': (n, alpha) => {
      const rank = n + 1 - Math.floor((1 - (1 - alpha)) * (n + 1));
      return rank > n ? 'unbounded' : rank;
    },
    'n instead of n + 1': (n, alpha) => Math.ceil(n * (1 - alpha)),
  },
});

interface TooSmall {
  intervals: Readonly<Record<string, IntervalMethod>>;
  sets: Readonly<Record<string, SetMethod>>;
  reason: (count: number, alpha: number) => NoBoundReason | null;
}
const tooSmall: TooSmall = { intervals: INTERVALS, sets: SETS, reason: tooFewCases };

const infinite = defineLaw<TooSmall>({
  id: 'conformal.infinite',
  subject: tooSmall,
  check: ({ intervals, sets, reason }) => {
    for (const [count, alpha] of [
      [5, 0.1],
      [8, 0.1],
      [18, 0.05],
    ] as const) {
      const calibration = drawnCases('small', count, count);
      for (const [name, method] of Object.entries(intervals)) {
        strictEqual(method(calibration, alpha)(calibration[0]!), 'unbounded', name);
      }
      const needed = alpha === 0.1 ? 9 : 19;
      deepStrictEqual(reason(count, alpha), { kind: 'too-few-cases', count, neededCount: needed });
      strictEqual(reason(needed, alpha), null);
      strictEqual(typeof split(drawnCases('enough', 0, needed), alpha)(calibration[0]!), 'object');
      const labelled = drawnLabels('small', count, count);
      for (const [name, method] of Object.entries(sets)) {
        const { labels, withoutBound } = method(labelled, alpha)([1, 0, 0]);
        deepStrictEqual(labels, [0, 1, 2], name);
        deepStrictEqual(
          withoutBound.map(({ label }) => label),
          [0, 1, 2],
          name,
        );
      }
    }
    // With many cases there is a bound: without one everywhere, all of the above would hold.
    const [cases, labelled] = [drawnCases('many', 0, 200), drawnLabels('many', 0, 200)];
    for (const [name, method] of Object.entries(intervals)) {
      strictEqual(typeof method(cases, 0.1)(cases[0]!), 'object', `${name}: no bound from 200 cases`);
    }
    for (const [name, method] of Object.entries(sets)) {
      deepStrictEqual(method(labelled, 0.1)([1, 0, 0]).withoutBound, [], `${name}: no bound from 200 cases`);
    }
  },
  twins: {
    'never a bound': { ...tooSmall, intervals: { twin: () => () => 'unbounded' } },
    'a reason although there is a bound': {
      ...tooSmall,
      sets: {
        twin: (cases, alpha) => (row) => ({
          ...SETS.lac!(cases, alpha)(row),
          labels: [0, 1, 2],
          withoutBound: SETS.lac!(drawnLabels('small', 5, 5), 0.1)(row).withoutBound,
        }),
      },
    },
    'the largest score instead': {
      ...tooSmall,
      intervals: { twin: splitWith((all, alpha) => atRank(all, floatingRank(all.length, alpha))) },
    },
    'no reason given': { ...tooSmall, reason: () => null },
    'a full set without its reason': {
      ...tooSmall,
      sets: { twin: () => () => ({ labels: [0, 1, 2], withoutBound: [], isForced: false }) },
    },
    'an empty set': {
      ...tooSmall,
      sets: {
        twin: (cases, alpha) => (row) => ({ ...setsBy(RAPS, calibrateSets)(cases, alpha)(row), labels: [] }),
      },
    },
  },
});

const ALPHAS = Array.from({ length: 39 }, (_, i) => (i + 1) / 40);
const SMALL_RUNS = { seed: 3, numRuns: 25 };

const monotone = defineLaw<Promised>({
  id: 'conformal.monotone',
  subject: { intervals: INTERVALS, sets: SETS },
  check: ({ intervals, sets }) => {
    const growing = new Set<string>();
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 3, max: 40 }), (seed, count) => {
        const calibration = drawnCases('monotone', seed, count);
        const labelled = drawnLabels('monotone', seed, count);
        const test = calibration[0]!;
        const row = drawnLabels('monotone test', seed, 1).probabilities[0]!;
        for (const [name, method] of Object.entries(intervals)) {
          const ends = ALPHAS.filter((alpha) => name !== 'jackknife+' || alpha <= 0.5).map((alpha) =>
            endsOf(method(calibration, alpha)(test)),
          );
          for (const [i, [lower, upper]] of ends.slice(1).entries()) {
            ok(ends[i]![0] <= lower && ends[i]![1] >= upper, `${name}: shrinks towards alpha ${ALPHAS[i]}`);
            if (Number.isFinite(ends[i]![0]) && ends[i]![0] < lower) growing.add(name);
          }
        }
        for (const [name, method] of Object.entries(sets)) {
          const found = ALPHAS.map((alpha) => method(labelled, alpha)(row).labels);
          for (const [i, labels] of found.slice(1).entries()) {
            ok(
              labels.every((label) => found[i]!.includes(label)),
              `${name}: loses a class at ${ALPHAS[i]}`,
            );
            if (labels.length < found[i]!.length) growing.add(name);
          }
        }
      }),
      SMALL_RUNS,
    );
    for (const name of [...Object.keys(intervals), ...Object.keys(sets)]) {
      ok(growing.has(name), `${name}: the same at every alpha`);
    }
  },
  twins: {
    'never a bound': { intervals: { twin: () => () => 'unbounded' }, sets: {} },
    'alpha is not looked at': { intervals: {}, sets: { twin: (cases) => SETS.lac!(cases, 0.1) } },
    'too few cases give a width of 0': {
      intervals: {
        twin: splitWith((all, alpha) => {
          const rank = conformalRank(all.length, alpha);
          return rank === 'unbounded' ? 0 : atRank(all, rank);
        }),
      },
      sets: {},
    },
    'alpha read as the level': {
      intervals: {},
      sets: { twin: (cases, alpha) => setsBy({ kind: 'lac' }, calibrateSets)(cases, 1 - alpha) },
    },
  },
});

const invariance = defineLaw<Promised>({
  id: 'conformal.invariance',
  subject: { intervals: INTERVALS, sets: SETS },
  check: ({ intervals, sets }) => {
    const seen: Record<string, Set<string>> = {};
    const property = fc.property(
      fc.nat(1000),
      fc.integer({ min: 9, max: 40 }),
      fc.integer({ min: -100, max: 100 }),
      (seed, count, constant) => {
        const calibration = drawnCases('invariance', seed, count);
        const test = drawnCases('invariance test', seed, 1)[0]!;
        const stream = randomStream('conformal laws', 'order', seed);
        const order = calibration.map((_, i) => ({ i, at: stream.uniform() }));
        order.sort((a, b) => a.at - b.at);
        const moved = (each: Case): Case => ({
          ...each,
          prediction: each.prediction + constant,
          truth: each.truth + constant,
          lower: each.lower + constant,
          upper: each.upper + constant,
        });
        for (const [name, method] of Object.entries(intervals)) {
          const interval = method(calibration, 0.2)(test);
          ok(interval !== 'unbounded', `${name}: no bound, which nothing could shift`);
          const shuffled = order.map(({ i }) => calibration[i]!);
          deepStrictEqual(method(shuffled, 0.2)(test), interval, `${name}: the order of the rows counts`);
          const other = endsOf(method(calibration.map(moved), 0.2)(moved(test)));
          for (const [side, end] of endsOf(interval).entries()) {
            const error = other[side] === end ? 0 : Math.abs(other[side]! - (end + constant));
            ok(error <= 1e-12, `${name}: shifted by ${constant}, an end is off by ${error}`);
          }
        }
        const labelled = drawnLabels('invariance', seed, count);
        const shuffled = {
          probabilities: order.map(({ i }) => labelled.probabilities[i]!),
          labels: order.map(({ i }) => labelled.labels[i]!),
        };
        const row = drawnLabels('invariance test', seed, 1).probabilities[0]!;
        for (const [name, method] of Object.entries(sets)) {
          const found = method(labelled, 0.2)(row);
          deepStrictEqual(method(shuffled, 0.2)(row), found, name);
          seen[name] = (seen[name] ?? new Set()).add(found.labels.join());
        }
      },
    );
    fc.assert(property, SMALL_RUNS);
    for (const [name, answers] of Object.entries(seen)) ok(answers.size > 1, `${name}: always the same set`);
  },
  twins: {
    'never a bound': { intervals: { twin: () => () => 'unbounded' }, sets: {} },
    'always the full set': {
      intervals: {},
      sets: { twin: () => () => ({ labels: [0, 1, 2], withoutBound: [], isForced: false }) },
    },
    'scores not sorted': {
      intervals: { twin: splitWith((all, alpha) => all[floatingRank(all.length, alpha) - 1]!) },
      sets: {},
    },
    'residuals relative to the prediction': {
      intervals: {
        twin: (cases, alpha) => {
          const relative = cases.map(({ prediction, truth }) => Math.abs(truth / prediction - 1));
          const multiple = atRank(relative, floatingRank(relative.length, alpha));
          return ({ prediction }) => [prediction * (1 - multiple), prediction * (1 + multiple)];
        },
      },
      sets: {},
    },
    'last cases left out of the calibration': {
      intervals: {},
      sets: {
        twin: ({ probabilities, labels }, alpha) =>
          SETS.lac!(
            { probabilities: probabilities.slice(0, -5), labels: Array.from(labels).slice(0, -5) },
            alpha,
          ),
      },
    },
  },
});

export const LAWS: Law[] = [rankExact, infinite, monotone, invariance];
