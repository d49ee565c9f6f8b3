import { RandomForestClassifier } from 'ml-random-forest';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { bootstrapMean } from './bootstrap-mean.ts';
import type { Classifier, LabelledRows } from './classifier.ts';
import { levelEdges, levelOf } from './feature-levels.ts';
import { fitLogisticRegression } from './logistic-regression.ts';
import { fitRandomForest } from './random-forest.ts';

/** Three Gaussian clouds in the plane, corners of a triangle, and a third feature that says nothing. */
function clouds(count: number, seed: string, apart = 2.5): LabelledRows {
  const centres = [
    [0, 0],
    [apart, 0],
    [0, apart],
  ] as const;
  const labels = Array.from({ length: count }, (_, i) => i % 3);
  const rows = labels.map((label, i) => {
    const stream = randomStream(seed, 'cloud', i);
    return [centres[label]![0] + stream.normal(), centres[label]![1] + stream.normal(), stream.normal()];
  });
  return { rows, labels, classCount: 3 };
}
/** Four corners of a square, opposite corners of one class: no straight cut separates them. */
function checkerboard(count: number, seed: string): LabelledRows {
  const rows = Array.from({ length: count }, (_, i) => {
    const stream = randomStream(seed, 'square', i);
    return [2 * stream.uniform() - 1, 2 * stream.uniform() - 1];
  });
  return { rows, labels: rows.map(([x, y]) => (x! * y! > 0 ? 1 : 0)), classCount: 2 };
}
const topOf = (probabilities: Float64Array) => probabilities.indexOf(Math.max(...probabilities));
const accuracy = (classify: Classifier, { rows, labels }: LabelledRows) =>
  rows.filter((row, i) => topOf(classify(row)) === labels[i]).length / rows.length;

const FOREST = { trees: 30, featuresPerNode: 2, maxDepth: 10, minimumLeaf: 3, levels: 32, seed: 'forest' };

describe('logistic regression', () => {
  it('finds the coefficients that made the data', () => {
    // Two classes with log odds 0.5 + 2 x: 20,000 draws give a standard error of about 0.03.
    const rows: number[][] = [];
    const labels: number[] = [];
    for (let i = 0; i < 20_000; i += 1) {
      const stream = randomStream('logistic', 'row', i);
      const x = stream.normal();
      rows.push([x]);
      labels.push(stream.uniform() < 1 / (1 + Math.exp(-(0.5 + 2 * x))) ? 0 : 1);
    }
    const { classify } = fitLogisticRegression({ rows, labels, classCount: 2 }, 0);
    const logOdds = (x: number) => {
      const [p = 0, q = 1] = classify([x]);
      return Math.log(p / q);
    };
    expect(Math.abs(logOdds(0) - 0.5)).toBeLessThan(0.1);
    expect(Math.abs(logOdds(1) - logOdds(0) - 2)).toBeLessThan(0.12);
  });

  it('is at the optimum: mean probabilities are the class shares (score equation of the intercept)', () => {
    const data = clouds(900, 'optimum');
    const { classify } = fitLogisticRegression(data);
    const isAtOptimum = (own: Classifier) =>
      [0, 1, 2].every((k) => {
        const mean = data.rows.reduce((sum, row) => sum + own(row)[k]!, 0) / data.rows.length;
        return Math.abs(mean - 1 / 3) < 1e-6;
      });
    expect(isAtOptimum(classify)).toBe(true);
    // Twin: the same classifier with one class a little too sure.
    expect(
      isAtOptimum((row) => {
        const p = classify(row);
        const skewed = p.map((value, k) => (k === 0 ? 1.01 * value : value));
        return skewed.map((value) => value / skewed.reduce((sum, each) => sum + each, 0));
      }),
    ).toBe(false);
  });

  it('stays finite on classes that separate perfectly', () => {
    const apart = clouds(120, 'apart', 60);
    const { classify } = fitLogisticRegression(apart);
    expect(accuracy(classify, apart)).toBe(1);
    expect(apart.rows.every((row) => classify(row).every(Number.isFinite))).toBe(true);
  });
});

