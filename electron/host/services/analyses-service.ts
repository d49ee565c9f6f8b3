/** The lock of an analysis and what may happen after it. Before it, no receipt, no input and no answer exist. */
import { createHash } from 'node:crypto';
import type { AnalysisView } from '../../../core/contract/channels/analyses.ts';
import type { Output } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type {
  AnalysisExplanation,
  AnalysisId,
  AnalysisJudgement,
  AnalysisJudgementFields,
  AnalysisPrediction,
} from '../../../core/contract/schemas/analysis.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import { transact } from '../db/open-store.ts';
import {
  findAnalysisExplanation,
  findAnalysisPrediction,
  findAnalysisReceipt,
  insertAnalysisExplanation,
  insertAnalysisJudgement,
  insertAnalysisPrediction,
  insertAnalysisReceipt,
  listAnalysisJudgements,
  spendAnalysisReceipt,
} from '../db/repositories/analysis-repository.ts';
import { findSession, isJudgementOpen } from '../db/repositories/session-repository.ts';
import { buildAnalysisInput, hashAnalysisInput } from './analysis-input.ts';
import { analysisToShow } from './analysis-view.ts';
import { writeAudit } from './audit.ts';
import type { WriteScope } from './scope.ts';

const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

/** A token of 64 hexadecimal characters; the store keeps its hash only. Must run inside a transaction. */
function issueReceipt(scope: WriteScope, sessionId: string, first: AnalysisJudgementFields) {
  const receipt = scope.newToken();
  const inputHash = hashAnalysisInput(buildAnalysisInput(scope.db, sessionId, first));
  insertAnalysisReceipt(scope.db, {
    receipt_hash: hashToken(receipt),
    session_id: sessionId,
    analysis: first.analysis,
    input_hash: inputHash,
    created_at: scope.clock().toISOString(),
    spent_at: null,
  });
  return { receipt, inputHash };
}

function judgementFrom(
  scope: WriteScope,
  sessionId: SessionId,
  fields: AnalysisJudgementFields,
  isAfterReveal: boolean,
  isBlinded: boolean,
): AnalysisJudgement {
  return {
    id: scope.newId(),
    sessionId,
    userId: scope.user.id as AnalysisJudgement['userId'],
    userName: scope.user.name,
    fields,
    isBlinded,
    lockedAt: scope.clock().toISOString(),
    isAfterReveal,
  };
}

function tellOthers(scope: WriteScope, sessionId: string): void {
  const session = findSession(scope.db, sessionId);
  if (session) scope.emit('patients.changed', { id: session.patientId });
}

/**
 * Locks a judgement. It may be made while the wrist's own judgement is open: the model's answer then waits for that.
 * @throws AppError session.wrong_state while measuring, or when this analysis is judged already; session.incomplete when
 *   what it names is not measured.
 */
export function lockAnalysis(
  scope: WriteScope,
  sessionId: SessionId,
  fields: AnalysisJudgementFields,
): Output<'analyses.lockJudgement'> {
  const answer = transact(scope.db, () => {
    const session = findSession(scope.db, sessionId);
    if (!session) throw new AppError('session.not_found');
    const isJudged = listAnalysisJudgements(scope.db, sessionId, fields.analysis).length > 0;
    if (session.state === 'measuring' || isJudged) throw new AppError('session.wrong_state');
    // Blinding ends with the wrist judgement, or when the session is closed: diagnosis and operation are shown since.
    const isBlinded = session.isBlinded && session.state === 'saved';
    const judgement = judgementFrom(scope, sessionId, fields, false, isBlinded);
    const permit = issueReceipt(scope, sessionId, fields);
    insertAnalysisJudgement(scope.db, judgement);
    writeAudit(scope, 'analysis.locked', sessionId, judgement);
    return { judgement, lockedAt: judgement.lockedAt, ...permit };
  });
  tellOthers(scope, sessionId);
  return answer;
}

/** The first judgement, which names the hand or recording. @throws AppError judgement.not_locked before the lock. */
function requireLocked(scope: WriteScope, sessionId: string, analysis: AnalysisId) {
  const session = findSession(scope.db, sessionId);
  if (!session) throw new AppError('session.not_found');
  const [first] = listAnalysisJudgements(scope.db, sessionId, analysis);
  if (!first) throw new AppError('judgement.not_locked');
  return { session, first: first.fields };
}

