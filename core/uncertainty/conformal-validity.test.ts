import { describe, expect, it } from 'vitest';
import { type RandomStream, randomStream } from '../numerics/random-stream.ts';
import type { ConformalInterval } from './conformal-interval.ts';
import { smoothedConformalP } from './conformal-p-values.ts';
import { calibrateSets, calibrateSetsByClass, conformalSet } from './conformal-sets.ts';
import { calibrateGroups, groupInterval } from './group-conditional.ts';
import { intervalCoverage } from './interval-scores.ts';
import { jackknifePlusInterval } from './jackknife-plus.ts';
import { calibrateNormalised, normalisedInterval } from './normalised-conformal.ts';
import { calibrateQuantileSides, calibrateQuantiles, quantileInterval } from './quantile-conformal.ts';
import { repeatedCoverageRange } from './repeated-coverage.ts';
import type { SetScore } from './set-scores.ts';
import { calibrateSplit, splitInterval } from './split-conformal.ts';

/*
 * Validity by simulation: new cases, each judged by a calibration set of its own, and the number covered compared with
 * the range that a kept promise explains. Every method is also run with the rank of the quantile without the "+ 1",
 * ceil(n (1 - alpha)), which must fall out of the range.
 */
const REPEATS = 1000;
const ALPHA = 0.1;
const COUNT = 10;
/** Of 10 scores, alpha 0.2 takes the 9th: the rank ceil(10 * 0.9) of the broken twin at alpha 0.1, not the right 10th. */
const ALPHA_OF_TWIN = 0.2;

/** One new case with its own calibration cases. @returns whether it was covered. */
type Trial = (stream: RandomStream, alpha: number) => boolean;

function coveredCount(name: string, trial: Trial, alpha: number): number {
  let covered = 0;
  for (let i = 0; i < REPEATS; i += 1) {
    if (trial(randomStream('conformal-validity', name, i), alpha)) covered += 1;
  }
  return covered;
}

function range(calibrationCount = COUNT, alpha = ALPHA) {
  return repeatedCoverageRange({ repeats: REPEATS, calibrationCount, alpha, level: 0.999 });
}

function expectKept(name: string, trial: Trial, { low, high } = range(), isConservative = false): void {
  const covered = coveredCount(name, trial, ALPHA);
  expect(covered).toBeGreaterThanOrEqual(low);
  if (!isConservative) expect(covered).toBeLessThanOrEqual(high);
  expect(coveredCount(name, trial, ALPHA_OF_TWIN)).toBeLessThan(low);
}

const holds = (interval: ConformalInterval, truth: number) => intervalCoverage([truth], [interval]) === 1;

/** Truths whose spread grows with what is known about them, and a band that is too narrow. */
function person(stream: RandomStream) {
  const difficulty = 0.2 + stream.uniform();
  const prediction = 3 * stream.uniform();
  const truth = prediction + 0.1 + difficulty * stream.normal();
  return { difficulty, prediction, truth, lower: prediction - difficulty, upper: prediction + difficulty };
}

function people(stream: RandomStream, count = COUNT) {
  const cases = Array.from({ length: count }, () => person(stream));
  return {
    difficulties: cases.map((each) => each.difficulty),
    predictions: cases.map((each) => each.prediction),
    truths: cases.map((each) => each.truth),
    lower: cases.map((each) => each.lower),
    upper: cases.map((each) => each.upper),
  };
}

