import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { Comparison, JudgementFields } from '../../../core/contract/schemas/judgement.ts';
import type { ReadingFields } from '../../../core/contract/schemas/reading.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  savedSession,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
  wristTrial,
} from '../app/test-clinic.ts';
import { AGREEING_BUNDLES, TEST_PREDICTION } from '../app/test-judging.ts';
import { importTestRecording } from '../app/test-recording.ts';
import { BulkPaths } from '../assets/bulk-paths.ts';

const FIRST = 'Dr Test';
const SECOND = 'M. Zweitleser';
const THIRD = 'K. Drittleser';
const JUDGEMENT: JudgementFields = {
  answer: 'proximal-row-carpectomy',
  confidencePercent: 65,
  drivers: [{ feature: 'pinch-ratio-other-hand', direction: 'for' }],
  isBlinded: false,
  durationMs: 9_000,
};
const READING: ReadingFields = {
  answer: 'nonimpaired',
  confidencePercent: 55,
  drivers: [{ feature: 'pinch-percent-expected', direction: 'against' }],
  durationMs: 14_000,
};

let clinic: TestClinic;
let bulk: BulkPaths;
let minute = 0;
beforeEach(async () => {
  minute = 0;
  bulk = new BulkPaths();
  clinic = await startTestClinic({
    knownBundles: AGREEING_BUNDLES,
    bulk,
    // Later at each look, so that before and after can be told apart.
    clock: () => new Date(Date.UTC(2026, 10, 24, 8, 0, minute++)),
  });
});
afterEach(() => clinic.remove());

/** The clinic of three; afterwards the first one is at work. */
async function addColleagues(): Promise<void> {
  for (const name of [SECOND, THIRD]) {
    expectOk(await clinic.api['app.createUser']({ name, passphrase: TEST_PASSPHRASE }));
  }
}

