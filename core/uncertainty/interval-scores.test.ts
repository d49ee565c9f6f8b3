import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import type { ConformalInterval } from './conformal-interval.ts';
import {
  coverageWidthCriterion,
  intervalCoverage,
  meanIntervalWidth,
  pinballLoss,
  sizeStratifiedCoverage,
  winklerScore,
} from './interval-scores.ts';

const TRUTHS = [5, 7.5, 9.5, 10.5, 12.5];
const INTERVALS: ConformalInterval[] = [
  [4, 6],
  [6, 9],
  [9, 10],
  [8.5, 12.5],
  [10.5, 12],
];

describe('measures of intervals', () => {
  it('count both ends as inside and an unbounded interval as everything', () => {
    expect(intervalCoverage([1, 2, 3, 9], [[1, 2], [1, 2], [1, 2], 'unbounded'])).toBe(3 / 4);
    expect(meanIntervalWidth([[1, 2], 'unbounded'])).toBe(Number.POSITIVE_INFINITY);
    expect(meanIntervalWidth(INTERVALS)).toBe(2.3);
  });
  it('cut intervals into bins by width, the earlier bins taking what is over', () => {
    expect(sizeStratifiedCoverage(TRUTHS, INTERVALS, 2)).toEqual({ coverages: [2 / 3, 1], smallest: 2 / 3 });
    // All bins together are all intervals.
    for (const bins of [1, 2, 3, 4, 5]) {
      const { coverages } = sizeStratifiedCoverage(TRUTHS, INTERVALS, bins);
      const sizes = coverages.map((_, bin) => Math.ceil((5 - bin) / bins));
      const covered = coverages.reduce((sum, coverage, bin) => sum + coverage * sizes[bin]!, 0);
      expect(covered).toBeCloseTo(4, 12);
    }
    expect(sizeStratifiedCoverage([0, 9], ['unbounded', 'unbounded'], 2).coverages).toEqual([1, 1]);
  });
  it('law: the true quantile has the smallest pinball loss and the central interval the smallest Winkler score', () => {
    const stream = randomStream('interval-scores', 'truths', 0);
    const truths = Float64Array.from({ length: 4000 }, () => stream.uniform());
    const loss = (quantile: number) => pinballLoss(truths, Array(4000).fill(quantile), 0.8);
    const score = (half: number) => winklerScore(truths, Array(4000).fill([0.5 - half, 0.5 + half]), 0.2);
    // The sample's own quantiles are off by about 0.006; a tenth away the expected loss has risen by 0.005 and 0.2.
    for (const other of [0.7, 0.9]) expect(loss(0.8)).toBeLessThan(loss(other));
    for (const other of [0.3, 0.48]) expect(score(0.4)).toBeLessThan(score(other));
    // Broken twins: sides of the loss swapped, penalty without the 2 (best at half the promised misses' weight).
    const swapped = (quantile: number) => pinballLoss(truths, Array(4000).fill(quantile), 0.2);
    expect(swapped(0.8)).toBeGreaterThan(swapped(0.7));
    const lenient = (half: number) => winklerScore(truths, Array(4000).fill([0.5 - half, 0.5 + half]), 0.4);
    expect(lenient(0.4)).toBeGreaterThan(lenient(0.3));
  });
  it('weigh a miss by 2 / alpha', () => {
    // Widths 2, 3, 1, 4, 1.5, and one truth 0.5 outside.
    expect(winklerScore(TRUTHS, INTERVALS, 0.1)).toBeCloseTo((11.5 + 20 * 0.5) / 5, 12);
    expect(winklerScore([0], ['unbounded'], 0.1)).toBe(Number.POSITIVE_INFINITY);
  });
  it('trade width against a coverage that is off', () => {
    // Mean width 2.3 of a range of 7.5; coverage 0.8 where 0.9 was promised.
    const expected = (1 - 2.3 / 7.5) * Math.exp(-30 * 0.01);
    expect(coverageWidthCriterion(TRUTHS, INTERVALS, 0.1, 30)).toBeCloseTo(expected, 12);
    expect(coverageWidthCriterion(TRUTHS, INTERVALS, 0.2, 30)).toBeCloseTo(1 - 2.3 / 7.5, 12);
    // Without weight only the width counts; a weight below 0 turns the penalty into a reward.
    expect(coverageWidthCriterion(TRUTHS, INTERVALS, 0.1, 0)).toBeCloseTo(1 - 2.3 / 7.5, 12);
    const rewarded = (1 - 2.3 / 7.5) * Math.exp(0.01);
    expect(coverageWidthCriterion(TRUTHS, INTERVALS, 0.1, -1)).toBeCloseTo(rewarded, 12);
  });
  it('refuse misuse', () => {
    const uses = [
      intervalCoverage,
      (truths: number[], intervals: ConformalInterval[]) => sizeStratifiedCoverage(truths, intervals, 1),
      (truths: number[], intervals: ConformalInterval[]) => winklerScore(truths, intervals, 0.1),
      (truths: number[], intervals: ConformalInterval[]) => coverageWidthCriterion(truths, intervals, 0.1, 1),
    ];
    for (const use of uses) {
      expect(() => use([], [])).toThrow(RangeError);
      expect(() => use([1], [])).toThrow(RangeError);
      expect(() => use([Number.NaN, 2], [[0, 1], 'unbounded'])).toThrow(RangeError);
      expect(() =>
        use(
          [1, 2],
          [
            [2, 1],
            [0, 1],
          ],
        ),
      ).toThrow(RangeError);
      expect(() =>
        use(
          [1, 2],
          [
            [Number.NaN, 1],
            [0, 1],
          ],
        ),
      ).toThrow(RangeError);
    }
    expect(() => meanIntervalWidth([])).toThrow(RangeError);
    expect(() => meanIntervalWidth([[2, 1]])).toThrow(RangeError);
    for (const bins of [0, 6, 1.5]) {
      expect(() => sizeStratifiedCoverage(TRUTHS, INTERVALS, bins)).toThrow(RangeError);
    }
    for (const level of [0, 1, Number.NaN]) {
      expect(() => pinballLoss([1], [1], level)).toThrow(RangeError);
      expect(() => winklerScore(TRUTHS, INTERVALS, level)).toThrow(RangeError);
      expect(() => coverageWidthCriterion(TRUTHS, INTERVALS, level, 1)).toThrow(RangeError);
    }
    expect(() => pinballLoss([], [], 0.5)).toThrow(RangeError);
    expect(() => pinballLoss([1], [1, 2], 0.5)).toThrow(RangeError);
    expect(() => pinballLoss([Number.NaN], [1], 0.5)).toThrow(RangeError);
    for (const eta of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => coverageWidthCriterion(TRUTHS, INTERVALS, 0.1, eta)).toThrow(RangeError);
    }
    expect(() =>
      coverageWidthCriterion(
        [1, 1],
        [
          [0, 1],
          [0, 1],
        ],
        0.1,
        1,
      ),
    ).toThrow(RangeError);
    expect(() => coverageWidthCriterion([1, 2], ['unbounded', [0, 1]], 0.1, 1)).toThrow(RangeError);
  });
});
