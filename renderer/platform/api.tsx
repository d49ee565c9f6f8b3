import { createContext, type ReactNode, use, useEffect, useMemo, useRef } from 'react';
import { type CallName, contract } from '../../core/contract/contract.ts';
import type { ErrorCode, Result } from '../../core/contract/errors.ts';
import { type Api, callNames } from '../../core/contract/wire.ts';

type WriteListener = (name: CallName, input: unknown) => void;
type RefusalListener = (code: ErrorCode) => void;
type Stop = () => void;

interface ApiScope {
  api: Api;
  onWritten: (listener: WriteListener) => Stop;
  onRefused: (listener: RefusalListener) => Stop;
}

const ApiContext = createContext<ApiScope | null>(null);

/**
 * Gives the page its one client. Successful writes are announced inside the page, so that the frame (the patient
 * strip, the blinding) follows what a screen did without waiting for a push of the host.
 */
export function ApiProvider({ api, children }: { api: Api; children: ReactNode }) {
  const scope = useMemo<ApiScope>(() => announceAnswers(api), [api]);
  return <ApiContext value={scope}>{children}</ApiContext>;
}

/** The client of the contract. @throws Error outside an ApiProvider. */
export function useApi(): Api {
  return useScope().api;
}

/** Runs `listener` after each successful call that wrote to the store. */
export function useAfterWrite(listener: WriteListener): void {
  const { onWritten } = useScope();
  const newest = useNewest(listener);
  useEffect(() => onWritten((name, input) => newest.current(name, input)), [onWritten, newest]);
}

/** Runs `listener` with the code of each call that failed. */
export function useAfterRefusal(listener: RefusalListener): void {
  const { onRefused } = useScope();
  const newest = useNewest(listener);
  useEffect(() => onRefused((code) => newest.current(code)), [onRefused, newest]);
}

function useNewest<T>(value: T) {
  const newest = useRef(value);
  useEffect(() => {
    newest.current = value;
  });
  return newest;
}

function useScope(): ApiScope {
  const scope = use(ApiContext);
  if (scope === null) throw new Error('useApi needs an ApiProvider above it');
  return scope;
}

function announceAnswers(api: Api): ApiScope {
  const written = new Set<WriteListener>();
  const refused = new Set<RefusalListener>();
  const calls = Object.fromEntries(
    callNames.map((name) => {
      const plain = api[name] as (input: unknown) => Promise<Result<unknown>>;
      const announced = async (input: unknown) => {
        const result = await plain(input);
        if (!result.ok) for (const listener of refused) listener(result.error.code);
        else if (contract[name].access === 'write') for (const listener of written) listener(name, input);
        return result;
      };
      return [name, announced];
    }),
  );
  return {
    api: { ...calls, on: api.on } as unknown as Api,
    onWritten: (listener) => subscribe(written, listener),
    onRefused: (listener) => subscribe(refused, listener),
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): Stop {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
