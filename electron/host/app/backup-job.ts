/** Makes one backup at a time: copy, check, write, read back. The clinic stays open meanwhile. */
import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupState } from '../../../core/contract/channels/backup.ts';
import { AppError } from '../../../core/contract/errors.ts';
import { copyStore, withCheckedCopy } from '../db/check-copy.ts';
import { type ReadableDb, transact } from '../db/open-store.ts';
import { first, sqlBuilder } from '../db/query.ts';
import { workingName } from '../files/atomic-write.ts';
import { readArchive, writeArchive } from '../files/backup-archive.ts';
import { writeAudit } from '../services/audit.ts';
import type { WriteScope } from '../services/scope.ts';
import { deriveUse } from '../vault/vault.ts';
import { readVaultFile, writeVaultFile } from '../vault/vault-file.ts';
import type { OpenClinic } from './clinic-state.ts';
import { type FileKind, type Platform, withExtension } from './platform.ts';

export const BACKUP_KIND: FileKind = { name: 'Backup of Prehensa', extensions: ['prehensa-backup'] };
/** A push for each percent would be more than a bar can show. */
const PUSH_EVERY = 0.02;

class Cancelled extends Error {}

type Progress = Omit<BackupState, 'lastMadeAt'>;
const IDLE: Progress = { step: 'none', progress: 0, path: null, sizeBytes: null, failure: null };

export interface BackupOptions {
  clinicFolder: string;
  appVersion: string;
  /** Says whether the store that is copied is still the open one: the trail of another one is not written to. */
  isOpen: (open: OpenClinic) => boolean;
}

const failureOf = (cause: unknown): NonNullable<BackupState['failure']> => {
  const code = cause instanceof AppError ? cause.code : null;
  if (code === 'store.damaged' || code === 'store.full' || code === 'file.not_saved') return code;
  const system = (cause as { code?: unknown } | null)?.code;
  if (system === 'ENOSPC') return 'store.full';
  return system === 'EACCES' || system === 'EPERM' || system === 'EROFS' || system === 'ENOENT'
    ? 'file.not_saved'
    : 'internal';
};

export class BackupJob {
  readonly #options: BackupOptions;
  #state: Progress = IDLE;
  #isCancelled = false;
  #isRunning = false;
  /** The store that the last backup was made of; what is said of it does not concern another one. */
  #madeOf: unknown = null;
  #emit: (state: Progress) => void = () => {};

  constructor(options: BackupOptions) {
    this.#options = options;
  }

  /** Present step, and the newest backup in the audit trail of `db`. */
  state(db: ReadableDb): BackupState {
    const last = first(
      db,
      sqlBuilder
        .selectFrom('audit')
        .select('at')
        .where('event', '=', 'backup.made')
        .orderBy('seq', 'desc')
        .limit(1),
    );
    const isOfThis = this.#isRunning || this.#madeOf === db.raw;
    return { ...(isOfThis ? this.#state : IDLE), lastMadeAt: last?.at ?? null };
  }

  cancel(): void {
    if (this.#isRunning) this.#isCancelled = true;
  }

  /** Starts, unless one is under way. @returns when it has ended, however it did; never rejects. */
  async make(open: OpenClinic, scope: WriteScope, platform: Platform): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#isCancelled = false;
    this.#madeOf = open.db.raw;
    this.#emit = (state) => {
      if (this.#options.isOpen(open)) scope.emit('backup.progressed', { ...state, lastMadeAt: null });
    };
    this.#go({ ...IDLE, step: 'choosing' });
    try {
      await this.#run(open, scope, platform);
    } catch (cause) {
      this.#go(
        cause instanceof Cancelled
          ? { ...IDLE, step: 'cancelled' }
          : { ...IDLE, step: 'failed', failure: failureOf(cause) },
      );
    } finally {
      this.#isRunning = false;
    }
  }

  #go(state: Progress): void {
    const isNews = state.step !== this.#state.step || state.progress - this.#state.progress >= PUSH_EVERY;
    if (!isNews) return;
    this.#state = state;
    this.#emit(state);
  }

  #step(step: BackupState['step'], progress: number): void {
    if (this.#isCancelled) throw new Cancelled();
    this.#go({ ...IDLE, step, progress });
  }

  async #run(open: OpenClinic, scope: WriteScope, platform: Platform): Promise<void> {
    const { vaultKey } = open;
    if (vaultKey === null) throw new AppError('sample.only');
    // The keys of a clinic that locks meanwhile are wiped: the job has its own until its end.
    const storeKey = deriveUse(vaultKey, 'store');
    const { clinicFolder, appVersion } = this.#options;
    const createdAt = scope.clock().toISOString();
    const chosen = await platform.choosePathToSave(
      `Prehensa backup ${createdAt.slice(0, 10)}.prehensa-backup`,
      BACKUP_KIND,
    );
    if (chosen === null) throw new Cancelled();
    const target = withExtension(chosen, BACKUP_KIND);
    // The dialogue asked about the name as typed: a file under the completed one must not be written over unasked.
    if (target !== chosen && existsSync(target)) throw new AppError('file.not_saved');
    // Who chose the place may be another than who asked: on record it would be the one who asked.
    if (!scope.isStillOpen()) throw new Cancelled();
    const folder = mkdtempSync(join(clinicFolder, 'backup-'));
    const part = workingName(target);
    try {
      this.#step('copying', 0);
      // What was just said reaches the page before the copy takes the turn.
      await new Promise((resolve) => setTimeout(resolve, 20));
      const store = join(folder, 'store.db');
      copyStore(open.db, store);
      const vault = readVaultFile(join(clinicFolder, 'vault.json'));
      if (vault === null) throw new AppError('store.damaged');
      writeVaultFile(join(folder, 'vault.json'), vault);
      await withCheckedCopy(
        store,
        storeKey,
        (share) => this.#step('checking', share),
        () => {},
      );
      const header = await writeArchive(
        part,
        { 'store.db': store, 'vault.json': join(folder, 'vault.json') },
        { createdAt, appVersion },
        (share) => this.#step('writing', share),
      );
      // Read back from the disk: what cannot be read now will not be there when it is needed.
      await readArchive(part, null, (share) => this.#step('verifying', share));
      renameSync(part, target);
      if (this.#options.isOpen(open)) {
        transact(open.db, () => writeAudit(scope, 'backup.made', null, header));
      }
      this.#go({ ...IDLE, step: 'done', progress: 1, path: target, sizeBytes: statSync(target).size });
    } finally {
      storeKey.fill(0);
      rmSync(folder, { recursive: true, force: true });
      rmSync(part, { force: true });
    }
  }
}
