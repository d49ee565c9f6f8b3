import { ANSWER_NAMES } from '../../../core/clinical/answer-names.ts';
import { WRIST_CLASSES, type WristClass } from '../../../core/contract/schemas/clinical.ts';
import type { TrainingCaseView } from '../../../core/contract/schemas/training.ts';

type Model = NonNullable<TrainingCaseView['model']>;

/** Most probable class; null where the model could not tell. */
export function modelClassOf({ probabilities, refusals }: Model): WristClass | null {
  if (probabilities === null || refusals.length > 0) return null;
  return WRIST_CLASSES[probabilities.indexOf(Math.max(...probabilities))] ?? null;
}

/** Probability of the most probable class, percent; null where the model could not tell. */
export const modelConfidenceOf = (model: Model): number | null =>
  modelClassOf(model) === null ? null : 100 * Math.max(...(model.probabilities ?? []));

export const modelAnswerText = (model: Model): string => {
  const name = modelClassOf(model);
  return name === null ? 'cannot tell' : ANSWER_NAMES[name];
};

/** What a case showed, without blame: who was right before and after. */
export function caseLesson(
  view: Pick<TrainingCaseView, 'judgement' | 'model' | 'finalAnswer' | 'truth'>,
): string {
  const { judgement, model, finalAnswer, truth } = view;
  if (!judgement || !model || truth === null) return '';
  const wasRight = judgement.answer === truth;
  const isRight = finalAnswer === truth;
  const modelClass = modelClassOf(model);
  if (modelClass === null) return 'The model could not tell here; the answer was yours alone.';
  if (modelClass === truth) {
    if (wasRight) return isRight ? 'You and the model both had it.' : 'You had it, and gave it up.';
    return isRight
      ? 'The model had it, and you took it over.'
      : 'The model had it; you kept another answer. Counted as under-reliance.';
  }
  if (wasRight) {
    return isRight
      ? 'The model was wrong here, and you kept your answer.'
      : 'You had it; the model was wrong, and you left your answer.';
  }
  return isRight
    ? 'Neither had it at first; your second look found it.'
    : 'Neither had it: agreement with the model is no proof.';
}
