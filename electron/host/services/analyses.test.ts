import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MUSCLE_GROUPS } from '../../../core/clinical/muscle-groups.ts';
import type { MuscleJudgementFields, MusclePrediction } from '../../../core/contract/schemas/analysis.ts';
import type { TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import { toNewtons } from '../../../core/units/quantities.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  pinchTrial,
  savedSession,
  sixTrials,
  startTestClinic,
  type TestClinic,
} from '../app/test-clinic.ts';

const JUDGEMENT: MuscleJudgementFields = {
  analysis: 'muscle-parameters',
  side: 'left',
  groups: MUSCLE_GROUPS.map((group) => ({ group, answer: 'weaker', confidencePercent: 60 })),
  durationMs: 9_000,
};
const analysis = 'muscle-parameters' as const;

/** The rules of the lock need no network: a bundle that agrees to everything. Real answers: analyses-forged.test.ts. */
const BUNDLE_HASH = 'cd'.repeat(32);
const knownBundles = new Map([
  [
    BUNDLE_HASH,
    {
      modelId: 'muscle-parameters-1',
      version: '9.9.9',
      isAnswerOf: () => true,
      openChecker: async () => () => true,
      openExplanationChecker: async () => async () => true,
    },
  ],
]);
const PREDICTION: MusclePrediction = {
  analysis,
  modelId: 'muscle-parameters-1',
  modelVersion: '9.9.9',
  bundleHash: BUNDLE_HASH,
  coverage: 0.9,
  tier: 1,
  refusals: [],
  widthReasons: ['peak-pinch-only'],
  outputs: [],
  strength: { pinchPercent: 61.7, gripPercent: null },
  inRangeP: 0.4,
  durationMs: 3,
};
const EXPLANATION = { method: 'exact-shapley' as const, numbers: [], durationMs: 1 };

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic({ knownBundles });
});
afterEach(() => clinic.remove());

/** A session whose own judgement is settled, so that answers of analyses may be seen. */
async function closedSession(trials?: TrialEntry[]) {
  const view = await savedSession(clinic, trials ? { trials } : {});
  expectOk(await clinic.api['sessions.close']({ sessionId: view.session.id }));
  return { sessionId: view.session.id, patientId: view.patient.id };
}

async function lockedAnalysis() {
  const session = await closedSession();
  const lock = expectOk(
    await clinic.api['analyses.lockJudgement']({ sessionId: session.sessionId, judgement: JUDGEMENT }),
  );
  return { ...session, lock };
}

async function revealed() {
  const locked = await lockedAnalysis();
  const { receipt, inputHash } = locked.lock;
  const { sessionId } = locked;
  expectOk(await clinic.api['analyses.store']({ sessionId, receipt, inputHash, prediction: PREDICTION }));
  return locked;
}

const stateOf = async (sessionId: Awaited<ReturnType<typeof closedSession>>['sessionId']) =>
  expectOk(await clinic.api['analyses.get']({ sessionId, analysis }));

