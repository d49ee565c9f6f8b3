import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppState } from '../../core/contract/channels/app.ts';
import type { ErrorCode, WireError } from '../../core/contract/errors.ts';
import { useAfterRefusal, useApi } from '../platform/api.tsx';

/** After these the host is locked or fatal, whatever the page shows. */
const CHANGES_THE_PAGE: readonly ErrorCode[] = [
  'store.locked',
  'store.damaged',
  'store.newer',
  'vault.damaged',
];

/**
 * The state of the app as the host tells it. It is read at the start, after each push, and when a call was refused
 * because the store is locked; an answer that carries a state is applied with `apply`.
 */
export function useAppState() {
  const api = useApi();
  const [state, setState] = useState<AppState | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const readNumber = useRef(0);

  const apply = useCallback((next: AppState) => {
    // A read that is still under way is older than this answer.
    readNumber.current += 1;
    setError(null);
    setState(next);
  }, []);
  const read = useCallback(async () => {
    readNumber.current += 1;
    const mine = readNumber.current;
    const result = await api['app.state']({});
    if (mine !== readNumber.current) return;
    if (result.ok) apply(result.value);
    else setError(result.error);
  }, [api, apply]);

  useEffect(() => {
    void read();
    return api.on('app.stateChanged', () => void read());
  }, [api, read]);
  useAfterRefusal((code) => {
    if (CHANGES_THE_PAGE.includes(code)) void read();
  });
  return { state, error, apply, read };
}
