import { type JudgementFlag, judgementFlags, PATTERN_LOCKS } from '../../../core/clinical/judgement-flags.ts';
import { AppError } from '../../../core/contract/errors.ts';
import { listJudgements } from '../db/repositories/judgement-repository.ts';
import { listLocksBefore } from '../db/repositories/reading-repository.ts';
import { findSession, isJudgementOpen } from '../db/repositories/session-repository.ts';
import { isWaitingReader, type ViewScope } from './waiting-reader.ts';

/**
 * Flags as far as they may be told: "the same as the last five" tells a hidden answer to whoever sees the other ones, so it
 * is left out where one of the five is held back.
 * @param hasHidden - whether a judgement that the flag rests on is held back from the user.
 */
export const toldFlags = (flags: readonly JudgementFlag[], hasHidden: boolean): JudgementFlag[] =>
  flags.filter((flag) => flag !== 'repeated-pattern' || !hasHidden);

/**
 * Flags of every lock of several courses by the id of the judgement, as far as they may be told.
 * @param courses - judgements of one clinician (and analysis) each, in the order of their locks. @param flagsOf - as
 * flagsOfCourse. @param isHidden - held back from the user.
 */
export function flagsByJudgement<T>(
  courses: Iterable<readonly T[]>,
  flagsOf: (course: readonly T[]) => JudgementFlag[][],
  of: { id: (judgement: T) => string; isHidden: (judgement: T) => boolean },
): Map<string, JudgementFlag[]> {
  const flags = new Map<string, JudgementFlag[]>();
  for (const course of courses) {
    const own = flagsOf(course);
    for (const [place, judgement] of course.entries()) {
      const before = course.slice(Math.max(0, place - PATTERN_LOCKS), place);
      flags.set(of.id(judgement), toldFlags(own[place] ?? [], before.some(of.isHidden)));
    }
  }
  return flags;
}

/**
 * Flags of the judgement that counts; none where the judgement itself is held back from the user.
 * @throws AppError session.not_found, judgement.not_locked
 */
export function flagsOfSession(scope: ViewScope, sessionId: string): JudgementFlag[] {
  const { db, user } = scope;
  const isHidden = (id: string): boolean => {
    const session = findSession(db, id);
    if (!session) throw new AppError('session.not_found');
    return isWaitingReader(scope, id) || isJudgementOpen(db, session.patientId);
  };
  const isHeldBack = isHidden(sessionId);
  const judgement = listJudgements(db, sessionId).find(({ isAfterReveal }) => !isAfterReveal);
  if (!judgement) throw new AppError('judgement.not_locked');
  if (isHeldBack) return [];
  const before = listLocksBefore(db, judgement, PATTERN_LOCKS);
  // The judge knows the own answers.
  const hasHidden = judgement.userId !== user.id && before.some((lock) => isHidden(lock.sessionId));
  return toldFlags(judgementFlags(judgement, before), hasHidden);
}
