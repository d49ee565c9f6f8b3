import { IconMasksTheater, IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { AppState } from '../../core/contract/channels/app.ts';
import type { WireError } from '../../core/contract/errors.ts';
import { useApi } from '../platform/api.tsx';
import { errorText } from './error-text.ts';
import styles from './sample-banner.module.css';

/** Stands on every page of the sample clinic and never goes away: nobody here exists. */
export function SampleBanner({ onReset }: { onReset: (state: AppState) => void }) {
  const api = useApi();
  const [isAsking, setIsAsking] = useState(false);
  const [isResetting, setIsResetting] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking) keep.current?.focus();
  }, [isAsking]);
  const reset = async () => {
    setIsResetting(true);
    setError(null);
    const result = await api['app.resetSampleClinic']({});
    setIsResetting(false);
    setIsAsking(false);
    if (result.ok) onReset(result.value);
    else setError(result.error);
  };
  return (
    <section className={styles.banner} aria-label="Sample clinic">
      <IconMasksTheater size={18} stroke={1.75} aria-hidden="true" />
      <p className={styles.words}>
        <b>Sample clinic: invented people.</b>{' '}
        <span role="status">
          {error !== null && `${errorText(error).title} ${errorText(error).whatToDo}`}
          {error === null &&
            isAsking &&
            'Reset takes back everything typed here. Your own clinic is not touched.'}
        </span>
      </p>
      {isAsking ? (
        <>
          <button type="button" className={styles.button} disabled={isResetting} onClick={reset}>
            {isResetting ? 'Resetting' : 'Reset now'}
          </button>
          <button ref={keep} type="button" className={styles.button} onClick={() => setIsAsking(false)}>
            Keep it
          </button>
        </>
      ) : (
        <button type="button" className={styles.button} onClick={() => setIsAsking(true)}>
          <IconRefresh size={16} stroke={1.75} aria-hidden="true" />
          Reset
        </button>
      )}
    </section>
  );
}
