/** Which store is open and for whom: the only place that holds keys, and the only one that opens or closes stores. */

import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AppState } from '../../../core/contract/channels/app.ts';
import { AppError } from '../../../core/contract/errors.ts';
import { looksLikeName } from '../../../core/contract/schemas/user-name.ts';
import { closeStore, transact, type WritableDb } from '../db/open-store.ts';
import { first, run, sqlBuilder } from '../db/query.ts';
import { findUser, listUsers } from '../db/repositories/user-repository.ts';
import { writeAudit } from '../services/audit.ts';
import { checkPin, forgetWrongPins, pinStates, storePin } from '../services/user-pins.ts';
import { assertPin, PIN_SCRYPT_COST } from '../vault/pin-verifier.ts';
import {
  assertPassphrase,
  createVaultUser,
  recoverVault,
  SCRYPT_COST,
  type Unlocked,
  unlockVault,
} from '../vault/vault.ts';
import { VAULT_FORMAT, type VaultContent } from '../vault/vault-file.ts';
import { ClinicFiles, openStoreIn, removeStoreIn } from './clinic-files.ts';
import type { ClinicOptions } from './clinic-options.ts';
import { HighWater } from './high-water.ts';
import { openSampleIn, SAMPLE_KEY } from './sample-store.ts';
import { SecretAttempts } from './secret-attempts.ts';

export interface OpenClinic {
  kind: 'clinic' | 'sample';
  db: WritableDb;
  user: { id: string; name: string };
  auditKey: Buffer;
  /** Null in the sample clinic, which has no vault. */
  vaultKey: Buffer | null;
}

const FATAL_CODES = ['store.damaged', 'store.newer', 'vault.damaged'] as const;
type FatalCode = (typeof FATAL_CODES)[number];
const isFatal = (code: string): code is FatalCode => (FATAL_CODES as readonly string[]).includes(code);

export class ClinicState {
  readonly #options: ClinicOptions;
  readonly #attempts: SecretAttempts;
  readonly #files: ClinicFiles;
  readonly #sampleFolder: string;
  readonly #highWater: HighWater;
  #open: OpenClinic | null = null;
  #fatal: { code: FatalCode; incident: string } | null = null;
  /** Opening takes a second; two at once would race for the files and the wait counter. */
  #queue: Promise<unknown> = Promise.resolve();
  readonly #whenUserLeaves: (() => void)[] = [];

