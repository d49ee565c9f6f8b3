import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { binnedCalibrationErrors } from './binned-calibration-errors.ts';
import { calibrationError, perfectCalibrationErrors } from './calibration-error.ts';
import { classWiseCalibrationError } from './class-wise-calibration-error.ts';
import { checkForecasts, checkLabels, checkProbabilityRows, mostProbableClass } from './probability-rows.ts';
import { binOf, type EdgeRule, equalCountEdges, equalWidthEdges } from './reliability-bins.ts';
import { type ReliabilityBin, reliabilityTable } from './reliability-table.ts';
import { wilsonInterval } from './wilson-interval.ts';

const SEED = 11;
const tenths = fc.integer({ min: 0, max: 10 }).map((value) => value / 10);
const confidence = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), tenths);
const rows = fc.array(fc.tuple(confidence, fc.boolean()), { minLength: 1, maxLength: 40 });
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Bins by comparing with both edges, straight from the definition of an interval. */
function slowBin(value: number, edges: Float64Array, rule: EdgeRule): number {
  const last = edges.length - 2;
  const bins = Array.from({ length: last + 1 }, (_, bin) => bin).filter((bin) => {
    const [lower, upper] = [edges[bin]!, edges[bin + 1]!];
    return rule === 'right-open'
      ? value >= lower && (value < upper || (bin === last && value === upper))
      : (value > lower || (bin === 0 && value === lower)) && value <= upper;
  });
  expect(bins).toHaveLength(1);
  return bins[0]!;
}

describe('bins', () => {
  it('hold what the definition of their interval says, on every edge and for both rules', () => {
    const property = fc.property(confidence, fc.integer({ min: 1, max: 20 }), (value, bins) => {
      const edges = equalWidthEdges(bins);
      for (const rule of ['right-open', 'left-open'] as const) {
        for (const at of [value, ...edges]) expect(binOf(at, edges, rule)).toBe(slowBin(at, edges, rule));
      }
    });
    fc.assert(property, { seed: SEED, numRuns: 100 });
  });
  it('count 1.0 in the last bin and put 0.3 below the edge 0.30000000000000004', () => {
    const edges = equalWidthEdges(10);
    expect([binOf(1, edges), binOf(1, edges, 'left-open')]).toEqual([9, 9]);
    expect(binOf(0, edges, 'left-open')).toBe(0);
    expect([binOf(0.3, edges), binOf(0.5, edges), binOf(0.5, edges, 'left-open')]).toEqual([2, 5, 4]);
  });
  it('of equal counts lie at the quantiles, and hold counts that differ by at most one when nothing is tied', () => {
    // Type 7: 0.25 of 5 values is the second, 0.5 the third.
    expect([...equalCountEdges([0.9, 0.1, 0.5, 0.2, 0.4], 4)]).toEqual([0, 0.2, 0.4, 0.5, 1]);
    const distinct = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 });
    const property = fc.property(distinct, fc.integer({ min: 1, max: 12 }), (values, bins) => {
      const said = values.map((value) => value / 1000);
      const edges = equalCountEdges(said, bins);
      const counts = reliabilityTable(
        said,
        said.map(() => true),
        { edges },
      ).bins.map(({ n }) => n);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    });
    fc.assert(property, { seed: SEED, numRuns: 100 });
    // The third fifth of these six ends at 0.3 itself; a share of 0.6000000000000001 would end it above.
    expect([...equalCountEdges([0, 0.1, 0.2, 0.3, 0.4, 0.5], 5)]).toEqual([0, 0.1, 0.2, 0.3, 0.4, 1]);
  });
  it('refuse misuse', () => {
    for (const count of [0, -1, 1.5, Number.NaN]) {
      expect(() => equalWidthEdges(count)).toThrow(RangeError);
      expect(() => equalCountEdges([0.5], count)).toThrow(RangeError);
    }
    expect(() => equalCountEdges([], 2)).toThrow(RangeError);
    for (const value of [-0.1, 1.1, Number.NaN]) {
      expect(() => equalCountEdges([0.5, value], 2)).toThrow(RangeError);
      expect(() => binOf(value, [0, 1])).toThrow(RangeError);
    }
  });
});

