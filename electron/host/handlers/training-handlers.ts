import {
  finishTraining,
  lockTraining,
  trainingCases,
  trainingCasesOf,
  trainingResults,
} from '../services/training-service.ts';
import type { HandlersOf } from './clinical-handlers.ts';

/** @param resourcesFolder - holds `training/cases.json`. */
export function createTrainingHandlers(resourcesFolder: string): HandlersOf<'training'> {
  const shipped = trainingCasesOf(resourcesFolder);
  return {
    'training.cases': (_input, context) => trainingCases(context.read(), shipped()),
    'training.lock': (input, context) =>
      lockTraining(context.write(), shipped(), input.caseId, input.judgement),
    'training.finish': (input, context) =>
      finishTraining(context.write(), shipped(), input.caseId, input.finalAnswer),
    'training.results': (_input, context) => trainingResults(context.read(), shipped()),
  };
}
