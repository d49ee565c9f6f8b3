import { AppError } from '../../../core/contract/errors.ts';
import { transact } from '../db/open-store.ts';
import {
  clearPinFailures,
  countPinFailure,
  deletePin,
  findPin,
  pinFailures,
  putPin,
  setPinFailures,
} from '../db/repositories/pin-repository.ts';
import { isPinOf, MOST_WRONG_PINS, makePinVerifier } from '../vault/pin-verifier.ts';
import { writeAudit } from './audit.ts';
import type { WriteScope } from './scope.ts';

type PinScope = Pick<WriteScope, 'db' | 'clock' | 'auditKey' | 'user'>;

/** Wrong PINs as counted outside the store, where no restore of an older one takes them back. */
export interface PinCounts {
  failures(userId: string): number;
  record(userId: string): void;
  forget(userId: string): void;
}

/** Whether each user can take over by PIN. */
export function pinStates(
  db: PinScope['db'],
  outside: PinCounts,
): (userId: string) => 'none' | 'set' | 'off' {
  const failures = pinFailures(db);
  return (userId) => {
    const failed = failures.get(userId);
    if (failed === undefined) return 'none';
    return Math.max(failed, outside.failures(userId)) >= MOST_WRONG_PINS ? 'off' : 'set';
  };
}

/**
 * One counted try at the PIN of a user. It is counted before it is tried, so that ending the program in between saves
 * no try; three wrong ones in a row turn the PIN off until the passphrase of that user is used.
 * @throws AppError pin.off without a usable PIN; pin.wrong with `triesLeft`.
 */
export async function checkPin(
  scope: PinScope,
  outside: PinCounts,
  userId: string,
  pin: string,
): Promise<void> {
  const { db } = scope;
  const stored = findPin(db, userId);
  const failed = Math.max(stored?.failed_count ?? 0, outside.failures(userId));
  if (!stored || failed >= MOST_WRONG_PINS) throw new AppError('pin.off');
  outside.record(userId);
  transact(db, () => {
    countPinFailure(db, userId);
    writeAudit(scope, 'pin.tried', userId);
  });
  if (!(await isPinOf(pin, stored))) {
    const triesLeft = MOST_WRONG_PINS - failed - 1;
    throw triesLeft > 0 ? new AppError('pin.wrong', { triesLeft }) : new AppError('pin.off');
  }
}

/** Keeps the PIN of a user, or takes it away (null). The caller has proven the passphrase. */
export async function storePin(
  scope: PinScope,
  outside: PinCounts,
  pin: string | null,
  cost: number,
): Promise<void> {
  const { db, user } = scope;
  const made = pin === null ? null : await makePinVerifier(pin, cost);
  transact(db, () => {
    if (made === null) deletePin(db, user.id);
    else putPin(db, { user_id: user.id, ...made, changed_at: scope.clock().toISOString() });
    writeAudit(scope, made === null ? 'pin.removed' : 'pin.set', user.id);
  });
  outside.forget(user.id);
}

/** The user has proven who they are: by PIN or by passphrase. */
export function forgetWrongPins(scope: PinScope, outside: PinCounts, userId: string): void {
  clearPinFailures(scope.db, userId);
  outside.forget(userId);
}

/** After records were put back: everybody's passphrase first. */
export const turnPinsOff = (db: WriteScope['db']): void => setPinFailures(db, MOST_WRONG_PINS);
