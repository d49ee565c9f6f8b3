/** Puts a backup back: received, held against its hashes, opened beside the clinic, and only then exchanged with it. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupLook, KeptAside, RecordsSummary } from '../../../core/contract/channels/backup.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { UserId } from '../../../core/contract/schemas/clinical.ts';
import { summaryOf, withCheckedCopy } from '../db/check-copy.ts';
import { closeStore, type ReadableDb, storeError, transact } from '../db/open-store.ts';
import { readArchive } from '../files/backup-archive.ts';
import { auditHead, verifyAudit, writeAudit } from '../services/audit.ts';
import { turnPinsOff } from '../services/user-pins.ts';
import { deriveUse } from '../vault/vault.ts';
import { readVaultFile, type VaultContent, writeVaultFile } from '../vault/vault-file.ts';
import { ClinicExchange } from './clinic-exchange.ts';
import { openStoreIn } from './clinic-files.ts';
import type { ClinicState, OpenClinic } from './clinic-state.ts';
import { HighWater } from './high-water.ts';

export interface DeskOptions {
  dataFolder: string;
  clock: () => Date;
  clinic: ClinicState;
}

/** In front of which records a backup was checked: of another user, or after a change, it is checked again. */
interface CheckedBeside {
  opened: OpenClinic | null;
  head: string | null;
}

interface Received {
  vault: VaultContent;
  /** Known once a passphrase of the backup opened it. */
  vaultKey: Buffer | null;
  checked: CheckedBeside | null;
}

const headOf = (opened: OpenClinic | null) => (opened ? auditHead(opened.db).mac : null);
const usersOf = (vault: VaultContent | null): KeptAside['users'] =>
  (vault?.users ?? []).map(({ id, name }) => ({ id: id as UserId, name }));

export class RestoreDesk {
  readonly #options: DeskOptions;
  readonly #folder: string;
  readonly #exchange: ClinicExchange;
  #received: Received | null = null;
  /** Grows with each file that is forgotten: work that waited meanwhile was for another one. */
  #number = 0;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#folder = join(options.dataFolder, 'restore');
    // Left by a program that ended in the middle.
    rmSync(this.#folder, { recursive: true, force: true });
    this.#exchange = new ClinicExchange(options.dataFolder);
    this.#exchange.recover();
    options.clinic.onUserLeaves(() => this.discard());
  }

  #file = () => join(this.#folder, 'received');
  #store = () => join(this.#folder, 'store.db');

