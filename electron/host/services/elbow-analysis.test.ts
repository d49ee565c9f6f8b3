import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ElbowJudgementFields } from '../../../core/contract/schemas/analysis.ts';
import type { SessionId, TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import { loadElbowBundle } from '../../../core/inference/elbow-bundle.ts';
import { ELBOW_CHANNELS, ELBOW_ENVELOPE_COUNT } from '../../../core/inference/elbow-input.ts';
import { predictElbow } from '../../../core/inference/elbow-prediction.ts';
import { currentModelFolder } from '../../../scripts/headless/local-inference.ts';
import { bundleFiles, nodeSha256 } from '../../../training/evaluate/read-bundle.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  pinchTrial,
  savedSession,
  startTestClinic,
  type TestClinic,
  wristTrial,
} from '../app/test-clinic.ts';
import { BulkPaths } from '../assets/bulk-paths.ts';

const analysis = 'elbow-torque-fatigue' as const;
const FOLDER = currentModelFolder(analysis);
const GOLDEN = JSON.parse(readFileSync(join(FOLDER, 'golden.json'), 'utf8')) as { inputs: number[][] };
const ROW = GOLDEN.inputs[0]!;
const [SEX, AGE, HEIGHT, WEIGHT, LEVEL, TORQUE] = ROW.slice(ELBOW_ENVELOPE_COUNT) as [
  number,
  number,
  number,
  number,
  number,
  number,
];
/** Amplitude at maximal effort, mV: a number that nobody would guess. */
const MAXIMUM_MV = 0.37;
const RATE_HZ = 10;

/** The golden person's first 30 s as a file of 40 s; what follows is silence. */
function fileText(seconds = 40): string {
  const rows = Array.from({ length: seconds * RATE_HZ }, (_, i) => {
    const step = Math.floor((i / RATE_HZ) * 2);
    const values = ELBOW_CHANNELS.map((_name, channel) => (ROW[step * 4 + channel] ?? 0) * MAXIMUM_MV);
    return [(i / RATE_HZ).toFixed(1), ...(step < 60 ? values : [0, 0, 0, 0])].join(',');
  });
  return `time (s),${ELBOW_CHANNELS.map((name) => `EMG ${name} (mV)`).join(',')}\n${rows.join('\n')}\n`;
}

let clinic: TestClinic;
let bulk: BulkPaths;
beforeEach(async () => {
  bulk = new BulkPaths();
  clinic = await startTestClinic({ bulk });
});
afterEach(() => clinic.remove());

async function measuredSession(
  options: { hasTorque?: boolean; seconds?: number; known?: TrialEntry; isOpen?: boolean } = {},
) {
  const { api } = clinic;
  // Makes the first user; the golden person follows.
  await savedSession(clinic);
  const birth = new Date(Date.now() - AGE * 365.25 * 86_400_000).toISOString().slice(0, 10);
  const patient = expectOk(
    await api['patients.create']({
      ...INVENTED_PATIENT,
      clinicNumber: 'T-2',
      sex: SEX === 1 ? 'male' : 'female',
      birthDate: birth,
      heightM: HEIGHT,
      weightKg: WEIGHT,
    }),
  );
  const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft: EMPTY_DRAFT }));
  const sessionId = session.id;
  const torque = wristTrial('elbow-flexion', 'right', TORQUE.toFixed(2));
  expectOk(
    await api['sessions.saveMeasurements']({
      sessionId,
      trials: [
        ...(options.hasTorque === false ? [pinchTrial('right', 1, '7.2')] : [torque]),
        ...(options.known ? [options.known] : []),
      ],
      draft: EMPTY_DRAFT,
    }),
  );
  const recordingId = await importFile(sessionId, fileText(options.seconds));
  if (!options.isOpen) expectOk(await api['sessions.close']({ sessionId }));
  return { sessionId, patientId: patient.id, recordingId };
}

async function importFile(sessionId: SessionId, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const { uploadId, path } = expectOk(
    await clinic.api['recordings.beginImport']({
      sessionId,
      fileName: 'hold.csv',
      sizeBytes: bytes.length,
    }),
  );
  bulk.answer(path, { method: 'POST', url: `${path}?at=0`, body: bytes });
  const recording = expectOk(
    await clinic.api['recordings.finishImport']({
      uploadId,
      mapping: {
        delimiter: ',',
        decimalSign: '.',
        time: { kind: 'column', column: 0, unit: 's' },
        channels: ELBOW_CHANNELS.map((name, index) => ({
          column: index + 1,
          role: 'emg' as const,
          name: `EMG ${name}`,
          unit: 'mV' as const,
        })),
      },
      side: 'right',
      measure: 'elbow-endurance',
      name: 'hold',
      tares: ELBOW_CHANNELS.map(() => null),
      crop: null,
    }),
  );
  return recording.id;
}