async function signIn(name: string): Promise<void> {
  const { api } = clinic;
  const { users } = expectOk(await api['app.lock']({}));
  const userId = users.find((user) => user.name === name)?.id;
  if (userId === undefined) throw new Error(`there is no user ${name}`);
  expectOk(await api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
}

/** Judged, revealed and disagreed by the first user; a colleague is asked, or not. */
async function disagreement(options: { isAsked?: boolean; isBlinded?: boolean } = {}) {
  const { api } = clinic;
  const view = await savedSession(clinic, { isBlinded: options.isBlinded ?? false });
  await addColleagues();
  const sessionId = view.session.id;
  const { receipt, inputHash } = expectOk(
    await api['sessions.lockJudgement']({ sessionId, judgedSide: 'left', judgement: JUDGEMENT }),
  );
  expectOk(await api['predictions.store']({ sessionId, receipt, inputHash, prediction: TEST_PREDICTION }));
  const comparison: Omit<Comparison, 'id' | 'createdAt'> = {
    verdict: 'disagree',
    note: 'note of the first',
    secondLook: {
      wouldChangeMind: 'a second visit',
      askColleague: options.isAsked ?? true,
      finalAnswer: null,
    },
  };
  expectOk(await api['sessions.compare']({ sessionId, comparison }));
  return { sessionId, patientId: view.patient.id };
}

/** What the second reader's own screens are sent, as it stands on the wire. */
async function framesOfReading(sessionId: SessionId): Promise<string> {
  const ask = (name: string, input: object) => clinic.request(JSON.stringify({ name, input }));
  return [
    await ask('readings.list', {}),
    await ask('readings.get', { sessionId }),
    await ask('readings.ofSession', { sessionId }),
  ].join('\n');
}

/** Name, dates, diagnosis, operation, the first reader with the answer, and every trace of a model. */
const HIDDEN = [
  'Erika',
  'Testperson',
  '1968-03-04',
  '2026-05-12',
  '2026-11-24T08:00:0',
  'SNAC',
  FIRST,
  'proximal-row-carpectomy',
  'four-corner-fusion',
  'note of the first',
  'a second visit',
  'probabilities',
  'bundleHash',
  'fused wrist',
  'pull.csv',
  'createdAt',
  'T-1',
];
const found = (text: string) => HIDDEN.filter((hidden) => text.includes(hidden));

describe('before the second reader has locked', () => {
  it('sends measurements, age and sex, and neither name, date, diagnosis, answers nor anything of the model', async () => {
    const { sessionId } = await disagreement();
    await importTestRecording(clinic, bulk, sessionId, {
      mapping: {
        delimiter: ';',
        decimalSign: '.',
        time: { kind: 'column', column: 0, unit: 's' },
        channels: [{ column: 1, role: 'force', name: 'fused wrist', unit: 'kg' }],
      },
    });
    await signIn(SECOND);
    const frames = (await framesOfReading(sessionId)).replace(/"askedAt":"[^"]*"/, '');
    expect(frames).toContain(`"identifier":"session ${sessionId.slice(0, 8)}"`);
    expect(frames).toContain('"ageYears":58');
    expect(frames).toContain('"typedText":"4.4"');
    expect(frames).toContain('"role":"force"');
    expect(found(frames)).toEqual([]);
    expect(expectOk(await clinic.api['readings.get']({ sessionId }))).toMatchObject({
      own: null,
      comparison: null,
    });
    // Twin: the same search on the frame of the first reader's page finds nearly everything.
    await signIn(FIRST);
    const open = await clinic.request(JSON.stringify({ name: 'sessions.get', input: { sessionId } }));
    expect(found(open).length).toBeGreaterThan(9);
  });

  it('stays closed to the first reader, to sessions nobody asked about, and to unknown ones', async () => {
    const { api } = clinic;
    const asked = await disagreement();
    expect(codeOf(await api['readings.get']({ sessionId: asked.sessionId }))).toBe('reading.own');
    expect(codeOf(await api['readings.lock']({ sessionId: asked.sessionId, reading: READING }))).toBe(
      'reading.own',
    );
    const unasked = await savedSession(clinic);
    await signIn(SECOND);
    const sessionId = unasked.session.id;
    expect(codeOf(await api['readings.get']({ sessionId }))).toBe('reading.not_asked');
    expect(codeOf(await api['readings.lock']({ sessionId, reading: READING }))).toBe('reading.not_asked');
    expect(codeOf(await api['readings.get']({ sessionId: crypto.randomUUID() as SessionId }))).toBe(
      'session.not_found',
    );
    expect(expectOk(await api['readings.list']({})).map((row) => row.sessionId)).toEqual([asked.sessionId]);
  });

  it('is not on the list when the disagreement asked nobody', async () => {
    const { sessionId } = await disagreement({ isAsked: false });
    await signIn(SECOND);
    expect(expectOk(await clinic.api['readings.list']({}))).toEqual([]);
    expect(codeOf(await clinic.api['readings.get']({ sessionId }))).toBe('reading.not_asked');
  });
});

describe('after the second reader has locked', () => {
  it('shows both readings and the model; it locks once, and stays evidence', async () => {
    const { sessionId } = await disagreement();
    await signIn(SECOND);
    const { api } = clinic;
    const view = expectOk(await api['readings.lock']({ sessionId, reading: READING }));
    expect(view.own).toMatchObject({ userName: SECOND, answer: 'nonimpaired', seenBefore: [] });
    expect(view.comparison).toMatchObject({
      first: { userName: FIRST, answer: 'proximal-row-carpectomy' },
      readings: [{ userName: SECOND }],
      prediction: TEST_PREDICTION,
      hasLaterTrials: false,
    });
    expect(codeOf(await api['readings.lock']({ sessionId, reading: READING }))).toBe('reading.done');
    expect(expectOk(await api['readings.list']({}))).toMatchObject([{ state: 'read-by-you', readCount: 1 }]);
    const db = clinic.host.clinic.opened?.db.raw;
    expect(() => db?.prepare("UPDATE reader_judgement SET content = '{}'").run()).toThrow('is evidence');
    expect(db?.prepare("SELECT user_id FROM audit WHERE event = 'reading.locked'").all()).toHaveLength(1);
  });

  it('a third reader does not see the second one before an own lock, the first does', async () => {
    const { sessionId } = await disagreement();
    await signIn(SECOND);
    const { api } = clinic;
    expectOk(await api['readings.lock']({ sessionId, reading: READING }));
    await signIn(THIRD);
    expect(expectOk(await api['readings.ofSession']({ sessionId }))).toEqual({
      isAsked: true,
      isWaitingForYou: true,
      readings: [],
    });
    expect(await framesOfReading(sessionId)).not.toContain(SECOND);
    expect(expectOk(await api['readings.list']({}))).toMatchObject([{ state: 'waiting', readCount: 1 }]);
    await signIn(FIRST);
    expect(expectOk(await api['readings.ofSession']({ sessionId }))).toMatchObject({
      isWaitingForYou: false,
      readings: [{ userName: SECOND, answer: 'nonimpaired' }],
    });
    expect(expectOk(await api['readings.list']({}))).toMatchObject([{ state: 'asked-by-you', readCount: 1 }]);
  });

  it('hides the comparison while another judgement of the patient is open', async () => {
    const { sessionId, patientId } = await disagreement();
    await signIn(SECOND);
    const { api } = clinic;
    expectOk(await api['readings.lock']({ sessionId, reading: READING }));
    const open = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    expect(expectOk(await api['readings.get']({ sessionId })).comparison).toBeNull();
    expect(expectOk(await api['readings.ofSession']({ sessionId })).readings).toEqual([]);
    expectOk(await api['sessions.discard']({ sessionId: open.session.id }));
    expect(expectOk(await api['readings.get']({ sessionId })).comparison).not.toBeNull();
  });

  it('says that the readers saw other numbers when a value was added after the first judgement', async () => {
    const { sessionId } = await disagreement();
    const { api } = clinic;
    const trials = [wristTrial('wrist-extension', 'left', '3.1')];
    expectOk(await api['sessions.addTrials']({ sessionId, trials }));
    await signIn(SECOND);
    const view = expectOk(await api['readings.lock']({ sessionId, reading: READING }));
    expect(view.comparison?.hasLaterTrials).toBe(true);
  });
});

describe('what the second reader had seen before', () => {
  const seenOf = async (sessionId: SessionId) =>
    expectOk(await clinic.api['readings.lock']({ sessionId, reading: READING })).own?.seenBefore;

  it('flags a reader who opened the patient since the first judgement, and writes it down once', async () => {
    const { sessionId, patientId } = await disagreement();
    await signIn(SECOND);
    const { api } = clinic;
    expectOk(await api['readings.noteOpened']({ patientId }));
    expectOk(await api['readings.noteOpened']({ patientId }));
    const db = clinic.host.clinic.opened?.db.raw;
    expect(db?.prepare("SELECT object_id FROM audit WHERE event = 'patient.opened'").all()).toEqual([
      { object_id: patientId },
    ]);
    // The answers were held back by then; name, diagnosis and operation were not.
    expect(await seenOf(sessionId)).toEqual(['patient']);
    // Twin: the third, who opened nothing, is blinded.
    await signIn(THIRD);
    expect(await seenOf(sessionId)).toEqual([]);
  });

  it('flags the answers to a reader who opened the page after the lock and before anybody was asked', async () => {
    const { sessionId, patientId } = await disagreement({ isAsked: false });
    const { api } = clinic;
    await signIn(SECOND);
    expectOk(await api['readings.noteOpened']({ patientId }));
    await signIn(FIRST);
    const secondLook = { wouldChangeMind: '', askColleague: true, finalAnswer: null };
    expectOk(
      await api['sessions.compare']({ sessionId, comparison: { verdict: 'disagree', note: '', secondLook } }),
    );
    await signIn(SECOND);
    expect(await seenOf(sessionId)).toEqual(['answers']);
  });

  it('notes nothing of the first reader, nor before there is a judgement to be seen', async () => {
    const { patientId } = await disagreement();
    const { api } = clinic;
    expectOk(await api['readings.noteOpened']({ patientId }));
    const other = await savedSession(clinic);
    await signIn(SECOND);
    expectOk(await api['readings.noteOpened']({ patientId: other.patient.id }));
    const db = clinic.host.clinic.opened?.db.raw;
    expect(db?.prepare("SELECT 1 FROM audit WHERE event = 'patient.opened'").all()).toEqual([]);
    expect(codeOf(await api['readings.noteOpened']({ patientId: crypto.randomUUID() as never }))).toBe(
      'patient.not_found',
    );
  });

  it('flags a reader who worked with the record, or opened the explanation of this result', async () => {
    const { sessionId, patientId } = await disagreement();
    await signIn(SECOND);
    const { api } = clinic;
    const open = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    expectOk(await api['sessions.discard']({ sessionId: open.session.id }));
    // A discarded session has left the store; what happened on the record itself counts.
    expectOk(await api['patients.update']({ id: patientId, fields: INVENTED_PATIENT }));
    expect(await seenOf(sessionId)).toEqual(['patient']);
    await signIn(THIRD);
    expectOk(await api['predictions.logExplanationOpened']({ sessionId }));
    expect(await seenOf(sessionId)).toEqual(['answers']);
  });
});
