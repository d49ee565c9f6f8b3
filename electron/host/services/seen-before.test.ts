import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PatientId, SessionId } from '../../../core/contract/schemas/clinical.ts';
import {
  expectOk,
  INVENTED_PATIENT,
  savedSession,
  startTestClinic,
  type TestClinic,
} from '../app/test-clinic.ts';
import {
  AGREEING_BUNDLES,
  addUser,
  askColleague,
  lockAndReveal,
  rawStore,
  signIn,
  TEST_READING,
} from '../app/test-judging.ts';

const JUDGE = 'Dr Test';
const READER = 'M. Zweitleser';

let clinic: TestClinic;
let sessionId: SessionId;
let patientId: PatientId;
let other: PatientId;
beforeEach(async () => {
  clinic = await startTestClinic({ knownBundles: AGREEING_BUNDLES });
  const { session, patient } = await savedSession(clinic);
  sessionId = session.id;
  patientId = patient.id;
  const { api } = clinic;
  other = expectOk(await api['patients.create']({ ...INVENTED_PATIENT, clinicNumber: 'T-2' })).id;
  await addUser(clinic, READER);
  await lockAndReveal(clinic, sessionId);
});
afterEach(() => clinic.remove());

/** What stands on record of the reader's knowledge, once the judge asked for the reading and it was given. */
async function seenWhenRead() {
  await signIn(clinic, JUDGE);
  await askColleague(clinic, sessionId);
  await signIn(clinic, READER);
  const view = expectOk(await clinic.api['readings.lock']({ sessionId, reading: TEST_READING }));
  return view.own?.seenBefore;
}

describe('a reader who saw the answer on the page of a record', () => {
  const look = async () => {
    await signIn(clinic, READER);
    expectOk(await clinic.api['readings.noteOpened']({ patientId }));
    await signIn(clinic, JUDGE);
  };

  it('stays one after that record was merged into another', async () => {
    await look();
    expectOk(await clinic.api['records.merge']({ keptId: other, mergedId: patientId }));
    expect(await seenWhenRead()).toEqual(['answers']);
  });

  it('stays one after the session was moved to another patient', async () => {
    await look();
    const move = { sessionId, toPatientId: other, reason: 'wrong name picked' };
    expectOk(await clinic.api['records.moveSession'](move));
    expect(await seenWhenRead()).toEqual(['answers']);
  });

  it('twin: who saw nothing is blinded after a merge, too', async () => {
    expectOk(await clinic.api['records.merge']({ keptId: other, mergedId: patientId }));
    expect(await seenWhenRead()).toEqual([]);
  });
});

describe('a reader who saw the answer in the table of the figures', () => {
  const list = async () => expectOk(await clinic.api['concordance.rows']({ limit: 50, offset: 0 }));

  it('is no blinded reader of a session that was in it before the question', async () => {
    await signIn(clinic, READER);
    expect((await list()).rows).toHaveLength(1);
    await list();
    const noted = () =>
      rawStore(clinic).prepare("SELECT object_id FROM audit WHERE event = 'answers.listed'").pluck().all();
    // Once, however often the page is read.
    expect(noted()).toEqual([sessionId]);
    expect(await seenWhenRead()).toEqual(['answers']);
    expect((await list()).rows[0]?.readings).toEqual([]);
  });

  it('twin: is one where the row was held back, or the table was read after the question', async () => {
    await signIn(clinic, JUDGE);
    await askColleague(clinic, sessionId);
    await signIn(clinic, READER);
    expect((await list()).rows).toEqual([]);
    const view = expectOk(await clinic.api['readings.lock']({ sessionId, reading: TEST_READING }));
    expect(view.own?.seenBefore).toEqual([]);
  });

  it('nothing is noted of the user’s own judgements', async () => {
    expect((await list()).rows).toHaveLength(1);
    expect(
      rawStore(clinic).prepare("SELECT count(*) FROM audit WHERE event = 'answers.listed'").pluck().get(),
    ).toBe(0);
  });
});
