import { describe, expect, it } from 'vitest';
import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { calibrationError } from '../../core/uncertainty/calibration-error.ts';
import type { AnsweredPerson, PatternAnswers } from './wrist-state-answers.ts';
import { inputsSentence } from './wrist-state-comparison.ts';
import { coverageFigures, meanShare } from './wrist-state-coverage.ts';
import { saysAt } from './wrist-state-misuse.ts';
import {
  calibrationCheck,
  errorInterval,
  type Judged,
  prevalenceFigures,
  prevalenceWeights,
  weightedCalibrationError,
} from './wrist-state-reliability.ts';
import { against } from './wrist-state-robustness.ts';

const THIRDS = [1 / 3, 1 / 3, 1 / 3];

/**
 * Answers of an imagined model to 12,000 people, classes alike often. `probabilities` are drawn first and the class from
 * them, so the model is perfectly calibrated; sets hold the class with the given chance in each band.
 */
function imagined(
  coverage: (sex: 'female' | 'male', ageYears: number) => number,
  tooSure = 1,
): PatternAnswers {
  const answered = Array.from({ length: 12_000 }, (_, i): AnsweredPerson => {
    const stream = randomStream('imagined-answers', 'person', i);
    const raw = THIRDS.map(() => Math.exp(1.5 * stream.normal()));
    const total = raw.reduce((sum, value) => sum + value, 0);
    const truth = raw.map((value) => value / total);
    let left = stream.uniform();
    let label = 0;
    while (label < 2 && left >= truth[label]!) {
      left -= truth[label]!;
      label += 1;
    }
    const said = truth.map((value) => value ** tooSure);
    const sum = said.reduce((a, b) => a + b, 0);
    const probabilities = said.map((value) => value / sum) as [number, number, number];
    const confidence = Math.max(...probabilities);
    const sex = stream.uniform() < 0.5 ? 'female' : 'male';
    const ageYears = 18 + Math.floor(68 * stream.uniform());
    const className = WRIST_CLASSES[label]!;
    const isIn = stream.uniform() < coverage(sex, ageYears);
    return {
      label,
      person: { sex, ageYears, className } as AnsweredPerson['person'],
      prediction: {
        probabilities,
        predictionSet: isIn ? [className] : [],
      } as unknown as AnsweredPerson['prediction'],
      top: { label: probabilities.indexOf(confidence), confidence },
    };
  });
  return { key: 'B', asked: 12_400, answered };
}

const bundle = {
  calibration: { patterns: new Map([['B', { alpha: 0.1, counts: [4_000, 4_000, 4_000] }]]) },
} as unknown as WristStateBundle;
const failed = (answers: PatternAnswers) =>
  coverageFigures(bundle, [answers], true).checks.filter(({ ok }) => ok === false);

describe('coverage checks', () => {
  it('hold for sets that keep their promise in every band', () => {
    expect(failed(imagined(() => 0.9))).toEqual([]);
  });

  it('name the one band in which the promise is broken, though the mean still holds (broken twin)', () => {
    const names = failed(imagined((sex, age) => (sex === 'female' && age >= 60 ? 0.84 : 0.91))).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['B: coverage, female, 60-85 years']);
  });

  it('judge the mean over classes more strictly than each class (broken twin: classes alone)', () => {
    // 0.915: 90 +- 2 % holds for each class (standard error 0.5 %), 90 +- 1 % for their mean does not.
    const { checks } = coverageFigures(bundle, [imagined(() => 0.915)], true);
    const byClass = checks.filter(({ name }) => name.startsWith('B: coverage of '));
    expect(byClass.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(checks.find(({ name }) => name === 'B: coverage, mean over classes')?.ok).toBe(false);
  });

  it('give the mean share its textbook interval, each group counted alike', () => {
    const groups = [
      { hits: 900, n: 1_000 },
      { hits: 1_600, n: 2_000 },
    ];
    const { value, low, high } = meanShare(groups);
    expect(value).toBeCloseTo(0.85, 12);
    const se = Math.sqrt((0.9 * 0.1) / 1_000 + (0.8 * 0.2) / 2_000) / 2;
    // Wilson's limits are not symmetric; at these counts they differ from the normal ones by well under 5 %.
    expect((high - low) / 2 / (1.96 * se)).toBeCloseTo(1, 1);
    const pooled = 2_500 / 3_000;
    expect(Math.abs(value - pooled)).toBeGreaterThan(0.01);
    expect(() => meanShare([])).toThrow(RangeError);
  });

  it('are not judged with too few people', () => {
    expect(
      coverageFigures(bundle, [imagined(() => 0.5)], false)
        .checks.slice(1)
        .every(({ ok }) => ok === null),
    ).toBe(true);
  });
});

describe('calibration', () => {
  it('of a perfect model holds and lies near what a perfect model shows; a too sure one fails (broken twin)', () => {
    const perfect = calibrationCheck(imagined(() => 0.9));
    expect(perfect.ok).toBe(true);
    expect(perfect.value).toBeLessThan(0.015);
    expect(calibrationCheck(imagined(() => 0.9, 1.6)).ok).toBe(false);
  });

  it('at another prevalence is kept by the correction and lost without it', () => {
    const { findings, tables } = prevalenceFigures(
      imagined(() => 0.9),
      THIRDS,
    );
    const errorOf = (what: string) =>
      findings.find(({ name }) => name.endsWith(what) && name.includes('80 / 10 / 10 %, probability'))!.value;
    expect(findings).toHaveLength(6);
    expect(errorOf('error corrected')).toBeLessThan(0.02);
    expect(errorOf('error without correction')).toBeGreaterThan(0.1);
    expect(tables).toHaveLength(4);
    const people = tables[1]!.rows.reduce((sum, row) => sum + Number(row[3]), 0);
    expect(people).toBe(12_000);
  });
});

