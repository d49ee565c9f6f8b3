/** The only place of the page in which a network runs. */
import { BundleError } from '../../core/inference/bundle.ts';
import { explainWristState } from '../../core/inference/explain-wrist-state.ts';
import { predictWristState } from '../../core/inference/wrist-state.ts';
import type { InferenceAnswer, InferenceRequest } from './inference-protocol.ts';
import { loadCurrentModel, type RunningModel } from './load-current-model.ts';

const nowMs = () => performance.now();
let running: Promise<RunningModel> | null = null;

async function answer(request: InferenceRequest): Promise<Extract<InferenceAnswer, { ok: true }>['value']> {
  if (request.kind === 'start') {
    running ??= loadCurrentModel(request.modelsBaseUrl, request.wasmBaseUrl);
    const { bundle, backend } = await running;
    const { modelId, version } = bundle.manifest;
    return { modelId, version, bundleHash: bundle.bundleHash, backend };
  }
  if (running === null) throw new Error('the worker was not started');
  const { bundle, forward } = await running;
  return request.kind === 'predict'
    ? predictWristState(bundle, request.input, forward, nowMs)
    : explainWristState(bundle, request.input, request.prediction, nowMs);
}

self.addEventListener('message', (event: MessageEvent<InferenceRequest>) => {
  const { id } = event.data;
  const post = (message: InferenceAnswer) => self.postMessage(message);
  answer(event.data).then(
    (value) => post({ id, ok: true, value }),
    (cause: unknown) => {
      const failure = cause instanceof BundleError ? cause : null;
      // Only the code and a file name leave the worker: a message could quote what was measured.
      post({ id, ok: false, code: failure?.code ?? 'engine', path: failure?.path ?? '' });
    },
  );
});
