import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sigmoid } from '../networks/activation.ts';
import { softmax } from '../networks/ensemble-forward.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { brierDecomposition, brierScore } from './brier-score.ts';
import { calibrationLine, plattScaling } from './calibration-line.ts';
import { binaryLogLoss, logLoss } from './log-loss.ts';
import { fitLogisticLine } from './logistic-line.ts';
import { spiegelhalterTest } from './spiegelhalter-test.ts';
import { fitTemperature } from './temperature.ts';

const SEED = 12;
const tenths = fc.integer({ min: 0, max: 10 }).map((value) => value / 10);
const rows = fc.array(fc.tuple(tenths, fc.boolean()), { minLength: 1, maxLength: 40 });
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Forecasts, and outcomes drawn with logit P(yes) = intercept + slope logit(forecast). */
function drawn(count: number, intercept: number, slope: number) {
  const stream = randomStream('proper-scores', 'test', count);
  const said = Array.from({ length: count }, () => 0.05 + 0.9 * stream.uniform());
  const came = said.map((p) => stream.uniform() < sigmoid(intercept + slope * Math.log(p / (1 - p))));
  return { said, came };
}

describe('Brier score', () => {
  it('decomposes as the slow sums over pairs of a forecast and its rows', () => {
    const property = fc.property(rows, (data) => {
      const parts = brierDecomposition(
        data.map(([p]) => p),
        data.map(([, came]) => came),
      );
      const base = mean(data.map(([, came]) => Number(came)));
      const frequencyOf = (p: number) => mean(data.filter(([q]) => q === p).map(([, came]) => Number(came)));
      expect(parts.n).toBe(data.length);
      expect(parts.forecastCount).toBe(new Set(data.map(([p]) => p)).size);
      expect(parts.score).toBeCloseTo(mean(data.map(([p, came]) => (p - Number(came)) ** 2)), 12);
      expect(parts.reliability).toBeCloseTo(mean(data.map(([p]) => (p - frequencyOf(p)) ** 2)), 12);
      expect(parts.resolution).toBeCloseTo(mean(data.map(([p]) => (frequencyOf(p) - base) ** 2)), 12);
      expect(parts.uncertainty).toBeCloseTo(base * (1 - base), 12);
      if (base === 0 || base === 1) expect(parts.skill).toBeNull();
      else expect(parts.skill).toBeCloseTo(1 - parts.score / (base * (1 - base)), 12);
    });
    fc.assert(property, { seed: SEED, numRuns: 100 });
  });
  it('of several classes counts the squares of all of them', () => {
    const probabilities = [
      [0.7, 0.2, 0.1],
      [0.1, 0.3, 0.6],
    ];
    // 0.09 + 0.04 + 0.01 and 0.01 + 0.49 + 0.36.
    expect(brierScore(probabilities, [0, 1])).toEqual({ n: 2, value: expect.closeTo(0.5, 12) });
    const property = fc.property(rows, (data) => {
      const two = data.map(([p]) => [1 - p, p]);
      const labels = data.map(([, came]) => Number(came));
      const { score } = brierDecomposition(
        data.map(([p]) => p),
        data.map(([, came]) => came),
      );
      expect(brierScore(two, labels).value).toBeCloseTo(2 * score, 12);
    });
    fc.assert(property, { seed: SEED, numRuns: 50 });
  });
  it('refuses misuse', () => {
    expect(() => brierDecomposition([], [])).toThrow(RangeError);
    expect(() => brierDecomposition([0.5], [])).toThrow(RangeError);
    expect(() => brierDecomposition([-0.1], [true])).toThrow(RangeError);
    expect(() => brierScore([[0.5, 0.5]], [])).toThrow(RangeError);
    expect(() => brierScore([[0.5, Number.NaN]], [0])).toThrow(RangeError);
  });
});

