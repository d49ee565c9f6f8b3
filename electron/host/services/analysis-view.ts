import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import { AppError } from '../../../core/contract/errors.ts';
import {
  ANALYSES,
  type AnalysisId,
  type AnalysisJudgement,
} from '../../../core/contract/schemas/analysis.ts';
import type { ReadableDb } from '../db/open-store.ts';
import {
  findAnalysisExplanation,
  findAnalysisPrediction,
  findLockedInputHash,
  listAnalysisJudgements,
} from '../db/repositories/analysis-repository.ts';
import { findSession, isJudgementOpen, isPatientBlinded } from '../db/repositories/session-repository.ts';
import {
  buildAnalysisInput,
  hashAnalysisInput,
  holdRecordings,
  isMeasuredEnough,
  measuredHands,
  measuredHoldS,
} from './analysis-input.ts';
import { findHold } from './hold-recordings.ts';
import { patientToShow } from './session-view.ts';

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
 * What was judged is hidden with it from a blinded judge of the same patient.
 * @throws AppError session.not_found
 */
export function analysisToShow(db: ReadableDb, sessionId: string, analysis: AnalysisId): AnalysisView {
  const session = findSession(db, sessionId);
  if (!session) throw new AppError('session.not_found');
  const judgements = listAnalysisJudgements(db, sessionId, analysis);
  const [first] = judgements;
  const isHidden = isJudgementOpen(db, session.patientId);
  const isTelling =
    !['measuring', 'saved'].includes(session.state) && isPatientBlinded(db, session.patientId);
  const stored = first && !isHidden ? findAnalysisPrediction(db, sessionId, analysis) : null;
  const current = first ? currentInputHash(db, sessionId, first) : null;
  const side = first ? sideOf(db, sessionId, first) : null;
  return {
    analysis,
    session: isTelling ? { ...session, note: '' } : session,
    patient: patientToShow(db, session.patientId),
    state: stateOf(db, sessionId, analysis, judgements),
    isHidden: isHidden && judgements.length > 0,
    hands: analysis === 'muscle-parameters' ? measuredHands(db, sessionId) : [],
    recordings: analysis === 'elbow-torque-fatigue' ? recordingsToShow(db, sessionId, session.patientId) : [],
    // A later judgement was made with the answer in view: it tells what the answer was.
    judgements: isTelling ? [] : isHidden ? judgements.filter((j) => !j.isAfterReveal) : judgements,
    prediction: stored?.prediction ?? null,
    explanation: stored ? findAnalysisExplanation(db, stored.id) : null,
    isOutdated: stored !== null && stored.inputHash !== current,
    isJudgementOutdated: first !== undefined && findLockedInputHash(db, sessionId, analysis) !== current,
    measuredHoldS:
      stored && analysis === 'elbow-torque-fatigue' && side !== null
        ? measuredHoldS(db, sessionId, side)
        : null,
  };
}

/** The name of a recording may tell the operation: a blinded judge is not told it. */
function recordingsToShow(db: ReadableDb, sessionId: string, patientId: string): AnalysisView['recordings'] {
  const recordings = holdRecordings(db, sessionId);
  return isPatientBlinded(db, patientId) ? recordings.map((each) => ({ ...each, name: '' })) : recordings;
}

function sideOf(db: ReadableDb, sessionId: string, { fields }: AnalysisJudgement) {
  return fields.analysis === 'muscle-parameters'
    ? fields.side
    : (findHold(db, sessionId, fields.setup.recordingId)?.side ?? null);
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
