/** The only place of the page in which a network runs. */
import { BundleError } from '../../core/inference/bundle.ts';
import { callChanges } from '../../core/inference/call-changes.ts';
import { explainWristState } from '../../core/inference/explain-wrist-state.ts';
import { predictWristState } from '../../core/inference/wrist-state.ts';
import { type AnalysisModels, analysisModels } from './analysis-models.ts';
import { compareMethods } from './compare-methods.ts';
import { type ForecastModel, forecastModel } from './forecast-model.ts';
import type { InferenceAnswer, InferenceMessage, InferenceRequest } from './inference-protocol.ts';
import { loadCurrentModel, type RunningModel } from './load-current-model.ts';

const nowMs = () => performance.now();
const post = (message: InferenceMessage) => self.postMessage(message);
let running: Promise<RunningModel> | null = null;
let analyses: AnalysisModels | null = null;
let forecast: ForecastModel | null = null;
/** Comparisons that can be ended, by the id they were asked for under. */
const comparisons = new Map<number, AbortController>();

async function answer(request: InferenceRequest): Promise<Extract<InferenceAnswer, { ok: true }>['value']> {
  if (request.kind === 'start') {
    analyses ??= analysisModels(request.modelsBaseUrl, nowMs);
    forecast ??= forecastModel(request.modelsBaseUrl);
    running ??= loadCurrentModel(request.modelsBaseUrl, request.wasmBaseUrl);
    const { bundle, backend } = await running;
    const { modelId, version } = bundle.manifest;
    return { modelId, version, bundleHash: bundle.bundleHash, backend };
  }
  if (request.kind === 'cancel') {
    comparisons.get(request.run)?.abort();
    return null;
  }
  if (running === null || analyses === null) throw new Error('the worker was not started');
  // These have models of their own: a damaged wrist-state does not stop them.
  if (request.kind === 'analyse') return analyses.analyse(request.input);
  if (request.kind === 'explain-analysis') return analyses.explain(request.input, request.prediction);
  if (request.kind === 'forecast' && forecast !== null) return forecast(request.question);
  if (request.kind === 'methods-lab') return compare(request);
  const { bundle, forward } = await running;
  if (request.kind === 'call-changes') return callChanges(bundle, request.input, request.prediction);
  if (request.kind === 'predict') return predictWristState(bundle, request.input, forward, nowMs);
  if (request.kind === 'explain') {
    return explainWristState(bundle, request.input, request.prediction, nowMs);
  }
  throw new RangeError('the worker was asked for something it does not do');
}

async function compare({ id, question }: Extract<InferenceRequest, { kind: 'methods-lab' }>) {
  const stop = new AbortController();
  // Noted before anything is waited for, so that no "cancel" comes too early.
  comparisons.set(id, stop);
  try {
    const { bundle } = (await running)!;
    let said = -1;
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      // Steps inside a method do not move the count.
      if (done !== said) post({ id, progress: { done, total } });
      said = done;
    };
    return await compareMethods(bundle, question, { onProgress, signal: stop.signal }, nowMs);
  } finally {
    comparisons.delete(id);
  }
}

self.addEventListener('message', (event: MessageEvent<InferenceRequest>) => {
  const { id } = event.data;
  answer(event.data)
    .then((value) => post({ id, ok: true, value }))
    // Also for an answer that cannot be posted: the page must not wait for ever.
    .catch((cause: unknown) => {
      const failure = cause instanceof BundleError ? cause : null;
      // Only the code and a file name leave the worker: a message could quote what was measured.
      post({ id, ok: false, code: failure?.code ?? 'engine', path: failure?.path ?? '' });
    });
});