  constructor(options: ClinicOptions) {
    this.#options = options;
    const clinicFolder = join(options.dataFolder, 'clinic');
    this.#sampleFolder = join(options.dataFolder, 'sample');
    for (const folder of [clinicFolder, this.#sampleFolder])
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#files = new ClinicFiles(clinicFolder, options.clock);
    this.#highWater = new HighWater(join(clinicFolder, 'high-water.json'));
    this.#attempts = new SecretAttempts(join(clinicFolder, 'attempts.json'), options.monotonicMs);
  }

  /** Told when the clinic closes and when another user takes over. */
  onUserLeaves(listener: () => void): void {
    this.#whenUserLeaves.push(listener);
  }

  get opened(): OpenClinic | null {
    return this.#open;
  }

  state(): AppState {
    const { appVersion, shell } = this.#options;
    const base = {
      appVersion,
      shell,
      fatal: null,
      user: null,
      users: [],
      waitSeconds: 0,
      isGuideDone: false,
    };
    if (this.#open) {
      const { kind, user, db } = this.#open;
      const guide = first(
        db,
        sqlBuilder.selectFrom('app_user').select('is_guide_done').where('id', '=', user.id),
      );
      const pinOf = pinStates(db, this.#attempts.pins);
      const users = listUsers(db).map((each) => ({ ...each, pin: pinOf(each.id) }));
      return {
        ...base,
        phase: 'open',
        storeKind: kind,
        user: user as AppState['user'],
        users: users as AppState['users'],
        isGuideDone: guide?.is_guide_done === 1,
      };
    }
    let vault: VaultContent | null = null;
    try {
      vault = this.#files.readVault();
      // Put back from a copy, the vault is looked at anew; a damaged store stays fatal until the next start.
      if (this.#fatal?.code === 'vault.damaged') this.#fatal = null;
    } catch (cause) {
      if (!(cause instanceof AppError) || !isFatal(cause.code)) throw cause;
      this.#fatal ??= { code: cause.code, incident: this.#options.newIncident() };
    }
    const users = (vault?.users ?? []).map(({ id, name }) => ({ id, name })) as AppState['users'];
    if (this.#fatal) return { ...base, phase: 'fatal', storeKind: null, fatal: this.#fatal, users };
    const waits = users.map((user) => this.#attempts.waitSeconds(user.id));
    return {
      ...base,
      phase: vault ? 'locked' : 'first-run',
      storeKind: null,
      users,
      waitSeconds: waits.length === 0 ? 0 : Math.min(...waits),
    };
  }

  /** Runs one opening or closing at a time, and remembers a fatal outcome. */
  #exclusively<T>(action: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(action).catch((cause: unknown) => {
      if (cause instanceof AppError && isFatal(cause.code)) {
        this.#fatal = { code: cause.code, incident: this.#options.newIncident() };
      }
      throw cause;
    });
    this.#queue = next.catch(() => {});
    return next;
  }

  /** Makes the user known to the store and records the opening. */
  #enter(kind: OpenClinic['kind'], db: WritableDb, user: OpenClinic['user'], auditKey: Buffer): void {
    transact(db, () => {
      const known = first(db, sqlBuilder.selectFrom('app_user').select('id').where('id', '=', user.id));
      const scope = { db, auditKey, clock: this.#options.clock, user };
      if (!known) {
        const created_at = this.#options.clock().toISOString();
        run(db, sqlBuilder.insertInto('app_user').values({ ...user, created_at, is_guide_done: 0 }));
        writeAudit(scope, 'user.created', user.id);
      }
      // The sample's content must stay what it was built as; opening it is no evidence of anything.
      if (kind === 'clinic') {
        writeAudit(scope, 'store.opened', null);
        forgetWrongPins(scope, this.#attempts.pins, user.id);
      }
    });
  }

  createUser(name: string, passphrase: string): Promise<{ recoveryCode: string }> {
    return this.#exclusively(async () => {
      const { newId, clock, scryptCost } = this.#options;
      if (this.#open?.kind === 'sample') throw new AppError('sample.only');
      const vault = this.#files.readVault();
      if (vault && !this.#open) throw new AppError('store.locked');
      if (vault?.users.some((user) => looksLikeName(user.name, name)))
        throw new AppError('vault.user_exists');
      const vaultKey = this.#open?.vaultKey ?? randomBytes(32);
      const vaultId = vault?.vaultId ?? newId();
      const made = await createVaultUser({
        vaultId,
        userId: newId(),
        name,
        passphrase,
        vaultKey,
        createdAt: clock().toISOString(),
        cost: scryptCost,
      });
      const users = [...(vault?.users ?? []), made.user];
      const content: VaultContent = { format: VAULT_FORMAT, vaultId, users };
      if (vault) this.#files.writeVault(content);
      else this.#files.createFirst(content, vaultKey);
      if (this.#open) {
        this.#enterSecondUser(made.user);
      } else {
        const user = { id: made.user.id, name: made.user.name };
        this.#openClinic(user, vaultKey, null);
      }
      return { recoveryCode: made.recoveryCode };
    });
  }

  #enterSecondUser(user: { id: string; name: string; createdAt: string }): void {
    const { db, auditKey, user: by } = this.#open as OpenClinic;
    transact(db, () => {
      run(
        db,
        sqlBuilder
          .insertInto('app_user')
          .values({ id: user.id, name: user.name, created_at: user.createdAt, is_guide_done: 0 }),
      );
      writeAudit({ db, auditKey, clock: this.#options.clock, user: by }, 'user.created', user.id);
    });
  }

  unlock(userId: string, passphrase: string): Promise<void> {
    return this.#exclusively(async () => {
      const vault = this.#files.readVault();
      if (!vault) throw new AppError('vault.wrong_passphrase', { waitSeconds: 0 });
      await this.#tryFor(userId, async () => {
        const unlocked = await unlockVault(vault, userId, passphrase, this.#options.scryptCost);
        return unlocked && { unlocked };
      });
    });
  }

  recover(userId: string, recoveryCode: string, newPassphrase: string): Promise<void> {
    return this.#exclusively(async () => {
      const vault = this.#files.readVault();
      if (!vault) throw new AppError('vault.wrong_passphrase', { waitSeconds: 0 });
      // Refused before the attempt counts: a weak new passphrase says nothing about the code.
      assertPassphrase(newPassphrase, vault.users.find((user) => user.id === userId)?.name ?? '');
      await this.#tryFor(userId, () =>
        recoverVault(vault, userId, recoveryCode, newPassphrase, this.#options.scryptCost),
      );
    });
  }