describe('reliability table', () => {
  it('equals means and shares taken bin by bin, and carries n and Wilson intervals', () => {
    const property = fc.property(rows, fc.integer({ min: 1, max: 12 }), (data, bins) => {
      const said = data.map(([value]) => value);
      const came = data.map(([, value]) => value);
      const edges = equalWidthEdges(bins);
      const table = reliabilityTable(said, came, { edges, alpha: 0.1 });
      expect(table.n).toBe(data.length);
      table.bins.forEach((bin, i) => {
        const own = data.filter(([value]) => slowBin(value, edges, 'right-open') === i);
        expect([bin.n, bin.weight]).toEqual([own.length, own.length]);
        if (own.length === 0) {
          expect([bin.meanConfidence, bin.frequency, bin.interval]).toEqual([null, null, null]);
          return;
        }
        const hits = own.filter(([, value]) => value).length;
        expect(bin.meanConfidence).toBeCloseTo(mean(own.map(([value]) => value)), 12);
        expect(bin.frequency).toBe(hits / own.length);
        const [low, high] = wilsonInterval(hits, own.length, 0.1);
        expect(bin.interval![0]).toBeCloseTo(low, 12);
        expect(bin.interval![1]).toBeCloseTo(high, 12);
      });
    });
    fc.assert(property, { seed: SEED, numRuns: 100 });
  });
  it('with whole weights equals the table of repeated rows, except for n', () => {
    const said = [0.15, 0.17, 0.72, 0.78, 0.79];
    const came = [false, true, true, false, true];
    const weights = [2, 0, 1, 3, 1];
    const repeat = <Value>(values: readonly Value[]) =>
      values.flatMap((value, i) => Array.from({ length: weights[i]! }, () => value));
    const weighted = reliabilityTable(said, came, { weights });
    const repeated = reliabilityTable(repeat(said), repeat(came));
    expect([weighted.n, repeated.n]).toEqual([4, 7]);
    weighted.bins.forEach((bin, i) => {
      const other = repeated.bins[i]!;
      expect(bin.weight).toBe(other.weight);
      expect(bin.frequency).toEqual(other.frequency);
      if (bin.meanConfidence !== null) expect(bin.meanConfidence).toBeCloseTo(other.meanConfidence!, 12);
    });
    const [a, b] = [binnedCalibrationErrors(weighted), binnedCalibrationErrors(repeated)];
    expect(a.expected).toBeCloseTo(b.expected, 12);
  });
  it('has as wide intervals as the weights are worth rows', () => {
    const came = [true, true, false, true];
    const binOfHalf = (weights: number[]) =>
      reliabilityTable(Array(4).fill(0.55), came, { weights }).bins[5]!;
    expect(binOfHalf([1, 1, 1, 1])).toEqual(reliabilityTable(Array(4).fill(0.55), came).bins[5]);
    for (const scale of [1e-200, 1e-3, 7, 1e200]) {
      const bin = binOfHalf([3 * scale, 2 * scale, 2 * scale, scale]);
      expect(bin.n).toBe(4);
      // (3 + 2 + 2 + 1)^2 / (9 + 4 + 4 + 1).
      expect(bin.effectiveCount).toBeCloseTo(64 / 18, 12);
      const [low, high] = wilsonInterval((6 / 8) * (64 / 18), 64 / 18);
      expect(bin.interval![0]).toBeCloseTo(low, 12);
      expect(bin.interval![1]).toBeCloseTo(high, 12);
    }
    // One row that rules says as much as one row.
    expect(binOfHalf([1, 1e-12, 1e-12, 1e-12]).effectiveCount).toBeCloseTo(1, 9);
  });
  it('law: intervals of weighted rows hold what comes true about 19 times in 20; at n rows they do not', () => {
    const weights = Array.from({ length: 100 }, (_, i) => (i < 10 ? 9 : 1 / 9));
    const trials = Array.from({ length: 600 }, (_, trial) => {
      const stream = randomStream('reliability', 'weighted', trial);
      const came = weights.map(() => stream.uniform() < 0.55);
      return reliabilityTable(Array(100).fill(0.55), came, { weights }).bins[5]!;
    });
    const share = (intervalOf: (bin: ReliabilityBin) => readonly [number, number]) =>
      mean(
        trials.map((bin) => {
          const [low, high] = intervalOf(bin);
          return low <= 0.55 && 0.55 <= high ? 1 : 0;
        }),
      );
    // The effective count is 12.1: a share of so few steps misses 0.95 by its coarseness, hence 0.03 beside four standard errors.
    const kept = share((bin) => bin.interval!);
    expect(Math.abs(kept - 0.95)).toBeLessThan(0.03 + 4 * Math.sqrt((0.95 * 0.05) / 600));
    expect(share((bin) => wilsonInterval(bin.frequency! * bin.n, bin.n))).toBeLessThan(0.6);
  });
  it('refuses misuse', () => {
    expect(() => reliabilityTable([], [])).toThrow(RangeError);
    expect(() => reliabilityTable([0.5], [])).toThrow(RangeError);
    expect(() => reliabilityTable([Number.NaN], [true])).toThrow(RangeError);
    for (const edges of [[], [0], [0.1, 1], [0, 0.9], [0, 0.7, 0.3, 1], [0, Number.NaN, 1]]) {
      expect(() => reliabilityTable([0.5], [true], { edges })).toThrow(RangeError);
    }
    for (const weights of [[], [0], [-1], [Number.NaN], [Number.POSITIVE_INFINITY]]) {
      expect(() => reliabilityTable([0.5], [true], { weights })).toThrow(RangeError);
    }
    for (const alpha of [0, 1, Number.NaN]) {
      expect(() => reliabilityTable([0.5], [true], { alpha })).toThrow(RangeError);
    }
  });
});