/**
 * A locked analysis that may still get an answer: with no judgement of the patient open, and once answered and explained
 * only when the measurements are no longer those of the answer.
 * @throws AppError judgement.not_locked otherwise.
 */
function requireOpenForAnswer(scope: WriteScope, sessionId: string, analysis: AnalysisId) {
  const locked = requireLocked(scope, sessionId, analysis);
  if (isJudgementOpen(scope.db, locked.session.patientId)) throw new AppError('judgement.not_locked');
  const stored = findAnalysisPrediction(scope.db, sessionId, analysis);
  if (stored && findAnalysisExplanation(scope.db, stored.id)) {
    const current = hashAnalysisInput(buildAnalysisInput(scope.db, sessionId, locked.first));
    if (current === stored.inputHash) throw new AppError('judgement.not_locked');
  }
  return locked;
}

export function requestAnalysisReceipt(scope: WriteScope, sessionId: string, analysis: AnalysisId) {
  return transact(scope.db, () => {
    const { first } = requireOpenForAnswer(scope, sessionId, analysis);
    writeAudit(scope, 'analysis.receipt', sessionId, { analysis });
    return issueReceipt(scope, sessionId, first);
  });
}

/** @throws AppError prediction.receipt when it is unknown, of another session or analysis, or spent. */
function requireReceipt(scope: WriteScope, sessionId: string, analysis: AnalysisId, receipt: string) {
  const row = findAnalysisReceipt(scope.db, hashToken(receipt));
  if (!row || row.session_id !== sessionId || row.analysis !== analysis || row.spent_at !== null) {
    throw new AppError('prediction.receipt');
  }
  return row;
}

export function takeAnalysisInput(
  scope: WriteScope,
  sessionId: string,
  analysis: AnalysisId,
  receipt: string,
): Output<'analyses.takeInput'> {
  return transact(scope.db, () => {
    const { first } = requireOpenForAnswer(scope, sessionId, analysis);
    requireReceipt(scope, sessionId, analysis, receipt);
    const input = buildAnalysisInput(scope.db, sessionId, first);
    writeAudit(scope, 'analysis.input', sessionId, { analysis });
    return { input, inputHash: hashAnalysisInput(input) };
  });
}

/**
 * Stores what the page's network answered. The receipt is spent in the same transaction, so it works once.
 * @throws AppError prediction.mismatch when the measurements changed since the receipt, the hash is not theirs, this
 *   input is answered already, or the host's own engine answers something else; model.not_found for an unknown bundle.
 */
export async function storeAnalysis(
  scope: WriteScope,
  sessionId: string,
  receipt: string,
  inputHash: string,
  prediction: AnalysisPrediction,
): Promise<AnalysisView> {
  const { analysis } = prediction;
  const bundle = scope.knownBundles.get(prediction.bundleHash);
  // The bundle is read before the transaction: nothing waits inside it.
  const isAnswerOf = (await bundle?.openChecker?.()) ?? null;
  transact(scope.db, () => {
    const { first } = requireOpenForAnswer(scope, sessionId, analysis);
    const row = requireReceipt(scope, sessionId, analysis, receipt);
    const input = buildAnalysisInput(scope.db, sessionId, first);
    const current = hashAnalysisInput(input);
    if (row.input_hash !== inputHash || current !== inputHash) throw new AppError('prediction.mismatch');
    if (findAnalysisPrediction(scope.db, sessionId, analysis)?.inputHash === inputHash) {
      throw new AppError('prediction.mismatch');
    }
    if (
      bundle?.modelId !== prediction.modelId ||
      bundle.version !== prediction.modelVersion ||
      isAnswerOf === null
    ) {
      throw new AppError('model.not_found');
    }
    // The host computes the same numbers by itself: what the page sends is shown only when both agree.
    if (!isAnswerOf(input, prediction)) throw new AppError('prediction.mismatch');
    const at = scope.clock().toISOString();
    if (!spendAnalysisReceipt(scope.db, row.receipt_hash, at)) throw new AppError('prediction.receipt');
    insertAnalysisPrediction(scope.db, {
      id: scope.newId(),
      session_id: sessionId,
      analysis,
      receipt_hash: row.receipt_hash,
      input_hash: inputHash,
      model_input: JSON.stringify(input),
      content: JSON.stringify(prediction),
      created_at: at,
    });
    writeAudit(scope, 'analysis.stored', sessionId, prediction);
  });
  tellOthers(scope, sessionId);
  return analysisToShow(scope, sessionId, analysis);
}

