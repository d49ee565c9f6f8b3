import { Button } from '@mantine/core';
import { IconArrowRight, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppState } from '../../../core/contract/channels/app.ts';
import type { WireError } from '../../../core/contract/errors.ts';
import { errorText } from '../../app/error-text.ts';
import { RestoreBackup } from '../../app/restore-backup.tsx';
import { UndoRestore } from '../../app/undo-restore.tsx';
import { useApi } from '../../platform/api.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { CreateUserForm } from './create-user-form.tsx';
import { WelcomeFrame } from './welcome-frame.tsx';
import styles from './welcome-screen.module.css';

/** The first screen: one click to a clinic of invented people, beside the way to a clinic of one's own. */
export function WelcomeScreen(props: {
  appVersion: string;
  onState: (state: AppState) => void;
  onUserCreated: (created: { state: AppState; recoveryCode: string }) => void;
}) {
  const [isCreating, setIsCreating] = useState(false);
  const sample = useOpenSampleClinic(props.onState);
  return (
    <WelcomeFrame appVersion={props.appVersion}>
      <h1 className={styles.headline}>
        Measure a pinch. Judge it yourself. Then see what a model makes of it.
      </h1>
      {sample.error !== null && (
        <div className={styles.error}>
          <FailureNotice {...errorText(sample.error)} incident={sample.error.incident} />
        </div>
      )}
      <div className={styles.ways}>
        <section className={styles.way} aria-labelledby="way-sample">
          <h2 id="way-sample">Look around first</h2>
          <p>
            Two dozen invented people with their visits, ready to use. No name, no passphrase; nothing you do
            there touches a real record.
          </p>
          <Button
            className={styles.button}
            variant={isCreating ? 'default' : 'filled'}
            rightSection={<IconArrowRight size={18} aria-hidden="true" />}
            loading={sample.isOpening}
            onClick={sample.open}
          >
            Open the sample clinic
          </Button>
        </section>
        <section className={styles.way} aria-labelledby="way-own">
          <h2 id="way-own">Set up your own clinic</h2>
          {isCreating ? (
            <CreateUserForm
              submitLabel="Create user"
              onCreated={props.onUserCreated}
              onCancel={() => setIsCreating(false)}
            />
          ) : (
            <>
              <p>
                Your records are encrypted on this computer with your passphrase. There is no account and no
                network; more users can follow later.
              </p>
              <Button
                className={styles.button}
                variant="default"
                leftSection={<IconUserPlus size={18} aria-hidden="true" />}
                onClick={() => setIsCreating(true)}
              >
                Create a user
              </Button>
            </>
          )}
        </section>
      </div>
      {!isCreating && (
        <div className={styles.restore}>
          <p>You have records already, on another computer or on this one before?</p>
          <RestoreBackup />
          <UndoRestore isOpenClinic={false} />
        </div>
      )}
    </WelcomeFrame>
  );
}

/** Opens the sample clinic and keeps the failure, if any, for the screen. */
export function useOpenSampleClinic(onState: (state: AppState) => void) {
  const api = useApi();
  const [isOpening, setIsOpening] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const open = async () => {
    setIsOpening(true);
    setError(null);
    const result = await api['app.openSampleClinic']({});
    setIsOpening(false);
    if (result.ok) onState(result.value);
    else setError(result.error);
  };
  return { open, isOpening, error };
}
