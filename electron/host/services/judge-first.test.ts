import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JudgementFields, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
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
import { AGREEING_BUNDLES, TEST_PREDICTION } from '../app/test-judging.ts';

const JUDGEMENT: JudgementFields = {
  answer: 'four-corner-fusion',
  confidencePercent: 60,
  drivers: [{ feature: 'wrist-extension-percent-expected', direction: 'for' }],
  isBlinded: false,
  durationMs: 9_000,
};

/** The rules of the lock need no network: a bundle that agrees to everything. Real answers: forged-prediction.test.ts. */
const BUNDLE_HASH = 'ab'.repeat(32);
const PREDICTION: WristStatePrediction = {
  ...TEST_PREDICTION,
  predictionSet: ['four-corner-fusion', 'proximal-row-carpectomy'],
  widthReasons: ['missing-wrist-strength'],
};

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic({ knownBundles: AGREEING_BUNDLES });
});
afterEach(() => clinic.remove());

async function lockedSession(options: Parameters<typeof savedSession>[1] = {}) {
  const view = await savedSession(clinic, options);
  const sessionId = view.session.id;
  const lock = expectOk(
    await clinic.api['sessions.lockJudgement']({ sessionId, judgedSide: 'left', judgement: JUDGEMENT }),
  );
  return { sessionId, patientId: view.patient.id, lock };
}

