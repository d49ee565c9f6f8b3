import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import { TrainingCases } from '../contract/schemas/training.ts';
import { countedText, trainingFeedback } from './training-feedback.ts';

type Finished = Parameters<typeof trainingFeedback>[0][number];
const other = (name: (typeof WRIST_CLASSES)[number]) =>
  WRIST_CLASSES[(WRIST_CLASSES.indexOf(name) + 1) % WRIST_CLASSES.length]!;
const cases = (
  count: number,
  make: (truth: (typeof WRIST_CLASSES)[number], i: number) => Partial<Finished>,
) =>
  Array.from({ length: count }, (_, i): Finished => {
    const truth = WRIST_CLASSES[i % 3]!;
    return {
      answer: truth,
      confidencePercent: 80,
      modelAnswer: truth,
      finalAnswer: truth,
      truth,
      ...make(truth, i),
    };
  });

describe('feedback of training cases', () => {
  it('whoever follows a wrong model away from the right answer is over-reliant in every case', () => {
    const misled = cases(12, (truth) => ({ modelAnswer: other(truth), finalAnswer: other(truth) }));
    const found = trainingFeedback(misled);
    expect(found.overReliance).toMatchObject({ kind: 'figure', value: 1, n: 12 });
    expect(found.rightAfter).toMatchObject({ value: 0 });
    // Where the model was right there is nothing to be misled by.
    expect(trainingFeedback(cases(12, () => ({}))).overReliance).toEqual({ kind: 'too-few', n: 0 });
  });

  it('whoever keeps a wrong answer beside a right model is under-reliant in every case', () => {
    const stubborn = cases(12, (truth) => ({ answer: other(truth), finalAnswer: other(truth) }));
    expect(trainingFeedback(stubborn).underReliance).toMatchObject({ kind: 'figure', value: 1 });
  });

  it('compares what was said with how often it was right, not with the model', () => {
    const half = cases(40, (truth, i) => ({
      answer: i % 2 === 0 ? truth : other(truth),
      confidencePercent: 95,
      modelAnswer: i % 2 === 0 ? other(truth) : truth,
    }));
    const sure = trainingFeedback(half).calibration.at(-1);
    expect(sure).toMatchObject({ n: 40, said: 0.95, same: { kind: 'figure', value: 0.5 } });
  });

  it('shows what a perfectly calibrated judge gets on the shipped cases: too sure by their choice alone', () => {
    const shipped = TrainingCases.parse(JSON.parse(readFileSync('resources/training/cases.json', 'utf8')));
    const judged = shipped.cases.map(({ model, truth }): Finished => {
      const { probabilities, refusals } = model;
      const top = probabilities === null || refusals.length > 0 ? null : Math.max(...probabilities);
      const modelAnswer = top === null ? null : WRIST_CLASSES[probabilities!.indexOf(top)]!;
      return {
        answer: truth,
        confidencePercent: 100,
        modelAnswer,
        finalAnswer: truth,
        truth,
        modelConfidencePercent: top === null ? null : 100 * top,
      };
    });
    const { calibratedJudge } = trainingFeedback(judged);
    expect(calibratedJudge).toMatchObject({ n: 54, right: 36 });
    expect(calibratedJudge.said).toBeCloseTo(0.748, 3);
    expect(calibratedJudge.bands.map(({ n }) => n).reduce((a, b) => a + b)).toBe(54);
    // Without a probability of the model there is no such judge.
    expect(trainingFeedback(cases(12, () => ({}))).calibratedJudge).toMatchObject({ n: 0, said: null });
  });

  it('counts "cannot tell" as not right, and says nothing below ten', () => {
    const unsure = cases(10, () => ({ answer: 'cannot-tell', confidencePercent: null }));
    expect(trainingFeedback(unsure).rightBefore).toMatchObject({ kind: 'figure', value: 0, n: 10 });
    expect(trainingFeedback(unsure.slice(1)).rightBefore).toEqual({ kind: 'too-few', n: 9 });
  });

  it('says how many of how many, and of the chosen cases only how often the model is right', () => {
    const found = trainingFeedback(
      cases(12, (truth, i) => (i < 9 ? {} : { answer: other(truth), modelAnswer: other(truth) })),
    );
    expect(found.modelRight).toBe(9);
    expect(countedText(found.rightBefore)).toBe('9 of 12: 75\u00a0% (wide, 47 to 91\u00a0%)');
    expect(countedText(found.overReliance)).toBe('too few to say: n = 0');
  });
});