  /** Records may be replaced by who has them open; and by anybody at the first start, or when they are damaged. */
  #requireLeave(): OpenClinic | null {
    const { clinic } = this.#options;
    const { opened } = clinic;
    if (opened?.kind === 'sample') throw new AppError('sample.only');
    if (opened !== null) return opened;
    const { phase, fatal } = clinic.state();
    // Records that are only in use, or newer, are whole: nothing is put in their place.
    const isDamaged = phase === 'fatal' && fatal !== null && fatal.code.endsWith('.damaged');
    if (phase !== 'first-run' && !isDamaged) throw new AppError('store.locked');
    return null;
  }

  /** Takes the next piece of a file; a piece at 0 begins anew. @throws AppError backup.damaged when one is missing. */
  receive(offsetBytes: number, bytes: Uint8Array): number {
    this.#requireLeave();
    if (offsetBytes === 0) this.discard();
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      const size = existsSync(this.#file()) ? statSync(this.#file()).size : 0;
      if (size !== offsetBytes) throw new AppError('backup.damaged');
      const descriptor = openSync(this.#file(), 'a', 0o600);
      try {
        for (let written = 0; written < bytes.length; ) {
          written += writeSync(descriptor, bytes, written, bytes.length - written);
        }
      } finally {
        closeSync(descriptor);
      }
      return offsetBytes + bytes.length;
    } catch (cause) {
      throw (cause as { code?: unknown }).code === 'ENOSPC'
        ? new AppError('store.full', undefined, { cause })
        : cause;
    }
  }

  /** @throws AppError store.locked when what was begun with number `mine` was forgotten meanwhile. */
  #requireSame(mine: number): void {
    if (mine !== this.#number) throw new AppError('store.locked');
  }

  /** Holds the file against its hashes and takes it apart. @throws AppError backup.damaged, backup.not_one */
  async look(): Promise<BackupLook> {
    const opened = this.#requireLeave();
    if (!existsSync(this.#file())) throw new AppError('backup.not_one');
    this.#forget();
    const mine = this.#number;
    const vaultFile = join(this.#folder, 'vault.json');
    try {
      await readArchive(this.#file(), { 'store.db': this.#store(), 'vault.json': vaultFile });
    } catch (cause) {
      this.#requireSame(mine);
      throw cause;
    }
    this.#requireSame(mine);
    let vault: VaultContent | null;
    try {
      vault = readVaultFile(vaultFile);
    } catch (cause) {
      throw new AppError('backup.damaged', undefined, { cause });
    }
    if (vault === null) throw new AppError('backup.damaged');
    this.#received = { vault, vaultKey: null, checked: null };
    const isPresent = ({ id }: { id: string }) => Number(id === opened?.user.id);
    return {
      sizeBytes: statSync(this.#file()).size,
      users: usersOf(vault).sort((a, b) => isPresent(b) - isPresent(a)),
    };
  }

  /**
   * Opens the backup beside the clinic: a passphrase of its own vault, key, every table, the whole audit trail. Also where
   * the clinic has the same vault: only so is it known that the keys in the backup open it.
   * @throws AppError vault.wrong_passphrase, vault.wait, backup.damaged, store.newer
   */
  async check(
    userId: string,
    passphrase: string,
  ): Promise<{ backup: RecordsSummary; present: RecordsSummary | null }> {
    const opened = this.#requireLeave();
    const received = this.#received;
    if (received === null) throw new AppError('backup.damaged');
    const mine = this.#number;
    received.checked = null;
    const { clinic } = this.#options;
    const { vaultKey } = await clinic.prove(received.vault, userId, passphrase, `backup:${userId}`);
    if (mine !== this.#number) vaultKey.fill(0);
    this.#requireSame(mine);
    received.vaultKey?.fill(0);
    received.vaultKey = vaultKey;
    const storeKey = deriveUse(vaultKey, 'store');
    const auditKey = deriveUse(vaultKey, 'audit');
    const look = (db: ReadableDb) => {
      if (verifyAudit(db, auditKey).firstBad !== null) throw new AppError('backup.damaged');
      return summaryOf(db);
    };
    try {
      const backup = await withCheckedCopy(this.#store(), storeKey, () => {}, look);
      this.#requireSame(mine);
      received.checked = { opened, head: headOf(opened) };
      return { backup, present: opened ? summaryOf(opened.db) : null };
    } catch (cause) {
      this.#requireSame(mine);
      if (cause instanceof AppError && cause.code === 'store.newer') throw cause;
      throw new AppError('backup.damaged', undefined, { cause });
    } finally {
      storeKey.fill(0);
      auditKey.fill(0);
    }
  }

  /** The received backup, if what was checked is still beside the same records. */
  #requireChecked(opened: OpenClinic | null): { vault: VaultContent; vaultKey: Buffer } {
    const { vault, vaultKey, checked } = this.#received ?? { vault: null, vaultKey: null, checked: null };
    if (vault === null || vaultKey === null || checked === null) throw new AppError('backup.damaged');
    if (checked.opened !== opened || checked.head !== headOf(opened)) {
      throw new AppError('backup.check_again');
    }
    return { vault, vaultKey };
  }

  /**
   * Exchanges the records with the checked backup; the ones before are kept aside, whole.
   * @param passphrase of the present user; not asked where no clinic is open.
   */
  async restore(passphrase: string | null): Promise<void> {
    const { clinic } = this.#options;
    const opened = this.#requireLeave();
    this.#requireChecked(opened);
    if (opened !== null) await clinic.provePresentUser(passphrase ?? '');
    // While the passphrase was tried the clinic may have locked.
    const { vault, vaultKey } = this.#requireChecked(this.#requireLeave());
    this.#prepare(vault, vaultKey);
    await this.#replace('incoming', opened, vault);
    this.discard();
  }

  async #replace(from: string, opened: OpenClinic | null, ...vaults: (VaultContent | null)[]): Promise<void> {
    const { clinic, clock } = this.#options;
    const users = clinic.state().users.map(({ id }) => id as string);
    try {
      await clinic.lock({ of: opened, exchange: () => this.#exchange.run(from, clock()) });
    } catch (cause) {
      // A file that could not be moved: nothing is left in the middle.
      this.#exchange.recover();
      throw cause;
    } finally {
      clinic.turnPinsOff([...users, ...vaults.flatMap((vault) => usersOf(vault).map(({ id }) => id))]);
    }
  }

  /** A whole clinic folder of the backup: migrated, with the restore in its trail and its mark; moved as it is later. */
  #prepare(vault: VaultContent, vaultKey: Buffer): void {
    const folder = this.#exchange.incomingFolder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    renameSync(this.#store(), join(folder, 'store.db'));
    writeVaultFile(join(folder, 'vault.json'), vault);
    const { db, auditKey } = openStoreIn(folder, vaultKey, this.#options.clock, false);
    try {
      const scope = { db, auditKey, clock: this.#options.clock, user: null };
      transact(db, () => {
        turnPinsOff(db);
        writeAudit(scope, 'backup.restored', null);
      });
      new HighWater(join(folder, 'high-water.json')).advance(db, auditKey);
    } catch (cause) {
      throw storeError(cause);
    } finally {
      closeStore(db);
      auditKey.fill(0);
    }
  }

  /** Records put aside, newest first. Without a store that is open, only those that a passphrase can bring back. */
  keptAside(): KeptAside[] {
    const isOpen = this.#options.clinic.opened?.kind === 'clinic';
    return this.#exchange
      .kept()
      .map(({ at, vault }) => ({ at, users: usersOf(vault) }))
      .filter(({ users }) => isOpen || users.length > 0);
  }

  /**
   * Exchanges the records with some put aside, so that it can be undone again. Also past the lock: who has a passphrase
   * of the records put aside may have them back.
   * @param userId of the records put aside; null where a clinic is open, which asks its present user.
   */
  async undo(at: string, userId: string | null, passphrase: string): Promise<void> {
    const { clinic } = this.#options;
    const { opened } = clinic;
    if (opened?.kind === 'sample') throw new AppError('sample.only');
    const copy = this.#exchange.kept().find((each) => each.at === at);
    if (copy === undefined) throw new AppError('backup.damaged');
    if (opened !== null) await clinic.provePresentUser(passphrase);
    else {
      if (copy.vault === null) throw new AppError('backup.damaged');
      const { vaultKey } = await clinic.prove(copy.vault, userId ?? '', passphrase, `aside:${userId}`);
      vaultKey.fill(0);
    }
    await this.#replace(at, opened, copy.vault);
  }

  #forget(): void {
    this.#number += 1;
    this.#received?.vaultKey?.fill(0);
    this.#received = null;
  }

  /** Forgets a received file, with its keys. */
  discard(): void {
    this.#forget();
    try {
      rmSync(this.#folder, { recursive: true, force: true });
    } catch {
      // A file that is still being read goes at the next start; the lock does not wait for it.
    }
  }
}
