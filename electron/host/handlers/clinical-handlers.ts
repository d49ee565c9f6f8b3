/** One line a channel: what is asked goes to the service that knows the rule. */
import type { CallName, Handlers } from '../../../core/contract/contract.ts';
import type { Platform } from '../app/platform.ts';
import { listDevices } from '../db/repositories/device-repository.ts';
import { listPatients } from '../db/repositories/patient-repository.ts';
import { checkClock } from '../services/clock-check.ts';
import {
  compareSession,
  judgeAgain,
  lockJudgement,
  logLookedAt,
  requestReceipt,
  storeExplanation,
  storePrediction,
  takeInput,
} from '../services/judgements-service.ts';
import { createDevice, createPatient, updatePatient } from '../services/patients-service.ts';
import type { ReadScope, WriteScope } from '../services/scope.ts';
import { inputToShow, patientToShow, sessionToShow } from '../services/session-view.ts';
import {
  addTrials,
  closeSession,
  discardSession,
  saveDraft,
  saveMeasurements,
  startSession,
} from '../services/sessions-service.ts';
import { listTimeline, listTrend } from '../services/timeline-service.ts';
import { correctTrial, swapHands } from '../services/trial-corrections-service.ts';

/** `read()` gives a handle that cannot write; `write()` exists for channels declared `write` only. */
export interface CallContext {
  /** Files that leave the app, and paper. */
  readonly platform: Platform;
  read(): ReadScope;
  write(): WriteScope;
}

/** The channels of the given namespaces: each file of handlers answers its own, and a forgotten one does not compile. */
export type HandlersOf<Namespace extends string> = Pick<
  Handlers<CallContext>,
  Extract<CallName, `${Namespace}.${string}`>
>;

export const clinicalHandlers: HandlersOf<'patients' | 'devices' | 'sessions' | 'predictions'> = {
  'patients.list': (input, context) =>
    listPatients(
      context.read().db,
      input.search,
      input.limit,
      input.offset,
      input.includeArchived,
      input.birthDate,
    ),
  'patients.get': (input, context) => patientToShow(context.read().db, input.id),
  'patients.create': (input, context) => createPatient(context.write(), input),
  'patients.update': (input, context) => updatePatient(context.write(), input.id, input.fields),
  'devices.list': (_input, context) => listDevices(context.read().db),
  'devices.create': (input, context) => createDevice(context.write(), input),
  'sessions.start': (input, context) =>
    startSession(context.write(), input.patientId, input.draft, input.leaves),
  'sessions.clockCheck': (_input, context) => checkClock(context.read()),
  'sessions.saveDraft': (input, context) => saveDraft(context.write(), input.sessionId, input.draft),
  'sessions.discard': (input, context) => {
    discardSession(context.write(), input.sessionId);
    return {};
  },
  'sessions.saveMeasurements': (input, context) =>
    saveMeasurements(context.write(), input.sessionId, input.trials, input.draft),
  'sessions.addTrials': (input, context) => addTrials(context.write(), input.sessionId, input.trials),
  'sessions.correctTrial': (input, context) =>
    correctTrial(context.write(), input.sessionId, input.trial, input.reason, input.isDeviceOfAll),
  'sessions.swapHands': (input, context) =>
    swapHands(context.write(), input.sessionId, input.measure, input.reason),
  'sessions.get': (input, context) => sessionToShow(context.read(), input.sessionId),
  'sessions.listForPatient': (input, context) =>
    listTimeline(context.read(), input.patientId, input.limit, input.offset),
  'sessions.trend': (input, context) => listTrend(context.read().db, input.patientId, input.measure),
  'sessions.lockJudgement': (input, context) =>
    lockJudgement(context.write(), input.sessionId, input.judgedSide, input.judgement),
  'predictions.requestReceipt': (input, context) => requestReceipt(context.write(), input.sessionId),
  'predictions.takeInput': (input, context) => takeInput(context.write(), input.sessionId, input.receipt),
  'predictions.shownInput': (input, context) => ({
    modelInput: inputToShow(context.read(), input.sessionId),
  }),
  'predictions.store': (input, context) =>
    storePrediction(context.write(), input.sessionId, input.receipt, input.inputHash, input.prediction),
  'predictions.storeExplanation': (input, context) => {
    storeExplanation(context.write(), input.sessionId, input.inputHash, input.explanation, input.overlap);
    return {};
  },
  'predictions.logExplanationOpened': (input, context) => {
    logLookedAt(context.write(), input.sessionId, 'explanation.opened');
    return {};
  },
  'predictions.logMethodsCompared': (input, context) => {
    logLookedAt(context.write(), input.sessionId, 'methods.compared');
    return {};
  },
  'sessions.judgeAgain': (input, context) => judgeAgain(context.write(), input.sessionId, input.judgement),
  'sessions.compare': (input, context) => compareSession(context.write(), input.sessionId, input.comparison),
  'sessions.close': (input, context) => closeSession(context.write(), input.sessionId),
};
