/** The composition root of the privileged side: everything that both shells, the demo and the tests start from. */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { AppState } from '../../../core/contract/channels/app.ts';
import { PREFERENCE_DEFAULTS } from '../../../core/contract/channels/preferences.ts';
import {
  type CallName,
  contract,
  type Handlers,
  type Payload,
  type PushName,
} from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import { createServer, type HostTransport } from '../../../core/contract/wire.ts';
import { BulkPaths } from '../assets/bulk-paths.ts';
import { analysesHandlers } from '../handlers/analyses-handlers.ts';
import { createAppHandlers } from '../handlers/app-handlers.ts';
import { createBackupHandlers } from '../handlers/backup-handlers.ts';
import { type CallContext, clinicalHandlers } from '../handlers/clinical-handlers.ts';
import { concordanceHandlers } from '../handlers/concordance-handlers.ts';
import { episodesHandlers } from '../handlers/episodes-handlers.ts';
import { forecastHandlers } from '../handlers/forecast-handlers.ts';
import { interventionHandlers } from '../handlers/intervention-handlers.ts';
import { preferencesHandlers } from '../handlers/preferences-handlers.ts';
import { readingsHandlers } from '../handlers/readings-handlers.ts';
import { createRecordingHandlers } from '../handlers/recordings-handlers.ts';
import { recordsHandlers } from '../handlers/records-handlers.ts';
import { createReportHandlers } from '../handlers/report-handlers.ts';
import { createTrainingHandlers } from '../handlers/training-handlers.ts';
import { createLog } from '../logging/log.ts';
import { type KnownBundle, readKnownBundles } from '../services/known-bundles.ts';
import { effectivePreferences } from '../services/preferences-service.ts';
import type { WriteScope } from '../services/scope.ts';
import { ClinicState, type OpenClinic, SCRYPT_COST } from './clinic-state.ts';
import { createIdleLock } from './idle-lock.ts';
import { createFolderPlatform, type Platform } from './platform.ts';

export interface HostOptions {
  /** Holds `clinic/` and `sample/`; made when missing. */
  dataFolder: string;
  modelsFolder: string;
  /** Holds `sample-clinic/clinic.json` and `help/seed-map.md`. */
  resourcesFolder: string;
  shell: AppState['shell'];
  transport: HostTransport;
  appVersion: string;
  /** Where files go and how a page becomes a PDF; absent: a folder beside the data, and no PDF. */
  platform?: Platform;
  /** Null or absent: no log is written. */
  logFolder?: string | null;
  clock?: () => Date;
  /** Version 4 UUIDs; replaced by the sample clinic's builder, which needs the same ones each time. */
  newId?: () => string;
  /** 64 hexadecimal characters. */
  newToken?: () => string;
  /** Work factor of the passphrase; lower than the default in tests only. */
  scryptCost?: number;
  monotonicMs?: () => number;
  /** The time of day, which goes on while the computer sleeps; for the idle lock. */
  wallMs?: () => number;
  /** One-time paths for what is too large for a frame; the shell's asset server answers them. */
  bulk?: BulkPaths;
  /** Replaces what stands in `modelsFolder`: for tests of rules that need no network. */
  knownBundles?: ReadonlyMap<string, KnownBundle>;
}

/** Short enough to read over the telephone. */
const newIncident = () => randomBytes(4).toString('hex');

export interface Host {
  answer(frame: string): Promise<string>;
  close(): Promise<void>;
  /** Closes an open clinic at once: the computer goes to sleep, or its screen is locked. The sample clinic stays open. */
  lock(): Promise<void>;
  /** Looks at the idle time now instead of at the next tick; for tests. */
  lockIfIdle(): Promise<void>;
  readonly clinic: ClinicState;
}

/** The same handlers; whatever a writing one committed is secured against loss before its answer leaves. */
function recordingProgress(handlers: Handlers<CallContext>, clinic: ClinicState): Handlers<CallContext> {
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    if (contract[name as CallName].access !== 'write') return [name, handler];
    const run = handler as (input: never, context: CallContext) => unknown;
    return [
      name,
      async (input: never, context: CallContext) => {
        const answer = await run(input, context);
        clinic.recordProgress();
        return answer;
      },
    ];
  });
  return Object.fromEntries(guarded) as Handlers<CallContext>;
}

