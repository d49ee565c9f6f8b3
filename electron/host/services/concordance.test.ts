import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PatientId, SessionId } from '../../../core/contract/schemas/clinical.ts';
import type {
  Comparison,
  JudgementFields,
  WristStatePrediction,
} from '../../../core/contract/schemas/judgement.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  pinchTrial,
  sixTrials,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
} from '../app/test-clinic.ts';
import { AGREEING_BUNDLES, TEST_PREDICTION } from '../app/test-judging.ts';

const PREDICTION: WristStatePrediction = {
  ...TEST_PREDICTION,
  predictionSet: ['four-corner-fusion', 'proximal-row-carpectomy'],
};
const JUDGEMENT: JudgementFields = {
  answer: 'proximal-row-carpectomy',
  confidencePercent: 65,
  drivers: [{ feature: 'pinch-ratio-other-hand', direction: 'for' }],
  isBlinded: false,
  durationMs: 9_000,
};

let clinic: TestClinic;
let minute: number;
beforeEach(async () => {
  minute = 0;
  clinic = await startTestClinic({
    knownBundles: AGREEING_BUNDLES,
    clock: () => new Date(Date.UTC(2026, 5, 1, 8, 0, minute++)),
  });
  expectOk(await clinic.api['app.createUser']({ name: 'Dr Test', passphrase: TEST_PASSPHRASE }));
});
afterEach(() => clinic.remove());

const newPatient = async (): Promise<PatientId> =>
  expectOk(await clinic.api['patients.create'](INVENTED_PATIENT)).id;
async function saved(patientId: PatientId, isBlinded = false): Promise<SessionId> {
  const draft = { ...EMPTY_DRAFT, isBlinded };
  const { session } = expectOk(await clinic.api['sessions.start']({ patientId, draft }));
  expectOk(
    await clinic.api['sessions.saveMeasurements']({ sessionId: session.id, trials: sixTrials(), draft }),
  );
  return session.id;
}
async function lock(sessionId: SessionId, change: Partial<JudgementFields> = {}) {
  const judgement = { ...JUDGEMENT, ...change };
  return expectOk(await clinic.api['sessions.lockJudgement']({ sessionId, judgedSide: 'left', judgement }));
}
async function store(sessionId: SessionId, change: Partial<WristStatePrediction> = {}) {
  const { receipt, inputHash } = expectOk(await clinic.api['predictions.requestReceipt']({ sessionId }));
  const prediction = { ...PREDICTION, ...change };
  expectOk(await clinic.api['predictions.store']({ sessionId, receipt, inputHash, prediction }));
}
async function judged(patientId: PatientId, change: Partial<JudgementFields> = {}): Promise<SessionId> {
  const sessionId = await saved(patientId);
  await lock(sessionId, change);
  await store(sessionId);
  return sessionId;
}
const compare = async (sessionId: SessionId, comparison: Omit<Comparison, 'id' | 'createdAt'>) =>
  expectOk(await clinic.api['sessions.compare']({ sessionId, comparison }));
const read = async (limit = 500, offset = 0) =>
  expectOk(await clinic.api['concordance.rows']({ limit, offset }));

describe('rows of the other analyses', () => {
  it('stand beside what the model answered to the same input, and go while a judgement is open', async () => {
    await clinic.remove();
    clinic = await startTestClinic();
    expectOk(await clinic.api['app.openSampleClinic']({}));
    const before = expectOk(await clinic.api['concordance.analyses']({}));
    const [row] = [...before.muscles, ...before.elbow];
    expect(row).toBeDefined();
    expectOk(
      await clinic.api['sessions.start']({
        patientId: row!.patientId as PatientId,
        draft: { ...EMPTY_DRAFT, isBlinded: true },
      }),
    );
    const after = expectOk(await clinic.api['concordance.analyses']({}));
    expect([...after.muscles, ...after.elbow].map((each) => each.patientId)).not.toContain(row!.patientId);
    expect(after.leftOut.heldBack).toBeGreaterThan(before.leftOut.heldBack);
  });
});