describe('random forest', () => {
  it('learns what no straight cut can, unlike logistic regression', () => {
    const test = checkerboard(600, 'check-test');
    const train = checkerboard(900, 'check-train');
    expect(accuracy(fitRandomForest(train, FOREST), test)).toBeGreaterThan(0.9);
    expect(accuracy(fitLogisticRegression(train).classify, test)).toBeLessThan(0.65);
  });

  it('is as good as the package’s forest on the same people, within sampling', () => {
    const train = clouds(240, 'package');
    const test = clouds(900, 'package-test');
    const own = accuracy(fitRandomForest(train, FOREST), test);
    const forest = new RandomForestClassifier({
      seed: 7,
      nEstimators: 20,
      maxFeatures: 2,
      replacement: false,
      useSampleBagging: true,
      noOOB: true,
      treeOptions: { gainFunction: 'gini', maxDepth: 6, minNumSamples: 5 },
    });
    forest.train(train.rows as number[][], train.labels as number[]);
    const theirs = forest.predict(test.rows as number[][]);
    const package_ = theirs.filter((label, i) => label === test.labels[i]).length / test.rows.length;
    // Two standard errors of a difference of two shares of 900 people near 0.88.
    expect(own).toBeGreaterThan(package_ - 0.031);
  });

  it('gives the same forest from the same seed, another from another, and probabilities that sum to 1', () => {
    const train = clouds(150, 'seeds');
    const [a, b] = [fitRandomForest(train, FOREST), fitRandomForest(train, FOREST)];
    const other = fitRandomForest(train, { ...FOREST, seed: 'other' });
    const rows = clouds(60, 'seeds-test').rows;
    expect(rows.map((row) => a(row))).toEqual(rows.map((row) => b(row)));
    expect(rows.map((row) => a(row))).not.toEqual(rows.map((row) => other(row)));
    for (const row of rows) {
      const p = a(row);
      expect(p.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...p)).toBeGreaterThan(0);
    }
  });
});

describe('bad input', () => {
  const good = clouds(30, 'bad');
  it.each<[string, LabelledRows]>([
    ['nobody', { rows: [], labels: [], classCount: 3 }],
    ['a row without a label', { ...good, labels: good.labels.slice(1) }],
    ['a class without a row', { ...good, classCount: 4 }],
    ['a label that is no class', { ...good, labels: good.labels.map((label) => label + 1) }],
    ['a feature that is not a number', { ...good, rows: good.rows.map(() => [Number.NaN, 0, 0]) }],
  ])('%s is refused by both', (_name, data) => {
    expect(() => fitLogisticRegression(data)).toThrow(RangeError);
    expect(() => fitRandomForest(data, FOREST)).toThrow(RangeError);
  });

  it('options out of range are refused', () => {
    expect(() => fitRandomForest(good, { ...FOREST, trees: 0 })).toThrow(RangeError);
    expect(() => fitRandomForest(good, { ...FOREST, featuresPerNode: 4 })).toThrow(RangeError);
    expect(() => fitRandomForest(good, { ...FOREST, levels: 1 })).toThrow(RangeError);
    expect(() => fitLogisticRegression(good, -1)).toThrow(RangeError);
    expect(() => fitRandomForest(good, FOREST)([1, 2])).toThrow(RangeError);
  });
});

describe('levels and intervals', () => {
  it('hold about equally many people, and a value on an edge belongs above it', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => [i]);
    const edges = levelEdges(rows, 0, 10);
    expect([...edges]).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900]);
    expect([-5, 99, 100, 950].map((value) => levelOf(value, edges))).toEqual([0, 0, 1, 9]);
  });

  it('cover the true mean about 95 times in 100, and refuse nobody', () => {
    let covered = 0;
    for (let study = 0; study < 200; study += 1) {
      const stream = randomStream('bootstrap-test', 'study', study);
      const { low, high } = bootstrapMean(
        Float64Array.from({ length: 60 }, () => stream.normal()),
        `study-${study}`,
      );
      if (low <= 0 && high >= 0) covered += 1;
    }
    // Binomial 99.9 % range of 200 studies at 0.94 (percentile intervals of 60 people run a little short).
    expect(covered).toBeGreaterThan(174);
    expect(covered).toBeLessThan(200);
    expect(() => bootstrapMean([], 'nobody')).toThrow(RangeError);
  });
});