describe('binned calibration errors', () => {
  it('are the weighted mean, the largest and the plain mean of the gaps, n beside them', () => {
    // Bins: two rows with a gap of 0.2 - 0.5 and one with 0.9 - 1.
    const table = reliabilityTable([0.2, 0.2, 0.9], [true, false, true], { edges: equalWidthEdges(2) });
    const errors = binnedCalibrationErrors(table);
    expect(errors).toMatchObject({ n: 3, binCount: 2 });
    expect(errors.expected).toBeCloseTo((2 * 0.3 + 0.1) / 3, 12);
    expect(errors.maximum).toBeCloseTo(0.3, 12);
    expect(errors.average).toBeCloseTo(0.2, 12);
    expect(() => binnedCalibrationErrors({ n: 0, bins: [] })).toThrow(RangeError);
  });
  it('have the expected error of calibrationError', () => {
    const property = fc.property(rows, fc.integer({ min: 1, max: 12 }), (data, bins) => {
      const said = data.map(([value]) => value);
      const came = data.map(([, value]) => value);
      const { expected } = binnedCalibrationErrors(
        reliabilityTable(said, came, { edges: equalWidthEdges(bins) }),
      );
      expect(calibrationError(said, came, bins)).toBeCloseTo(expected, 12);
    });
    fc.assert(property, { seed: SEED, numRuns: 100 });
    for (const bins of [0, 1.5]) expect(() => calibrationError([0.5], [true], bins)).toThrow(RangeError);
  });
});