describe('log loss', () => {
  it('is the mean surprise, of two classes as of a yes-or-no event', () => {
    expect(
      logLoss(
        [
          [0.5, 0.25, 0.25],
          [0.125, 0.125, 0.75],
        ],
        [1, 0],
      ),
    ).toEqual({ n: 2, value: expect.closeTo(2.5 * Math.LN2, 12) });
    const { said, came } = drawn(50, 0, 1);
    const two = said.map((p) => [1 - p, p]);
    const binary = binaryLogLoss(said, came);
    expect(binary.n).toBe(50);
    expect(logLoss(two, came.map(Number)).value).toBeCloseTo(binary.value, 12);
    // 1 - 1e-20 is 1 as a double; the surprise is not lost.
    expect(binaryLogLoss([1e-20], [false]).value).toBeCloseTo(1e-20, 30);
  });
  it('says infinite for what had been ruled out, and +0 for what was certain', () => {
    expect(logLoss([[1, 0]], [1]).value).toBe(Number.POSITIVE_INFINITY);
    expect(binaryLogLoss([0], [true]).value).toBe(Number.POSITIVE_INFINITY);
    expect([logLoss([[1, 0]], [0]).value, binaryLogLoss([0], [false]).value]).toEqual([0, 0]);
  });
  it('refuses misuse', () => {
    expect(() => logLoss([], [])).toThrow(RangeError);
    expect(() => logLoss([[0.5, 0.5]], [2])).toThrow(RangeError);
    expect(() => binaryLogLoss([Number.NaN], [true])).toThrow(RangeError);
    expect(() => binaryLogLoss([0.5], [])).toThrow(RangeError);
  });
});

describe("Spiegelhalter's test", () => {
  it('standardises the Brier score by the mean and variance that calibrated forecasts give it', () => {
    const { said, came } = drawn(60, 0.3, 1);
    const score = mean(said.map((p, i) => (p - Number(came[i])) ** 2));
    const expected = mean(said.map((p) => p * (1 - p)));
    const variance = mean(said.map((p) => (1 - 2 * p) ** 2 * p * (1 - p))) / said.length;
    const test = spiegelhalterTest(said, came)!;
    expect(test.n).toBe(60);
    expect(test.z).toBeCloseTo((score - expected) / Math.sqrt(variance), 10);
  });
  it('calls calibrated forecasts calibrated 19 times in 20, and overconfident ones not', () => {
    const stream = randomStream('spiegelhalter', 'test', 0);
    const rejected = (sharpness: number) => {
      const tests = Array.from({ length: 800 }, () => {
        const said = Array.from({ length: 60 }, () => 0.02 + 0.96 * stream.uniform());
        const came = said.map((p) => stream.uniform() < sigmoid(sharpness * Math.log(p / (1 - p))));
        return spiegelhalterTest(said, came)!.p <= 0.05;
      });
      return mean(tests.map(Number));
    };
    // Four standard errors of a share of 0.05 in 800.
    expect(Math.abs(rejected(1) - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / 800));
    expect(rejected(0.3)).toBeGreaterThan(0.9);
  });
  it('calls calibration refuted when something impossible happened, however many other forecasts fit', () => {
    const said = Array.from({ length: 1000 }, () => 0.3);
    const came = said.map((_, i) => i % 10 < 3);
    expect(spiegelhalterTest(said, came)).toMatchObject({ impossibleCount: 0, z: expect.closeTo(0, 9) });
    expect(spiegelhalterTest(said, came)!.p).toBeCloseTo(1, 9);
    expect(spiegelhalterTest([...said, 0, 1], [...came, false, true])!.p).toBeCloseTo(1, 9);
    for (const [certain, happened] of [
      [0, true],
      [1, false],
    ] as const) {
      const refuted = spiegelhalterTest([...said, certain], [...came, happened]);
      expect(refuted).toMatchObject({ p: 0, impossibleCount: 1, n: 1001 });
      expect(spiegelhalterTest([certain, 0.5], [happened, true])).toMatchObject({ z: null, p: 0 });
    }
  });
  it('cannot say without spread, and refuses misuse', () => {
    expect(spiegelhalterTest([0, 0.5, 1], [false, false, true])).toBeNull();
    expect(() => spiegelhalterTest([], [])).toThrow(RangeError);
    expect(() => spiegelhalterTest([0.5], [])).toThrow(RangeError);
    expect(() => spiegelhalterTest([2], [true])).toThrow(RangeError);
  });
});

