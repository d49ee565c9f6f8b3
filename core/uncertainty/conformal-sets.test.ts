import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { calibrateClassConditional, predictionSet } from './class-conditional-sets.ts';
import { classPValues, forcedPrediction, smoothedConformalP } from './conformal-p-values.ts';
import {
  calibrateSets,
  calibrateSetsByClass,
  conformalSet,
  labelsWithin,
  ownScores,
} from './conformal-sets.ts';
import { meanSetSize, setCoverage, trueLabelPosition } from './set-metrics.ts';
import { classRanks, isRandomisable, type SetScore, setScores } from './set-scores.ts';

const RAPS: SetScore = { kind: 'raps', penalty: 0.25, freeRank: 1 };
const SCORES: SetScore[] = [{ kind: 'lac' }, { kind: 'aps' }, RAPS, { kind: 'margin' }, { kind: 'top-k' }];
const NOT_ALPHA = [0, 1, -0.1, 1.1, Number.NaN];
const OPTIONS = { seed: 12, numRuns: 150 };

// Sixteenths: sums of them are exact, so every way of adding gives the same score.
const row = fc
  .tuple(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 16 }))
  .map(([a, b]) => [Math.min(a, b), Math.abs(a - b), 16 - Math.max(a, b)].map((each) => each / 16));
const labelled = fc.array(fc.tuple(row, fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 40 });

/** The scores as their papers define them: by counting the classes that are more probable, without sorting. */
function slowScore(score: SetScore, probabilities: readonly number[], label: number, draw: number): number {
  const own = probabilities[label]!;
  const isBefore = (p: number, other: number) => p > own || (p === own && other < label);
  const before = probabilities.filter(isBefore);
  const aps = before.reduce((sum, p) => sum + p, own - draw * own);
  if (score.kind === 'lac') return 1 - own;
  if (score.kind === 'aps') return aps;
  if (score.kind === 'raps') return aps + score.penalty * Math.max(before.length + 1 - score.freeRank, 0);
  if (score.kind === 'top-k') return before.length + 1;
  return Math.max(...probabilities.filter((_, other) => other !== label)) - own;
}

describe('scores of classes', () => {
  it('are those of their papers', () => {
    const draws = fc.integer({ min: 0, max: 8 }).map((eighth) => eighth / 8);
    fc.assert(
      fc.property(row, draws, (probabilities, uniform) => {
        for (const score of SCORES) {
          const draw = isRandomisable(score) ? uniform : 0;
          const slow = probabilities.map((_, label) => slowScore(score, probabilities, label, draw));
          expect([...setScores(score, probabilities, draw)]).toEqual(slow);
        }
      }),
      OPTIONS,
    );
  });
  it('put the lower of equally probable classes first', () => {
    expect([...setScores({ kind: 'aps' }, [0.25, 0.25, 0.5])]).toEqual([0.75, 1, 0.5]);
    expect(classRanks([0.25, 0.25, 0.5])).toEqual([2, 3, 1]);
  });
  it('refuse misuse', () => {
    for (const bad of [[], [1], [0.5, 0.6], [-0.1, 1.1], [Number.NaN, 1], [40, 60]]) {
      for (const score of SCORES) expect(() => setScores(score, bad)).toThrow(RangeError);
    }
    for (const draw of [-0.1, 1.1, Number.NaN]) {
      expect(() => setScores({ kind: 'aps' }, [0.5, 0.5], draw)).toThrow(RangeError);
    }
    expect(() => setScores({ kind: 'lac' }, [0.5, 0.5], 0.5)).toThrow(RangeError);
    for (const penalty of [-1, Number.NaN]) {
      expect(() => setScores({ kind: 'raps', penalty, freeRank: 1 }, [0.5, 0.5])).toThrow(RangeError);
    }
    for (const freeRank of [-1, 0.5]) {
      expect(() => setScores({ kind: 'raps', penalty: 1, freeRank }, [0.5, 0.5])).toThrow(RangeError);
    }
    expect(() => classRanks([1, Number.NaN])).toThrow(RangeError);
  });
});

