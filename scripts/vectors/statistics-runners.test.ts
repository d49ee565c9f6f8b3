import { describe, expect, it } from 'vitest';
import { type Comparison, compare } from './comparison.ts';
import { run as runAgreement } from './runners/bland_altman.ts';
import { run as runBootstrap } from './runners/bootstrap_ci.ts';
import { run as runCalibration } from './runners/calibration.ts';
import { run as runSets } from './runners/conformal_classification.ts';
import { run as runIntervals } from './runners/conformal_regression.ts';
import { run as runKappa } from './runners/kappa_ac1.ts';
import type { VectorFile } from './vector-file.ts';

const FILE: VectorFile = { stem: '', nets: {}, tolerance: { abs: 0, rel: 0 }, cases: [] };
const TOLERANCE = { abs: 1e-9, rel: 0 };
const INFINITE = Number.POSITIVE_INFINITY;

/** First problem of some comparisons; empty when all agree. @throws Error when nothing was compared. */
function problemOf(comparisons: readonly Comparison[]): string {
  if (comparisons.length === 0) throw new Error('nothing was compared');
  return comparisons.map((each) => compare(each, TOLERANCE).problem).find((problem) => problem !== '') ?? '';
}

describe('runners of the statistics files', () => {
  const crossed = {
    name: 'crossed',
    kind: 'metrics',
    y: [10, 10, 10, 10],
    intervals: [
      [5, 15],
      [15, 25],
      [12, 8],
      [-5, 0],
    ],
  };
  it('score crossed ends in order, by alpha or by the level', () => {
    // Widths 10, 10, 4 and 5; 5 and 10 outside, each times 20.
    for (const asked of [
      { alpha: 0.1, winkler: 82.25 },
      { confidenceLevel: 0.9, intervalScore: 82.25 },
    ]) {
      expect(problemOf(runIntervals({ ...crossed, ...asked }, FILE))).toBe('');
    }
    expect(problemOf(runIntervals({ ...crossed, alpha: 0.1, winkler: 76 }, FILE))).toMatch(/82\.25/);
  });
  it('read bands without ends and groups of the test cases alone', () => {
    const band = { yCal: [0, 1], loCal: [0, 0], hiCal: [1, 1], loTest: [0], hiTest: [1], alpha: 0.1 };
    const open = {
      ...band,
      name: 'open',
      kind: 'cqr',
      quantile: INFINITE,
      intervals: [[-INFINITE, INFINITE]],
    };
    expect(problemOf(runIntervals(open, FILE))).toBe('');
    const grouped = {
      calScores: [1, 2],
      groupCal: ['a', 'a'],
      groupTest: ['z'],
      testScores: [[9, 9]],
      alpha: 0.5,
    };
    const answers = { qhatPerGroup: { a: 2, z: INFINITE }, counts: { a: 2, z: 0 }, sets: [[true, true]] };
    const vector = { ...grouped, ...answers, name: 'z', kind: 'group_conditional' };
    expect(problemOf(runSets(vector, FILE))).toBe('');
  });
  it('read coverage by the size of sets, NaN for a size of no set', () => {
    const vector = { name: 'sizes', kind: 'metrics', y: [0], sets: [[true, false]], numBins: null };
    expect(problemOf(runSets({ ...vector, coverages: [Number.NaN, 1, Number.NaN], score: 1 }, FILE))).toBe(
      '',
    );
  });
  it('accept a Platt line in one convention, not a mixture of two', () => {
    // One of four says yes at -1, three of four at 1: log odds -ln 3 and ln 3.
    const scores = [-1, -1, -1, -1, 1, 1, 1, 1];
    const vector = { name: 'platt', kind: 'platt', scores, y: [0, 0, 0, 1, 0, 1, 1, 1] };
    const slope = Math.log(3);
    expect(problemOf(runCalibration({ ...vector, slope, intercept: 0 }, FILE))).toBe('');
    expect(problemOf(runCalibration({ ...vector, a: -slope, b: 0 }, FILE))).toBe('');
    // Targets 5/6 and 1/6: of the four at 1, (3 * 5 + 1) / 24 say yes.
    const drawnIn = Math.log(2);
    expect(problemOf(runCalibration({ ...vector, plattA: -drawnIn, plattB: 0 }, FILE))).toBe('');
    expect(problemOf(runCalibration({ ...vector, a: slope + 0.01, b: 0 }, FILE))).not.toBe('');
  });
  it('read a curve whose keys name the strategy', () => {
    const vector = {
      name: 'curve',
      kind: 'reliability_curve',
      p: [0.1, 0.2, 0.3, 0.9],
      y: [0, 1, 0, 1],
      bins: 2,
    };
    const curve = {
      probTrueUniform: [1 / 3, 1],
      probTrueQuantile: [0.5, 0.5],
      probPredQuantile: [0.15, 0.6],
    };
    expect(problemOf(runCalibration({ ...vector, ...curve }, FILE))).toBe('');
  });
  it('resample patients written as lists, and read levels without data', () => {
    const patients = { name: 'patients', data: [[1, 2], [3]], statistic: 'mean', estimate: 2, nClusters: 2 };
    expect(problemOf(runBootstrap(patients, FILE))).toBe('');
    // Without bias and acceleration the levels are the nominal ones.
    const levels = { name: 'levels', z0: 0, acceleration: 0, alpha: 0.1, bcaLevels: [0.05, 0.95] };
    expect(problemOf(runBootstrap(levels, FILE))).toBe('');
  });
  it('hold that nothing and a single pair are refused', () => {
    expect(problemOf(runAgreement({ name: 'one', method1: [1], method2: [2] }, FILE))).toBe('');
    expect(problemOf(runAgreement({ name: 'none', method1: [], method2: [] }, FILE))).toBe('');
    const empty = [
      [0, 0],
      [0, 0],
    ];
    expect(problemOf(runKappa({ name: 'empty', kind: 'edge', table: empty }, FILE))).toBe('');
  });
});
