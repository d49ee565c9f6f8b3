import { useEffect, useState } from 'react';
import styles from './entry-notes.module.css';

const DOTS = 15;

/**
 * Time since the last value, counted quietly: it takes no focus, stops nothing and is not read aloud.
 * @param usualS rest that the protocol keeps between two trials of one hand. An orientation, never a gate.
 */
export function RestTimer({ sinceMs, usualS }: { sinceMs: number | null; usualS: number }) {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    if (sinceMs === null) return;
    setNowMs(performance.now());
    const timer = setInterval(() => setNowMs(performance.now()), 500);
    return () => clearInterval(timer);
  }, [sinceMs]);
  const seconds = sinceMs === null ? 0 : Math.max(0, Math.floor((nowMs - sinceMs) / 1000));
  const filled = Math.min(DOTS, Math.floor((seconds / usualS) * DOTS));
  return (
    <div className={styles.rest} role="timer" aria-live="off">
      <span>rest</span>
      <span className={styles.restClock}>
        {sinceMs === null ? '--:--' : `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`}
      </span>
      <span className={styles.restUsual}>of {usualS} s</span>
      <svg className={styles.restDots} viewBox={`0 0 ${DOTS * 10} 10`} aria-hidden="true">
        {Array.from({ length: DOTS }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the dots never move
          <circle key={index} cx={index * 10 + 5} cy={5} r={index < filled ? 3.4 : 1.6} />
        ))}
      </svg>
    </div>
  );
}

const pad = (value: number) => String(value).padStart(2, '0');
