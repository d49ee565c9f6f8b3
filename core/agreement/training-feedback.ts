import type { TrainingResult } from '../contract/schemas/training.ts';
import { classOf } from './answer-agreement.ts';
import { type ConfidenceBand, confidenceAgreement } from './confidence-agreement.ts';
import { reliance } from './reliance.ts';
import { type ShownFigure, shownShare } from './shown-figure.ts';

/** What simulated cases tell a clinician about their own answers: here the class is known. */
export interface TrainingFeedback {
  n: number;
  rightBefore: ShownFigure;
  rightAfter: ShownFigure;
  modelRight: ShownFigure;
  /** Right before, then the wrong answer of the model taken over. */
  overReliance: ShownFigure;
  /** Not right before, and the model's right answer not taken over. */
  underReliance: ShownFigure;
  /** Right answers by how sure they were: well calibrated when both shares are alike. */
  calibration: ConfidenceBand[];
}

type Finished = Pick<
  TrainingResult,
  'answer' | 'confidencePercent' | 'modelAnswer' | 'finalAnswer' | 'truth'
>;

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
    modelRight: shown(found.accuracyOfModel),
    overReliance: shown(found.overReliance),
    underReliance: shown(found.underReliance),
    // Agreement with the truth in place of agreement with the model.
    calibration: confidenceAgreement(results.map((each) => ({ ...each, modelAnswer: each.truth }))),
  };
}