describe('intervals keep their promise', () => {
  it('split', () => {
    expectKept('split', (stream, alpha) => {
      const { predictions, truths } = people(stream);
      const { prediction, truth } = person(stream);
      return holds(splitInterval(prediction, calibrateSplit(predictions, truths, alpha)), truth);
    });
  });
  it('normalised', () => {
    expectKept('normalised', (stream, alpha) => {
      const calibration = calibrateNormalised(people(stream), 0.1, alpha);
      const { prediction, difficulty, truth } = person(stream);
      return holds(normalisedInterval(prediction, difficulty, calibration), truth);
    });
  });
  it('quantiles with one shift', () => {
    expectKept('quantiles', (stream, alpha) => {
      const calibration = calibrateQuantiles(people(stream), alpha);
      const { lower, upper, truth } = person(stream);
      return holds(quantileInterval(lower, upper, calibration).interval, truth);
    });
  });
  it('quantiles with a shift for each side: each side misses at most alpha / 2', () => {
    // Of 20 scores, alpha / 2 = 0.1 takes the 19th, the twin's rank ceil(20 * 0.95).
    for (const side of [0, 1] as const) {
      const trial: Trial = (stream, alpha) => {
        const calibration = calibrateQuantileSides(people(stream, 20), alpha);
        const { lower, upper, truth } = person(stream);
        const { interval } = quantileInterval(lower, upper, calibration);
        if (interval === 'unbounded') return true;
        return side === 0 ? truth >= interval[0] : truth <= interval[1];
      };
      expectKept(`side ${side}`, trial, range(20, ALPHA / 2));
    }
  });
  it('group by group, where one threshold for all covers the harder group too seldom', () => {
    const drawn = (stream: RandomStream, group: string) => (group === 'hard' ? 5 : 1) * stream.normal();
    const groups = [...Array(COUNT).fill('easy'), ...Array(COUNT).fill('hard')];
    for (const group of ['easy', 'hard']) {
      expectKept(group, (stream, alpha) => {
        const scores = groups.map((each) => Math.abs(drawn(stream, each)));
        const interval = groupInterval(0, group, calibrateGroups(scores, groups, alpha));
        if (interval === 'never-seen') throw new Error('both groups were seen');
        return holds(interval, drawn(stream, group));
      });
    }
    const pooled: Trial = (stream, alpha) => {
      const truths = groups.map((each) => drawn(stream, each));
      const calibration = calibrateSplit(Array(2 * COUNT).fill(0), truths, alpha);
      return holds(splitInterval(0, calibration), drawn(stream, 'hard'));
    };
    expect(coveredCount('pooled', pooled, ALPHA)).toBeLessThan(range().low);
  });
  it('jackknife+: at least 1 - 2 alpha, which residuals of cases that the models were fitted to do not give', () => {
    const trialWith =
      (isLeftOut: boolean): Trial =>
      (stream, alpha) => {
        // The model predicts the truth of the nearest case, so it has no residual on the cases that it was fitted to.
        const cases = Array.from({ length: COUNT }, () => ({
          place: stream.uniform(),
          truth: stream.normal(),
        }));
        const place = stream.uniform();
        const predict = (leftOut: number, at: number) => {
          const others = cases.filter((_, i) => i !== leftOut);
          return others.reduce((a, b) => (Math.abs(b.place - at) < Math.abs(a.place - at) ? b : a)).truth;
        };
        const residuals = cases.map(({ place: own, truth }, i) =>
          Math.abs(truth - predict(isLeftOut ? i : -1, own)),
        );
        const predictions = cases.map((_, i) => predict(i, place));
        return holds(jackknifePlusInterval(predictions, residuals, alpha), stream.normal());
      };
    // A chance of 0.8 = 1 - 2 alpha is that of 4 calibration cases at alpha 0.2.
    const { low } = range(4, 0.2);
    expect(coveredCount('jackknife', trialWith(true), ALPHA)).toBeGreaterThanOrEqual(low);
    expect(coveredCount('jackknife', trialWith(false), ALPHA)).toBeLessThan(low);
  });
});

/** Three classes; probabilities that are right about how sure they are, and continuous. */
function labelledCase(stream: RandomStream) {
  const weights = [0, 1, 2].map(() => Math.exp(2 * stream.normal()));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const probabilities = weights.map((weight) => weight / sum);
  const at = stream.uniform();
  const label = at < probabilities[0]! ? 0 : at < probabilities[0]! + probabilities[1]! ? 1 : 2;
  return { probabilities, label, draw: stream.uniform() };
}

function labelledCases(stream: RandomStream, isRandomised: boolean) {
  const cases = Array.from({ length: COUNT }, () => labelledCase(stream));
  return {
    probabilities: cases.map((each) => each.probabilities),
    labels: cases.map((each) => each.label),
    ...(isRandomised && { draws: cases.map((each) => each.draw) }),
  };
}

