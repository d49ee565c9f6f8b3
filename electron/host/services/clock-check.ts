import type { Output } from '../../../core/contract/contract.ts';
import { newestRecordAt } from '../db/repositories/clock-repository.ts';
import type { ReadScope } from './scope.ts';

/** Computers set their clocks by a few seconds now and then: that is no question worth asking. */
const TOLERATED_MS = 60_000;

/**
 * Whether the computer's clock stands before the newest record: a session would then stand at the wrong place of every
 * trend. The sample clinic's dates are invented and prove nothing about a clock.
 */
export function checkClock(scope: ReadScope): Output<'sessions.clockCheck'> {
  const now = scope.clock();
  const newestAt = newestRecordAt(scope.db);
  const isBehind =
    scope.storeKind === 'clinic' && newestAt !== null && Date.parse(newestAt) - now.getTime() > TOLERATED_MS;
  return { now: now.toISOString(), newestAt, isBehind };
}
