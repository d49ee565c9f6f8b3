import { IconPlayerPlay, IconPlayerStop, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import styles from './stopwatch.module.css';

/** Seconds as they are written into the field: tenths, as a hand on a button can tell. */
export const secondsText = (ms: number): string => (Math.max(0, ms) / 1000).toFixed(1);

/**
 * A clock beside a "held for" field: started and stopped by hand, its time is written into the field and can be changed
 * there. Cancelling writes nothing.
 */
export function Stopwatch(props: { label: string; isDisabled: boolean; onSeconds: (text: string) => void }) {
  const [sinceMs, setSinceMs] = useState<number | null>(null);
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    if (sinceMs === null) return;
    const timer = setInterval(() => setNowMs(performance.now()), 100);
    return () => clearInterval(timer);
  }, [sinceMs]);
  const start = () => {
    const ms = performance.now();
    setNowMs(ms);
    setSinceMs(ms);
  };
  if (sinceMs === null) {
    return (
      <button
        type="button"
        className={styles.button}
        disabled={props.isDisabled}
        aria-label={`Start the clock, ${props.label}`}
        onClick={start}
      >
        <IconPlayerPlay size="1rem" aria-hidden="true" /> Start
      </button>
    );
  }
  return (
    <span className={styles.running}>
      <span className={styles.time} role="timer" aria-live="off">
        {secondsText(nowMs - sinceMs)} s
      </span>
      <button
        type="button"
        className={styles.button}
        aria-label={`Stop the clock, ${props.label}`}
        onClick={() => {
          setSinceMs(null);
          props.onSeconds(secondsText(performance.now() - sinceMs));
        }}
      >
        <IconPlayerStop size="1rem" aria-hidden="true" /> Stop
      </button>
      <button
        type="button"
        className={styles.button}
        aria-label={`Cancel the clock, ${props.label}`}
        onClick={() => setSinceMs(null)}
      >
        <IconX size="1rem" aria-hidden="true" /> Cancel
      </button>
    </span>
  );
}