/** Starts the host; no store is open until the page asks for one. */
export async function createHost(options: HostOptions): Promise<Host> {
  const clock = options.clock ?? (() => new Date());
  const newId = options.newId ?? randomUUID;
  const newToken = options.newToken ?? (() => randomBytes(32).toString('hex'));
  const platform = options.platform ?? createFolderPlatform(join(options.dataFolder, 'exports'));
  const monotonicMs = options.monotonicMs ?? (() => performance.now());
  let idle: ReturnType<typeof createIdleLock> | undefined;
  const report = createLog(options.logFolder ?? null, clock);
  const clinic = new ClinicState({
    dataFolder: options.dataFolder,
    resourcesFolder: options.resourcesFolder,
    shell: options.shell,
    appVersion: options.appVersion,
    clock,
    newId,
    monotonicMs,
    scryptCost: options.scryptCost ?? SCRYPT_COST,
    newIncident,
  });
  const knownBundles = options.knownBundles ?? (await readKnownBundles(options.modelsFolder));
  let emit: <N extends PushName>(name: N, payload: Payload<N>) => void = () => {};
  const scopeOf = (open: OpenClinic): WriteScope => ({
    db: open.db,
    user: open.user,
    storeKind: open.kind,
    clock,
    knownBundles,
    newId,
    newToken,
    auditKey: open.auditKey,
    isStillOpen: () => clinic.opened === open,
    emit: (name, payload) => emit(name, payload),
  });
  const context = (access: 'read' | 'write' | 'open', channel: CallName): CallContext => {
    idle?.noteFrame();
    const { opened } = clinic;
    if (access !== 'open' && !opened) throw new AppError('store.locked');
    const need = (): OpenClinic => {
      if (!opened) throw new AppError('store.locked');
      return opened;
    };
    return {
      platform,
      read: () => scopeOf(need()),
      write: () => {
        if (access !== 'write') throw new TypeError(`${channel} is declared ${access} and must not write`);
        return scopeOf(need());
      },
    };
  };
  const bulk = options.bulk ?? new BulkPaths();
  bulk.bindTo(() => clinic.opened);
  const handlers: Handlers<CallContext> = {
    ...createAppHandlers(clinic, options.resourcesFolder, (name, payload) => emit(name, payload)),
    ...clinicalHandlers,
    ...analysesHandlers,
    ...interventionHandlers,
    ...createReportHandlers(options.resourcesFolder),
    ...recordsHandlers,
    ...createRecordingHandlers(bulk),
    ...episodesHandlers,
    ...readingsHandlers,
    ...forecastHandlers,
    ...concordanceHandlers,
    ...createTrainingHandlers(options.resourcesFolder),
    ...preferencesHandlers,
    ...createBackupHandlers({
      clinic,
      dataFolder: options.dataFolder,
      appVersion: options.appVersion,
      clock,
      emit: (name, payload) => emit(name, payload),
    }),
  };
  const server = createServer<CallContext>(options.transport, {
    handlers: recordingProgress(handlers, clinic),
    context,
    report,
    newIncident,
  });
  emit = server.emit;
  const lockIfOpen = async () => {
    if (clinic.opened?.kind !== 'clinic') return;
    await clinic.lock();
    emit('app.stateChanged', {});
  };
  let locking: Promise<void> = Promise.resolve();
  const idleLimitMs = () => {
    const { opened } = clinic;
    return (
      (opened ? effectivePreferences(opened.db, opened.user.id) : PREFERENCE_DEFAULTS).lockMinutes * 60_000
    );
  };
  idle = createIdleLock({ monotonicMs, wallMs: options.wallMs ?? Date.now }, idleLimitMs, () => {
    locking = lockIfOpen();
  });
  return {
    answer: server.answer,
    close: async () => {
      idle?.stop();
      await clinic.lock();
    },
    lock: lockIfOpen,
    lockIfIdle: async () => {
      idle?.look();
      await locking;
    },
    clinic,
  };
}