function raw() {
  const open = clinic.host.clinic.opened;
  if (!open) throw new Error('no store is open');
  return open.db.raw;
}
const count = (table: string) =>
  (raw().prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;

describe('before the lock of an analysis', () => {
  it('there is no receipt, no input and no place for an answer', async () => {
    const { sessionId } = await closedSession();
    const { api } = clinic;
    const receipt = '0'.repeat(64);
    const inputHash = receipt;
    expect(await stateOf(sessionId)).toMatchObject({
      state: 'ready-to-judge',
      prediction: null,
      judgements: [],
    });
    for (const answer of [
      await api['analyses.requestReceipt']({ sessionId, analysis }),
      await api['analyses.takeInput']({ sessionId, analysis, receipt }),
      await api['analyses.store']({ sessionId, receipt, inputHash, prediction: PREDICTION }),
      await api['analyses.storeExplanation']({ sessionId, analysis, inputHash, explanation: EXPLANATION }),
    ]) {
      expect(codeOf(answer)).toBe('judgement.not_locked');
    }
    expect(codeOf(await api['analyses.judgeAgain']({ sessionId, judgement: JUDGEMENT }))).toBe(
      'session.wrong_state',
    );
    expect(codeOf(await api['analyses.elbowWhole']({ sessionId }))).toBe('judgement.not_locked');
    expect(count('analysis_prediction') + count('analysis_receipt')).toBe(0);
    // Twin: even a program that holds the open store cannot write one.
    expect(() =>
      raw()
        .prepare(
          "INSERT INTO analysis_prediction (id, session_id, analysis, receipt_hash, input_hash, model_input, content, created_at) VALUES ('p', ?, 'muscle-parameters', 'r', 'h', '{}', '{}', 't')",
        )
        .run(sessionId),
    ).toThrow('prediction before judgement');
  });

  it('a judgement needs what it names, and a saved session', async () => {
    const { sessionId, patientId } = await closedSession([pinchTrial('right', 1, '7.2')]);
    const { api } = clinic;
    const lock = (id: typeof sessionId) =>
      api['analyses.lockJudgement']({ sessionId: id, judgement: JUDGEMENT });
    expect(codeOf(await lock(sessionId))).toBe('session.incomplete');
    expect(count('analysis_judgement') + count('analysis_receipt')).toBe(0);
    const open = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    expect(codeOf(await lock(open.session.id))).toBe('session.wrong_state');
  });

  it('says what is measured and missing of each hand, and nothing of a model', async () => {
    const { sessionId } = await closedSession();
    const view = await stateOf(sessionId);
    expect(view.hands.map(({ side, isEnough }) => [side, isEnough])).toEqual([
      ['right', true],
      ['left', true],
    ]);
    expect(view.hands[1]?.missing).toEqual([
      'lateral-pinch-flexion-20',
      'lateral-pinch-extension-20',
      'grip-2',
    ]);
    expect(expectOk(await clinic.api['analyses.offered']({ sessionId }))).toEqual([
      { analysis: 'muscle-parameters', state: 'ready-to-judge' },
      { analysis: 'elbow-torque-fatigue', state: 'not-measured-enough' },
    ]);
  });
});

describe('after the lock of an analysis', () => {
  it('hands out the input once against the receipt and stores one answer', async () => {
    const { sessionId, lock } = await lockedAnalysis();
    const { api } = clinic;
    const { receipt } = lock;
    const taken = expectOk(await api['analyses.takeInput']({ sessionId, analysis, receipt }));
    expect(taken.inputHash).toBe(lock.inputHash);
    expect(taken.input).toMatchObject({ side: 'left', gripN: null, directions: null });
    expect(JSON.stringify(taken.input)).not.toContain('fusion');
    const store = () =>
      api['analyses.store']({ sessionId, receipt, inputHash: taken.inputHash, prediction: PREDICTION });
    expect(expectOk(await store())).toMatchObject({ state: 'revealed', prediction: PREDICTION });
    // The receipt is spent; and the same input has its answer already.
    expect(codeOf(await store())).toBe('prediction.receipt');
    const fresh = expectOk(await api['analyses.requestReceipt']({ sessionId, analysis }));
    expect(codeOf(await api['analyses.store']({ sessionId, ...fresh, prediction: PREDICTION }))).toBe(
      'prediction.mismatch',
    );
    expect(count('analysis_prediction')).toBe(1);
  });

  it('refuses another hash, session, analysis or model, and changed measurements', async () => {
    const first = await lockedAnalysis();
    const second = await lockedAnalysis();
    const { api } = clinic;
    const send = (change: object) =>
      api['analyses.store']({
        sessionId: first.sessionId,
        receipt: first.lock.receipt,
        inputHash: first.lock.inputHash,
        prediction: PREDICTION,
        ...change,
      });
    expect(codeOf(await send({ inputHash: second.lock.inputHash }))).toBe('prediction.mismatch');
    expect(codeOf(await send({ sessionId: second.sessionId }))).toBe('prediction.receipt');
    expect(codeOf(await send({ prediction: { ...PREDICTION, bundleHash: 'f'.repeat(64) } }))).toBe(
      'model.not_found',
    );
    expect(codeOf(await send({ prediction: { ...PREDICTION, modelId: 'muscle-parameters-2' } }))).toBe(
      'model.not_found',
    );
    const key = { sessionId: first.sessionId, receipt: first.lock.receipt };
    expect(codeOf(await api['analyses.takeInput']({ ...key, analysis: 'elbow-torque-fatigue' }))).toBe(
      'judgement.not_locked',
    );
    const { trials } = expectOk(await api['sessions.get']({ sessionId: first.sessionId }));
    const best = trials.find((trial) => trial.side === 'left' && trial.trialNumber === 2)!;
    const { id: _id, version: _v, createdAt: _c, correctionReason: _r, userName: _u, ...entry } = best;
    expectOk(
      await api['sessions.correctTrial']({
        sessionId: first.sessionId,
        trial: { ...entry, typedText: '4.0', valueSi: toNewtons(4, 'kg') },
        reason: 'typing slip',
      }),
    );
    expect(codeOf(await send({}))).toBe('prediction.mismatch');
    const fresh = expectOk(await api['analyses.requestReceipt']({ sessionId: first.sessionId, analysis }));
    expect(codeOf(await send(fresh))).toBe('ok');
    expect(await stateOf(first.sessionId)).toMatchObject({ isJudgementOutdated: true, isOutdated: false });
  });

  it('locks once; a later judgement is marked and kept beside the first, of the same hand only', async () => {
    const { sessionId } = await revealed();
    const { api } = clinic;
    expect(codeOf(await api['analyses.lockJudgement']({ sessionId, judgement: JUDGEMENT }))).toBe(
      'session.wrong_state',
    );
    const again = (side: 'left' | 'right') =>
      api['analyses.judgeAgain']({ sessionId, judgement: { ...JUDGEMENT, side } });
    expect(codeOf(await again('right'))).toBe('session.wrong_state');
    const view = expectOk(await again('left'));
    expect(view.judgements.map(({ isAfterReveal }) => isAfterReveal)).toEqual([false, true]);
    // Twin: the store holds one first judgement of an analysis, whoever writes.
    expect(() =>
      raw()
        .prepare(
          "INSERT INTO analysis_judgement SELECT 'x', session_id, analysis, user_id, content, is_blinded, duration_ms, locked_at, 0 FROM analysis_judgement LIMIT 1",
        )
        .run(),
    ).toThrow('UNIQUE');
  });

  it('keeps one explanation of an answer, and evidence that cannot be changed', async () => {
    const { sessionId, lock } = await revealed();
    const { api } = clinic;
    const { inputHash } = lock;
    const explain = () =>
      api['analyses.storeExplanation']({ sessionId, analysis, inputHash, explanation: EXPLANATION });
    expectOk(await explain());
    expect(codeOf(await explain())).toBe('prediction.mismatch');
    expect((await stateOf(sessionId)).explanation).toEqual(EXPLANATION);
    // Answered and explained: a second answer could only replace what was seen.
    expect(codeOf(await api['analyses.requestReceipt']({ sessionId, analysis }))).toBe(
      'judgement.not_locked',
    );
    for (const table of ['analysis_judgement', 'analysis_prediction', 'analysis_explanation']) {
      expect(() => raw().prepare(`DELETE FROM ${table}`).run(), table).toThrow('is evidence');
      expect(() => raw().prepare(`UPDATE ${table} SET id = 'x'`).run(), table).toThrow('is evidence');
    }
  });

  it('hides the answer, and gives no receipt, while a judgement of the patient is open', async () => {
    const { sessionId, patientId } = await revealed();
    const { api } = clinic;
    expectOk(await api['analyses.judgeAgain']({ sessionId, judgement: JUDGEMENT }));
    const open = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    const hidden = await stateOf(sessionId);
    expect(hidden).toMatchObject({ isHidden: true, prediction: null, explanation: null });
    // What was judged with the answer in view would tell it.
    expect(hidden.judgements).toHaveLength(1);
    expect(JSON.stringify(hidden)).not.toContain(BUNDLE_HASH);
    expect(codeOf(await api['analyses.requestReceipt']({ sessionId, analysis }))).toBe(
      'judgement.not_locked',
    );
    expect(codeOf(await api['analyses.judgeAgain']({ sessionId, judgement: JUDGEMENT }))).toBe(
      'session.wrong_state',
    );
    expectOk(await api['sessions.discard']({ sessionId: open.session.id }));
    expect((await stateOf(sessionId)).prediction).toEqual(PREDICTION);
  });

  it('may be judged before the wrist is; the answer waits for that', async () => {
    const { session } = await savedSession(clinic, { trials: sixTrials() });
    const sessionId = session.id;
    const { api } = clinic;
    const lock = expectOk(await api['analyses.lockJudgement']({ sessionId, judgement: JUDGEMENT }));
    const store = () =>
      api['analyses.store']({
        sessionId,
        receipt: lock.receipt,
        inputHash: lock.inputHash,
        prediction: PREDICTION,
      });
    expect(codeOf(await store())).toBe('judgement.not_locked');
    expect(await stateOf(sessionId)).toMatchObject({ state: 'locked', isHidden: true });
    expectOk(await api['sessions.close']({ sessionId }));
    expect(codeOf(await store())).toBe('ok');
  });

  it('blinded: the judgement says so, and the operation stays hidden', async () => {
    const { session } = await savedSession(clinic, { isBlinded: true, trials: sixTrials() });
    const { api } = clinic;
    const sessionId = session.id;
    const { judgement } = expectOk(await api['analyses.lockJudgement']({ sessionId, judgement: JUDGEMENT }));
    expect(judgement.isBlinded).toBe(true);
    const text = JSON.stringify(await stateOf(sessionId));
    for (const word of ['SNAC', 'four-corner', '2026-05-12']) expect(text).not.toContain(word);
  });

  it('stays in the figures when it is corrected with both answers known, and leaves them when before the first', async () => {
    const { api } = clinic;
    const correct = async (sessionId: Awaited<ReturnType<typeof closedSession>>['sessionId']) =>
      expectOk(
        await api['sessions.correctTrial']({
          sessionId,
          trial: pinchTrial('left', 2, '5.1'),
          reason: 'misread',
        }),
      );
    const answer = async (sessionId: Awaited<ReturnType<typeof closedSession>>['sessionId']) => {
      const permit = expectOk(await api['analyses.requestReceipt']({ sessionId, analysis }));
      expectOk(await api['analyses.store']({ sessionId, ...permit, prediction: PREDICTION }));
    };
    const after = await revealed();
    await correct(after.sessionId);
    await answer(after.sessionId);
    const before = await lockedAnalysis();
    await correct(before.sessionId);
    await answer(before.sessionId);
    const { muscles, leftOut } = expectOk(await api['concordance.analyses']({}));
    expect(muscles.map(({ sessionId }) => sessionId)).toEqual([after.sessionId]);
    expect(leftOut.changedAfterLock).toBe(1);
  });

  it('hides what was judged at an earlier visit from a blinded judge', async () => {
    const { sessionId, patientId } = await revealed();
    const draft = { ...EMPTY_DRAFT, isBlinded: true };
    expectOk(await clinic.api['sessions.start']({ patientId, draft }));
    expect((await stateOf(sessionId)).judgements).toEqual([]);
  });
});