function count(table: string): number {
  const open = clinic.host.clinic.opened;
  if (!open) throw new Error('no store is open');
  return (open.db.raw.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
}

describe('before the lock', () => {
  it('there is no receipt, no input and no place for a prediction', async () => {
    const { session } = await savedSession(clinic);
    const sessionId = session.id;
    const { api } = clinic;
    expect(codeOf(await api['predictions.requestReceipt']({ sessionId }))).toBe('judgement.not_locked');
    const receipt = '0'.repeat(64);
    expect(codeOf(await api['predictions.takeInput']({ sessionId, receipt }))).toBe('judgement.not_locked');
    expect(
      codeOf(
        await api['predictions.store']({
          sessionId,
          receipt,
          inputHash: '0'.repeat(64),
          prediction: PREDICTION,
        }),
      ),
    ).toBe('judgement.not_locked');
    expect(count('prediction') + count('receipt')).toBe(0);
    // Twin: even a program that holds the open store cannot write one.
    expect(() =>
      clinic.host.clinic.opened?.db.raw
        .prepare(
          "INSERT INTO prediction (id, session_id, receipt_hash, input_hash, model_input, content, created_at) VALUES ('p', ?, 'r', 'h', '{}', '{}', 't')",
        )
        .run(sessionId),
    ).toThrow('prediction before judgement');
  });

  it('a judgement needs a pinch value of the judged hand', async () => {
    const { session } = await savedSession(clinic, { trials: [pinchTrial('right', 1, '7.2')] });
    const answer = await clinic.api['sessions.lockJudgement']({
      sessionId: session.id,
      judgedSide: 'left',
      judgement: JUDGEMENT,
    });
    expect(codeOf(answer)).toBe('session.incomplete');
    expect(count('judgement')).toBe(0);
  });

  it('blinded: diagnosis and operation are blank everywhere until the lock, then back', async () => {
    const view = await savedSession(clinic, { isBlinded: true });
    const { api } = clinic;
    const id = view.patient.id;
    const texts = [
      JSON.stringify(view),
      JSON.stringify(await api['patients.get']({ id })),
      JSON.stringify(await api['patients.list']({ search: '', limit: 5, offset: 0 })),
      JSON.stringify(await api['sessions.get']({ sessionId: view.session.id })),
    ];
    for (const text of texts) {
      expect(text).not.toContain('SNAC');
      expect(text).not.toContain('2026-05-12');
      expect(text).not.toContain('four-corner');
    }
    const found = async (search: string) =>
      expectOk(await api['patients.list']({ search, limit: 5, offset: 0 })).total;
    expect(await found('SNAC')).toBe(0);
    expect(await found('erika')).toBe(1);
    // Saving the form now would write the blanks over the record.
    expect(codeOf(await api['patients.update']({ id, fields: INVENTED_PATIENT }))).toBe(
      'session.wrong_state',
    );
    const lock = expectOk(
      await api['sessions.lockJudgement']({
        sessionId: view.session.id,
        judgedSide: 'left',
        judgement: { ...JUDGEMENT, isBlinded: false },
      }),
    );
    expect(lock.judgement.isBlinded).toBe(true);
    expect(expectOk(await api['patients.get']({ id })).diagnosis).toBe('SNAC wrist II');
    expect(await found('SNAC')).toBe(1);
  });
});

describe('after the lock', () => {
  it('hands out the input once against the receipt and stores one prediction', async () => {
    const { sessionId, lock } = await lockedSession();
    const { api } = clinic;
    const { receipt } = lock;
    const taken = expectOk(await api['predictions.takeInput']({ sessionId, receipt }));
    expect(taken.inputHash).toBe(lock.inputHash);
    expect(taken.modelInput.pinchTrialsN).toHaveLength(3);
    expect(taken.modelInput.pinchPeakN).toBeCloseTo(4.4 * 9.80665, 9);
    expect(JSON.stringify(taken.modelInput)).not.toContain('fusion');
    const store = () =>
      api['predictions.store']({ sessionId, receipt, inputHash: taken.inputHash, prediction: PREDICTION });
    const view = expectOk(await store());
    expect(view.session.state).toBe('revealed');
    expect(view.prediction).toEqual(PREDICTION);
    expect(codeOf(await store())).toBe('prediction.receipt');
    expect(count('prediction')).toBe(1);
  });

  it('refuses another hash, another session, an unknown model and changed measurements', async () => {
    const first = await lockedSession();
    const second = await lockedSession();
    const { api } = clinic;
    const send = (change: object) =>
      api['predictions.store']({
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
    expect(codeOf(await send({ prediction: { ...PREDICTION, modelVersion: '1.0.0' } }))).toBe(
      'model.not_found',
    );
    expectOk(
      await api['sessions.addTrials']({
        sessionId: first.sessionId,
        trials: [wristTrial('wrist-extension', 'left', '3.1')],
      }),
    );
    expect(codeOf(await send({}))).toBe('prediction.mismatch');
    const fresh = expectOk(await api['predictions.requestReceipt']({ sessionId: first.sessionId }));
    expect(codeOf(await send(fresh))).toBe('ok');
    expect(count('prediction')).toBe(1);
  });

  it('locks once; a later judgement is marked and kept beside the first', async () => {
    const { sessionId, lock } = await lockedSession();
    const { api } = clinic;
    const again = await api['sessions.lockJudgement']({
      sessionId,
      judgedSide: 'left',
      judgement: JUDGEMENT,
    });
    expect(codeOf(again)).toBe('session.wrong_state');
    expect(codeOf(await api['sessions.judgeAgain']({ sessionId, judgement: JUDGEMENT }))).toBe(
      'session.wrong_state',
    );
    expectOk(
      await api['predictions.store']({
        sessionId,
        receipt: lock.receipt,
        inputHash: lock.inputHash,
        prediction: PREDICTION,
      }),
    );
    const view = expectOk(
      await api['sessions.judgeAgain']({ sessionId, judgement: { ...JUDGEMENT, answer: 'nonimpaired' } }),
    );
    expect(view.judgements.map((j) => [j.answer, j.isAfterReveal])).toEqual([
      ['four-corner-fusion', false],
      ['nonimpaired', true],
    ]);
    const compared = expectOk(
      await api['sessions.compare']({
        sessionId,
        comparison: {
          verdict: 'disagree',
          note: 'grip looks weaker',
          secondLook: { wouldChangeMind: 'a second visit', askColleague: true, finalAnswer: null },
        },
      }),
    );
    expect(compared.session.state).toBe('compared');
    expect(expectOk(await api['sessions.close']({ sessionId })).session.state).toBe('closed');
  });

  it('never has two judgements waiting: a new session resumes the measured one, saving it closes the unjudged', async () => {
    const saved = await savedSession(clinic);
    const { api } = clinic;
    const patientId = saved.patient.id;
    const second = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    const stateOfFirst = async () =>
      expectOk(await api['sessions.get']({ sessionId: saved.session.id })).session.state;
    // Discarding the new one must leave the waiting one as it was.
    expect(await stateOfFirst()).toBe('saved');
    const third = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    expect(third.session.id).toBe(second.session.id);
    expectOk(
      await api['sessions.saveMeasurements']({
        sessionId: third.session.id,
        trials: [pinchTrial('left', 1, '4.1')],
        draft: EMPTY_DRAFT,
      }),
    );
    expect(await stateOfFirst()).toBe('closed');
    const late = await api['sessions.lockJudgement']({
      sessionId: saved.session.id,
      judgedSide: 'left',
      judgement: JUDGEMENT,
    });
    expect(codeOf(late)).toBe('session.wrong_state');
  });

  it('gives no receipt on a closed session, nor while another judgement of the patient is open', async () => {
    const { sessionId, patientId, lock } = await lockedSession();
    const { api } = clinic;
    const open = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    const { receipt } = lock;
    expect(codeOf(await api['predictions.requestReceipt']({ sessionId }))).toBe('judgement.not_locked');
    expect(codeOf(await api['predictions.takeInput']({ sessionId, receipt }))).toBe('judgement.not_locked');
    expectOk(await api['sessions.discard']({ sessionId: open.session.id }));
    const store = () =>
      api['predictions.store']({ sessionId, receipt, inputHash: lock.inputHash, prediction: PREDICTION });
    expectOk(await store());
    const comparison = { verdict: 'agree', note: '', secondLook: null } as const;
    expectOk(await api['sessions.compare']({ sessionId, comparison }));
    // Nothing was measured since: a second result could only replace the one that was compared.
    expect(codeOf(await api['predictions.requestReceipt']({ sessionId }))).toBe('judgement.not_locked');
    expectOk(await api['sessions.close']({ sessionId }));
    expect(codeOf(await api['predictions.requestReceipt']({ sessionId }))).toBe('judgement.not_locked');
  });

  it('gives the input of a result exactly where the result may be seen, closed sessions included', async () => {
    const { api } = clinic;
    const before = await savedSession(clinic);
    const shownInput = (sessionId: typeof before.session.id) => api['predictions.shownInput']({ sessionId });
    expect(codeOf(await shownInput(before.session.id))).toBe('judgement.not_locked');
    expectOk(await api['sessions.close']({ sessionId: before.session.id }));

    const { sessionId, patientId, lock } = await lockedSession();
    // Locked and not yet revealed: there is no result, so there is no input of one.
    expect(codeOf(await shownInput(sessionId))).toBe('judgement.not_locked');
    const { receipt, inputHash } = lock;
    const taken = expectOk(await api['predictions.takeInput']({ sessionId, receipt }));
    expectOk(await api['predictions.store']({ sessionId, receipt, inputHash, prediction: PREDICTION }));
    const comparison = { verdict: 'agree', note: '', secondLook: null } as const;
    expectOk(await api['sessions.compare']({ sessionId, comparison }));
    expectOk(await api['sessions.close']({ sessionId }));
    const receipts = count('receipt');
    expect(expectOk(await shownInput(sessionId))).toEqual({ modelInput: taken.modelInput });
    expect(count('receipt')).toBe(receipts);

    expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    expect(codeOf(await shownInput(sessionId))).toBe('judgement.not_locked');
  });

  it('a new result after added measurements asks for a new comparison', async () => {
    const { sessionId, lock } = await lockedSession();
    const { api } = clinic;
    const { receipt, inputHash } = lock;
    expectOk(await api['predictions.store']({ sessionId, receipt, inputHash, prediction: PREDICTION }));
    const comparison = { verdict: 'agree', note: '', secondLook: null } as const;
    expectOk(await api['sessions.compare']({ sessionId, comparison }));
    expectOk(
      await api['sessions.addTrials']({
        sessionId,
        trials: [wristTrial('wrist-extension', 'left', '3.1')],
      }),
    );
    const fresh = expectOk(await api['predictions.requestReceipt']({ sessionId }));
    const view = expectOk(await api['predictions.store']({ sessionId, ...fresh, prediction: PREDICTION }));
    expect(view.session.state).toBe('revealed');
  });

  it('blinding can be given up, never put back', async () => {
    const { patient } = await savedSession(clinic);
    const { api } = clinic;
    const draft = (isBlinded: boolean) => ({ ...EMPTY_DRAFT, isBlinded });
    const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft: draft(true) }));
    const sessionId = session.id;
    expectOk(await api['sessions.saveDraft']({ sessionId, draft: draft(false) }));
    expect(expectOk(await api['patients.get']({ id: patient.id })).diagnosis).toBe('SNAC wrist II');
    expectOk(await api['sessions.saveDraft']({ sessionId, draft: draft(true) }));
    const view = expectOk(
      await api['sessions.saveMeasurements']({
        sessionId,
        trials: [pinchTrial('left', 1, '4.1')],
        draft: draft(true),
      }),
    );
    expect(view.session.isBlinded).toBe(false);
  });

  it('hides earlier answers too while a blinded judgement is open', async () => {
    const { sessionId, patientId } = await lockedSession();
    const { api } = clinic;
    const draft = { ...EMPTY_DRAFT, isBlinded: true };
    const open = expectOk(await api['sessions.start']({ patientId, draft }));
    expect(expectOk(await api['sessions.get']({ sessionId })).judgements).toEqual([]);
    expectOk(await api['sessions.discard']({ sessionId: open.session.id }));
    expect(expectOk(await api['sessions.get']({ sessionId })).judgements).toHaveLength(1);
  });

  it('hides earlier results while another judgement of the same patient is open', async () => {
    const { sessionId, patientId, lock } = await lockedSession();
    const { api } = clinic;
    expectOk(
      await api['predictions.store']({
        sessionId,
        receipt: lock.receipt,
        inputHash: lock.inputHash,
        prediction: PREDICTION,
      }),
    );
    expect(expectOk(await api['sessions.get']({ sessionId })).prediction).not.toBeNull();
    const open = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    expect(expectOk(await api['sessions.get']({ sessionId })).prediction).toBeNull();
    const timeline = await api['sessions.listForPatient']({ patientId, limit: 10, offset: 0 });
    expect(JSON.stringify(timeline)).not.toContain(BUNDLE_HASH);
    expectOk(await api['sessions.discard']({ sessionId: open.session.id }));
    expect(expectOk(await api['sessions.get']({ sessionId })).prediction).not.toBeNull();
  });
});