describe('prediction sets', () => {
  it('hold the classes whose p value is above alpha, over all cases and class by class', () => {
    const permille = fc.integer({ min: 1, max: 999 });
    fc.assert(
      fc.property(labelled, permille, row, fc.constantFrom(...SCORES), (cases, share, test, score) => {
        const probabilities = cases.map(([each]) => each);
        const labels = cases.map(([, label]) => label);
        const scores = setScores(score, test);
        const all = cases.map(([each, label]) => slowScore(score, each, label, 0));
        const isKept = (own: readonly number[], label: number) =>
          1000 * (1 + own.filter((other) => other >= scores[label]!).length) > share * (own.length + 1);
        const calibrate = [calibrateSets, calibrateSetsByClass] as const;
        const found = calibrate.map(
          (each) => conformalSet(test, each(score, { probabilities, labels }, share / 1000)).labels,
        );
        expect(found[0]).toEqual([0, 1, 2].filter((label) => isKept(all, label)));
        const ofClass = (label: number) => all.filter((_, i) => labels[i] === label);
        expect(found[1]).toEqual([0, 1, 2].filter((label) => isKept(ofClass(label), label)));
      }),
      OPTIONS,
    );
  });
  it('with the score of the shipped bundles are the same sets', () => {
    fc.assert(
      fc.property(labelled, row, (cases, test) => {
        const probabilities = cases.map(([each]) => each);
        const labels = cases.map(([, label]) => label);
        const general = calibrateSetsByClass({ kind: 'lac' }, { probabilities, labels }, 0.1);
        const shipped = calibrateClassConditional(probabilities, labels, 3, 0.1);
        expect(conformalSet(test, general).labels).toEqual(predictionSet(test, shipped));
      }),
      OPTIONS,
    );
  });
  it('name the classes that are in for want of calibration cases', () => {
    const probabilities = Array(9).fill([0.75, 0.25, 0]);
    const calibration = calibrateSetsByClass(
      { kind: 'lac' },
      { probabilities, labels: [0, 0, 0, 0, 0, 0, 0, 0, 1] },
      0.2,
    );
    expect(calibration).toMatchObject({ thresholds: [0.25, 'unbounded', 'never-seen'], counts: [8, 1, 0] });
    expect(conformalSet([1, 0, 0], calibration)).toEqual({
      labels: [0, 1, 2],
      withoutBound: [
        { label: 1, reason: { kind: 'too-few-cases', count: 1, neededCount: 4 } },
        { label: 2, reason: { kind: 'never-seen' } },
      ],
      isForced: false,
    });
  });
  it('stay empty unless the most probable class is asked for by name', () => {
    const calibration = calibrateSets({ kind: 'lac' }, { probabilities: [[1, 0, 0]], labels: [0] }, 0.5);
    expect(conformalSet([0.25, 0.5, 0.25], calibration)).toMatchObject({ labels: [], isForced: false });
    expect(conformalSet([0.25, 0.5, 0.25], calibration, { whenEmpty: 'take-top-class' })).toMatchObject({
      labels: [1],
      isForced: true,
    });
    expect(conformalSet([1, 0, 0], calibration, { whenEmpty: 'take-top-class' })).toMatchObject({
      labels: [0],
      isForced: false,
    });
  });
  it('keep the promise of a randomised calibration with a draw of every case only', () => {
    const drawnCases = (name: string, count: number) => {
      const stream = randomStream('randomised sets', name, 0);
      const probabilities = Array.from({ length: count }, () => {
        const weights = [0, 1, 2].map(() => Math.exp(2 * stream.normal()));
        const sum = weights[0]! + weights[1]! + weights[2]!;
        return weights.map((weight) => weight / sum);
      });
      const labels = probabilities.map(([a, b]) => {
        const at = stream.uniform();
        return at < a! ? 0 : at < a! + b! ? 1 : 2;
      });
      return { probabilities, labels, draws: labels.map(() => stream.uniform()) };
    };
    const [calibrationCases, test] = [drawnCases('calibration', 2000), drawnCases('test', 4000)];
    const coverage = (calibrate: typeof calibrateSets, drawOf: (i: number) => { draw?: number }) => {
      const calibration = calibrate({ kind: 'aps' }, calibrationCases, 0.1);
      expect(calibration.isRandomised).toBe(true);
      return setCoverage(
        test.labels,
        test.probabilities.map(
          (probabilities, i) => conformalSet(probabilities, calibration, drawOf(i)).labels,
        ),
      );
    };
    for (const calibrate of [calibrateSets, calibrateSetsByClass]) {
      // Four standard errors of calibration and test.
      const tolerance = 4 * Math.sqrt(0.09 / 2000 + 0.09 / 4000);
      expect(Math.abs(coverage(calibrate, (i) => ({ draw: test.draws[i]! })) - 0.9)).toBeLessThan(tolerance);
      // What leaving out the draw used to mean.
      expect(coverage(calibrate, () => ({ draw: 0 }))).toBeLessThan(0.9 - tolerance);
      expect(() => coverage(calibrate, () => ({}))).toThrow(RangeError);
      const { probabilities, labels } = calibrationCases;
      const plain = calibrate({ kind: 'aps' }, { probabilities, labels }, 0.1);
      expect(plain.isRandomised).toBe(false);
      expect(() => conformalSet([0.5, 0.25, 0.25], plain, { draw: 0 })).toThrow(RangeError);
    }
  });
  it('refuse misuse', () => {
    const cases = { probabilities: [[0.5, 0.5]], labels: [0] };
    for (const kind of ['lac', 'margin', 'top-k'] as const) {
      expect(() => ownScores({ kind }, { ...cases, draws: [0] })).toThrow(RangeError);
    }
    for (const use of [
      ownScores,
      (score: SetScore, own: typeof cases) => calibrateSets(score, own, 0.5),
      (score: SetScore, own: typeof cases) => calibrateSetsByClass(score, own, 0.5),
    ]) {
      const misuse = [
        { probabilities: [], labels: [] },
        { ...cases, labels: [0, 1] },
        { ...cases, labels: [2] },
        { ...cases, labels: [0.5] },
        { ...cases, draws: [] },
        { ...cases, draws: [2] },
        { probabilities: [[-0.5, 1.5]], labels: [0] },
        { probabilities: [[0.5, 0.5], [1]], labels: [0, 0] },
      ];
      for (const each of misuse) expect(() => use({ kind: 'aps' }, each)).toThrow(RangeError);
    }
    for (const alpha of NOT_ALPHA) {
      expect(() => calibrateSets({ kind: 'lac' }, cases, alpha)).toThrow(RangeError);
      expect(() => calibrateSetsByClass({ kind: 'lac' }, cases, alpha)).toThrow(RangeError);
    }
    const calibration = calibrateSets({ kind: 'lac' }, cases, 0.5);
    expect(() => conformalSet([0.5, 0.25, 0.25], calibration)).toThrow(RangeError);
    expect(() => conformalSet([0.5, 0.6], calibration)).toThrow(RangeError);
    expect(() => conformalSet([0.5, 0.5], calibration, { draw: 0.5 })).toThrow(RangeError);
    expect(() => labelsWithin([0.5], [0.5, 0.5])).toThrow(RangeError);
    expect(() => labelsWithin([Number.NaN], 0.5)).toThrow(RangeError);
  });
});

