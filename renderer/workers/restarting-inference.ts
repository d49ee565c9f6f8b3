import type { InferenceClient } from './inference-client.ts';

/** Of a request that failed: the worker itself is broken, not only this question. */
const isBroken = (cause: unknown) => (cause as { code?: unknown } | null)?.code === 'engine';

/**
 * A client that begins anew: after the model could not be loaded, or the worker died, the next question starts another
 * worker, so that "Try again" can succeed. Whatever the broken one was still asked fails with it.
 * @param start starts one worker.
 */
export function startRestartingInference(start: () => InferenceClient): InferenceClient {
  let client = start();
  let hasFailed = false;
  let isDisposed = false;
  const watch = (watched: InferenceClient) => {
    watched.ready.catch(() => {
      if (watched === client) hasFailed = true;
    });
  };
  watch(client);
  const present = (): InferenceClient => {
    if (hasFailed && !isDisposed) {
      client.dispose();
      client = start();
      hasFailed = false;
      watch(client);
    }
    return client;
  };
  const noting = <T>(asked: InferenceClient, answer: T): T => {
    if (answer instanceof Promise) {
      answer.catch((cause: unknown) => {
        if (asked === client && isBroken(cause)) hasFailed = true;
      });
    }
    return answer;
  };
  return new Proxy({} as InferenceClient, {
    get(_target, name: keyof InferenceClient) {
      if (name === 'dispose') {
        return () => {
          isDisposed = true;
          client.dispose();
        };
      }
      if (name === 'ready') return present().ready;
      return (...values: unknown[]) => {
        const asked = present();
        const answer = (asked[name] as (...values: unknown[]) => unknown)(...values);
        if (answer !== null && typeof answer === 'object' && 'result' in answer) noting(asked, answer.result);
        return noting(asked, answer);
      };
    },
  });
}
