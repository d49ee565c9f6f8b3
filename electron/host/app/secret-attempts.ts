/** Counted attempts at passphrases, recovery codes and PINs, in a file that no restore exchanges. */
import { AppError } from '../../../core/contract/errors.ts';
import type { PinCounts } from '../services/user-pins.ts';
import { type AttemptLimit, createAttemptLimit } from '../vault/attempt-limit.ts';
import { MOST_WRONG_PINS } from '../vault/pin-verifier.ts';
import { type Unlocked, unlockVault } from '../vault/vault.ts';
import type { VaultContent } from '../vault/vault-file.ts';

const pinKey = (userId: string) => `pin:${userId}`;

export class SecretAttempts {
  readonly #limit: AttemptLimit;
  readonly pins: PinCounts;

  constructor(file: string, monotonicMs: () => number) {
    const limit = createAttemptLimit(file, monotonicMs);
    this.#limit = limit;
    this.pins = {
      failures: (userId) => limit.failures(pinKey(userId)),
      record: (userId) => limit.recordAttempt(pinKey(userId)),
      forget: (userId) => {
        if (limit.failures(pinKey(userId)) > 0) limit.recordSuccess(pinKey(userId));
      },
    };
  }

  waitSeconds = (key: string): number => this.#limit.waitSeconds(key);

  /** Everybody's PIN waits for their passphrase. */
  turnPinsOff(userIds: readonly string[]): void {
    this.#limit.raiseTo(userIds.map(pinKey), MOST_WRONG_PINS);
  }

  /** One counted attempt at a secret. @throws AppError vault.wait, vault.wrong_passphrase */
  async counted<T>(key: string, attempt: () => Promise<T | null>): Promise<T> {
    const wait = this.#limit.waitSeconds(key);
    if (wait > 0) throw new AppError('vault.wait', { waitSeconds: Math.ceil(wait) });
    this.#limit.recordAttempt(key);
    const result = await attempt();
    if (!result) {
      const waitSeconds = Math.ceil(this.#limit.waitSeconds(key));
      throw new AppError('vault.wrong_passphrase', { waitSeconds });
    }
    this.#limit.recordSuccess(key);
    return result;
  }

  /**
   * One counted attempt at a passphrase of any vault; opens nothing.
   * @param key what the attempts are counted under: a user's id for the vault of this clinic, another for any other, so
   *   that a vault made up with the same ids takes back no count.
   * @throws AppError vault.wrong_passphrase, vault.wait; backup.damaged for a vault that is none of ours.
   */
  prove(
    vault: VaultContent,
    userId: string,
    passphrase: string,
    cost: number,
    key: string,
  ): Promise<Unlocked> {
    return this.counted(key, async () => {
      try {
        return await unlockVault(vault, userId, passphrase, cost);
      } catch (cause) {
        throw new AppError('backup.damaged', undefined, { cause });
      }
    });
  }
}
