/** The lock and what may happen after it. Before it, no receipt, no input and no prediction exist. */
import { createHash } from 'node:crypto';
import { reasonOverlap } from '../../../core/agreement/reason-overlap.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Output } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { SessionId, Side } from '../../../core/contract/schemas/clinical.ts';
import type {
  Comparison,
  Explanation,
  Judgement,
  JudgementFields,
  ReasonOverlap,
  WristStatePrediction,
} from '../../../core/contract/schemas/judgement.ts';
import { isSameAnswer } from '../../../core/inference/same-answer.ts';
import { type ReadableDb, transact } from '../db/open-store.ts';
import {
  findExplanation,
  findPrediction,
  findPredictionInput,
  findReceipt,
  insertComparison,
  insertExplanation,
  insertJudgement,
  insertPrediction,
  insertReceipt,
  listJudgements,
  spendReceipt,
} from '../db/repositories/judgement-repository.ts';
import { findSession, isJudgementOpen, updateSession } from '../db/repositories/session-repository.ts';
import { listTrials } from '../db/repositories/trial-repository.ts';
import { writeAudit } from './audit.ts';
import { assertBands } from './band-check.ts';
import { buildModelInput, hashModelInput } from './model-input.ts';
import type { WriteScope } from './scope.ts';
import { sessionToShow } from './session-view.ts';
import { requireSession } from './sessions-service.ts';
import { isWaitingReader } from './waiting-reader.ts';

const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

/** A token of 64 hexadecimal characters; the store keeps its hash only. Must run inside a transaction. */
function issueReceipt(scope: WriteScope, sessionId: string, side: Side) {
  const receipt = scope.newToken();
  const inputHash = hashModelInput(buildModelInput(scope.db, sessionId, side));
  insertReceipt(scope.db, {
    receipt_hash: hashToken(receipt),
    session_id: sessionId,
    input_hash: inputHash,
    created_at: scope.clock().toISOString(),
    spent_at: null,
  });
  return { receipt, inputHash };
}

function judgementFrom(
  scope: WriteScope,
  sessionId: SessionId,
  fields: JudgementFields,
  isAfterReveal: boolean,
  isBlinded: boolean,
): Judgement {
  return {
    ...fields,
    isBlinded,
    id: scope.newId(),
    sessionId,
    userId: scope.user.id as Judgement['userId'],
    userName: scope.user.name,
    lockedAt: scope.clock().toISOString(),
    isAfterReveal,
  };
}

/** @throws AppError session.incomplete when the judged hand has no pinch value; recording.not_found for bands on another one. */
export function lockJudgement(
  scope: WriteScope,
  sessionId: SessionId,
  judgedSide: Side,
  fields: JudgementFields,
): Output<'sessions.lockJudgement'> {
  const answer = transact(scope.db, () => {
    const session = requireSession(scope, sessionId, 'saved');
    const hasPinch = listTrials(scope.db, sessionId).newest.some(
      (t) => t.measure === 'lateral-pinch' && t.side === judgedSide && t.valueSi !== null,
    );
    if (!hasPinch) throw new AppError('session.incomplete');
    assertBands(scope.db, sessionId, judgedSide, fields);
    // Blinding is what the session was, not what the page claims at the end.
    const judgement = judgementFrom(scope, sessionId, fields, false, session.isBlinded);
    insertJudgement(scope.db, judgement);
    const seq = writeAudit(scope, 'judgement.locked', sessionId, judgement);
    updateSession(scope.db, sessionId, { state: 'locked', judged_side: judgedSide, last_seq: seq });
    return { judgement, lockedAt: judgement.lockedAt, ...issueReceipt(scope, sessionId, judgedSide) };
  });
  const session = findSession(scope.db, sessionId);
  if (session) scope.emit('patients.changed', { id: session.patientId });
  return answer;
}

/** The session and the hand that was judged. @throws AppError judgement.not_locked before the lock. */
function requireLocked(scope: WriteScope, sessionId: string) {
  const session = findSession(scope.db, sessionId);
  if (!session) throw new AppError('session.not_found');
  if (session.judgedSide === null || listJudgements(scope.db, sessionId).length === 0) {
    throw new AppError('judgement.not_locked');
  }
  return { session, side: session.judgedSide };
}

