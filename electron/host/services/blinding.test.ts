import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PatientId, SessionId } from '../../../core/contract/schemas/clinical.ts';
import { expectOk, pinchTrial, savedSession, startTestClinic, type TestClinic } from '../app/test-clinic.ts';
import {
  AGREEING_BUNDLES,
  addUser,
  askColleague,
  lockAndReveal,
  lockMuscles,
  rawStore,
  revealMuscles,
  sessionOf,
  signIn,
  TEST_READING,
} from '../app/test-judging.ts';
import { importTestRecording } from '../app/test-recording.ts';
import { BulkPaths } from '../assets/bulk-paths.ts';

let clinic: TestClinic;
let bulk: BulkPaths;
beforeEach(async () => {
  bulk = new BulkPaths();
  clinic = await startTestClinic({ knownBundles: AGREEING_BUNDLES, bulk });
});
afterEach(() => clinic.remove());

const muscleRows = async () => expectOk(await clinic.api['concordance.analyses']({})).muscles;

describe('an analysis of a blinded session', () => {
  const blinded = async (): Promise<SessionId> =>
    (await savedSession(clinic, { isBlinded: true })).session.id;

  it('counts as blinded when it is judged before the wrist', async () => {
    const sessionId = await blinded();
    const { judgement } = await lockMuscles(clinic, sessionId);
    await lockAndReveal(clinic, sessionId);
    await revealMuscles(clinic, sessionId);
    expect(judgement.isBlinded).toBe(true);
    expect((await muscleRows())[0]?.isBlinded).toBe(true);
  });

  it('does not when the wrist was judged before it: diagnosis and operation are shown since', async () => {
    const sessionId = await blinded();
    await lockAndReveal(clinic, sessionId);
    const { judgement } = await lockMuscles(clinic, sessionId);
    await revealMuscles(clinic, sessionId);
    expect(judgement.isBlinded).toBe(false);
    expect((await muscleRows())[0]?.isBlinded).toBe(false);
  });

  it('does not when the session was closed before it', async () => {
    const sessionId = await blinded();
    expectOk(await clinic.api['sessions.close']({ sessionId }));
    expect((await lockMuscles(clinic, sessionId)).judgement.isBlinded).toBe(false);
  });

  it('does not in an older store either, whose row says so: the trail decides', async () => {
    const sessionId = await blinded();
    await lockAndReveal(clinic, sessionId);
    await lockMuscles(clinic, sessionId);
    await revealMuscles(clinic, sessionId);
    // As it was written until now; evidence refuses the change, so the guard is set aside for it.
    const db = rawStore(clinic);
    db.exec('DROP TRIGGER analysis_judgement_no_update');
    db.exec('UPDATE analysis_judgement SET is_blinded = 1');
    expect((await muscleRows())[0]?.isBlinded).toBe(false);
    const analysis = 'muscle-parameters' as const;
    const view = expectOk(await clinic.api['analyses.get']({ sessionId, analysis }));
    expect(view.judgements[0]?.isBlinded).toBe(false);
  });
});

describe('an earlier visit while a blinded judgement is open', () => {
  /** A judged visit with a corrected value and a forecast, and a later blinded session that waits. */
  async function withEarlierVisit() {
    const { session, patient } = await savedSession(clinic);
    const sessionId = session.id;
    expectOk(
      await clinic.api['sessions.correctTrial']({
        sessionId,
        trial: pinchTrial('left', 1, '4.3'),
        reason: 'misread after the fusion of May',
      }),
    );
    await lockAndReveal(clinic, sessionId);
    return { sessionId, patientId: patient.id, startedAt: session.startedAt };
  }
  const frame = (name: string, input: object) => clinic.request(JSON.stringify({ name, input }));
  const told = async (sessionId: SessionId, patientId: PatientId) =>
    (
      await Promise.all([
        frame('sessions.get', { sessionId }),
        frame('sessions.listForPatient', { patientId, limit: 50, offset: 0 }),
        frame('analyses.get', { sessionId, analysis: 'muscle-parameters' }),
        frame('forecasts.get', { sessionId }),
      ])
    ).join('\n');

  it('has values, and neither date, words nor history of its corrections', async () => {
    const { sessionId, patientId, startedAt } = await withEarlierVisit();
    // Twin: nobody is blinded yet.
    expect(await told(sessionId, patientId)).toContain('misread after the fusion');
    expect(await told(sessionId, patientId)).toContain(startedAt);
    await sessionOf(clinic, patientId, true);
    const hidden = await told(sessionId, patientId);
    expect(hidden).not.toContain('misread');
    expect(hidden).not.toContain(startedAt);
    const view = expectOk(await clinic.api['sessions.get']({ sessionId }));
    expect(view.session).toMatchObject({ startedAt: null, savedAt: null });
    expect(view.history).toEqual([]);
    const trial = view.trials.find((each) => each.side === 'left' && each.trialNumber === 1);
    expect(trial).toMatchObject({ typedText: '4.3', createdAt: null, correctionReason: null });
    const { rows } = expectOk(
      await clinic.api['sessions.listForPatient']({ patientId, limit: 50, offset: 0 }),
    );
    // The session that is judged has its own date.
    expect(rows.map(({ session }) => session.startedAt === null)).toEqual([false, true]);
  });

  it('stands in no course: its dates tell the time since the operation', async () => {
    const { patientId } = await withEarlierVisit();
    const trend = async () =>
      expectOk(await clinic.api['sessions.trend']({ patientId, measure: 'lateral-pinch' }));
    expect(await trend()).toHaveLength(2);
    const open = await sessionOf(clinic, patientId, true);
    expect(await trend()).toEqual([]);
    await lockAndReveal(clinic, open);
    expect(await trend()).toHaveLength(4);
  });
});

describe('a user who is still to read a session blinded', () => {
  it('is told neither diagnosis, file names nor correction words by any channel of the session', async () => {
    const { session, patient } = await savedSession(clinic);
    const sessionId = session.id;
    await importTestRecording(clinic, bulk, sessionId, { name: 'pull of the fused wrist' });
    expectOk(
      await clinic.api['sessions.correctTrial']({
        sessionId,
        trial: pinchTrial('left', 1, '4.3'),
        reason: 'misread after the fusion of May',
      }),
    );
    await addUser(clinic, 'Reader');
    await lockAndReveal(clinic, sessionId);
    await askColleague(clinic, sessionId);
    const ask = (name: string, input: object) => clinic.request(JSON.stringify({ name, input }));
    const told = async () =>
      (
        await Promise.all([
          ask('sessions.get', { sessionId }),
          ask('analyses.get', { sessionId, analysis: 'muscle-parameters' }),
          ask('forecasts.get', { sessionId }),
          ask('recordings.listForSession', { sessionId }),
          ask('recordings.list', { patientId: patient.id }),
        ])
      ).join('\n');
    const words = /SNAC|"operation":"four-corner|2026-05-12|fused wrist|pull\.csv|misread/;
    // Twin: the judge may be told.
    expect(await told()).toMatch(words);
    await signIn(clinic, 'Reader');
    expect((await told()).match(words)).toBeNull();
    expectOk(await clinic.api['readings.lock']({ sessionId, reading: TEST_READING }));
    expect(await told()).toMatch(words);
  });
});
