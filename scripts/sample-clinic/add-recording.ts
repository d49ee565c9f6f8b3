/** Imports an invented recording into a visit, and judges the elbow or the muscle groups of a visit before the model answers. */
import type { AnalysisId, AnalysisJudgementFields } from '../../core/contract/schemas/analysis.ts';
import type { SessionId, Side } from '../../core/contract/schemas/clinical.ts';
import { expectOk } from '../../electron/host/app/test-clinic.ts';
import type { SampleWorld } from './add-visit.ts';
import { ELBOW_MAXIMAL_MV, elbowHold, type SampleRecording, sustainedPinch } from './sample-recordings.ts';
import { typedTrial } from './visit-trials.ts';

export async function importRecording(
  { api, bulk }: SampleWorld,
  sessionId: SessionId,
  side: Side,
  measure: 'pinch-endurance' | 'elbow-endurance' | 'lateral-pinch',
  { fileName, name, text, mapping }: SampleRecording,
): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const { uploadId, path } = expectOk(
    await api['recordings.beginImport']({ sessionId, fileName, sizeBytes: bytes.length }),
  );
  const posted = bulk.answer(path, { method: 'POST', url: `${path}?at=0`, body: bytes });
  if (posted?.status !== 200) throw new Error(`the recording ${fileName} was not taken`);
  const recording = expectOk(
    await api['recordings.finishImport']({
      uploadId,
      mapping,
      side,
      measure,
      name,
      tares: mapping.channels.map(() => null),
      crop: null,
    }),
  );
  return recording.id;
}

/** Locks the judgement, then lets the model answer and explain. @param afterLock - what happens in between. */
async function judgeAnalysis(
  { api, clock, inference }: SampleWorld,
  sessionId: SessionId,
  at: string,
  judgement: AnalysisJudgementFields,
  afterLock: () => Promise<void> = async () => {},
): Promise<void> {
  const analysis: AnalysisId = judgement.analysis;
  clock.set(at, 300);
  const { receipt } = expectOk(await api['analyses.lockJudgement']({ sessionId, judgement }));
  await afterLock();
  const { input, inputHash } = expectOk(await api['analyses.takeInput']({ sessionId, analysis, receipt }));
  const prediction = await inference.analyse(input);
  clock.set(at, 361);
  expectOk(await api['analyses.store']({ sessionId, receipt, inputHash, prediction }));
  if (prediction.refusals.length > 0) return;
  const explanation = await inference.explainAnalysis(input, prediction);
  expectOk(await api['analyses.storeExplanation']({ sessionId, analysis, inputHash, explanation }));
}

export async function addSustainedPinch(world: SampleWorld, sessionId: SessionId, at: string): Promise<void> {
  world.clock.set(at, 200);
  await importRecording(world, sessionId, 'left', 'pinch-endurance', sustainedPinch());
}

/**
 * The hold is judged by its first 30 s, then its time is typed and the session closed, and then the model answers: a time that
 * stood there before would have told the clinician how the hold ended.
 */
export async function judgeElbowHold(world: SampleWorld, sessionId: SessionId, at: string): Promise<void> {
  const { api, clock } = world;
  clock.set(at, 200);
  const hold = elbowHold();
  const recordingId = await importRecording(world, sessionId, 'right', 'elbow-endurance', hold);
  const judgement: AnalysisJudgementFields = {
    analysis: 'elbow-torque-fatigue',
    setup: {
      recordingId,
      startS: 0,
      holdLevelPercent: hold.holdLevelPercent,
      maximalAmplitudes: { ...ELBOW_MAXIMAL_MV },
    },
    failureFromS: 60,
    failureToS: 95,
    confidencePercent: 60,
    fatigueStartS: 18,
    hasSeenEnd: false,
    durationMs: 13_000,
  };
  await judgeAnalysis(world, sessionId, at, judgement, async () => {
    clock.set(at, 360);
    const heldS = hold.timeToFailureS.toFixed(0);
    const trial = typedTrial({ measure: 'elbow-endurance', side: 'right', trialNumber: 1 }, heldS);
    expectOk(await api['sessions.addTrials']({ sessionId, trials: [trial] }));
    expectOk(await api['sessions.close']({ sessionId }));
  });
}

export async function judgeMuscles(
  world: SampleWorld,
  sessionId: SessionId,
  at: string,
  side: Side,
): Promise<void> {
  await judgeAnalysis(world, sessionId, at, {
    analysis: 'muscle-parameters',
    side,
    groups: [
      { group: 'thumb-flexor', answer: 'weaker', confidencePercent: 60 },
      { group: 'adductor-and-first-interosseous', answer: 'weaker', confidencePercent: 70 },
      { group: 'abductors', answer: 'cannot-tell', confidencePercent: null },
      { group: 'wrist-extensors', answer: 'weaker', confidencePercent: 55 },
    ],
    durationMs: 14_000,
  });
}
