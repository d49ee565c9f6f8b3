import type {
  AnalysisExplanation,
  AnalysisInput,
  AnalysisPrediction,
} from '../../core/contract/schemas/analysis.ts';
import type { ForecastQuestion, ModelForecast } from '../../core/contract/schemas/forecast.ts';
import type { Explanation, ModelInput, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import type { RunProgress } from '../../core/explain/coalition-run.ts';
import type { CallChanges } from '../../core/inference/call-changes.ts';
import type {
  ComparedMethods,
  InferenceFailure,
  InferenceMessage,
  InferenceRequest,
  LoadedModel,
  MethodsQuestion,
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

/** A comparison of methods under way. */
export interface MethodsRun {
  /** Null when it was cancelled. Rejects with InferenceError. */
  result: Promise<ComparedMethods | null>;
  cancel(): void;
}

export interface InferenceClient {
  /** Settles when the model is loaded, verified and warm; rejects with InferenceError when it cannot be used. */
  ready: Promise<LoadedModel>;
  /** After the lock only. @throws InferenceError */
  predict(input: ModelInput): Promise<WristStatePrediction>;
  explain(input: ModelInput, prediction: WristStatePrediction): Promise<Explanation>;
  /** What would change the call, on a shown result and on demand. @throws InferenceError */
  callChanges(input: ModelInput, prediction: WristStatePrediction): Promise<CallChanges>;
  /** Every explainer on a shown result; takes seconds, and the worker answers others meanwhile. */
  compareMethods(question: MethodsQuestion, onProgress: (progress: RunProgress) => void): MethodsRun;
  /** After the lock of an analysis only; its model is loaded at the first question. @throws InferenceError */
  analyse(input: AnalysisInput): Promise<AnalysisPrediction>;
  explainAnalysis(input: AnalysisInput, prediction: AnalysisPrediction): Promise<AnalysisExplanation>;
  /** After the clinician's own forecast only; its model is loaded at the first question. @throws InferenceError */
  forecast(question: ForecastQuestion): Promise<ModelForecast>;
  dispose(): void;
}

/** What screens of the analyses need of the worker. */
export type AnalysisClient = Pick<InferenceClient, 'analyse' | 'explainAnalysis'>;

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Starts the worker. @param modelsBaseUrl - path of the models, ending in "/". */
export function startInferenceClient(modelsBaseUrl: string): InferenceClient {
  const worker = new Worker(new URL('./inference.worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<
    number,
    {
      resolve(value: unknown): void;
      reject(cause: Error): void;
      onProgress: ((progress: RunProgress) => void) | undefined;
    }
  >();
  let next = 0;
  const fail = (cause: InferenceError) => {
    for (const { reject } of waiting.values()) reject(cause);
    waiting.clear();
  };
  worker.addEventListener('message', (event: MessageEvent<InferenceMessage>) => {
    const answer = event.data;
    const caller = waiting.get(answer.id);
    if ('progress' in answer) {
      caller?.onProgress?.(answer.progress);
      return;
    }
    waiting.delete(answer.id);
    if (answer.ok) caller?.resolve(answer.value);
    else caller?.reject(new InferenceError(answer.code, answer.path));
  });
  // The script did not load or died: whoever waits must hear of it.
  worker.addEventListener('error', () => fail(new InferenceError('engine', '')));
  worker.addEventListener('messageerror', () => fail(new InferenceError('engine', '')));
  const askAs = <T>(
    id: number,
    request: Unnumbered<InferenceRequest>,
    onProgress?: (progress: RunProgress) => void,
  ): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, onProgress });
      worker.postMessage({ ...request, id });
    });
  const ask = <T>(request: Unnumbered<InferenceRequest>) => askAs<T>(next++, request);
  const ready = ask<LoadedModel>({ kind: 'start', modelsBaseUrl, wasmBaseUrl: '/wasm/' });
  return {
    ready,
    predict: (input) => ask({ kind: 'predict', input }),
    explain: (input, prediction) => ask({ kind: 'explain', input, prediction }),
    callChanges: (input, prediction) => ask({ kind: 'call-changes', input, prediction }),
    compareMethods: (question, onProgress) => {
      const run = next++;
      return {
        result: askAs(run, { kind: 'methods-lab', question }, onProgress),
        // The answer of the comparison says that it ended; that of "cancel" is of no interest.
        cancel: () => void ask({ kind: 'cancel', run }).catch(() => {}),
      };
    },
    analyse: (input) => ask({ kind: 'analyse', input }),
    explainAnalysis: (input, prediction) => ask({ kind: 'explain-analysis', input, prediction }),
    forecast: (question) => ask({ kind: 'forecast', question }),
    dispose: () => {
      worker.terminate();
      fail(new InferenceError('engine', ''));
    },
  };
}