  /** One counted attempt at a secret; on success the store opens. */
  async #tryFor(
    userId: string,
    attempt: () => Promise<{
      unlocked: { user: OpenClinic['user']; vaultKey: Buffer };
      vault?: VaultContent;
    } | null>,
  ): Promise<void> {
    const { unlocked, vault } = await this.#attempts.counted(userId, attempt);
    // Only now, with the secret proven, does the store of the user before give way: it holds the file's lock.
    this.#close();
    this.#openClinic(unlocked.user, unlocked.vaultKey, vault ?? null);
    this.#fatal = null;
  }

  /**
   * Another user takes over the open store. In the sample clinic, where nobody has a secret, the name is enough.
   * @throws AppError store.locked, pin.wrong, pin.off; vault.not_authorised for an unknown user.
   */
  switchUser(userId: string, pin: string | null): Promise<void> {
    return this.#exclusively(async () => {
      const open = this.#open;
      if (!open) throw new AppError('store.locked');
      const { db, auditKey, kind } = open;
      const known = findUser(db, userId);
      const isOfVault = kind === 'sample' || this.#files.readVault()?.users.some((u) => u.id === userId);
      if (!known || !isOfVault) throw new AppError('vault.not_authorised');
      if (userId === open.user.id) return;
      const scope = { db, auditKey, clock: this.#options.clock, user: open.user };
      if (kind === 'clinic') await checkPin(scope, this.#attempts.pins, userId, pin ?? '');
      transact(db, () => {
        forgetWrongPins(scope, this.#attempts.pins, userId);
        writeAudit({ ...scope, user: known }, 'user.switched', userId, { from: open.user.id });
      });
      this.#open = { ...open, user: known };
      for (const listener of this.#whenUserLeaves) listener();
    });
  }

  /**
   * Sets or takes away (null) the PIN of the present user.
   * @throws AppError pin.weak; vault.wrong_passphrase or vault.wait, counted like an unlock; sample.only.
   */
  setPin(passphrase: string, pin: string | null): Promise<void> {
    return this.#exclusively(async () => {
      const open = this.#open;
      if (!open) throw new AppError('store.locked');
      const vault = open.kind === 'clinic' ? this.#files.readVault() : null;
      if (!vault) throw new AppError('sample.only');
      if (pin !== null) assertPin(pin);
      const { user } = open;
      const { scryptCost, clock } = this.#options;
      const proven = await this.#attempts.counted(user.id, () =>
        unlockVault(vault, user.id, passphrase, scryptCost),
      );
      proven.vaultKey.fill(0);
      await storePin({ ...open, clock }, this.#attempts.pins, pin, Math.min(scryptCost, PIN_SCRYPT_COST));
    });
  }

  /** One counted attempt at a passphrase of any vault; opens nothing. See {@link SecretAttempts.prove}. */
  prove(vault: VaultContent, userId: string, passphrase: string, key: string): Promise<Unlocked> {
    const { scryptCost } = this.#options;
    return this.#exclusively(() => this.#attempts.prove(vault, userId, passphrase, scryptCost, key));
  }

  /** The present user proves who they are. @throws AppError as {@link prove}; store.locked, sample.only. */
  async provePresentUser(passphrase: string): Promise<void> {
    const open = this.#open;
    if (!open) throw new AppError('store.locked');
    const vault = open.kind === 'clinic' ? this.#files.readVault() : null;
    if (!vault) throw new AppError('sample.only');
    const { vaultKey } = await this.prove(vault, open.user.id, passphrase, open.user.id);
    vaultKey.fill(0);
    if (this.#open !== open) throw new AppError('store.locked');
  }

  /** Records were exchanged: everybody's passphrase first. */
  turnPinsOff(userIds: readonly string[]): void {
    this.#attempts.turnPinsOff(userIds);
  }

  /** A further invented user, for the program that builds the sample clinic. */
  addSampleUser(user: OpenClinic['user']): void {
    if (this.#open?.kind !== 'sample') throw new AppError('sample.only');
    this.#enterSecondUser({ ...user, createdAt: this.#options.clock().toISOString() });
  }

  /**
   * Opens the store, holds it against the high-water mark and enters.
   * @param recovered - the vault with the new passphrase after a recovery; written only when the store opened.
   */
  #openClinic(user: OpenClinic['user'], vaultKey: Buffer, recovered: VaultContent | null): void {
    const { db, auditKey } = this.#files.open(vaultKey);
    try {
      this.#highWater.check(db, auditKey);
      if (recovered) this.#files.writeVault(recovered);
      this.#enter('clinic', db, user, auditKey);
      if (recovered) {
        transact(db, () =>
          writeAudit({ db, auditKey, clock: this.#options.clock, user }, 'user.recovered', user.id),
        );
      }
      this.#open = { kind: 'clinic', db, user, auditKey, vaultKey };
      this.recordProgress();
    } catch (cause) {
      // A store left open here would answer "busy" to every later attempt.
      this.#open = null;
      db.raw.close();
      vaultKey.fill(0);
      throw cause;
    }
  }

  /** After every committed change of a real clinic: the log is emptied and the high-water mark moved. */
  recordProgress(): void {
    if (this.#open?.kind !== 'clinic') return;
    try {
      this.#highWater.advance(this.#open.db, this.#open.auditKey);
    } catch {
      // What was committed is on the disk; a full disk only leaves the mark behind until the next change.
    }
  }

  /** Opens the invented clinic, filling it from the shipped content the first time or after `isReset`. */
  openSample(isReset = false): Promise<void> {
    return this.#exclusively(async () => {
      if (isReset && this.#open?.kind !== 'sample') throw new AppError('sample.only');
      this.#close();
      if (isReset) removeStoreIn(this.#sampleFolder);
      const { resourcesFolder, clock } = this.#options;
      const opened = openSampleIn(this.#sampleFolder, resourcesFolder, clock, isFatal);
      this.#open = { kind: 'sample', ...opened, vaultKey: null };
    });
  }

  /** An empty sample store for the program that builds the sample clinic. @param users - at least one; the first enters. */
  openEmptySample(users: readonly OpenClinic['user'][]): Promise<void> {
    return this.#exclusively(async () => {
      const { db, auditKey } = openStoreIn(this.#sampleFolder, SAMPLE_KEY, this.#options.clock, true);
      for (const user of users) this.#enter('sample', db, user, auditKey);
      const [user] = users;
      if (!user) throw new RangeError('a sample clinic has a user');
      this.#open = { kind: 'sample', db, user, auditKey, vaultKey: null };
    });
  }

  /**
   * Closes the store and wipes the keys.
   * @param replacement exchanges the clinic's files, before anything can open again.
   * @throws AppError backup.check_again when another clinic or user is there than the exchange was meant for.
   */
  lock(replacement?: { of: OpenClinic | null; exchange: () => void }): Promise<void> {
    return this.#exclusively(async () => {
      if (replacement && replacement.of !== this.#open) throw new AppError('backup.check_again');
      this.#close();
      if (!replacement) return;
      replacement.exchange();
      this.#fatal = null;
    });
  }

  #close(): void {
    if (!this.#open) return;
    const { db, auditKey, vaultKey } = this.#open;
    this.#open = null;
    for (const listener of this.#whenUserLeaves) listener();
    try {
      closeStore(db);
    } finally {
      auditKey.fill(0);
      vaultKey?.fill(0);
    }
  }
}

export { SCRYPT_COST };
