import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import {
  expectOk,
  INVENTED_PATIENT,
  savedSession,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
} from '../app/test-clinic.ts';
import {
  AGREEING_BUNDLES,
  addUser,
  askColleague,
  lockAndReveal,
  lockMuscles,
  revealMuscles,
  sessionOf,
  signIn,
} from '../app/test-judging.ts';

const READER = 'M. Zweitleser';
let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic({ knownBundles: AGREEING_BUNDLES });
  expectOk(await clinic.api['app.createUser']({ name: 'Dr Test', passphrase: TEST_PASSPHRASE }));
  await addUser(clinic, READER);
});
afterEach(() => clinic.remove());

const flagsOf = async (sessionId: SessionId) =>
  expectOk(await clinic.api['judgements.flags']({ sessionId })).flags;
async function judged(): Promise<SessionId> {
  const { id } = expectOk(await clinic.api['patients.create'](INVENTED_PATIENT));
  const sessionId = await sessionOf(clinic, id);
  await lockAndReveal(clinic, sessionId);
  await lockMuscles(clinic, sessionId);
  await revealMuscles(clinic, sessionId);
  return sessionId;
}
const rowFlags = async () =>
  expectOk(await clinic.api['concordance.rows']({ limit: 50, offset: 0 })).rows.map(({ flags }) => flags);
const muscleFlags = async () =>
  expectOk(await clinic.api['concordance.analyses']({})).muscles.map(({ flags }) => flags);

describe('flags of a judgement that is held back from a waiting reader', () => {
  it('are not told, as they say that it is the same as the ones before', async () => {
    for (let i = 0; i < 5; i += 1) await judged();
    const asked = await judged();
    // Twin: the judge is told.
    expect(await flagsOf(asked)).toEqual(['repeated-pattern']);
    await askColleague(clinic, asked);
    await signIn(clinic, READER);
    expect(await flagsOf(asked)).toEqual([]);
  });

  it('do not show in the flag of the next one either', async () => {
    for (let i = 0; i < 4; i += 1) await judged();
    const asked = await judged();
    await askColleague(clinic, asked);
    const next = await judged();
    expect(await flagsOf(next)).toEqual(['repeated-pattern']);
    await signIn(clinic, READER);
    expect(await flagsOf(next)).toEqual([]);
    expect(await rowFlags()).toEqual([[], [], [], [], []]);
    expect(await muscleFlags()).toEqual([[], [], [], [], []]);
    expectOk(await clinic.api['readings.lookFirst']({ sessionId: asked }));
    expect((await rowFlags()).at(-1)).toEqual(['repeated-pattern']);
    expect((await muscleFlags()).at(-1)).toEqual(['repeated-pattern']);
  });

  it('are not told while a judgement of the patient is open', async () => {
    const { session, patient } = await savedSession(clinic);
    await lockAndReveal(clinic, session.id, { durationMs: 1_000 });
    expect(await flagsOf(session.id)).toEqual(['under-3-seconds']);
    await sessionOf(clinic, patient.id);
    expect(await flagsOf(session.id)).toEqual([]);
  });
});