describe('rows of concordance', () => {
  it('hold the locked answer beside the model’s first, with its patient and no name', async () => {
    const patientId = await newPatient();
    const sessionId = await judged(patientId);
    const { rows, total } = await read();
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({
      sessionId,
      patientId,
      clinicianName: 'Dr Test',
      answer: 'proximal-row-carpectomy',
      modelAnswer: 'four-corner-fusion',
      isBlinded: false,
      flags: [],
      finalAnswer: null,
    });
    expect(JSON.stringify(rows)).not.toContain('Testperson');
  });

  it('hold nothing of a patient while a judgement of theirs is open, measured or saved', async () => {
    const patientId = await newPatient();
    const other = await newPatient();
    const first = await judged(patientId);
    await judged(other);
    const open = await saved(patientId, true);
    const hidden = await read();
    expect(hidden.rows.map((row) => row.patientId)).toEqual([other]);
    expect(hidden.leftOut).toEqual({ heldBack: 1, changedAfterLock: 0, withoutResult: 0 });
    const frame = await clinic.request(
      JSON.stringify({ name: 'concordance.rows', input: { limit: 500, offset: 0 } }),
    );
    expect(frame).not.toContain(first);
    await lock(open);
    // Locked, without a result yet: the earlier one comes back, this one is counted apart.
    const after = await read();
    expect(after.rows).toHaveLength(2);
    expect(after.leftOut.withoutResult).toBe(1);
    expectOk(await clinic.api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    expect((await read()).rows.map((row) => row.patientId)).toEqual([other]);
  });

  it('rest on no operation and no later truth', async () => {
    const patientId = await newPatient();
    const sessionId = await judged(patientId);
    const before = (await read()).rows;
    expectOk(
      await clinic.api['patients.update']({
        id: patientId,
        fields: { ...INVENTED_PATIENT, operation: 'proximal-row-carpectomy' },
      }),
    );
    expectOk(
      await clinic.api['truths.add']({
        sessionId,
        truth: {
          kind: 'operation-note',
          knownOn: '2026-06-02',
          answer: 'nonimpaired',
          text: '',
          supersedesId: null,
        },
      }),
    );
    const after = await read();
    expect(after.rows).toEqual(before);
    expect(JSON.stringify(after)).not.toMatch(/operation|truth|accuracy/);
  });

  it('take the answer after the second look, and none where nothing was compared', async () => {
    const kept = await judged(await newPatient());
    await compare(kept, { verdict: 'agree', note: '', secondLook: null });
    const changed = await judged(await newPatient());
    const secondLook = {
      wouldChangeMind: '',
      askColleague: false,
      finalAnswer: 'four-corner-fusion' as const,
    };
    await compare(changed, { verdict: 'disagree', note: '', secondLook });
    await judged(await newPatient());
    const undecided = await judged(await newPatient());
    await compare(undecided, {
      verdict: 'disagree',
      note: '',
      secondLook: { ...secondLook, finalAnswer: null },
    });
    const { rows } = await read();
    // Not decided is not "did not change".
    expect(rows.map(({ finalAnswer, isUndecided }) => [finalAnswer, isUndecided])).toEqual([
      ['proximal-row-carpectomy', false],
      ['four-corner-fusion', false],
      [null, false],
      [null, true],
    ]);
  });

  it('count a refusal as no class, and the first result when measurements were added later', async () => {
    const patientId = await newPatient();
    const sessionId = await saved(patientId);
    await lock(sessionId);
    await store(sessionId, { refusals: ['full-set'], predictionSet: [] });
    const added = { ...pinchTrial('left', 4, '4.4') };
    expectOk(await clinic.api['sessions.addTrials']({ sessionId, trials: [added] }));
    await store(sessionId);
    const { rows, leftOut } = await read();
    expect(rows[0]).toMatchObject({ modelAnswer: null, predictionSet: [] });
    expect(leftOut.changedAfterLock).toBe(0);
  });

  const correct = (sessionId: SessionId, kg: string) =>
    clinic.api['sessions.correctTrial']({
      sessionId,
      trial: pinchTrial('left', 1, kg),
      reason: 'misread',
    });

  it('leave out a session whose value was corrected or added between the lock and the first result', async () => {
    const corrected = await saved(await newPatient());
    await lock(corrected);
    expectOk(await correct(corrected, '4.9'));
    await store(corrected);
    const sessionId = await saved(await newPatient());
    await lock(sessionId);
    expectOk(await clinic.api['sessions.addTrials']({ sessionId, trials: [pinchTrial('left', 4, '4')] }));
    await store(sessionId);
    const { rows, leftOut } = await read();
    expect(rows).toEqual([]);
    expect(leftOut.changedAfterLock).toBe(2);
  });

  it('keep a session that is corrected with both answers known: nobody takes a disagreement out', async () => {
    const sessionId = await judged(await newPatient());
    // What is stored already is no correction.
    expect(codeOf(await correct(sessionId, '4.1'))).toBe('trial.unchanged');
    expect(codeOf(await correct(sessionId, '4.10'))).toBe('trial.unchanged');
    expectOk(await correct(sessionId, '4.9'));
    await store(sessionId);
    const { rows, leftOut } = await read();
    expect(rows.map(({ answer, modelAnswer }) => [answer, modelAnswer])).toEqual([
      ['proximal-row-carpectomy', 'four-corner-fusion'],
    ]);
    expect(leftOut.changedAfterLock).toBe(0);
  });

  it('carry the flags of quick and repeated locks, page by page alike', async () => {
    for (let i = 0; i < 6; i += 1) await judged(await newPatient());
    await judged(await newPatient(), { durationMs: 1_500, answer: 'nonimpaired' });
    const flags = (await read()).rows.map((row) => row.flags);
    expect(flags).toEqual([[], [], [], [], [], ['repeated-pattern'], ['under-3-seconds']]);
    const pages = [...(await read(4, 0)).rows, ...(await read(4, 4)).rows];
    expect(pages).toEqual((await read()).rows);
  });

  it('know nothing of training cases', async () => {
    const { cases } = expectOk(await clinic.api['training.cases']({}));
    expectOk(
      await clinic.api['training.lock']({
        caseId: cases[0]!.id,
        judgement: { answer: 'nonimpaired', confidencePercent: 80, drivers: [], durationMs: 5_000 },
      }),
    );
    expect(await read()).toMatchObject({ rows: [], total: 0 });
  });

  it.each([
    ['blinded', false],
    ['not blinded after work on the record', true],
  ])('hold a second reading: %s', async (_, hasSeenPatient) => {
    const patientId = await newPatient();
    expectOk(await clinic.api['app.createUser']({ name: 'M. Zweit', passphrase: TEST_PASSPHRASE }));
    const { users } = expectOk(await clinic.api['app.lock']({}));
    const signIn = async (name: string) => {
      const userId = users.find((user) => user.name === name)!.id;
      expectOk(await clinic.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
    };
    await signIn('M. Zweit');
    if (hasSeenPatient) {
      expectOk(await clinic.api['patients.update']({ id: patientId, fields: INVENTED_PATIENT }));
    }
    expectOk(await clinic.api['app.lock']({}));
    await signIn('Dr Test');
    const asked = await judged(patientId);
    const secondLook = { wouldChangeMind: '', askColleague: true, finalAnswer: null };
    await compare(asked, { verdict: 'disagree', note: '', secondLook });
    expectOk(await clinic.api['app.lock']({}));
    await signIn('M. Zweit');
    const reading = {
      answer: 'four-corner-fusion' as const,
      confidencePercent: 55,
      drivers: [],
      durationMs: 14_000,
    };
    expectOk(await clinic.api['readings.lock']({ sessionId: asked, reading }));
    expect((await read()).rows[0]?.readings).toMatchObject([{ readerName: 'M. Zweit', hasSeenPatient }]);
  });

  it('hold a session back from the colleague who is to read it blinded', async () => {
    const asked = await judged(await newPatient());
    await compare(asked, {
      verdict: 'disagree',
      note: '',
      secondLook: { wouldChangeMind: '', askColleague: true, finalAnswer: null },
    });
    expect((await read()).rows).toHaveLength(1);
    expectOk(await clinic.api['app.createUser']({ name: 'M. Zweit', passphrase: TEST_PASSPHRASE }));
    const { users } = expectOk(await clinic.api['app.lock']({}));
    const userId = users.find(({ name }) => name === 'M. Zweit')!.id;
    expectOk(await clinic.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
    expect(await read()).toMatchObject({ rows: [], leftOut: { heldBack: 1 } });
    expectOk(
      await clinic.api['readings.lock']({
        sessionId: asked,
        reading: { answer: 'four-corner-fusion', confidencePercent: 55, drivers: [], durationMs: 14_000 },
      }),
    );
    expect((await read()).rows[0]?.readings).toEqual([
      { readerId: userId, readerName: 'M. Zweit', answer: 'four-corner-fusion', hasSeenPatient: false },
    ]);
  });
});
