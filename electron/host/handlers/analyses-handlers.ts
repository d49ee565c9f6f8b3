import {
  judgeAnalysisAgain,
  lockAnalysis,
  logAnalysisOpened,
  requestAnalysisReceipt,
  storeAnalysis,
  storeAnalysisExplanation,
  takeAnalysisInput,
} from '../services/analyses-service.ts';
import { analysisToShow, offeredAnalyses } from '../services/analysis-view.ts';
import { elbowStart, elbowWhole } from '../services/elbow-views.ts';
import type { HandlersOf } from './clinical-handlers.ts';

export const analysesHandlers: HandlersOf<'analyses'> = {
  'analyses.get': (input, context) => analysisToShow(context.read(), input.sessionId, input.analysis),
  'analyses.offered': (input, context) => offeredAnalyses(context.read().db, input.sessionId),
  'analyses.elbowStart': ({ sessionId, recordingId, ...setup }, context) =>
    elbowStart(context.read().db, sessionId, recordingId, setup),
  'analyses.elbowWhole': (input, context) => elbowWhole(context.read(), input.sessionId),
  'analyses.lockJudgement': (input, context) =>
    lockAnalysis(context.write(), input.sessionId, input.judgement),
  'analyses.requestReceipt': (input, context) =>
    requestAnalysisReceipt(context.write(), input.sessionId, input.analysis),
  'analyses.takeInput': (input, context) =>
    takeAnalysisInput(context.write(), input.sessionId, input.analysis, input.receipt),
  'analyses.store': (input, context) =>
    storeAnalysis(context.write(), input.sessionId, input.receipt, input.inputHash, input.prediction),
  'analyses.storeExplanation': async (input, context) => {
    await storeAnalysisExplanation(
      context.write(),
      input.sessionId,
      input.analysis,
      input.inputHash,
      input.explanation,
    );
    return {};
  },
  'analyses.logExplanationOpened': (input, context) => {
    logAnalysisOpened(context.write(), input.sessionId, input.analysis);
    return {};
  },
  'analyses.judgeAgain': (input, context) =>
    judgeAnalysisAgain(context.write(), input.sessionId, input.judgement),
};
