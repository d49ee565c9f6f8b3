/** A recording in three directions is read beside the typed values: which one, which not, and what comes of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionId, TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import type { JudgementFields } from '../../../core/contract/schemas/judgement.ts';
import { openLocalInference } from '../../../scripts/headless/local-inference.ts';
import {
  codeOf,
  expectOk,
  pinchTrial,
  savedSession,
  sixTrials,
  startTestClinic,
  type TestClinic,
  wristTrial,
} from '../app/test-clinic.ts';
import { directedPinch, importTestRecording } from '../app/test-recording.ts';
import { BulkPaths } from '../assets/bulk-paths.ts';
import { buildModelInput, hashModelInput } from './model-input.ts';

let clinic: TestClinic;
let bulk: BulkPaths;
beforeEach(async () => {
  bulk = new BulkPaths();
  clinic = await startTestClinic({ bulk });
});
afterEach(() => clinic.remove());

const posture = (measure: TrialEntry['measure'], kg: string) => ({ ...pinchTrial('left', 1, kg), measure });
/** Everything that the model reads beside the trace. */
const TRIALS = [
  ...sixTrials(['7.3', '7.5', '7.5'], ['5.9', '6.1', '6.0']),
  wristTrial('wrist-extension', 'left', '3.4'),
  wristTrial('wrist-flexion', 'left', '4.4'),
  wristTrial('wrist-radial', 'left', '6.2'),
  wristTrial('wrist-ulnar', 'left', '3.4'),
  posture('lateral-pinch-flexion-20', '5.8'),
  posture('lateral-pinch-extension-20', '6.0'),
  posture('lateral-pinch-ulnar-10', '6.1'),
];
const PINCH = directedPinch(57);
const record = (sessionId: SessionId, change: Parameters<typeof importTestRecording>[3] = {}) =>
  importTestRecording(clinic, bulk, sessionId, { ...PINCH.change, ...change }, PINCH.text);
const inputOf = (sessionId: SessionId) => buildModelInput(clinic.host.clinic.opened!.db, sessionId, 'left');
const session = async () => (await savedSession(clinic, { trials: TRIALS })).session.id;

const JUDGEMENT: JudgementFields = {
  answer: 'four-corner-fusion',
  confidencePercent: 60,
  drivers: [],
  isBlinded: false,
  durationMs: 9_000,
};
const lock = async (sessionId: SessionId, change: Partial<JudgementFields> = {}) =>
  expectOk(
    await clinic.api['sessions.lockJudgement']({
      sessionId,
      judgedSide: 'left',
      judgement: { ...JUDGEMENT, ...change },
    }),
  );

describe('the recording that the model reads', () => {
  it('is the newest of that hand in three directions; its tare and its marks change nothing', async () => {
    const id = await session();
    const without = inputOf(id);
    expect(Object.keys(without).filter((key) => key.startsWith('pinchTrace'))).toEqual([]);
    await record(id);
    const recording = await record(id);
    const input = inputOf(id);
    expect(input.pinchTraceSource).toMatchObject({ recordingId: recording.id, problem: null });
    expect(input.pinchTraceSource?.startS).toBeCloseTo(1.02 - 0.32, 1);
    expect(input.pinchTraceN?.[30]?.[0]).toBeGreaterThan(50);
    const tares = [{ kind: 'constant' as const, value: 20 }, null, null];
    expectOk(
      await clinic.api['recordings.saveView']({
        recordingId: recording.id,
        view: { ...recording.view, tares, crop: { fromS: 2, toS: 3 } },
      }),
    );
    expect(hashModelInput(inputOf(id))).toBe(hashModelInput(input));
  });

  it('is none of the other hand, of another measure, in one direction, or set aside', async () => {
    const id = await session();
    await record(id, { side: 'right' });
    await record(id, { side: null });
    await record(id, { measure: 'lateral-pinch-flexion-20' });
    await importTestRecording(clinic, bulk, id);
    const aside = await record(id);
    expectOk(await clinic.api['recordings.setAside']({ recordingId: aside.id, isSetAside: true }));
    expect('pinchTraceSource' in inputOf(id)).toBe(false);
    expectOk(await clinic.api['recordings.setAside']({ recordingId: aside.id, isSetAside: false }));
    expect(inputOf(id).pinchTraceSource?.recordingId).toBe(aside.id);
  });

  it('is none that came after the lock: clinician and model judge the same', async () => {
    const id = await session();
    await lock(id);
    await record(id);
    expect('pinchTraceN' in inputOf(id)).toBe(false);
  });

  it('says why it cannot be read, and the rest is answered without it', async () => {
    const id = await session();
    await record(id, { crop: { fromS: 0, toS: 3 } });
    expect(inputOf(id)).not.toHaveProperty('pinchTraceN');
    expect(inputOf(id).pinchTraceSource).toMatchObject({
      startS: null,
      problem: expect.stringMatching(/^The trace ends 2\.0 s after its onset; 4\.5 s are needed\.$/),
    });
  });
});

