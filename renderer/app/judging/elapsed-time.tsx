import { useEffect, useState } from 'react';
import styles from './judgement.module.css';

export interface Stopwatch {
  /** Hands-on time so far, milliseconds; time with the window hidden does not count. */
  elapsedMs(): number;
}

export function createStopwatch(nowMs: () => number): Stopwatch & { pause(): void; resume(): void } {
  let before = 0;
  let since: number | null = nowMs();
  return {
    elapsedMs: () => Math.round(before + (since === null ? 0 : nowMs() - since)),
    pause() {
      if (since === null) return;
      before += nowMs() - since;
      since = null;
    },
    resume() {
      since ??= nowMs();
    },
  };
}

/** A stopwatch that starts with the screen and pauses while the window is hidden. */
export function useStopwatch(): Stopwatch {
  const [watch] = useState(() => createStopwatch(() => performance.now()));
  useEffect(() => {
    const follow = () => (document.visibilityState === 'hidden' ? watch.pause() : watch.resume());
    document.addEventListener('visibilitychange', follow);
    return () => document.removeEventListener('visibilitychange', follow);
  }, [watch]);
  return watch;
}

export function ElapsedTime({ watch }: { watch: Stopwatch }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor(watch.elapsedMs() / 1000)), 500);
    return () => clearInterval(timer);
  }, [watch]);
  const minutes = String(Math.floor(seconds / 60)).padStart(2, '0');
  return (
    <span className={styles.elapsed} role="timer" aria-live="off">
      {minutes}:{String(seconds % 60).padStart(2, '0')}
    </span>
  );
}
