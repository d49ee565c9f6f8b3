import { join } from 'node:path';
import type { Payload, PushName } from '../../../core/contract/contract.ts';
import { AppError } from '../../../core/contract/errors.ts';
import { BackupJob } from '../app/backup-job.ts';
import type { ClinicState } from '../app/clinic-state.ts';
import { RestoreDesk } from '../app/restore-desk.ts';
import type { HandlersOf } from './clinical-handlers.ts';

export interface BackupHandlerOptions {
  clinic: ClinicState;
  dataFolder: string;
  appVersion: string;
  clock: () => Date;
  emit: <N extends PushName>(name: N, payload: Payload<N>) => void;
}

/** Backup of the open clinic, and the way back from one. */
export function createBackupHandlers(options: BackupHandlerOptions): HandlersOf<'backup'> {
  const { clinic, dataFolder, appVersion, clock, emit } = options;
  const job = new BackupJob({
    clinicFolder: join(dataFolder, 'clinic'),
    appVersion,
    isOpen: (open) => clinic.opened?.db === open.db && open.db.raw.open,
  });
  const desk = new RestoreDesk({ dataFolder, clock, clinic });
  const changed = () => {
    emit('app.stateChanged', {});
    return clinic.state();
  };
  return {
    'backup.make': (_input, context) => {
      const { opened } = clinic;
      if (opened?.kind !== 'clinic') throw new AppError('sample.only');
      const scope = context.write();
      void job.make(opened, scope, context.platform);
      return job.state(scope.db);
    },
    'backup.state': (_input, context) => job.state(context.read().db),
    'backup.cancel': (_input, context) => {
      job.cancel();
      return job.state(context.read().db);
    },
    'backup.receive': ({ offsetBytes, base64 }) => ({
      receivedBytes: desk.receive(offsetBytes, Buffer.from(base64, 'base64')),
    }),
    'backup.look': () => desk.look(),
    'backup.check': ({ userId, passphrase }) => desk.check(userId, passphrase),
    'backup.restore': async ({ passphrase }) => {
      await desk.restore(passphrase);
      return changed();
    },
    'backup.discard': () => {
      desk.discard();
      return {};
    },
    'backup.keptAside': () => ({ copies: desk.keptAside() }),
    'backup.undoRestore': async ({ at, userId, passphrase }) => {
      await desk.undo(at, userId, passphrase);
      return changed();
    },
  };
}