/** People of two classes; class 0 was said 0.3 too little, class 1 is right as said. */
function judged(counts: readonly [number, number], weights: readonly number[]): Judged[] {
  return counts.flatMap((count, label) =>
    Array.from({ length: count }, (_, i): Judged => {
      const stream = randomStream('judged', `class-${label}`, i);
      const isRight = stream.uniform() < (label === 0 ? 0.8 : 0.5);
      return { confidence: label === 0 ? 0.5 : 0.55, isRight, weight: weights[label]!, stratum: label };
    }),
  );
}

describe('a clinic of another prevalence', () => {
  it('at the shares of the people themselves is the plain estimate', () => {
    const rows = imagined(() => 0.9).answered.map(({ top, label }) => ({
      confidence: top.confidence,
      isRight: top.label === label,
      label,
    }));
    const shares = [0, 1, 2].map((k) => rows.filter(({ label }) => label === k).length / rows.length);
    const labels = rows.map(({ label }) => label);
    const error = (weights: readonly number[]) =>
      weightedCalibrationError(rows.map((row) => ({ ...row, weight: weights[row.label]!, stratum: 0 })));
    const plain = calibrationError(
      rows.map(({ confidence }) => confidence),
      rows.map(({ isRight }) => isRight),
    );
    // Sums of 12,000 terms in another order.
    expect(error(prevalenceWeights(labels, shares))).toBeCloseTo(plain, 12);
    expect(error(prevalenceWeights(labels, [0.8, 0.1, 0.1]))).not.toBeCloseTo(plain, 3);
  });

  it('is the estimate over people who are there as often as they are met; weights upside down are not (broken twin)', () => {
    const labels = [...new Array<number>(300).fill(0), ...new Array<number>(300).fill(1)];
    const weights = prevalenceWeights(labels, [0.8, 0.2]);
    const people = judged([300, 300], [1, 1]);
    const copies = people.flatMap((row) => new Array<Judged>(row.stratum === 0 ? 4 : 1).fill(row));
    const weighted = (of: readonly number[]) => weightedCalibrationError(judged([300, 300], of));
    expect(weighted(weights)).toBeCloseTo(weightedCalibrationError(copies), 12);
    expect(weighted(weights.toReversed())).not.toBeCloseTo(weightedCalibrationError(copies), 2);
  });

  it('has the interval of the people there are; resampled to the clinic it is too narrow (broken twin)', () => {
    // All in one bin and far from calibrated: the error is a weighted mean, with a standard error in closed form.
    const counts = [400, 400] as const;
    const prevalence = [0.9, 0.1];
    const labels = counts.flatMap((count, label) => new Array<number>(count).fill(label));
    const rows = judged(counts, prevalenceWeights(labels, prevalence));
    const rate = (label: number) =>
      rows.filter(({ stratum, isRight }) => stratum === label && isRight).length / counts[label]!;
    const variance = prevalence.reduce(
      (sum, share, label) => sum + (share ** 2 * rate(label) * (1 - rate(label))) / counts[label]!,
      0,
    );
    const [low, high] = errorInterval(rows, 'width');
    // End points of 200 replicates scatter by about 7 % of the width.
    const ratio = (sample: [number, number]) => (sample[1] - sample[0]) / (2 * 1.96 * Math.sqrt(variance));
    expect(Math.abs(ratio([low, high]) - 1)).toBeLessThan(0.2);
    const clinic = rows.flatMap((row) => new Array<Judged>(row.stratum === 0 ? 9 : 1).fill(row));
    const resampled = clinic
      .filter((_, i) => i % 5 === 0)
      .map((row): Judged => ({ ...row, weight: 1, stratum: 0 }));
    expect(resampled).toHaveLength(800);
    expect(ratio(errorInterval(resampled, 'width'))).toBeLessThan(0.85);
  });

  it('cannot be made of people none of whom has one of its classes', () => {
    expect(() => prevalenceWeights([0, 0, 1], [0.5, 0.3, 0.2])).toThrow(RangeError);
    expect(prevalenceWeights([0, 0, 1], [0.5, 0.5, 0])).toEqual([0.75, 1.5, 0]);
    expect(() => weightedCalibrationError([])).toThrow(RangeError);
  });
});

describe('words', () => {
  it('say what was measured, whichever way it came out', () => {
    expect(against(0.9, 'the promise', 950, 1_000)).toBe('The interval lies above the promise.');
    expect(against(0.9, 'the promise', 905, 1_000)).toBe('The interval includes the promise.');
    expect(against(0.9, 'the promise', 850, 1_000)).toBe('The interval lies below the promise.');
    expect(against(0.9, 'the promise', 0, 0)).toBe('Nobody got an answer.');
    expect(saysAt([{ name: 'pattern A', x: [1, 2], y: [0.04, 0.5] }], 2)).toBe('pattern A 50.0 %');
  });

  it('call a comparison one of methods only where both see the same', () => {
    expect(inputsSentence(6, false)).toContain('a comparison of methods');
    expect(inputsSentence(9, true)).toContain('no comparison of methods');
    expect(inputsSentence(9, true)).toContain('and the force trace');
  });
});
