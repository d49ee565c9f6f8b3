import type { TrainingResult } from '../contract/schemas/training.ts';
import { classOf } from './answer-agreement.ts';
import { type ConfidenceBand, confidenceAgreement } from './confidence-agreement.ts';
import { figureInstead, figureIntervalText, figureValueText } from './figure-words.ts';
import { reliance } from './reliance.ts';
import { type ShownFigure, shownShare } from './shown-figure.ts';

/** What simulated cases tell a clinician about their own answers: here the class is known. */
export interface TrainingFeedback {
  n: number;
  rightBefore: ShownFigure;
  rightAfter: ShownFigure;
  /** Cases in which the model is right: fixed by the choice of the cases, so it has no interval. */
  modelRight: number;
  /** Right before, then the wrong answer of the model taken over. */
  overReliance: ShownFigure;
  /** Not right before, and the model's right answer not taken over. */
  underReliance: ShownFigure;
  /** Right answers by how sure they were: well calibrated when both shares are alike. */
  calibration: ConfidenceBand[];
  /** The same of {@link CalibratedJudge}, on the same cases. */
  calibratedJudge: CalibratedJudge;
}

/**
 * A judge who answers these cases with the model's own probabilities. Among people who were not chosen they are right as often
 * as they say; the cases were chosen so that the model is wrong more often, and so is this judge. Whoever reads the own
 * calibration without it would be called overconfident by the choice of cases.
 */
export interface CalibratedJudge {
  /** Cases with a class and a probability of the model. */
  n: number;
  right: number;
  /** Mean of the probabilities, 0..1; null without a case. */
  said: number | null;
  bands: ConfidenceBand[];
}

type Finished = Pick<
  TrainingResult,
  'answer' | 'confidencePercent' | 'modelAnswer' | 'finalAnswer' | 'truth'
> & {
  /** Probability of the model's answer, percent; null or absent where it gave none. */
  modelConfidencePercent?: number | null;
};

function calibratedJudgeOf(results: readonly Finished[]): CalibratedJudge {
  const answers = results.flatMap(({ modelAnswer, modelConfidencePercent = null, truth }) =>
    modelAnswer === null || modelConfidencePercent === null
      ? []
      : [{ answer: modelAnswer, confidencePercent: modelConfidencePercent, modelAnswer: truth }],
  );
  const n = answers.length;
  const sum = answers.reduce((total, { confidencePercent }) => total + confidencePercent, 0);
  return {
    n,
    right: answers.filter(({ answer, modelAnswer }) => answer === modelAnswer).length,
    said: n === 0 ? null : sum / n / 100,
    bands: confidenceAgreement(answers),
  };
}

/** Figures of finished cases; nothing below n = 10. "Cannot tell" is not right, and has no confidence to be calibrated. */
export function trainingFeedback(results: readonly Finished[]): TrainingFeedback {
  const found = reliance(
    results.map(({ answer, modelAnswer, finalAnswer, truth }) => ({
      before: classOf(answer),
      model: modelAnswer,
      after: classOf(finalAnswer),
      truth,
    })),
  );
  const shown = ({ part, whole }: { part: number; whole: number }) => shownShare(part, whole);
  return {
    n: found.count,
    rightBefore: shown(found.accuracyBefore),
    rightAfter: shown(found.accuracyAfter),
    modelRight: found.accuracyOfModel.part,
    overReliance: shown(found.overReliance),
    underReliance: shown(found.underReliance),
    // Agreement with the truth in place of agreement with the model.
    calibration: confidenceAgreement(results.map((each) => ({ ...each, modelAnswer: each.truth }))),
    calibratedJudge: calibratedJudgeOf(results),
  };
}

/** How many of how many, then the share with its interval: "9 of 12: 75 % (wide, 47 to 91 %)". */
export function countedText(figure: ShownFigure): string {
  if (figure.kind !== 'figure') return figureInstead(figure);
  const { interval, noInterval, isWide } = figure;
  const range = interval ? `${isWide ? 'wide, ' : ''}${figureIntervalText(interval, 'share')}` : noInterval;
  return `${partOf(figure)}: ${figureValueText(figure.value, 'share')} (${range})`;
}

/** "9 of 12". @param figure - a share of cases. */
export const partOf = ({ value, n }: { value: number; n: number }): string =>
  `${Math.round(value * n)} of ${n}`;
