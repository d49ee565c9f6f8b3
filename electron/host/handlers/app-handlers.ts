import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallName, Handlers, Payload, PushName } from '../../../core/contract/contract.ts';
import type { ClinicState } from '../app/clinic-state.ts';
import { transact } from '../db/open-store.ts';
import { run, sqlBuilder } from '../db/query.ts';
import type { CallContext } from './clinical-handlers.ts';

type AppHandlers = Pick<Handlers<CallContext>, Extract<CallName, `app.${string}`>>;

/** First screen, users, lock and the pages that need no store. */
export function createAppHandlers(
  clinic: ClinicState,
  resourcesFolder: string,
  emit: <N extends PushName>(name: N, payload: Payload<N>) => void,
): AppHandlers {
  const changed = () => {
    emit('app.stateChanged', {});
    return clinic.state();
  };
  return {
    'app.state': () => clinic.state(),
    'app.openSampleClinic': async () => {
      await clinic.openSample();
      return changed();
    },
    'app.resetSampleClinic': async () => {
      await clinic.openSample(true);
      return changed();
    },
    'app.createUser': async ({ name, passphrase }) => {
      const { recoveryCode } = await clinic.createUser(name, passphrase);
      return { state: changed(), recoveryCode };
    },
    'app.unlock': async ({ userId, passphrase }) => {
      await clinic.unlock(userId, passphrase);
      return changed();
    },
    'app.recover': async ({ userId, recoveryCode, newPassphrase }) => {
      await clinic.recover(userId, recoveryCode, newPassphrase);
      return changed();
    },
    'app.lock': async () => {
      await clinic.lock();
      return changed();
    },
    'app.switchUser': async ({ userId, pin }) => {
      await clinic.switchUser(userId, pin);
      return changed();
    },
    'app.setPin': async ({ passphrase, pin }) => {
      await clinic.setPin(passphrase, pin);
      return changed();
    },
    'app.setGuideDone': ({ isDone }, context) => {
      const { db, user } = context.write();
      transact(db, () =>
        run(
          db,
          sqlBuilder
            .updateTable('app_user')
            .set({ is_guide_done: isDone ? 1 : 0 })
            .where('id', '=', user.id),
        ),
      );
      return {};
    },
    'app.seedMap': () => {
      const file = join(resourcesFolder, 'help', 'seed-map.md');
      return { markdown: existsSync(file) ? readFileSync(file, 'utf8') : '' };
    },
  };
}
