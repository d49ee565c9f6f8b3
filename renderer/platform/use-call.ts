import { useCallback, useEffect, useRef, useState } from 'react';
import type { Result, WireError } from '../../core/contract/errors.ts';

export type CallState<T> =
  | { status: 'loading'; value: null; error: null }
  | { status: 'ready'; value: T; error: null }
  | { status: 'failed'; value: null; error: WireError };

/**
 * Reads something from the host and keeps it on screen. A later answer of an earlier question is dropped, so that one
 * patient's data never appear under another's name.
 * @param key what is asked, as text: a new key starts empty, the same key keeps the old value while it reloads.
 */
export function useCall<T>(
  key: string,
  ask: () => Promise<Result<T>>,
): CallState<T> & { reload: () => void } {
  const [answer, setAnswer] = useState<{ key: string; state: CallState<T> } | null>(null);
  const newestAsk = useRef(ask);
  const questionNumber = useRef(0);
  useEffect(() => {
    newestAsk.current = ask;
  });
  const run = useCallback((forKey: string) => {
    questionNumber.current += 1;
    const mine = questionNumber.current;
    void newestAsk.current().then((result) => {
      if (mine !== questionNumber.current) return;
      setAnswer({
        key: forKey,
        state: result.ok
          ? { status: 'ready', value: result.value, error: null }
          : { status: 'failed', value: null, error: result.error },
      });
    });
  }, []);
  useEffect(() => {
    run(key);
    return () => {
      questionNumber.current += 1;
    };
  }, [key, run]);
  const reload = useCallback(() => run(key), [key, run]);
  const state: CallState<T> =
    answer !== null && answer.key === key ? answer.state : { status: 'loading', value: null, error: null };
  return { ...state, reload };
}
