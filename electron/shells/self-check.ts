/** What `--self-check` finds out: does this shell carry the whole app, from page to encrypted store to model? */
export interface SelfCheckReport {
  ok: boolean;
  shell: 'electron' | 'browser';
  /** One sentence; empty when all is well. */
  incident: string;
  storePhase?: string;
  model?: { modelId: string; version: string; backend: string };
  durationMs: number;
}

interface PageAnswer {
  state: { ok: boolean; value?: { state: { phase: string } }; error?: { code: string } };
  model: { modelId: string; version: string; backend: string };
}

/**
 * Runs in the page: a new user in the scratch store (key derivation, native store, contract), then the inference
 * worker, which loads the tensor backend, verifies the bundle and predicts the golden case.
 */
const PAGE_SCRIPT = `(async () => {
  const request = { name: 'app.createUser', input: { name: 'Self-check', passphrase: 'scratch store of the self-check' } };
  const state = JSON.parse(await window.appTransport.request(JSON.stringify(request)));
  if (typeof window.prehensaSelfCheck !== 'function') throw new Error('the page offers no self-check');
  const model = await window.prehensaSelfCheck();
  return { state, model: { modelId: model.modelId, version: model.version, backend: model.backend } };
})()`;

/**
 * @param evaluate runs a script in the app's page and answers its value
 * @param limitMs after this the check has failed
 * @returns a report; never rejects.
 */
export async function runSelfCheck(
  shell: 'electron' | 'browser',
  evaluate: (script: string) => Promise<unknown>,
  limitMs = 18_000,
): Promise<SelfCheckReport> {
  const startedMs = performance.now();
  const durationMs = () => Math.round(performance.now() - startedMs);
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
  });
  try {
    const { state, model } = (await Promise.race([evaluate(PAGE_SCRIPT), timeUp])) as PageAnswer;
    const storePhase = state.value?.state.phase ?? `refused: ${state.error?.code ?? 'no answer'}`;
    const isOpen = state.ok && storePhase === 'open';
    const incident = isOpen ? '' : `the scratch store is not open (${storePhase})`;
    return { ok: isOpen, shell, incident, storePhase, model, durationMs: durationMs() };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, shell, incident: message.split('\n')[0] ?? '', durationMs: durationMs() };
  } finally {
    clearTimeout(timer);
  }
}
