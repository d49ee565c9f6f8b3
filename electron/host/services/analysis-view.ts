import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import { AppError } from '../../../core/contract/errors.ts';
import {
  ANALYSES,
  type AnalysisId,
  type AnalysisJudgement,
  EMG_CHANNELS,
} from '../../../core/contract/schemas/analysis.ts';
import type { ReadableDb } from '../db/open-store.ts';
import {
  analysisSteps,
  findAnalysisExplanation,
  findAnalysisPrediction,
  findLockedInputHash,
  listAnalysisJudgements,
} from '../db/repositories/analysis-repository.ts';
import { findSession, isJudgementOpen } from '../db/repositories/session-repository.ts';
import {
  buildAnalysisInput,
  hashAnalysisInput,
  holdRecordings,
  isMeasuredEnough,
  measuredHands,
} from './analysis-input.ts';
import { listHolds } from './hold-recordings.ts';
import { measuredHold, wasHoldKnown } from './measured-hold.ts';
import { channelName } from './recordings-service.ts';
import { wasUnderAnotherPatient } from './session-moves.ts';
import {
  blindOtherVisit,
  blindPatient,
  blindSession,
  isOtherVisitOfBlinded,
  patientToShow,
} from './session-view.ts';
import { isWaitingReader, type ViewScope } from './waiting-reader.ts';

/** Hash of what the first judgement would be answered from now; null when it is not measured any more. */
export function currentInputHash(db: ReadableDb, sessionId: string, first: AnalysisJudgement): string | null {
  try {
    return hashAnalysisInput(buildAnalysisInput(db, sessionId, first.fields));
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'session.incomplete') return null;
    throw cause;
  }
}

function stateOf(
  db: ReadableDb,
  sessionId: string,
  analysis: AnalysisId,
  judgements: readonly AnalysisJudgement[],
): AnalysisView['state'] {
  if (judgements.length > 0) {
    return findAnalysisPrediction(db, sessionId, analysis) === null ? 'locked' : 'revealed';
  }
  const session = findSession(db, sessionId);
  const isSaved = session !== undefined && session.state !== 'measuring';
  return isSaved && isMeasuredEnough(db, sessionId, analysis) ? 'ready-to-judge' : 'not-measured-enough';
}

/**
 * An analysis with what may be shown: no answer before its own lock, and none while a judgement of this patient is open.
 * What was judged is hidden with it from a blinded judge of the same patient, and from a user who is still to read the
 * session blinded.
 * @throws AppError session.not_found
 */
export function analysisToShow(scope: ViewScope, sessionId: string, analysis: AnalysisId): AnalysisView {
  const { db } = scope;
  const session = findSession(db, sessionId);
  if (!session) throw new AppError('session.not_found');
  const judgements = listAnalysisJudgements(db, sessionId, analysis);
  const [first] = judgements;
  const isWaiting = isWaitingReader(scope, sessionId);
  const isHidden = isWaiting || isJudgementOpen(db, session.patientId);
  const isOtherVisit = isOtherVisitOfBlinded(db, session);
  const isTelling = isWaiting || isOtherVisit;
  const patient = patientToShow(db, session.patientId);
  const stored = first && !isHidden ? findAnalysisPrediction(db, sessionId, analysis) : null;
  const current = first ? currentInputHash(db, sessionId, first) : null;
  const recordingId =
    first?.fields.analysis === 'elbow-torque-fatigue' ? first.fields.setup.recordingId : null;
  const hold = stored && recordingId !== null ? measuredHold(db, sessionId, recordingId) : null;
  return {
    analysis,
    session: isOtherVisit ? blindOtherVisit(session) : isWaiting ? blindSession(session) : session,
    patient: isWaiting ? blindPatient(patient) : patient,
    state: stateOf(db, sessionId, analysis, judgements),
    isHidden: isHidden && judgements.length > 0,
    hands: analysis === 'muscle-parameters' ? measuredHands(db, sessionId) : [],
    recordings:
      analysis === 'elbow-torque-fatigue'
        ? recordingsToShow(db, sessionId, patient.isBlinded === true || isWaiting)
        : [],
    // A later judgement was made with the answer in view: it tells what the answer was.
    judgements: isTelling ? [] : isHidden ? judgements.filter((j) => !j.isAfterReveal) : judgements,
    prediction: stored?.prediction ?? null,
    explanation: stored ? findAnalysisExplanation(db, stored.id) : null,
    isOutdated: stored !== null && stored.inputHash !== current,
    isJudgementOutdated: first !== undefined && findLockedInputHash(db, sessionId, analysis) !== current,
    measuredHoldS: hold?.heldS ?? null,
    isHoldStoppedEarly: hold?.isStoppedEarly ?? false,
    ...(stored && isAnalysisForAnother(db, sessionId, analysis) ? { isForAnotherPerson: true } : {}),
    ...(isWaiting ? { isWaitingForYou: true } : {}),
    wasEndKnown:
      first !== undefined && recordingId !== null && wasHoldKnown(db, sessionId, recordingId, first.lockedAt),
  };
}

/** True when it was judged or answered while the session stood under another patient. */
export function isAnalysisForAnother(db: ReadableDb, sessionId: string, analysis: AnalysisId): boolean {
  const { lockedSeq, resultSeq } = analysisSteps(db, sessionId, analysis);
  return [lockedSeq, resultSeq].some((seq) => wasUnderAnotherPatient(db, sessionId, seq));
}

/** The names of a recording and of its channels may tell the operation: a blinded judge is not told them. */
function recordingsToShow(db: ReadableDb, sessionId: string, isBlinded: boolean): AnalysisView['recordings'] {
  const recordings = holdRecordings(db, sessionId);
  if (!isBlinded) return recordings;
  const holds = listHolds(db, sessionId);
  return recordings.map((each) => {
    const names = holds.find(({ id }) => id === each.id)?.channels.map(({ name }) => name) ?? [];
    const channels = { ...each.channels };
    for (const channel of EMG_CHANNELS) {
      const found = channels[channel];
      if (found !== null) channels[channel] = { ...found, source: channelName(names.indexOf(found.source)) };
    }
    return { ...each, name: '', channels };
  });
}

/** State of each analysis, for the ways to it. @throws AppError session.not_found */
export function offeredAnalyses(
  db: ReadableDb,
  sessionId: string,
): { analysis: AnalysisId; state: AnalysisView['state'] }[] {
  if (!findSession(db, sessionId)) throw new AppError('session.not_found');
  return ANALYSES.map((analysis) => ({
    analysis,
    state: stateOf(db, sessionId, analysis, listAnalysisJudgements(db, sessionId, analysis)),
  }));
}