describe('prediction sets keep their promise', () => {
  const trialOf =
    (score: SetScore, isRandomised: boolean): Trial =>
    (stream, alpha) => {
      const calibration = calibrateSets(score, labelledCases(stream, isRandomised), alpha);
      const { probabilities, label, draw } = labelledCase(stream);
      return conformalSet(probabilities, calibration, isRandomised ? { draw } : {}).labels.includes(label);
    };
  const raps: SetScore = { kind: 'raps', penalty: 0.1, freeRank: 1 };
  it('lac', () => expectKept('lac', trialOf({ kind: 'lac' }, false)));
  it('margin', () => expectKept('margin', trialOf({ kind: 'margin' }, false)));
  it('randomised aps', () => expectKept('aps', trialOf({ kind: 'aps' }, true)));
  it('randomised raps', () => expectKept('raps', trialOf(raps, true)));
  it('deterministic raps', () => {
    // Only the least probable class has a fixed score, 1 plus its penalty: ties there cover more.
    expectKept('deterministic raps', trialOf(raps, false), range(), true);
  });
  it('top-k and deterministic aps cover at least as many: their scores are tied', () => {
    const { low } = range();
    for (const kind of ['aps', 'top-k'] as const) {
      expect(coveredCount(kind, trialOf({ kind }, false), ALPHA)).toBeGreaterThanOrEqual(low);
    }
    // Broken twin: 1 minus the score, so that the unlikely classes are kept.
    const twin: Trial = (stream, alpha) => {
      const { thresholds } = calibrateSets({ kind: 'aps' }, labelledCases(stream, false), alpha);
      const { probabilities, label } = labelledCase(stream);
      return 1 - probabilities[label]! > Number(thresholds[0]);
    };
    expect(coveredCount('twin of aps', twin, ALPHA)).toBeLessThan(low);
  });
  it('class by class, where one threshold for all covers the unlikely class too seldom', () => {
    // The second class gets low probabilities whenever it is true.
    const drawn = (stream: RandomStream, label: number) => {
      const own = label === 0 ? 0.6 + 0.4 * stream.uniform() : 0.1 + 0.4 * stream.uniform();
      return label === 0 ? [own, 1 - own] : [1 - own, own];
    };
    const labels = [...Array(COUNT).fill(0), ...Array(COUNT).fill(1)];
    const trialOfClass =
      (label: number, calibrate: typeof calibrateSets): Trial =>
      (stream, alpha) => {
        const probabilities = labels.map((each) => drawn(stream, each));
        const calibration = calibrate({ kind: 'lac' }, { probabilities, labels }, alpha);
        return conformalSet(drawn(stream, label), calibration).labels.includes(label);
      };
    for (const label of [0, 1]) expectKept(`class ${label}`, trialOfClass(label, calibrateSetsByClass));
    expect(coveredCount('one threshold', trialOfClass(1, calibrateSets), ALPHA)).toBeLessThan(range().low);
  });
});

describe('smoothed p values', () => {
  type PValue = (scores: number[], score: number, draw: number) => number;
  /** Whether the p value of a new case is above alpha, among so many cases with so many possible scores. */
  const trialOf =
    (p: PValue, count: number, possible: number): Trial =>
    (stream, alpha) => {
      const scores = Array.from({ length: count }, () => stream.integer(possible));
      return p(scores, stream.integer(possible), stream.uniform()) > alpha;
    };
  const aboveAlpha = (p: PValue, count: number, possible: number) =>
    coveredCount('p', trialOf(p, count, possible), ALPHA);

  it('are at most alpha with chance alpha exactly, among tied scores and among few', () => {
    // A chance of 0.9 is that of 9 calibration cases at alpha 0.1, whatever their number here.
    const { low, high } = range(9);
    for (const [count, possible] of [
      [7, 3],
      [3, 1e6],
    ] as const) {
      const found = aboveAlpha(smoothedConformalP, count, possible);
      expect(found).toBeGreaterThanOrEqual(low);
      expect(found).toBeLessThanOrEqual(high);
    }
    // Broken twins: without the draw, and without counting the new case itself.
    expect(aboveAlpha((scores, score) => smoothedConformalP(scores, score, 1), 7, 3)).toBeGreaterThan(high);
    const withoutOwn: PValue = (scores, score) =>
      scores.filter((other) => other > score).length / scores.length;
    expect(aboveAlpha(withoutOwn, 3, 1e6)).toBeLessThan(low);
  });
});
