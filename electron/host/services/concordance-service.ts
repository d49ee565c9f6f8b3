/** Rows of the concordance page: judgements that may be seen now, each beside the first result. */
import { markedTraceOf } from '../../../core/agreement/marked-trace.ts';
import { flagsOfCourse, type JudgementFlag } from '../../../core/clinical/judgement-flags.ts';
import type { Output } from '../../../core/contract/contract.ts';
import type { WristClass } from '../../../core/contract/schemas/clinical.ts';
import { WRIST_CLASSES } from '../../../core/contract/schemas/clinical.ts';
import type { ConcordanceRow } from '../../../core/contract/schemas/concordance.ts';
import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import { transact } from '../db/open-store.ts';
import {
  type FirstJudgement,
  type FirstResult,
  findFirstResult,
  listFirstJudgements,
  wasChangedBeforeResult,
} from '../db/repositories/concordance-repository.ts';
import { listReadings } from '../db/repositories/reading-repository.ts';
import { lockSeq, objectsOfSteps } from '../db/repositories/step-order.ts';
import { writeAudit } from './audit.ts';
import { flagsByJudgement } from './judgement-flags-service.ts';
import type { WriteScope } from './scope.ts';
import { wasUnderAnotherPatient } from './session-moves.ts';
import { waitingSessionIds } from './waiting-reader.ts';

/** Most probable class; a refused or empty answer, and one that rules nothing out, is none. */
export function modelAnswerOf({
  probabilities,
  refusals,
}: Pick<WristStatePrediction, 'probabilities' | 'refusals'>): WristClass | null {
  if (probabilities === null || refusals.length > 0) return null;
  return WRIST_CLASSES[probabilities.indexOf(Math.max(...probabilities))] ?? null;
}

/**
 * A page of judged sessions with the number of those that are in no figure, by the reason. Of whose answers the user is told
 * is noted, once a session: nobody reads one blinded afterwards.
 */
export function concordanceRows(
  scope: WriteScope,
  limit: number,
  offset: number,
): Output<'concordance.rows'> {
  const { db } = scope;
  const judgements = listFirstJudgements(db);
  // Whoever is to read a session blinded must not find the answers of others in a table.
  const waiting = waitingSessionIds(scope);
  const isHidden = ({ sessionId, isPatientOpen }: FirstJudgement) => isPatientOpen || waiting.has(sessionId);
  const courses = Map.groupBy(judgements, ({ userId }) => userId).values();
  const flags = flagsByJudgement(courses, flagsOfCourse, { id: ({ id }) => id, isHidden });
  const leftOut = { heldBack: 0, changedAfterLock: 0, withoutResult: 0 };
  const rows: ConcordanceRow[] = [];
  for (const judgement of judgements.slice(offset, offset + limit)) {
    const { sessionId } = judgement;
    const readings = listReadings(db, sessionId);
    const result = findFirstResult(db, sessionId);
    if (isHidden(judgement)) leftOut.heldBack += 1;
    else if (
      wasChangedBeforeResult(db, sessionId) ||
      // It was made in front of another person's name.
      wasUnderAnotherPatient(db, sessionId, lockSeq(db, sessionId))
    ) {
      leftOut.changedAfterLock += 1;
    } else if (result === null) leftOut.withoutResult += 1;
    else rows.push(rowOf(judgement, result, flags.get(judgement.id) ?? [], readings));
  }
  noteListed(scope, rows);
  return { rows, leftOut, total: judgements.length };
}

function noteListed(scope: WriteScope, rows: readonly ConcordanceRow[]): void {
  const { id } = scope.user;
  const known = objectsOfSteps(scope.db, id, 'answers.listed');
  const told = rows.filter(({ sessionId, clinicianId }) => clinicianId !== id && !known.has(sessionId));
  if (told.length === 0) return;
  transact(scope.db, () => {
    for (const { sessionId } of told) writeAudit(scope, 'answers.listed', sessionId);
  });
}

function rowOf(
  judgement: FirstJudgement,
  { prediction, traceSource, explanation, comparison }: FirstResult,
  flags: JudgementFlag[],
  readings: ReturnType<typeof listReadings>,
): ConcordanceRow {
  const { answer } = judgement;
  return {
    sessionId: judgement.sessionId,
    patientId: judgement.patientId,
    clinicianId: judgement.userId,
    clinicianName: judgement.userName,
    lockedAt: judgement.lockedAt,
    diagnosis: judgement.diagnosis,
    isBlinded: judgement.isBlinded,
    durationMs: judgement.durationMs,
    flags,
    answer,
    confidencePercent: judgement.confidencePercent,
    drivers: judgement.drivers,
    inputPattern: prediction.inputPattern,
    modelVersion: prediction.modelVersion,
    modelAnswer: modelAnswerOf(prediction),
    predictionSet: prediction.predictionSet,
    explanation:
      explanation?.isShown === true
        ? {
            predictedClass: explanation.predictedClass,
            againstClass: explanation.againstClass,
            contributions: explanation.contributions.map(({ feature, value }) => ({ feature, value })),
          }
        : null,
    markedTrace: markedTraceOf(judgement, traceSource, explanation),
    // Whoever did not decide at the second look has neither kept the first answer nor changed it.
    finalAnswer:
      comparison === null
        ? null
        : comparison.secondLook === null
          ? answer
          : comparison.secondLook.finalAnswer,
    isUndecided: comparison?.secondLook?.finalAnswer === null,
    // A reader who had seen the answers gives no second opinion.
    readings: readings
      .filter(({ seenBefore }) => !seenBefore.includes('answers'))
      .map(({ userId, userName, answer: read, seenBefore }) => ({
        readerId: userId as ConcordanceRow['clinicianId'],
        readerName: userName,
        answer: read,
        hasSeenPatient: seenBefore.includes('patient'),
      })),
  };
}