/**
 * A locked session that may still get a result: with no other judgement of the patient open, and once it was compared
 * or closed only when the measurements are no longer those of the stored result.
 * @throws AppError judgement.not_locked otherwise.
 */
function requireOpenForResult(scope: WriteScope, sessionId: string) {
  const locked = requireLocked(scope, sessionId);
  const { session, side } = locked;
  const isOther = isJudgementOpen(scope.db, session.patientId);
  const isSettled = session.state === 'compared' || session.state === 'closed';
  const stored = isSettled ? findPrediction(scope.db, sessionId) : null;
  const isSame =
    stored !== null && stored.inputHash === hashModelInput(buildModelInput(scope.db, sessionId, side));
  if (isOther || isSame) throw new AppError('judgement.not_locked');
  return locked;
}

export function requestReceipt(scope: WriteScope, sessionId: string) {
  return transact(scope.db, () => {
    const { side } = requireOpenForResult(scope, sessionId);
    writeAudit(scope, 'receipt.issued', sessionId);
    return issueReceipt(scope, sessionId, side);
  });
}

/** @throws AppError prediction.receipt when it is unknown, of another session, or spent. */
function requireReceipt(scope: WriteScope, sessionId: string, receipt: string) {
  const row = findReceipt(scope.db, hashToken(receipt));
  if (!row || row.session_id !== sessionId || row.spent_at !== null) throw new AppError('prediction.receipt');
  return row;
}

export function takeInput(scope: WriteScope, sessionId: string, receipt: string) {
  return transact(scope.db, () => {
    const { side } = requireOpenForResult(scope, sessionId);
    requireReceipt(scope, sessionId, receipt);
    const modelInput = buildModelInput(scope.db, sessionId, side);
    writeAudit(scope, 'input.taken', sessionId);
    return { modelInput, inputHash: hashModelInput(modelInput) };
  });
}

/**
 * Stores what the page's network answered. The receipt is spent in the same transaction, so it works once.
 * @throws AppError prediction.mismatch when the measurements changed since the receipt, or the hash is not theirs.
 * @throws AppError model.not_found when no shipped bundle has this hash, id and version.
 */
export function storePrediction(
  scope: WriteScope,
  sessionId: string,
  receipt: string,
  inputHash: string,
  prediction: WristStatePrediction,
): SessionView {
  transact(scope.db, () => {
    const { side } = requireOpenForResult(scope, sessionId);
    const row = requireReceipt(scope, sessionId, receipt);
    const modelInput = buildModelInput(scope.db, sessionId, side);
    const current = hashModelInput(modelInput);
    if (row.input_hash !== inputHash || current !== inputHash) throw new AppError('prediction.mismatch');
    const bundle = scope.knownBundles.get(prediction.bundleHash);
    if (bundle?.modelId !== prediction.modelId || bundle.version !== prediction.modelVersion) {
      throw new AppError('model.not_found');
    }
    // The host computes the same numbers by itself: what the page sends is shown only when both agree.
    if (!bundle.isAnswerOf(modelInput, prediction)) {
      throw new AppError('prediction.mismatch');
    }
    const at = scope.clock().toISOString();
    if (!spendReceipt(scope.db, row.receipt_hash, at)) throw new AppError('prediction.receipt');
    insertPrediction(scope.db, {
      id: scope.newId(),
      session_id: sessionId,
      receipt_hash: row.receipt_hash,
      input_hash: inputHash,
      model_input: JSON.stringify(modelInput),
      content: JSON.stringify(prediction),
      created_at: at,
    });
    const seq = writeAudit(scope, 'prediction.stored', sessionId, prediction);
    const session = findSession(scope.db, sessionId);
    updateSession(scope.db, sessionId, {
      // A corrected value opens a compared or closed session again: its comparison was made on another result.
      ...(session?.state === 'revealed' ? {} : { state: 'revealed' }),
      last_seq: seq,
    });
  });
  const view = sessionToShow(scope, sessionId);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}