it('a result with a trace: its stretches are stored as the host computes them, and lie beside the brushed ones', async () => {
  const { api } = clinic;
  const sessionId = await session();
  const recording = await record(sessionId);
  const bands = [{ fromS: 1, toS: 2.5, direction: 'for' as const }];
  const { receipt, inputHash } = await lock(sessionId, { bands, recordingId: recording.id });
  const { modelInput } = expectOk(await api['predictions.takeInput']({ sessionId, receipt }));
  const { predict, explain } = await openLocalInference('tfjs');
  const prediction = predict(modelInput);
  expect(prediction).toMatchObject({ inputPattern: 'C', refusals: [] });
  expectOk(await api['predictions.store']({ sessionId, receipt, inputHash, prediction }));
  const explanation = explain(modelInput, prediction);
  expect(explanation.isShown).toBe(true);
  const [first, ...rest] = explanation.traceBands!;
  const store = (traceBands: typeof explanation.traceBands) =>
    api['predictions.storeExplanation']({
      sessionId,
      inputHash,
      explanation: { ...explanation, traceBands },
      overlap: null,
    });
  for (const forged of [
    [{ ...first!, value: first!.value + 0.1 }, ...rest],
    [{ ...first!, probabilityWithout: 0.5 }, ...rest],
    rest,
    undefined,
  ])
    expect(codeOf(await store(forged))).toBe('prediction.mismatch');
  expectOk(await store(explanation.traceBands));

  const comparison = { verdict: 'agree' as const, note: '', secondLook: null };
  expectOk(await api['sessions.compare']({ sessionId, comparison }));
  const { rows } = expectOk(await api['concordance.rows']({ limit: 10, offset: 0 }));
  const { marks, relevance } = rows[0]!.markedTrace!;
  const startS = modelInput.pinchTraceSource!.startS!;
  expect(marks).toEqual([
    { start: Math.floor((1 - startS) / 0.08), end: Math.ceil((2.5 - startS) / 0.08 - 1e-6) },
  ]);
  expect(relevance.reduce((sum, value) => sum + value, 0)).toBeCloseTo(
    explanation.traceBands!.reduce((sum, { value }) => sum + value, 0),
    9,
  );

  // Set aside afterwards: the result says so, and may be asked for again without it.
  expect((await view(sessionId)).isTraceChanged).toBeUndefined();
  expectOk(await api['recordings.setAside']({ recordingId: recording.id, isSetAside: true }));
  expect((await view(sessionId)).isTraceChanged).toBe(true);
  const again = expectOk(await api['predictions.requestReceipt']({ sessionId }));
  const input = expectOk(await api['predictions.takeInput']({ sessionId, receipt: again.receipt }));
  expect('pinchTraceN' in input.modelInput).toBe(false);
});

const view = async (sessionId: SessionId) => expectOk(await clinic.api['sessions.get']({ sessionId }));
