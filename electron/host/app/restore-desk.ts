/** Puts a backup back: received, held against its hashes, opened beside the clinic, and only then exchanged with it. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { BackupLook, RecordsSummary } from '../../../core/contract/channels/backup.ts';
import { AppError } from '../../../core/contract/errors.ts';
import { summaryOf, withCheckedCopy } from '../db/check-copy.ts';
import { closeStore, type ReadableDb, storeError, transact } from '../db/open-store.ts';
import { readArchive } from '../files/backup-archive.ts';
import { verifyAudit, writeAudit } from '../services/audit.ts';
import { deriveUse, unlockVault } from '../vault/vault.ts';
import { readVaultFile, type VaultContent, writeVaultFile } from '../vault/vault-file.ts';
import { openStoreIn } from './clinic-files.ts';
import type { OpenClinic } from './clinic-state.ts';
import { HighWater } from './high-water.ts';

/** Files that together are a clinic; what else lies in its folder belongs to the computer, such as counted attempts. */
const CLINIC_FILES = [
  'store.db',
  'store.db-wal',
  'store.db-shm',
  'vault.json',
  'vault.json.bak',
  'high-water.json',
];

export interface DeskOptions {
  dataFolder: string;
  clock: () => Date;
  scryptCost: number;
  opened: () => OpenClinic | null;
  /** Whether records may be replaced although no clinic is open: at the first start, and when they are damaged. */
  isReplaceable: () => boolean;
  /** Closes the clinic, runs the exchange and forgets what was fatal. */
  exchange: (swap: () => void) => Promise<void>;
}

interface Received {
  vault: VaultContent;
  /** Known once a passphrase opened it, or when the open clinic has the same vault. */
  vaultKey: Buffer | null;
  isChecked: boolean;
}

export class RestoreDesk {
  readonly #options: DeskOptions;
  readonly #folder: string;
  readonly #clinicFolder: string;
  readonly #asideFolder: string;
  #received: Received | null = null;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#folder = join(options.dataFolder, 'restore');
    this.#clinicFolder = join(options.dataFolder, 'clinic');
    this.#asideFolder = join(options.dataFolder, 'before-restore');
    // Left by a program that ended in the middle.
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #file = () => join(this.#folder, 'received');
  #store = () => join(this.#folder, 'store.db');