/**
 * The answer that still waits for its explanation.
 * @throws AppError judgement.not_locked before the lock; prediction.mismatch for another answer, or a second explanation:
 * it would replace what was seen.
 */
function requireUnexplained(scope: WriteScope, sessionId: string, analysis: AnalysisId, inputHash: string) {
  requireLocked(scope, sessionId, analysis);
  const stored = findAnalysisPrediction(scope.db, sessionId, analysis);
  if (!stored || stored.inputHash !== inputHash || findAnalysisExplanation(scope.db, stored.id)) {
    throw new AppError('prediction.mismatch');
  }
  return stored;
}

/**
 * Stores how the page's network explains the stored answer: only what the host itself computes of the same bundle and input.
 * @throws AppError as requireUnexplained; prediction.mismatch for what the host does not compute.
 */
export async function storeAnalysisExplanation(
  scope: WriteScope,
  sessionId: string,
  analysis: AnalysisId,
  inputHash: string,
  explanation: AnalysisExplanation,
): Promise<void> {
  const { id, input, prediction } = requireUnexplained(scope, sessionId, analysis, inputHash);
  const bundle = scope.knownBundles.get(prediction.bundleHash);
  // Computed before the transaction, and beside other calls: nothing waits inside it.
  const isExplanationOf = await bundle?.openExplanationChecker?.();
  const isOwn = (await isExplanationOf?.(input, prediction, explanation)) === true;
  if (!scope.isStillOpen()) throw new AppError('store.locked');
  transact(scope.db, () => {
    const stored = requireUnexplained(scope, sessionId, analysis, inputHash);
    if (!isOwn || stored.id !== id) throw new AppError('prediction.mismatch');
    insertAnalysisExplanation(scope.db, {
      id: scope.newId(),
      prediction_id: stored.id,
      content: JSON.stringify(explanation),
      created_at: scope.clock().toISOString(),
    });
    writeAudit(scope, 'analysis.explained', sessionId, explanation);
  });
}

/** Records that a reader opened the explanation of an analysis. */
export function logAnalysisOpened(scope: WriteScope, sessionId: string, analysis: AnalysisId): void {
  transact(scope.db, () => {
    if (!findSession(scope.db, sessionId)) throw new AppError('session.not_found');
    writeAudit(scope, 'analysis.opened', sessionId, { analysis });
  });
}

/**
 * A judgement made with the answer in view: kept beside the first, marked, never counted.
 * @throws AppError session.wrong_state before the answer, while it is hidden, or of another hand or recording.
 */
export function judgeAnalysisAgain(
  scope: WriteScope,
  sessionId: SessionId,
  fields: AnalysisJudgementFields,
): AnalysisView {
  transact(scope.db, () => {
    const session = findSession(scope.db, sessionId);
    if (!session) throw new AppError('session.not_found');
    const { analysis } = fields;
    const [first] = listAnalysisJudgements(scope.db, sessionId, analysis);
    const isAnswered = findAnalysisPrediction(scope.db, sessionId, analysis) !== null;
    if (
      !first ||
      !isAnswered ||
      isJudgementOpen(scope.db, session.patientId) ||
      !isSameSubject(first.fields, fields)
    ) {
      throw new AppError('session.wrong_state');
    }
    const judgement = judgementFrom(scope, sessionId, fields, true, false);
    insertAnalysisJudgement(scope.db, judgement);
    writeAudit(scope, 'analysis.repeated', sessionId, judgement);
  });
  return analysisToShow(scope, sessionId, fields.analysis);
}

/** The same hand, or the same stretch of the same recording. */
function isSameSubject(first: AnalysisJudgementFields, again: AnalysisJudgementFields): boolean {
  if (first.analysis === 'muscle-parameters') {
    return again.analysis === 'muscle-parameters' && again.side === first.side;
  }
  return (
    again.analysis === 'elbow-torque-fatigue' && JSON.stringify(again.setup) === JSON.stringify(first.setup)
  );
}
