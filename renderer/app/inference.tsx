import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react';
import type { InferenceClient } from '../workers/inference-client.ts';
import { startRestartingInference } from '../workers/restarting-inference.ts';

type Starter = () => InferenceClient;
const InferenceContext = createContext<Starter | null>(null);

/** Keeps one inference worker for the page: started at the first need, anew after a failure, ended with the page. */
export function InferenceProvider({ start, children }: { start: Starter; children: ReactNode }) {
  const client = useRef<InferenceClient | null>(null);
  const [getClient] = useState<Starter>(() => () => {
    if (client.current === null) {
      client.current = startRestartingInference(start);
      // Whoever awaits `ready` shows a failure; without a listener it must not end as an unhandled rejection.
      client.current.ready.catch(() => {});
    }
    return client.current;
  });
  useEffect(
    () => () => {
      client.current?.dispose();
      client.current = null;
    },
    [],
  );
  return <InferenceContext value={getClient}>{children}</InferenceContext>;
}

/** The page's inference worker. It loads and verifies models; it sees a patient only after a lock. */
export function useInference(): InferenceClient {
  const getClient = use(InferenceContext);
  if (getClient === null) throw new Error('useInference needs an InferenceProvider above it');
  const [client] = useState(getClient);
  return client;
}

const QUIET_MS = 1500;

/** Loads and warms the worker up once the page is quiet, so that the first result does not wait for it. */
export function useWarmInference(): void {
  const getClient = use(InferenceContext);
  useEffect(() => {
    const timer = setTimeout(() => getClient?.(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [getClient]);
}
