/** Who was asked for a second reading and has not given it: the answers of others wait, on every screen. */
import { findAsked, listWaiting } from '../db/repositories/reading-repository.ts';
import type { ReadScope } from './scope.ts';

/** Whose eyes an answer of the host is for. */
export type ViewScope = Pick<ReadScope, 'db' | 'user'>;

/** True until this user locks the own reading, or says "look first". Everybody but the first judge is asked. */
export const isWaitingReader = ({ db, user }: ViewScope, sessionId: string): boolean =>
  // Most sessions ask nobody, and the short question costs a third of the long one.
  findAsked(db, sessionId) !== null && listWaiting(db, user.id, sessionId).length > 0;

/** All sessions that wait for this user. */
export const waitingSessionIds = ({ db, user }: ViewScope): Set<string> => new Set(listWaiting(db, user.id));
