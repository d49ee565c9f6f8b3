import { type JudgementFlag, judgementFlags, PATTERN_LOCKS } from '../../../core/clinical/judgement-flags.ts';
import { AppError } from '../../../core/contract/errors.ts';
import { listJudgements } from '../db/repositories/judgement-repository.ts';
import { listLocksBefore } from '../db/repositories/reading-repository.ts';
import { findSession } from '../db/repositories/session-repository.ts';
import type { ReadScope } from './scope.ts';

/** Flags of the judgement that counts. @throws AppError session.not_found, judgement.not_locked */
export function flagsOfSession({ db }: ReadScope, sessionId: string): JudgementFlag[] {
  if (!findSession(db, sessionId)) throw new AppError('session.not_found');
  const judgement = listJudgements(db, sessionId).find(({ isAfterReveal }) => !isAfterReveal);
  if (!judgement) throw new AppError('judgement.not_locked');
  return judgementFlags(judgement, listLocksBefore(db, judgement, PATTERN_LOCKS));
}
