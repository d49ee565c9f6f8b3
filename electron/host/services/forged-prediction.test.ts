import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLocalInference } from '../../../scripts/headless/local-inference.ts';
import {
  codeOf,
  expectOk,
  savedSession,
  sixTrials,
  startTestClinic,
  type TestClinic,
} from '../app/test-clinic.ts';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic();
});
afterEach(() => clinic.remove());

it('stores what the shipped bundle answers, and nothing that a page made up', async () => {
  const { api } = clinic;
  const { session } = await savedSession(clinic, {
    trials: sixTrials(['7.2', '7.6', '7.4'], ['6.4', '6.6', '6.5']),
  });
  const sessionId = session.id;
  const { receipt, inputHash } = expectOk(
    await api['sessions.lockJudgement']({
      sessionId,
      judgedSide: 'left',
      judgement: {
        answer: 'nonimpaired',
        confidencePercent: 60,
        drivers: [],
        isBlinded: false,
        durationMs: 9_000,
      },
    }),
  );
  const { modelInput } = expectOk(await api['predictions.takeInput']({ sessionId, receipt }));
  const { predict } = await openLocalInference('tfjs');
  const real = predict(modelInput);
  const store = (change: object) =>
    api['predictions.store']({ sessionId, receipt, inputHash, prediction: { ...real, ...change } });
  expect(real.probabilities).not.toBeNull();
  const forgeries = [
    { probabilities: [1, 0, 0] as const },
    { predictionSet: ['nonimpaired'] as const },
    { refusals: ['out-of-range'] as const, probabilities: null },
    { inputPattern: 'B' as const },
  ];
  for (const forged of forgeries) {
    expect(codeOf(await store(forged)), JSON.stringify(forged)).toBe('prediction.mismatch');
  }
  expect(codeOf(await store({}))).toBe('ok');
});
