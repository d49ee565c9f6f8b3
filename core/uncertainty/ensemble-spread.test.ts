import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softmax } from '../networks/ensemble-forward.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { ensembleSpread } from './ensemble-spread.ts';
import { mixtureMoments } from './mixture-moments.ts';

const SEED = 13;
const members = fc
  .record({ classes: fc.integer({ min: 2, max: 5 }), count: fc.integer({ min: 2, max: 6 }) })
  .chain(({ classes, count }) => {
    const row = fc.array(fc.double({ min: -40, max: 40, noNaN: true }), {
      minLength: classes,
      maxLength: classes,
    });
    return fc.array(row, { minLength: count, maxLength: count });
  })
  .map((rows) => rows.map((row) => softmax(row)));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Kullback-Leibler divergence in nats. */
const divergence = (from: ArrayLike<number>, to: ArrayLike<number>) =>
  Array.from(from, (p, k) => (p === 0 ? 0 : p * Math.log(p / to[k]!))).reduce((a, b) => a + b, 0);
const between = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, k) => (value + b[k]!) / 2);

describe('ensemble spread', () => {
  it('equals the divergences of which its entropies are differences', () => {
    const property = fc.property(members, (rows) => {
      const spread = ensembleSpread(rows);
      const pooled = Array.from(rows[0]!, (_, k) => mean(rows.map((row) => row[k]!)));
      // Mutual information: how far the members are from their mean, on average.
      expect(spread.mutualInformation).toBeCloseTo(mean(rows.map((row) => divergence(row, pooled))), 10);
      expect(spread.predictiveEntropy).toBeCloseTo(
        Math.log(pooled.length) -
          divergence(
            pooled,
            pooled.map(() => 1 / pooled.length),
          ),
        10,
      );
      expect(spread.expectedEntropy + spread.mutualInformation).toBeCloseTo(spread.predictiveEntropy, 12);
      const pairs = rows.flatMap((a, i) => rows.slice(i + 1).map((b) => [a, b] as const));
      const jensenShannon = pairs.map(
        ([a, b]) => (divergence(a, between(a, b)) + divergence(b, between(a, b))) / 2,
      );
      expect(spread.meanPairwiseJensenShannon).toBeCloseTo(mean(jensenShannon), 10);
      expect(spread.meanPairwiseJensenShannon).toBeLessThanOrEqual(Math.LN2 + 1e-12);
      const vote = (row: Float64Array) => row.indexOf(Math.max(...row));
      expect(spread.disagreement).toBeCloseTo(mean(pairs.map(([a, b]) => (vote(a) === vote(b) ? 0 : 1))), 12);
      const most = Math.max(...rows.map((row) => rows.filter((other) => vote(other) === vote(row)).length));
      expect(spread.variationRatio).toBeCloseTo(1 - most / rows.length, 12);
    });
    fc.assert(property, { seed: SEED, numRuns: 100 });
  });
  it('tells doubt that members share from disagreement', () => {
    const shared = ensembleSpread([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    expect([shared.predictiveEntropy, shared.mutualInformation]).toEqual([Math.LN2, 0]);
    const torn = ensembleSpread([
      [1, 0],
      [0, 1],
    ]);
    expect([torn.predictiveEntropy, torn.expectedEntropy]).toEqual([Math.LN2, 0]);
    expect(torn).toMatchObject({
      mutualInformation: Math.LN2,
      disagreement: 1,
      variationRatio: 0.5,
      margin: 0,
    });
    expect(torn.meanPairwiseJensenShannon).toBeCloseTo(Math.LN2, 12);
    // Sample deviation of 1 and 0.
    expect(torn.topClassSd).toBeCloseTo(Math.SQRT1_2, 12);
  });
  it('does not depend on the order of members, nor, but for the votes of ties, on that of classes', () => {
    const property = fc.property(members, (rows) => {
      const { mean: pooled, ...spread } = ensembleSpread(rows);
      const { mean: reversed, ...turned } = ensembleSpread(rows.toReversed().map((row) => row.toReversed()));
      for (const key of ['predictiveEntropy', 'expectedEntropy', 'mutualInformation', 'margin'] as const) {
        expect(turned[key]).toBeCloseTo(spread[key], 10);
      }
      for (const [k, p] of reversed.toReversed().entries()) expect(p).toBeCloseTo(pooled[k]!, 12);
    });
    fc.assert(property, { seed: SEED, numRuns: 50 });
  });
  it('refuses misuse', () => {
    expect(() => ensembleSpread([])).toThrow(RangeError);
    expect(() => ensembleSpread([[0.5, 0.5]])).toThrow(RangeError);
    for (const row of [[1], [0.2, 0.2], [-0.5, 1.5], [Number.NaN, 1]]) {
      expect(() => ensembleSpread([[0.5, 0.5], row])).toThrow(RangeError);
    }
  });
});

describe('mixture moments', () => {
  it('are those of draws from the members', () => {
    const stream = randomStream('mixture-moments', 'test', 0);
    const [means, variances] = [
      [1, 3, 2.5],
      [0.5, 0.1, 1],
    ];
    const draws = Array.from({ length: 40_000 }, () => {
      const m = stream.integer(3);
      return means[m]! + Math.sqrt(variances[m]!) * stream.normal();
    });
    const moments = mixtureMoments(means, variances);
    const drawnMean = mean(draws);
    const drawnVariance = mean(draws.map((value) => (value - drawnMean) ** 2));
    // Four standard errors; the fourth moment of this mixture is below 3 squared variances and a half.
    expect(Math.abs(moments.mean - drawnMean)).toBeLessThan(4 * Math.sqrt(moments.totalVariance / 40_000));
    expect(Math.abs(moments.totalVariance - drawnVariance)).toBeLessThan(
      4 * moments.totalVariance * Math.sqrt(2.5 / 40_000),
    );
    // Twin: with the sample variance of the means the total is not that of the mixture.
    expect(Math.abs(moments.aleatoric + moments.epistemicSample - drawnVariance)).toBeGreaterThan(0.2);
    expect(moments.epistemicSample).toBeCloseTo((3 / 2) * moments.epistemic, 12);
    expect(moments.totalVariance).toBe(moments.aleatoric + moments.epistemic);
  });
  it('keep the spread of members with a large common mean', () => {
    // Mean of squares minus square of the mean would lose all digits here.
    expect(mixtureMoments([1e9 + 1, 1e9 - 1], [0, 0]).epistemic).toBe(1);
  });
  it('refuse misuse', () => {
    expect(() => mixtureMoments([], [])).toThrow(RangeError);
    expect(() => mixtureMoments([1], [1])).toThrow(RangeError);
    expect(() => mixtureMoments([1, 2], [1])).toThrow(RangeError);
    expect(() => mixtureMoments([1, Number.NaN], [1, 1])).toThrow(RangeError);
    for (const variance of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => mixtureMoments([1, 2], [1, variance])).toThrow(RangeError);
    }
  });
});