/** As many of the model's reasons as the counted judgement named; none without drivers or a reliable explanation. */
function ownOverlap(db: ReadableDb, sessionId: string, explanation: Explanation): ReasonOverlap | null {
  const [judgement] = listJudgements(db, sessionId);
  return judgement && judgement.drivers.length > 0 && explanation.isShown
    ? reasonOverlap(judgement.drivers, explanation, judgement.answer)
    : null;
}

/**
 * Stores how the page's network explains the stored result: only what the host itself computes of the same bundle and
 * input, sentence and overlap included.
 * @throws AppError prediction.mismatch otherwise, and for a second explanation of a result.
 */
export function storeExplanation(
  scope: WriteScope,
  sessionId: string,
  inputHash: string,
  explanation: Explanation,
  overlap: ReasonOverlap | null,
): void {
  transact(scope.db, () => {
    requireLocked(scope, sessionId);
    const stored = findPrediction(scope.db, sessionId);
    if (!stored || stored.inputHash !== inputHash) throw new AppError('prediction.mismatch');
    // One explanation a result: a second one would replace what was seen.
    if (findExplanation(scope.db, stored.id)) throw new AppError('prediction.mismatch');
    const { prediction } = stored;
    const modelInput = findPredictionInput(scope.db, sessionId);
    const bundle = scope.knownBundles.get(prediction.bundleHash);
    const isOwn =
      modelInput !== null && bundle?.isExplanationOf?.(modelInput, prediction, explanation) === true;
    if (!isOwn || !isSameAnswer(ownOverlap(scope.db, sessionId, explanation), overlap)) {
      throw new AppError('prediction.mismatch');
    }
    insertExplanation(scope.db, {
      id: scope.newId(),
      session_id: sessionId,
      prediction_id: stored.id,
      content: JSON.stringify(explanation),
      overlap: overlap ? JSON.stringify(overlap) : null,
      created_at: scope.clock().toISOString(),
    });
    writeAudit(scope, 'explanation.stored', sessionId, explanation);
  });
}

/** Records what a reader looked at. @param what - the drivers of the answer, or every method beside one another. */
export function logLookedAt(
  scope: WriteScope,
  sessionId: string,
  what: 'explanation.opened' | 'methods.compared',
): void {
  transact(scope.db, () => {
    if (!findSession(scope.db, sessionId)) throw new AppError('session.not_found');
    writeAudit(scope, what, sessionId);
  });
}

/** A judgement made with the result in view: kept beside the first, marked, never counted. */
export function judgeAgain(scope: WriteScope, sessionId: SessionId, fields: JudgementFields): SessionView {
  transact(scope.db, () => {
    requireSession(scope, sessionId, 'revealed', 'compared', 'closed');
    if (listJudgements(scope.db, sessionId).length === 0) throw new AppError('session.wrong_state');
    const judgement = judgementFrom(scope, sessionId, fields, true, false);
    insertJudgement(scope.db, judgement);
    const seq = writeAudit(scope, 'judgement.repeated', sessionId, judgement);
    updateSession(scope.db, sessionId, { last_seq: seq });
  });
  return sessionToShow(scope, sessionId);
}

export function compareSession(
  scope: WriteScope,
  sessionId: SessionId,
  fields: Omit<Comparison, 'id' | 'createdAt'>,
): SessionView {
  transact(scope.db, () => {
    requireSession(scope, sessionId, 'revealed', 'compared');
    // A newer comparison would take the question back, and with it what is held back.
    if (isWaitingReader(scope, sessionId)) throw new AppError('session.wrong_state');
    const comparison: Comparison = {
      ...fields,
      id: scope.newId(),
      createdAt: scope.clock().toISOString(),
    };
    insertComparison(scope.db, sessionId, scope.user.id, comparison);
    const seq = writeAudit(scope, 'comparison.stored', sessionId, comparison);
    updateSession(scope.db, sessionId, { state: 'compared', last_seq: seq });
  });
  const view = sessionToShow(scope, sessionId);
  scope.emit('patients.changed', { id: view.session.patientId });
  return view;
}
