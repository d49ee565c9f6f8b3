import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../core/learning/backend.ts';
import { PEOPLE_DOMAIN_NAMES, repetitionPeople } from './augmentation-people.ts';
import { columnStandard, standardise } from './labelled-rows.ts';
import { classifierRows, classifierScores, fitSmallClassifier } from './small-classifier.ts';

beforeAll(async () => {
  await startBackend(null);
});

describe('scores', () => {
  it('of hand-made logits', () => {
    const scores = classifierScores(
      [
        [2, 0],
        [0, 2],
        [2, 0],
      ],
      [0, 1, 1],
    );
    const right = Math.log(1 + Math.exp(-2));
    expect(scores.accuracy).toBeCloseTo(2 / 3, 12);
    expect(scores.recall).toEqual([1, 0.5]);
    expect(scores.logLoss).toBeCloseTo((2 * right + right + 2) / 3, 12);
    expect(
      classifierScores(
        [
          [0, 0, 0],
          [1, 1, 1],
          [9, 9, 9],
        ],
        [0, 1, 2],
      ).logLoss,
    ).toBeCloseTo(Math.log(3), 12);
    expect(() => classifierScores([[1, 2]], [1])).toThrow(/nobody/);
  });
});

describe('the comparison task', () => {
  it('has nine features, three classes in equal parts, nobody shared, and two different domains', () => {
    const parts = [
      repetitionPeople(0, 'train', 5),
      repetitionPeople(0, 'test', 5),
      repetitionPeople(1, 'train', 5),
    ];
    for (const part of parts) expect(part.labels.filter((label) => label === 2)).toHaveLength(5);
    const rows = parts.flatMap(({ rows }) => rows.map((row) => row.join()));
    expect(new Set(rows).size).toBe(45);
    expect(parts[0]!.rows[0]).toHaveLength(9);
    const [same, surrogate] = PEOPLE_DOMAIN_NAMES.map((name) => repetitionPeople(0, 'test', 5, name));
    expect(same!.rows[0]!.join()).not.toBe(surrogate!.rows[0]!.join());
  });
  it('is learnt beyond chance from 60 people by the small classifier, alike from the same seed', () => {
    const raw = { train: repetitionPeople(0, 'train', 20), test: repetitionPeople(0, 'test', 60) };
    const standard = columnStandard(raw.train.rows);
    const [train, test] = [raw.train, raw.test].map((set) => ({
      ...set,
      rows: standardise(set.rows, standard),
    }));
    const rows = classifierRows(train!, 3);
    const fit = fitSmallClassifier(rows, rows, 'test', { maxEpochs: 25 });
    const logits = fit.logits(test!.rows);
    // Chance is 1/3; its standard error at n = 180 is 0.035.
    expect(classifierScores(logits, test!.labels).accuracy).toBeGreaterThan(1 / 3 + 4 * 0.035);
    const again = fitSmallClassifier(rows, rows, 'test', { maxEpochs: 25 });
    expect(again.logits(test!.rows)).toEqual(logits);
    fit.dispose();
    again.dispose();
  });
});
