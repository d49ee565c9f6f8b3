import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelInput } from '../../core/contract/schemas/judgement.ts';
import { loadWristStateBundle, type WristStateBundle } from '../../core/inference/bundle.ts';
import { callChanges } from '../../core/inference/call-changes.ts';
import { explainWristState } from '../../core/inference/explain-wrist-state.ts';
import { predictWristState } from '../../core/inference/wrist-state.ts';
import { float64EnsembleForward } from '../../core/networks/ensemble-forward.ts';
import { compareMethods } from './compare-methods.ts';
import type { MethodsQuestion } from './inference-protocol.ts';

const nowMs = () => performance.now();
const PINCH: ModelInput = {
  sessionId: '00000000-0000-4000-8000-000000000000' as ModelInput['sessionId'],
  sex: 'female',
  ageYears: 58,
  heightM: 1.66,
  weightKg: 68,
  side: 'left',
  affectedSide: 'left',
  pinchTrialsN: [58, 60, 59],
  pinchPeakN: 60,
  otherHandPinchPeakN: 74,
  wristExtensionNm: null,
  wristFlexionNm: null,
  wristRadialNm: null,
  wristUlnarNm: null,
  typedUnits: ['kg'],
};

let bundle: WristStateBundle;
beforeAll(async () => {
  const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
  const folder = join('models', 'wrist-state', current['wrist-state'] ?? '');
  bundle = await loadWristStateBundle(
    async (path) => new Uint8Array(readFileSync(join(folder, path))),
    async (bytes) => createHash('sha256').update(bytes).digest('hex'),
  );
});

function questionOf(input: ModelInput, change: Partial<MethodsQuestion> = {}): MethodsQuestion {
  const prediction = predictWristState(bundle, input, float64EnsembleForward(bundle.members), nowMs);
  return { input, prediction, level: 'measurements', layerWiseRelevance: 'off', ...change };
}

describe('comparing methods on a shipped model', () => {
  it('asks the question of the stored explanation, and gives its exact Shapley values', async () => {
    const question = questionOf(PINCH);
    const stored = explainWristState(bundle, question.input, question.prediction, nowMs);
    const compared = await compareMethods(bundle, question, {}, nowMs);
    expect(compared?.classes).toEqual([stored.predictedClass, stored.againstClass]);
    expect(compared?.changes).toEqual(callChanges(bundle, question.input, question.prediction));
    expect(compared?.networkCount).toBe(bundle.members.length);
    expect(compared?.lab.rows).toHaveLength(10);
    const exact = compared?.lab.rows.find(({ method }) => method === 'exact-shapley');
    for (const { feature, value } of stored.contributions) {
      // Two orders of the same sums.
      expect(exact?.values[compared!.lab.units.indexOf(feature)]).toBeCloseTo(value, 10);
    }
  });

  it('works with one measurement', async () => {
    const compared = await compareMethods(
      bundle,
      questionOf({ ...PINCH, otherHandPinchPeakN: null }),
      {},
      nowMs,
    );
    expect(compared?.lab.units).toEqual(['pinch-percent-expected']);
    expect(compared?.lab.rows.map(({ deletion }) => deletion)).toEqual(Array(10).fill(null));
  });

  it('lets other work in between, counts methods, and ends when it is told to', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    let otherWork = 0;
    const timer = setInterval(() => {
      otherWork += 1;
      if (seen.length >= 2) stop.abort();
    }, 1);
    const onProgress = ({ done }: { done: number }) => {
      if (done !== seen.at(-1)) seen.push(done);
    };
    const run = compareMethods(bundle, questionOf(PINCH), { onProgress, signal: stop.signal }, nowMs);
    expect(await run).toBeNull();
    clearInterval(timer);
    expect(otherWork).toBeGreaterThan(0);
    expect(seen.length).toBeLessThan(10);
  });

  it.each<[string, (question: MethodsQuestion) => MethodsQuestion]>([
    ['another bundle', (q) => ({ ...q, prediction: { ...q.prediction, bundleHash: '0'.repeat(64) } })],
    ['a refusal', (q) => ({ ...q, prediction: { ...q.prediction, probabilities: null } })],
    ['time bands without a trace', (q) => ({ ...q, level: 'time-bands' })],
  ])('refuses %s', async (_name, change) => {
    await expect(compareMethods(bundle, change(questionOf(PINCH)), {}, nowMs)).rejects.toThrow(RangeError);
  });
});