describe('p values of classes', () => {
  it('are plain at a draw of 1, and grow with the draw from the share of scores above', () => {
    const scores = [1, 2, 2, 3];
    expect(classPValues([scores, [], [5]], [2, 1, 6])).toEqual([4 / 5, 'never-seen', 1 / 2]);
    expect([0, 0.5, 1].map((draw) => smoothedConformalP(scores, 2, draw))).toEqual([0.2, 0.5, 0.8]);
    expect(smoothedConformalP([], 2, 0.25)).toBe(0.25);
  });
  it('support one class by how much they favour it and how little another fits', () => {
    expect(forcedPrediction([0.25, 0.75, 0.5])).toEqual({ label: 1, credibility: 0.75, confidence: 0.5 });
    // Two that fit equally well: the first is named, without confidence.
    expect(forcedPrediction([1, 0.5, 1])).toEqual({ label: 0, credibility: 1, confidence: 0 });
  });
  it('refuse misuse', () => {
    for (const draw of [-0.1, 1.1, Number.NaN]) {
      expect(() => smoothedConformalP([1], 1, draw)).toThrow(RangeError);
    }
    expect(() => smoothedConformalP([Number.NaN], 1, 0.5)).toThrow(RangeError);
    expect(() => smoothedConformalP([1], Number.NaN, 0.5)).toThrow(RangeError);
    expect(() => classPValues([[1]], [1, 2])).toThrow(RangeError);
    expect(() => classPValues([[1]], [Number.NaN])).toThrow(RangeError);
    expect(() => classPValues([[Number.NaN]], [1])).toThrow(RangeError);
    for (const bad of [[], [0.5], [0.5, 1.5], [0.5, -0.1], [0.5, Number.NaN]]) {
      expect(() => forcedPrediction(bad)).toThrow(RangeError);
    }
  });
});

describe('measures of sets', () => {
  it('count the own classes and the members', () => {
    const sets = [[0, 1], [], [2]];
    expect(setCoverage([1, 0, 2], sets)).toBe(2 / 3);
    expect(meanSetSize(sets)).toBe(1);
    expect([0, 1, 2].map((label) => trueLabelPosition([0.3, 0.4, 0.3], label))).toEqual([1, 0, 2]);
  });
  it('refuse misuse', () => {
    expect(() => setCoverage([], [])).toThrow(RangeError);
    expect(() => setCoverage([1, 2], [[1]])).toThrow(RangeError);
    expect(() => setCoverage([-1], [[1]])).toThrow(RangeError);
    for (const sets of [[], [[-1]], [[0.5]], [[1, 1]]]) {
      expect(() => setCoverage([1], sets)).toThrow(RangeError);
      expect(() => meanSetSize(sets)).toThrow(RangeError);
    }
    for (const label of [-1, 2, 0.5]) expect(() => trueLabelPosition([0.5, 0.5], label)).toThrow(RangeError);
    expect(() => trueLabelPosition([Number.NaN, 0.5], 0)).toThrow(RangeError);
  });
});
