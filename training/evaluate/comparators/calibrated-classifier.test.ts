import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { calibrateClassifier, tuneForest } from './calibrated-classifier.ts';
import type { Classifier, LabelledRows } from './classifier.ts';

const truth = (x: number) => 1 / (1 + Math.exp(-x));
/** One feature that decides between two classes by chance: log odds of class 1 are x; a second one says nothing. */
function coin(count: number, seed: string): LabelledRows {
  const rows: number[][] = [];
  const labels = Array.from({ length: count }, (_, i) => {
    const stream = randomStream(seed, 'coin', i);
    const x = 1.5 * stream.normal();
    rows.push([x, stream.normal()]);
    return stream.uniform() < truth(x) ? 1 : 0;
  });
  return { rows, labels, classCount: 2 };
}
const logLoss = (classify: Classifier, { rows, labels }: LabelledRows) =>
  rows.reduce((sum, row, i) => sum - Math.log(classify(row)[labels[i]!]!), 0) / rows.length;

const OPTIONS = { trees: 20, featuresPerNode: 1, maxDepth: 14, levels: 32, seed: 'tuned' };
const LEAVES = [2, 10, 60];
const train = coin(1_000, 'train');
const validation = coin(1_000, 'validation');

describe('a calibrated classifier', () => {
  it('undoes a known exaggeration: log odds three times too large need a temperature of 3', () => {
    const tooSure: Classifier = (row) => Float64Array.of(1 - truth(3 * row[0]!), truth(3 * row[0]!));
    const fresh = coin(4_000, 'fresh');
    const { classify, temperature, validationLogLoss } = calibrateClassifier(tooSure, coin(6_000, 'own'));
    // 6,000 people determine the slope of a logistic regression to about 4 %.
    expect(Math.abs(temperature - 3)).toBeLessThan(0.4);
    expect(validationLogLoss).toBeLessThan(0.6);
    expect(logLoss(classify, fresh)).toBeLessThan(logLoss(tooSure, fresh) - 0.1);
  });

  it('keeps the order of the classes and sums to 1, also for a class given probability 0', () => {
    const sure: Classifier = (row) => (row[0]! > 0 ? Float64Array.of(0, 1) : Float64Array.of(0.9, 0.1));
    const { classify } = calibrateClassifier(sure, validation);
    for (const x of [-1, 1]) {
      const p = classify([x, 0]);
      expect(p[0]! + p[1]!).toBeCloseTo(1, 12);
      expect(p[1]! > p[0]!).toBe(x > 0);
    }
  });
});

describe('a tuned forest', () => {
  it('is chosen on people it did not learn from; choosing on its own people takes the smallest leaf (broken twin)', () => {
    const tuned = tuneForest(train, validation, OPTIONS, LEAVES);
    const twin = tuneForest(train, train, OPTIONS, LEAVES);
    expect(tuned.minimumLeaf).toBe(60);
    expect(twin.minimumLeaf).toBe(2);
    const fresh = coin(4_000, 'fresh');
    expect(logLoss(tuned.classify, fresh)).toBeLessThan(logLoss(twin.classify, fresh));
  });

  it('refuses a choice of nothing and people of no use', () => {
    expect(() => tuneForest(train, validation, OPTIONS, [])).toThrow(RangeError);
    expect(() => tuneForest(train, { rows: [], labels: [], classCount: 2 }, OPTIONS, LEAVES)).toThrow(
      RangeError,
    );
  });
});