describe('calibration error of a perfect model', () => {
  const stream = () => randomStream('reliability-table', 'perfect', 0);
  it('falls with the root of the number of rows, and is far from 0 for few', () => {
    const meanAt = (n: number) =>
      perfectCalibrationErrors(({ uniform }) => Array.from({ length: n }, uniform), stream(), 200).mean;
    // 0.10 at 100 rows and ten bins; the standard error of a mean of 200 tests is below 0.003.
    expect(Math.abs(meanAt(100) - 0.1)).toBeLessThan(0.01);
    expect(meanAt(25) / meanAt(400)).toBeGreaterThan(3);
    expect(meanAt(25) / meanAt(400)).toBeLessThan(5);
  });
  it('refuses misuse', () => {
    for (const repeats of [19, Number.NaN]) {
      expect(() => perfectCalibrationErrors([0.5], stream(), repeats)).toThrow(RangeError);
    }
    expect(() => perfectCalibrationErrors([], stream(), 20)).toThrow(RangeError);
    expect(() => perfectCalibrationErrors(() => [1.5], stream(), 20)).toThrow(RangeError);
  });
});

describe('class-wise calibration error', () => {
  it('is that of each class against the rest', () => {
    const probabilities = [
      [0.7, 0.2, 0.1],
      [0.1, 0.8, 0.1],
      [0.3, 0.3, 0.4],
      [0.6, 0.3, 0.1],
    ];
    const labels = [0, 1, 1, 2];
    const answer = classWiseCalibrationError(probabilities, labels);
    const slow = [0, 1, 2].map((k) =>
      calibrationError(
        probabilities.map((row) => row[k]!),
        labels.map((label) => label === k),
      ),
    );
    answer.classes.forEach(({ expected, n }, k) => {
      expect(n).toBe(4);
      expect(expected).toBeCloseTo(slow[k]!, 12);
    });
    expect(answer.n).toBe(4);
    expect(answer.mean).toBeCloseTo(mean(slow), 12);
  });
  it('sees what the top label hides', () => {
    // The top class is right as often as said, while the two others are mistaken for each other.
    const probabilities = Array.from({ length: 10 }, () => [0.6, 0.4, 0]);
    const labels = [0, 0, 0, 0, 0, 0, 2, 2, 2, 2];
    const top = calibrationError(
      probabilities.map(([first]) => first!),
      labels.map((label) => label === 0),
    );
    expect(top).toBeCloseTo(0, 12);
    expect(classWiseCalibrationError(probabilities, labels).mean).toBeCloseTo(0.8 / 3, 12);
  });
  it('refuses misuse', () => {
    expect(() => classWiseCalibrationError([], [])).toThrow(RangeError);
    expect(() => classWiseCalibrationError([[0.5, 0.5]], [2])).toThrow(RangeError);
  });
});

describe('checks of probabilities', () => {
  it('pass rows as printed and refuse what is none', () => {
    expect(checkProbabilityRows([[0.106, 0.225, 0.623, 0.047]], [3])).toBe(4);
    for (const row of [[1], [0.5, 0.6], [-0.1, 1.1], [Number.NaN, 1], [0.2, 0.2]]) {
      expect(() => checkProbabilityRows([row])).toThrow(RangeError);
    }
    expect(() => checkProbabilityRows([])).toThrow(RangeError);
    expect(() => checkProbabilityRows([[0.5, 0.5], [1]])).toThrow(RangeError);
    for (const labels of [[], [-1], [2], [0.5], [Number.NaN]]) {
      expect(() => checkLabels(labels, 1, 2)).toThrow(RangeError);
    }
    expect(() => checkForecasts([0.5], [])).toThrow(RangeError);
    expect(() => checkForecasts([], [])).toThrow(RangeError);
    expect(() => checkForecasts([1.5], [true])).toThrow(RangeError);
  });
  it('choose the first of equal classes', () => {
    expect(mostProbableClass([0.2, 0.4, 0.4])).toBe(1);
    expect(() => mostProbableClass([])).toThrow(RangeError);
  });
});
