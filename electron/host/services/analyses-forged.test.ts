import { afterEach, beforeEach, expect, it } from 'vitest';
import { MUSCLE_GROUPS } from '../../../core/clinical/muscle-groups.ts';
import type { MusclePrediction } from '../../../core/contract/schemas/analysis.ts';
import type { TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import { predictMuscleParameters } from '../../../core/inference/muscle-parameters.ts';
import { loadMuscleParametersBundle } from '../../../core/inference/muscle-parameters-bundle.ts';
import { currentModelFolder } from '../../../scripts/headless/local-inference.ts';
import { bundleFiles, nodeSha256 } from '../../../training/evaluate/read-bundle.ts';
import {
  codeOf,
  expectOk,
  pinchTrial,
  savedSession,
  startTestClinic,
  type TestClinic,
} from '../app/test-clinic.ts';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic();
});
afterEach(() => clinic.remove());

const as = (measure: TrialEntry['measure'], kg: string): TrialEntry => ({
  ...pinchTrial('left', 1, kg),
  measure,
});

it('stores what the shipped bundle answers, and nothing that a page made up', async () => {
  const { api } = clinic;
  const { session } = await savedSession(clinic, {
    trials: [
      ...['6.4', '6.6', '6.5'].map((kg, index) => pinchTrial('left', index + 1, kg)),
      as('lateral-pinch-flexion-20', '6.1'),
      as('lateral-pinch-extension-20', '6.3'),
      as('grip-2', '24'),
    ],
  });
  const sessionId = session.id;
  const { receipt, inputHash } = expectOk(
    await api['analyses.lockJudgement']({
      sessionId,
      judgement: {
        analysis: 'muscle-parameters',
        side: 'left',
        groups: MUSCLE_GROUPS.map((group) => ({ group, answer: 'cannot-tell', confidencePercent: null })),
        durationMs: 9_000,
      },
    }),
  );
  expectOk(await api['sessions.close']({ sessionId }));
  const analysis = 'muscle-parameters';
  const { input } = expectOk(await api['analyses.takeInput']({ sessionId, analysis, receipt }));
  if (input.analysis !== 'muscle-parameters') throw new Error('another analysis');
  const folder = currentModelFolder('muscle-parameters-2');
  const bundle = await loadMuscleParametersBundle(bundleFiles(folder), nodeSha256, 2);
  const real = predictMuscleParameters(bundle, input, () => 0);
  expect(real.refusals).toEqual([]);
  const store = (change: Partial<MusclePrediction>) =>
    api['analyses.store']({ sessionId, receipt, inputHash, prediction: { ...real, ...change } });
  const forgeries: Partial<MusclePrediction>[] = [
    { outputs: real.outputs.map((o) => (o.middle === null ? o : { ...o, middle: o.middle + 5 })) },
    { outputs: real.outputs.map((o) => ({ ...o, verdict: 'identifiable' as const })) },
    { refusals: ['out-of-range'], outputs: [] },
    { strength: { pinchPercent: 100, gripPercent: 100 } },
    { widthReasons: ['few-trials'] },
  ];
  for (const forged of forgeries) {
    expect(codeOf(await store(forged)), JSON.stringify(forged)).toBe('prediction.mismatch');
  }
  // In the name of the wrist's model, whose bundle is known and answers no analysis.
  expect(codeOf(await store({ modelVersion: '0.0.1' }))).toBe('model.not_found');
  expect(codeOf(await store({}))).toBe('ok');
});
