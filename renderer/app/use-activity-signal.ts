import { useEffect } from 'react';
import { useApi } from '../platform/api.tsx';

/** At most this often the host hears that somebody is here; it locks after one silent minute at the earliest. */
const SIGNAL_EVERY_MS = 20_000;

/** Tells the host of keys and touches, so that reading a long page does not count as having left. */
export function useActivitySignal(): void {
  const api = useApi();
  useEffect(() => {
    let lastMs = performance.now();
    const signal = () => {
      if (performance.now() - lastMs < SIGNAL_EVERY_MS) return;
      lastMs = performance.now();
      void api['app.state']({});
    };
    const events = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
    for (const event of events) window.addEventListener(event, signal, { passive: true });
    return () => {
      for (const event of events) window.removeEventListener(event, signal);
    };
  }, [api]);
}