describe('logistic line', () => {
  const lossOf = (x: readonly number[], targets: readonly number[], intercept: number, slope: number) =>
    x.reduce((sum, value, i) => {
      const p = sigmoid(intercept + slope * value);
      return sum - targets[i]! * Math.log(p) - (1 - targets[i]!) * Math.log(1 - p);
    }, 0);
  it('has the largest likelihood: no neighbour is better, and a coarse search ends there', () => {
    const stream = randomStream('logistic-line', 'test', 0);
    for (let set = 0; set < 10; set += 1) {
      const x = Array.from({ length: 40 }, () => 3 * stream.normal());
      const targets = x.map((value) => Number(stream.uniform() < sigmoid(0.7 - 0.4 * value)));
      const { intercept, slope } = fitLogisticLine(x, targets)!;
      const best = lossOf(x, targets, intercept, slope);
      for (const [da, db] of [
        [1e-4, 0],
        [-1e-4, 0],
        [0, 1e-4],
        [0, -1e-4],
      ] as const) {
        expect(lossOf(x, targets, intercept + da, slope + db)).toBeGreaterThan(best);
      }
      // Search over neighbours with shrinking steps: slow, and without a derivative.
      let [a, b] = [0, 0];
      let least = lossOf(x, targets, a, b);
      for (let step = 1; step > 1e-7; step /= 2) {
        for (let isBetter = true; isBetter; ) {
          const neighbours = [
            [a + step, b],
            [a - step, b],
            [a, b + step],
            [a, b - step],
            [a + step, b + step],
            [a - step, b - step],
            [a + step, b - step],
            [a - step, b + step],
          ] as const;
          isBetter = false;
          for (const [nextA, nextB] of neighbours) {
            const loss = lossOf(x, targets, nextA, nextB);
            if (loss < least) [a, b, least, isBetter] = [nextA, nextB, loss, true];
          }
        }
      }
      // Without a derivative the flat top of the likelihood hides about the square root of rounding.
      expect([intercept, slope]).toEqual([expect.closeTo(a, 5), expect.closeTo(b, 5)]);
    }
  });
  it('cannot say when no finite line is the best', () => {
    expect(fitLogisticLine([1, 2, 3, 4], [0, 0, 1, 1])).toBeNull();
    expect(fitLogisticLine([1, 2, 2, 4], [0, 0, 1, 1])).toBeNull();
    expect(fitLogisticLine([4, 3, 2, 1], [0, 0, 1, 1])).toBeNull();
    expect(fitLogisticLine([1, 2, 3], [1, 1, 1])).toBeNull();
    expect(fitLogisticLine([1, 2, 3], [0, 0, 0], 1)).toBeNull();
    expect(fitLogisticLine([2, 2, 2], [0, 1, 0])).toBeNull();
    // The intercept alone needs no overlap.
    expect(fitLogisticLine([0, 0], [0, 1], 1)).toEqual({ intercept: 0, slope: 1 });
    // One row that crosses is enough.
    expect(fitLogisticLine([1, 2, 3, 2.5], [0, 0, 1, 0])).toBeNull();
    expect(fitLogisticLine([1, 2, 3, 3.5], [0, 0, 1, 0])).not.toBeNull();
  });
  it('reaches far optima without a step too far', () => {
    const line = fitLogisticLine([-1000, -999, 1000, 1001, 1e-3, -1e-3], [0, 0, 1, 1, 0, 1])!;
    expect(Number.isFinite(line.slope) && Number.isFinite(line.intercept)).toBe(true);
  });
  it('refuses misuse', () => {
    expect(() => fitLogisticLine([], [])).toThrow(RangeError);
    expect(() => fitLogisticLine([1], [])).toThrow(RangeError);
    expect(() => fitLogisticLine([Number.NaN], [1])).toThrow(RangeError);
    for (const target of [-0.1, 1.1, Number.NaN])
      expect(() => fitLogisticLine([1], [target])).toThrow(RangeError);
  });
});

