import { ElbowPrediction, MusclePrediction } from '../../core/contract/schemas/analysis.ts';
import { ModelForecast } from '../../core/contract/schemas/forecast.ts';
import { WristStatePrediction } from '../../core/contract/schemas/judgement.ts';

/** Answers that the app takes and stores, by the models that may give them. What is not here no screen can ask. */
const ASKED: readonly { modelIds: readonly string[]; words: string }[] = [
  {
    modelIds: [WristStatePrediction.shape.modelId.value],
    words: 'Answers after the lock, beside your own judgement; never instead of it.',
  },
  {
    modelIds: MusclePrediction.shape.modelId.options,
    words:
      'Asked on the muscles page, after your own judgement of the muscle groups is locked; it must not guide care.',
  },
  {
    modelIds: [ElbowPrediction.shape.modelId.value],
    words: 'Asked on the elbow page, after your own time to failure is locked; it must not guide care.',
  },
  {
    modelIds: [ModelForecast.shape.modelId.value],
    words: 'Asked on the page of forecasts, after your own range is locked; it must not guide care.',
  },
];

/** Where a model is asked, in one sentence. */
export const modelUse = (modelId: string): string =>
  ASKED.find(({ modelIds }) => modelIds.includes(modelId))?.words ??
  'No screen asks it yet; it must not guide care.';