/** Locks, lets the model answer, and gives back what the concordance page is told. */
async function judgedAndAnswered(sessionId: SessionId, judgement: ElbowJudgementFields) {
  const { api } = clinic;
  const { receipt, inputHash } = expectOk(await api['analyses.lockJudgement']({ sessionId, judgement }));
  return async () => {
    const { input } = expectOk(await api['analyses.takeInput']({ sessionId, analysis, receipt }));
    if (input.analysis !== analysis) throw new Error('another analysis');
    const bundle = await loadElbowBundle(bundleFiles(FOLDER), nodeSha256);
    const prediction = predictElbow(bundle, input, () => 0);
    expectOk(await api['analyses.store']({ sessionId, receipt, inputHash, prediction }));
  };
}
const holdTrial = (trialNumber: number, text: string, change: Partial<TrialEntry> = {}): TrialEntry => ({
  measure: 'elbow-endurance',
  side: 'right',
  trialNumber,
  typedText: text,
  typedUnit: 's',
  valueSi: Number(text),
  pain: null,
  isStoppedEarly: false,
  notTestedReason: null,
  isConfirmedUnusual: false,
  ...change,
});

const maximalAmplitudes = Object.fromEntries(ELBOW_CHANNELS.map((name) => [name, MAXIMUM_MV])) as Record<
  (typeof ELBOW_CHANNELS)[number],
  number
>;
const NO_MAXIMA = { biceps: null, brachialis: null, brachioradialis: null, triceps: null };
const judgementOf = (recordingId: string): ElbowJudgementFields => ({
  analysis,
  setup: { recordingId, startS: 0, holdLevelPercent: Math.round(LEVEL * 1000) / 10, maximalAmplitudes },
  failureFromS: 50,
  failureToS: 90,
  confidencePercent: 60,
  fatigueStartS: 20,
  hasSeenEnd: false,
  durationMs: 12_000,
});

describe('the elbow, judge first', () => {
  it('shows the first 30 s before the lock and the whole hold only after the answer', async () => {
    const { sessionId, recordingId } = await measuredSession();
    const { api } = clinic;
    const view = expectOk(await api['analyses.get']({ sessionId, analysis }));
    expect(view.state).toBe('ready-to-judge');
    expect(view.recordings[0]).toMatchObject({ id: recordingId, rateHz: RATE_HZ, isEnough: true });
    expect(view.recordings[0]?.channels.biceps).toEqual({
      source: 'EMG biceps',
      unit: 'mV',
      needsMaximum: true,
    });
    const start = { sessionId, recordingId, startS: 0 };
    const without = expectOk(await api['analyses.elbowStart']({ ...start, maximalAmplitudes: NO_MAXIMA }));
    expect(without.problem).toMatch(/biceps is in mV/);
    const first = expectOk(await api['analyses.elbowStart']({ ...start, maximalAmplitudes }));
    expect(first.steps).toBe(60);
    first.envelopes.forEach((value, i) => {
      expect(Math.abs(value - ROW[i]!)).toBeLessThan(1e-9);
    });
    const late = expectOk(await api['analyses.elbowStart']({ ...start, startS: 15, maximalAmplitudes }));
    expect(late.problem).toMatch(/25 s; this needs 30 s/);
    expect(codeOf(await api['analyses.elbowWhole']({ sessionId }))).toBe('judgement.not_locked');

    const judgement = judgementOf(recordingId);
    const { receipt, inputHash } = expectOk(await api['analyses.lockJudgement']({ sessionId, judgement }));
    // Locked and not yet answered: still nothing of what followed.
    expect(codeOf(await api['analyses.elbowWhole']({ sessionId }))).toBe('judgement.not_locked');
    const { input } = expectOk(await api['analyses.takeInput']({ sessionId, analysis, receipt }));
    if (input.analysis !== analysis) throw new Error('another analysis');
    const bundle = await loadElbowBundle(bundleFiles(FOLDER), nodeSha256);
    const prediction = predictElbow(bundle, input, () => 0);
    expect(prediction.refusals).toEqual([]);
    const store = (change: object) =>
      api['analyses.store']({ sessionId, receipt, inputHash, prediction: { ...prediction, ...change } });
    const later = { ...prediction.timeToFailure!, middleS: (prediction.timeToFailure!.middleS ?? 140) - 5 };
    expect(codeOf(await store({ timeToFailure: later }))).toBe('prediction.mismatch');
    expect(expectOk(await store({})).state).toBe('revealed');
    const whole = expectOk(await api['analyses.elbowWhole']({ sessionId }));
    expect(whole.steps).toBeGreaterThan(60);
    expect(whole.problem).toBeNull();
  });

  it('needs the torque at maximal effort and 30 s, and a recording of the session', async () => {
    const short = await measuredSession({ seconds: 20 });
    const { api } = clinic;
    const lock = (sessionId: SessionId, recordingId: string) =>
      api['analyses.lockJudgement']({ sessionId, judgement: judgementOf(recordingId) });
    expect(codeOf(await lock(short.sessionId, short.recordingId))).toBe('session.incomplete');
    const other = await measuredSession({ hasTorque: false });
    const view = expectOk(await api['analyses.get']({ sessionId: other.sessionId, analysis }));
    expect(view).toMatchObject({ state: 'not-measured-enough', recordings: [{ maximalTorqueNm: null }] });
    expect(codeOf(await lock(other.sessionId, other.recordingId))).toBe('session.incomplete');
    expect(codeOf(await lock(other.sessionId, short.recordingId))).toBe('session.incomplete');
  });

  it('does not tell a blinded judge the name of a recording', async () => {
    const { sessionId, patientId } = await measuredSession();
    expectOk(await clinic.api['sessions.start']({ patientId, draft: { ...EMPTY_DRAFT, isBlinded: true } }));
    const view = expectOk(await clinic.api['analyses.get']({ sessionId, analysis }));
    expect(view.recordings.map(({ name }) => name)).toEqual(['']);
  });
});

