/** What became known later: append-only, and never a measure of how right a judgement was (decision 8). */
import { AppError } from '../../../core/contract/errors.ts';
import type { Truth, TruthFields } from '../../../core/contract/schemas/reading.ts';
import { transact } from '../db/open-store.ts';
import { listJudgements } from '../db/repositories/judgement-repository.ts';
import { findSession, isPatientBlinded } from '../db/repositories/session-repository.ts';
import { insertTruth, listTruths } from '../db/repositories/truth-repository.ts';
import { writeAudit } from './audit.ts';
import type { ReadScope, WriteScope } from './scope.ts';
import { isWaitingReader, type ViewScope } from './waiting-reader.ts';

/** What is known of an operation tells a judge as much as the operation does. @throws AppError session.not_found */
function isHidden(scope: ViewScope, sessionId: string): boolean {
  const { db } = scope;
  const session = findSession(db, sessionId);
  if (!session) throw new AppError('session.not_found');
  return (
    listJudgements(db, sessionId).length === 0 ||
    isPatientBlinded(db, session.patientId) ||
    isWaitingReader(scope, sessionId)
  );
}

/** Newest first. @throws AppError session.not_found */
export const truthsToShow = (scope: ReadScope, sessionId: string): Truth[] =>
  isHidden(scope, sessionId) ? [] : listTruths(scope.db, sessionId);

/**
 * @throws AppError session.not_found; judgement.not_locked before the lock, or while a blinded judgement is open;
 *   truth.replaced when the entry to be replaced is none of this session or was replaced already.
 */
export function addTruth(scope: WriteScope, sessionId: string, fields: TruthFields): Truth[] {
  transact(scope.db, () => {
    if (isHidden(scope, sessionId)) throw new AppError('judgement.not_locked');
    const { supersedesId } = fields;
    if (supersedesId !== null) {
      const earlier = listTruths(scope.db, sessionId).find(({ id }) => id === supersedesId);
      if (!earlier || earlier.supersededById !== null) throw new AppError('truth.replaced');
    }
    insertTruth(scope.db, {
      id: scope.newId(),
      sessionId,
      userId: scope.user.id,
      createdAt: scope.clock().toISOString(),
      fields,
    });
    writeAudit(scope, 'truth.added', sessionId, fields);
  });
  return truthsToShow(scope, sessionId);
}
