import { describe, expect, it } from 'vitest';
import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import type { AnsweredPerson, PatternAnswers } from './wrist-state-answers.ts';
import { coverageFigures } from './wrist-state-coverage.ts';
import { calibrationCheck, prevalenceFigures } from './wrist-state-reliability.ts';

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
