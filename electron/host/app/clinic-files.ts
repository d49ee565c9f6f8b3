/** The files of one clinic, and the order in which they come to be, so that a crash leaves none of them alone. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../core/contract/errors.ts';
import { migrate } from '../db/migrate.ts';
import { assertFullSync, closeStore, openStore, type WritableDb } from '../db/open-store.ts';
import { deriveUse } from '../vault/vault.ts';
import { readVaultFile, type VaultContent, writeVaultFile } from '../vault/vault-file.ts';

/** A program that died while it made the first user must not keep everybody out. */
const STALE_LOCK_MS = 60_000;

const SUFFIXES = ['', '-wal', '-shm'] as const;

/**
 * Opens and migrates the store of a folder.
 * @param vaultKey - 32 bytes; the store's and the audit's keys are derived from it.
 * @param isNewAllowed - true for the sample clinic only: a real store is made by `createFirst`.
 * @throws AppError store.busy, store.damaged, store.newer
 */
export function openStoreIn(
  folder: string,
  vaultKey: Buffer,
  clock: () => Date,
  isNewAllowed: boolean,
): { db: WritableDb; auditKey: Buffer } {
  const storeKey = deriveUse(vaultKey, 'store');
  const file = join(folder, 'store.db');
  try {
    // SQLite takes an empty file for a new store: where records were, that would be an empty clinic without a word.
    if (!isNewAllowed && (!existsSync(file) || statSync(file).size === 0))
      throw new AppError('store.damaged');
    const db = openStore(file, storeKey);
    try {
      const version = db.raw.pragma('user_version', { simple: true });
      if (!isNewAllowed && version === 0) throw new AppError('store.damaged');
      migrate(db, join(folder, 'before-update.db'), storeKey, clock);
      assertFullSync(db);
    } catch (cause) {
      db.raw.close();
      throw cause;
    }
    return { db, auditKey: deriveUse(vaultKey, 'audit') };
  } finally {
    storeKey.fill(0);
  }
}

/** Removes a store with its log; of invented people only. */
export function removeStoreIn(folder: string): void {
  for (const suffix of SUFFIXES) rmSync(`${join(folder, 'store.db')}${suffix}`, { force: true });
}

export class ClinicFiles {
  readonly folder: string;
  readonly #clock: () => Date;
  constructor(folder: string, clock: () => Date) {
    this.folder = folder;
    this.#clock = clock;
  }

  #vaultFile = () => join(this.folder, 'vault.json');
  #storeFile = () => join(this.folder, 'store.db');
  /** The first store until its vault is written. */
  #preparedFile = () => join(this.folder, 'store.db.prepared');

  /** @throws AppError vault.damaged also when a store exists without any vault: a new vault would orphan it. */
  readVault(): VaultContent | null {
    const vault = readVaultFile(this.#vaultFile());
    if (!vault && existsSync(this.#storeFile())) throw new AppError('vault.damaged');
    return vault;
  }

  writeVault(vault: VaultContent): void {
    writeVaultFile(this.#vaultFile(), vault);
  }

  /** The first vault and its empty store: prepared beside, then the vault, then the store under its name. */
  createFirst(vault: VaultContent, vaultKey: Buffer): void {
    const lock = join(this.folder, 'first-user.lock');
    try {
      // Making a folder is the one step that only one of two programs can do.
      mkdirSync(lock);
    } catch {
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs < STALE_LOCK_MS) {
        throw new AppError('store.busy');
      }
    }
    try {
      if (this.readVault()) throw new AppError('store.busy');
      this.#writeFirst(vault, vaultKey);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }

  #writeFirst(vault: VaultContent, vaultKey: Buffer): void {
    const file = this.#preparedFile();
    for (const suffix of SUFFIXES) rmSync(`${file}${suffix}`, { force: true });
    const storeKey = deriveUse(vaultKey, 'store');
    const db = openStore(file, storeKey);
    migrate(db, `${file}.copy`, storeKey, this.#clock);
    closeStore(db);
    storeKey.fill(0);
    this.writeVault(vault);
    renameSync(file, this.#storeFile());
  }

  /**
   * Opens the clinic's store.
   * @throws AppError store.damaged when the file is gone: an empty clinic must never open as if nothing had been.
   */
  open(vaultKey: Buffer): { db: WritableDb; auditKey: Buffer } {
    if (!existsSync(this.#storeFile()) && existsSync(this.#preparedFile())) {
      renameSync(this.#preparedFile(), this.#storeFile());
    }
    return openStoreIn(this.folder, vaultKey, this.#clock, false);
  }
}
