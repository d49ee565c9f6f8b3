import type { Explanation, ModelInput, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import type {
  InferenceAnswer,
  InferenceFailure,
  InferenceRequest,
  LoadedModel,
} from './inference-protocol.ts';

/** Why the model cannot be used or did not answer; `path` names the file of a bundle. */
export class InferenceError extends Error {
  readonly code: InferenceFailure;
  readonly path: string;
  constructor(code: InferenceFailure, path: string) {
    super(path === '' ? code : `${code}: ${path}`);
    this.name = 'InferenceError';
    this.code = code;
    this.path = path;
  }
}

export interface InferenceClient {
  /** Settles when the model is loaded, verified and warm; rejects with InferenceError when it cannot be used. */
  ready: Promise<LoadedModel>;
  /** After the lock only. @throws InferenceError */
  predict(input: ModelInput): Promise<WristStatePrediction>;
  explain(input: ModelInput, prediction: WristStatePrediction): Promise<Explanation>;
  dispose(): void;
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Starts the worker. @param modelsBaseUrl - path of the models, ending in "/". */
export function startInferenceClient(modelsBaseUrl: string): InferenceClient {
  const worker = new Worker(new URL('./inference.worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(cause: Error): void }>();
  let next = 0;
  const fail = (cause: InferenceError) => {
    for (const { reject } of waiting.values()) reject(cause);
    waiting.clear();
  };
  worker.addEventListener('message', (event: MessageEvent<InferenceAnswer>) => {
    const answer = event.data;
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) caller?.resolve(answer.value);
    else caller?.reject(new InferenceError(answer.code, answer.path));
  });
  // The script did not load or died: whoever waits must hear of it.
  worker.addEventListener('error', () => fail(new InferenceError('engine', '')));
  const ask = <T>(request: Unnumbered<InferenceRequest>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      worker.postMessage({ ...request, id });
    });
  const ready = ask<LoadedModel>({ kind: 'start', modelsBaseUrl, wasmBaseUrl: '/wasm/' });
  return {
    ready,
    predict: (input) => ask({ kind: 'predict', input }),
    explain: (input, prediction) => ask({ kind: 'explain', input, prediction }),
    dispose: () => {
      worker.terminate();
      fail(new InferenceError('engine', ''));
    },
  };
}
