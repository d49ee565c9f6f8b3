import { useCallback, useEffect, useState } from 'react';

/** Whole seconds left of a wait, counted by the monotonic clock, so that changing the date does not shorten it. */
export function useCountdown(initialSeconds: number): { seconds: number; start: (seconds: number) => void } {
  const [endMs, setEndMs] = useState(() => performance.now() + initialSeconds * 1000);
  const [nowMs, setNowMs] = useState(() => performance.now());
  const isRunning = nowMs < endMs;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNowMs(performance.now()), 250);
    return () => clearInterval(timer);
  }, [isRunning]);
  const start = useCallback((seconds: number) => {
    const now = performance.now();
    setNowMs(now);
    setEndMs(now + seconds * 1000);
  }, []);
  // Whole milliseconds first: the sum above may exceed 15 s by a millionth, which would read as 16.
  const leftMs = Math.max(0, Math.round(endMs - nowMs));
  return { seconds: Math.ceil(leftMs / 1000), start };
}