describe('the time held, as truth', () => {
  const told = async () => expectOk(await clinic.api['concordance.analyses']({}));
  /** A hold that is judged first; then its time is typed, the session closed, and the model answers. */
  async function foretold(afterLock: readonly TrialEntry[]) {
    const { sessionId, recordingId } = await measuredSession({ isOpen: true });
    const answer = await judgedAndAnswered(sessionId, judgementOf(recordingId));
    if (afterLock.length > 0) {
      expectOk(await clinic.api['sessions.addTrials']({ sessionId, trials: [...afterLock] }));
    }
    expectOk(await clinic.api['sessions.close']({ sessionId }));
    await answer();
    return { sessionId, recordingId };
  }

  it('counts when it was typed after the lock', async () => {
    const { sessionId } = await foretold([holdTrial(1, '84')]);
    const { elbow, leftOut } = await told();
    expect(elbow).toMatchObject([{ heldS: 84, isStoppedEarly: false, flags: [] }]);
    expect(leftOut.endKnown).toBe(0);
    const view = expectOk(await clinic.api['analyses.get']({ sessionId, analysis }));
    expect(view).toMatchObject({ measuredHoldS: 84, isHoldStoppedEarly: false, wasEndKnown: false });
  });

  it('keeps the judgement out of the figures when it stood there before the lock, without any tick', async () => {
    const { sessionId, recordingId } = await measuredSession({ known: holdTrial(1, '84') });
    await (await judgedAndAnswered(sessionId, judgementOf(recordingId)))();
    expect(await told()).toMatchObject({ elbow: [], leftOut: { endKnown: 1 } });
    const view = expectOk(await clinic.api['analyses.get']({ sessionId, analysis }));
    expect(view.wasEndKnown).toBe(true);
    expect(view.judgements).toHaveLength(1);
  });

  it('is known by the trail when the clock was set back before the lock', async () => {
    let now = new Date(Date.now() + 86_400_000);
    await clinic.remove();
    clinic = await startTestClinic({ bulk, clock: () => now });
    const { sessionId, recordingId } = await measuredSession({ known: holdTrial(1, '84') });
    now = new Date(now.getTime() - 3_600_000);
    await (await judgedAndAnswered(sessionId, judgementOf(recordingId)))();
    expect(await told()).toMatchObject({ elbow: [], leftOut: { endKnown: 1 } });
  });

  it('of the other arm gives nothing away; a tick does', async () => {
    const other = await measuredSession({ known: holdTrial(1, '84', { side: 'left' }) });
    await (await judgedAndAnswered(other.sessionId, judgementOf(other.recordingId)))();
    expect(await told()).toMatchObject({ elbow: [{ heldS: null }], leftOut: { endKnown: 0 } });
    const ticked = await measuredSession();
    const judgement = { ...judgementOf(ticked.recordingId), hasSeenEnd: true };
    await (await judgedAndAnswered(ticked.sessionId, judgement))();
    expect((await told()).leftOut.endKnown).toBe(1);
  });

  it('is a lower bound when the hold was stopped early', async () => {
    await foretold([holdTrial(1, '45', { isStoppedEarly: true })]);
    expect((await told()).elbow).toMatchObject([{ heldS: 45, isStoppedEarly: true }]);
  });

  it('is none of two: one hold, one recording', async () => {
    await foretold([holdTrial(1, '45'), holdTrial(2, '84')]);
    expect((await told()).elbow).toMatchObject([{ heldS: null }]);
    const { sessionId } = await foretold([holdTrial(1, '84')]);
    await importFile(sessionId, fileText(50));
    expect((await told()).elbow).toMatchObject([{ heldS: null }, { heldS: null }]);
  });
});