describe('calibration line', () => {
  it('finds the slope and intercept with which outcomes were drawn', () => {
    const { said, came } = drawn(20_000, -0.4, 0.6);
    const { n, slope, intercept, interceptAtSlopeOne } = calibrationLine(said, came);
    expect(n).toBe(20_000);
    // Standard errors at this n are about 0.02.
    expect(Math.abs(slope! - 0.6)).toBeLessThan(0.08);
    expect(Math.abs(intercept! + 0.4)).toBeLessThan(0.08);
    // With the slope held at 1, the mean forecast moves to the share that came true.
    const shifted = said.map((p) => sigmoid(interceptAtSlopeOne! + Math.log(p / (1 - p))));
    expect(mean(shifted)).toBeCloseTo(mean(came.map(Number)), 10);
  });
  it('cannot say for separable outcomes, and refuses certainty and misuse', () => {
    expect(calibrationLine([0.2, 0.8], [false, true])).toMatchObject({ slope: null, intercept: null });
    expect(calibrationLine([0.2, 0.8], [true, true]).interceptAtSlopeOne).toBeNull();
    for (const p of [0, 1, -0.2, Number.NaN])
      expect(() => calibrationLine([p, 0.4], [true, false])).toThrow(RangeError);
    expect(() => calibrationLine([], [])).toThrow(RangeError);
    expect(() => calibrationLine([0.5], [])).toThrow(RangeError);
  });
});

describe('Platt scaling', () => {
  it('stays finite on separable scores, where the largest likelihood is not', () => {
    const line = plattScaling([-2, -1, 1, 2], [false, false, true, true])!;
    // Symmetric scores: the two outer and inner targets 0.75 and 0.25 on average.
    expect(line.intercept).toBeCloseTo(0, 10);
    const sum = [-2, -1, 1, 2].reduce(
      (total, x, i) => total + x * ((i < 2 ? 0.25 : 0.75) - sigmoid(line.slope * x)),
      0,
    );
    expect(sum).toBeCloseTo(0, 10);
    expect(line.slope).toBeGreaterThan(0);
  });
  it('cannot say for equal scores, and refuses misuse', () => {
    expect(plattScaling([1, 1], [true, false])).toBeNull();
    expect(() => plattScaling([], [])).toThrow(RangeError);
    expect(() => plattScaling([1], [])).toThrow(RangeError);
    expect(() => plattScaling([Number.NaN, 1], [true, false])).toThrow(RangeError);
  });
});

describe('temperature', () => {
  it('ends where a slow search of the log loss ends', () => {
    const stream = randomStream('temperature', 'slow-search', 0);
    for (let set = 0; set < 10; set += 1) {
      const logits = Array.from({ length: 40 }, () => Array.from({ length: 3 }, () => 2 * stream.normal()));
      const labels = logits.map((row) =>
        stream.uniform() < 0.6 ? row.indexOf(Math.max(...row)) : stream.integer(3),
      );
      const lossAt = (inverse: number) =>
        logLoss(
          logits.map((row) => softmax(row, 1 / inverse)),
          labels,
        ).value;
      // Golden section on 1/T, in which the loss is convex.
      const golden = (Math.sqrt(5) - 1) / 2;
      let [low, high] = [1 / 20, 20];
      while (high - low > 1e-9) {
        const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
        if (lossAt(a) < lossAt(b)) high = b;
        else low = a;
      }
      const { temperature, isAtBound } = fitTemperature(logits, labels);
      expect(isAtBound).toBe(false);
      // A minimum is found by its values to about the square root of their rounding.
      expect(Math.abs(1 / temperature - low)).toBeLessThan(1e-6);
    }
  });
  it('refuses misuse', () => {
    expect(() => fitTemperature([], [])).toThrow(RangeError);
    expect(() => fitTemperature([[1, 2]], [])).toThrow(RangeError);
    expect(() => fitTemperature([[1, Number.NaN]], [0])).toThrow(RangeError);
    expect(() => fitTemperature([[1, 2], [1]], [0, 0])).toThrow(RangeError);
    for (const label of [2, -1, 0.5]) expect(() => fitTemperature([[1, 2]], [label])).toThrow(RangeError);
  });
});
