import { describe, expect, it } from 'vitest';
import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import type { AnsweredPerson, PatternAnswers } from './wrist-state-answers.ts';
import { disagreementFinding, type JudgedSpread } from './wrist-state-disagreement.ts';
import { probabilityFigures, probabilityScores } from './wrist-state-probabilities.ts';

/** Answers of a model whose probabilities are true when `sureness` is 1, and too extreme above. */
function imagined(sureness: number, count = 6_000): PatternAnswers {
  const answered = Array.from({ length: count }, (_, i): AnsweredPerson => {
    const stream = randomStream('imagined-probabilities', 'person', i);
    const normalised = (values: readonly number[]) => {
      const sum = values.reduce((a, b) => a + b, 0);
      return values.map((value) => value / sum);
    };
    const truth = normalised(WRIST_CLASSES.map(() => Math.exp(1.5 * stream.normal())));
    const draw = stream.uniform();
    const label = draw < truth[0]! ? 0 : draw < truth[0]! + truth[1]! ? 1 : 2;
    const said = normalised(truth.map((value) => value ** sureness));
    const confidence = Math.max(...said);
    return {
      label,
      person: { className: WRIST_CLASSES[label] } as AnsweredPerson['person'],
      prediction: { probabilities: said } as unknown as AnsweredPerson['prediction'],
      top: { label: said.indexOf(confidence), confidence },
    };
  });
  return { key: 'B', asked: count, answered };
}

describe('scores of probabilities', () => {
  const honest = probabilityScores(imagined(1));
  const tooSure = probabilityScores(imagined(1.6));

  it('are best for the probabilities that are true; too sure ones lose in every measure (broken twin)', () => {
    expect(honest.logLoss).toBeLessThan(tooSure.logLoss);
    expect(honest.brier).toBeLessThan(tooSure.brier);
    // A slope fitted on 6,000 people has a standard error of 0.03; a power of 1.6 divides it by about as much.
    expect(Math.abs(honest.line!.slope! - 1)).toBeLessThan(0.1);
    expect(tooSure.line!.slope!).toBeLessThan(0.75);
    expect(Math.abs(honest.spiegelhalter!.z!)).toBeLessThan(3);
    expect(tooSure.spiegelhalter!.z).toBeGreaterThan(5);
    expect(tooSure.classWise.mean).toBeGreaterThan(2 * honest.classWise.mean);
    expect(tooSure.topClass.maximum).toBeGreaterThan(2 * honest.topClass.maximum);
    const { score, reliability, resolution, uncertainty } = honest.decomposition;
    // Murphy's identity: sums of 6,000 terms.
    expect(reliability - resolution + uncertainty).toBeCloseTo(score, 10);
    expect(tooSure.decomposition.reliability).toBeGreaterThan(3 * reliability);
  });

  it('stand as findings with n and an interval around the mean, and in a table of all patterns', () => {
    const oneHand: PatternAnswers = { ...imagined(1), key: 'B-one-hand' };
    const { findings, tables } = probabilityFigures([imagined(1), oneHand]);
    expect(findings.map(({ name }) => name)).toEqual([
      'B: log loss, nats',
      'B: Brier score of the three classes',
    ]);
    for (const { value, low, high, n } of findings) {
      expect(low < value && value < high).toBe(true);
      expect(n).toBe(6_000);
    }
    expect(findings[0]!.value).toBeCloseTo(honest.logLoss, 12);
    expect(tables[0]!.rows.map(([key]) => key)).toEqual(['B', 'B-one-hand']);
    expect(tables[0]!.rows[0]).toHaveLength(tables[0]!.columns.length);
  });

  it('leave the calibration line out for a forecast of certainty', () => {
    const { answered, ...rest } = imagined(1, 50);
    const certain = { probabilities: [1, 0, 0] } as unknown as AnsweredPerson['prediction'];
    const first = { ...answered[0]!, label: 0, prediction: certain };
    expect(probabilityScores({ ...rest, answered: [first, ...answered.slice(1)] }).line).toBeNull();
  });
});

describe('disagreement of members', () => {
  const rows = (excess: number) =>
    Array.from({ length: 400 }, (_, i): JudgedSpread => {
      const stream = randomStream('disagreement-test', 'person', i);
      const isRight = stream.uniform() < 0.8;
      const mutualInformation = 0.1 * stream.uniform() + (isRight ? 0 : excess);
      return { isRight, spread: { mutualInformation, predictiveEntropy: 0.8 } };
    });

  it('is told where it is, is not told where it is not, and is told the other way round', () => {
    const sentences = [0.05, 0, -0.05].map((excess) => disagreementFinding('B', rows(excess))[0]!);
    expect(sentences[0]!.sentence).toContain('disagree more');
    expect(sentences[1]!.sentence).toContain('cannot be told');
    expect(sentences[2]!.sentence).toContain('disagree less');
    // Uniform draws of 0..0.1 have a standard error of 0.004 between the groups.
    expect(Math.abs(sentences[0]!.value - 0.05)).toBeLessThan(0.012);
  });

  it('is not asked when everybody was answered right', () => {
    const right = rows(0).map((row) => ({ ...row, isRight: true }));
    expect(disagreementFinding('B', right)).toEqual([]);
    expect(() => disagreementFinding('B', [])).toThrow(RangeError);
  });
});