  /** @throws AppError sample.only, store.locked */
  #requireLeave(): OpenClinic | null {
    const opened = this.#options.opened();
    if (opened?.kind === 'sample') throw new AppError('sample.only');
    if (opened === null && !this.#options.isReplaceable()) throw new AppError('store.locked');
    return opened;
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

  /** Holds the file against its hashes and takes it apart. @throws AppError backup.damaged, backup.not_one */
  async look(): Promise<BackupLook> {
    const opened = this.#requireLeave();
    if (!existsSync(this.#file())) throw new AppError('backup.not_one');
    this.#forget();
    const vaultFile = join(this.#folder, 'vault.json');
    const header = await readArchive(this.#file(), { 'store.db': this.#store(), 'vault.json': vaultFile });
    let vault: VaultContent | null;
    try {
      vault = readVaultFile(vaultFile);
    } catch (cause) {
      throw new AppError('backup.damaged', undefined, { cause });
    }
    if (vault === null) throw new AppError('backup.damaged');
    const isOwn =
      opened?.vaultKey && readVaultFile(join(this.#clinicFolder, 'vault.json'))?.vaultId === vault.vaultId;
    this.#received = {
      vault,
      vaultKey: isOwn && opened.vaultKey ? Buffer.from(opened.vaultKey) : null,
      isChecked: false,
    };
    return {
      createdAt: header.createdAt,
      appVersion: header.appVersion,
      sizeBytes: statSync(this.#file()).size,
      users: vault.users.map(({ id, name }) => ({ id: id as BackupLook['users'][number]['id'], name })),
      needsPassphrase: !isOwn,
    };
  }

  /**
   * Opens the backup beside the clinic: key, every table, the whole audit trail.
   * @throws AppError vault.wrong_passphrase, backup.damaged, store.newer
   */
  async check(
    userId: string | null,
    passphrase: string | null,
  ): Promise<{ backup: RecordsSummary; present: RecordsSummary | null }> {
    const opened = this.#requireLeave();
    const received = this.#received;
    if (received === null) throw new AppError('backup.damaged');
    if (received.vaultKey === null) {
      const unlocked = await unlockVault(
        received.vault,
        userId ?? '',
        passphrase ?? '',
        this.#options.scryptCost,
      );
      if (unlocked === null) throw new AppError('vault.wrong_passphrase', { waitSeconds: 0 });
      received.vaultKey = unlocked.vaultKey;
    }
    const { vaultKey } = received;
    const storeKey = deriveUse(vaultKey, 'store');
    const auditKey = deriveUse(vaultKey, 'audit');
    const look = (db: ReadableDb) => {
      if (verifyAudit(db, auditKey).firstBad !== null) throw new AppError('backup.damaged');
      return summaryOf(db);
    };
    try {
      const backup = await withCheckedCopy(this.#store(), storeKey, () => {}, look);
      received.isChecked = true;
      return { backup, present: opened ? summaryOf(opened.db) : null };
    } catch (cause) {
      if (cause instanceof AppError && cause.code === 'store.newer') throw cause;
      throw new AppError('backup.damaged', undefined, { cause });
    } finally {
      storeKey.fill(0);
      auditKey.fill(0);
    }
  }

  /** Exchanges the records with the checked backup; the ones before are kept aside, whole. */
  async restore(): Promise<void> {
    this.#requireLeave();
    const received = this.#received;
    if (received?.vaultKey == null || !received.isChecked) throw new AppError('backup.damaged');
    const { vault, vaultKey } = received;
    const isReal = this.#prepare(vault, vaultKey);
    await this.#options.exchange(() => {
      this.#putAside(`${this.#options.clock().toISOString().replaceAll(':', '-')}`);
      this.#moveAll(isReal, this.#clinicFolder);
    });
    this.discard();
  }

  /** A whole clinic folder of the backup: migrated, with the restore in its trail and its mark; moved as it is later. */
  #prepare(vault: VaultContent, vaultKey: Buffer): string {
    const folder = join(this.#folder, 'clinic');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    renameSync(this.#store(), join(folder, 'store.db'));
    writeVaultFile(join(folder, 'vault.json'), vault);
    const { db, auditKey } = openStoreIn(folder, vaultKey, this.#options.clock, false);
    try {
      const scope = { db, auditKey, clock: this.#options.clock, user: null };
      transact(db, () => writeAudit(scope, 'backup.restored', null));
      new HighWater(join(folder, 'high-water.json')).advance(db, auditKey);
    } catch (cause) {
      throw storeError(cause);
    } finally {
      closeStore(db);
      auditKey.fill(0);
    }
    return folder;
  }

  /** When the newest records were put aside, as an instant; null when none are. */
  keptAsideAt(): string | null {
    const newest = this.#asideNames().at(-1);
    return newest === undefined ? null : newest.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:');
  }

  #asideNames = (): string[] =>
    existsSync(this.#asideFolder)
      ? readdirSync(this.#asideFolder)
          .filter((name) => existsSync(join(this.#asideFolder, name, 'vault.json')))
          .sort()
      : [];

  /** Exchanges the records with the ones put aside last, so that it can be undone again. */
  async undo(): Promise<void> {
    this.#requireLeave();
    const newest = this.#asideNames().at(-1);
    if (newest === undefined) throw new AppError('backup.damaged');
    const from = join(this.#asideFolder, newest);
    await this.#options.exchange(() => {
      this.#putAside(this.#options.clock().toISOString().replaceAll(':', '-'));
      this.#moveAll(from, this.#clinicFolder);
      rmSync(from, { recursive: true, force: true });
    });
  }

  #putAside(name: string): void {
    const folder = join(this.#asideFolder, name);
    if (!CLINIC_FILES.some((file) => existsSync(join(this.#clinicFolder, file)))) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#moveAll(this.#clinicFolder, folder);
  }

  #moveAll(from: string, to: string): void {
    for (const file of CLINIC_FILES) {
      if (existsSync(join(from, file))) renameSync(join(from, file), join(to, file));
    }
  }

  #forget(): void {
    this.#received?.vaultKey?.fill(0);
    this.#received = null;
  }

  /** Forgets a received file, with its keys. */
  discard(): void {
    this.#forget();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
