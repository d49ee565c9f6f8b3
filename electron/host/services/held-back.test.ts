/** What is held back from whom beyond the first lock: waiting readers, blinded judges, results of another person. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MUSCLE_GROUPS } from '../../../core/clinical/muscle-groups.ts';
import type { MusclePrediction } from '../../../core/contract/schemas/analysis.ts';
import type {
  PatientFields,
  PatientId,
  SessionDraft,
  SessionId,
} from '../../../core/contract/schemas/clinical.ts';
import type { Comparison, JudgementFields } from '../../../core/contract/schemas/judgement.ts';
import type { ReadingFields } from '../../../core/contract/schemas/reading.ts';
import { toNewtons } from '../../../core/units/quantities.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  sixTrials,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
} from '../app/test-clinic.ts';
import { TEST_PREDICTION } from '../app/test-judging.ts';
import { importTestRecording } from '../app/test-recording.ts';
import { BulkPaths } from '../assets/bulk-paths.ts';

const FIRST = 'Dr Test';
const SECOND = 'M. Zweitleser';
const WRIST_HASH = 'ab'.repeat(32);
const MUSCLE_HASH = 'cd'.repeat(32);
/** The rules here need no network: bundles that agree to everything. */
const yes = { version: '9.9.9', isAnswerOf: () => true };
const knownBundles = new Map([
  [WRIST_HASH, { ...yes, modelId: 'wrist-state' }],
  [MUSCLE_HASH, { ...yes, modelId: 'muscle-parameters-1', openChecker: async () => () => true }],
]);
const MUSCLES: MusclePrediction = {
  analysis: 'muscle-parameters',
  modelId: 'muscle-parameters-1',
  modelVersion: '9.9.9',
  bundleHash: MUSCLE_HASH,
  coverage: 0.9,
  tier: 1,
  refusals: [],
  widthReasons: ['peak-pinch-only'],
  outputs: [],
  strength: { pinchPercent: 61.7, gripPercent: null },
  inRangeP: 0.4,
  durationMs: 3,
};
const analysis = 'muscle-parameters' as const;
const READING: ReadingFields = {
  answer: 'nonimpaired',
  confidencePercent: 55,
  drivers: [],
  durationMs: 9_000,
};
const ASKS = { wouldChangeMind: 'SECONDLOOK', askColleague: true, finalAnswer: null };

let clinic: TestClinic;
let bulk: BulkPaths;
beforeEach(async () => {
  let second = 0;
  bulk = new BulkPaths();
  clinic = await startTestClinic({
    knownBundles,
    bulk,
    clock: () => new Date(Date.UTC(2026, 10, 24, 8, 0, second++)),
  });
  for (const name of [FIRST, SECOND]) {
    expectOk(await clinic.api['app.createUser']({ name, passphrase: TEST_PASSPHRASE }));
  }
});
afterEach(() => clinic.remove());

async function signIn(name: string): Promise<void> {
  const { users } = expectOk(await clinic.api['app.lock']({}));
  const userId = users.find((user) => user.name === name)?.id;
  if (userId === undefined) throw new Error(`there is no user ${name}`);
  expectOk(await clinic.api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
}
const patient = async (change: Partial<PatientFields> = {}): Promise<PatientId> =>
  expectOk(await clinic.api['patients.create']({ ...INVENTED_PATIENT, ...change })).id;

async function measured(patientId: PatientId, change: Partial<SessionDraft> = {}): Promise<SessionId> {
  const draft = { ...EMPTY_DRAFT, ...change };
  const { session } = expectOk(await clinic.api['sessions.start']({ patientId, draft }));
  const sessionId = session.id;
  expectOk(await clinic.api['sessions.saveMeasurements']({ sessionId, trials: sixTrials(), draft }));
  return sessionId;
}

/** Judged and answered, the muscles too. */
async function judged(sessionId: SessionId): Promise<SessionId> {
  const { api } = clinic;
  const judgement: JudgementFields = {
    answer: 'proximal-row-carpectomy',
    confidencePercent: 65,
    drivers: [],
    isBlinded: false,
    durationMs: 9_000,
  };
  const lock = expectOk(await api['sessions.lockJudgement']({ sessionId, judgedSide: 'left', judgement }));
  const { receipt, inputHash } = lock;
  expectOk(await api['predictions.store']({ sessionId, receipt, inputHash, prediction: TEST_PREDICTION }));
  const groups = MUSCLE_GROUPS.map((group) => ({ group, answer: 'weaker', confidencePercent: 60 }) as const);
  const muscles = expectOk(
    await api['analyses.lockJudgement']({
      sessionId,
      judgement: { analysis, side: 'left', groups, durationMs: 9_000 },
    }),
  );
  const answer = { receipt: muscles.receipt, inputHash: muscles.inputHash, prediction: MUSCLES };
  expectOk(await api['analyses.store']({ sessionId, ...answer }));
  return sessionId;
}
const compare = (sessionId: SessionId, change: Partial<Comparison> = {}) =>
  clinic.api['sessions.compare']({
    sessionId,
    comparison: { verdict: 'disagree', note: 'NOTE of the first', secondLook: ASKS, ...change },
  });
const frame = (name: string, input: object) => clinic.request(JSON.stringify({ name, input }));

describe('a session that waits for a second reading', () => {
  const TOLD =
    /proximal-row-carpectomy|four-corner-fusion|"weaker"|61\.7|NOTE of|SECONDLOOK|CONCLUSION|TRUTH|SNAC|POSITION|REMARK/;
  async function asked() {
    const { api } = clinic;
    const patientId = await patient();
    const conditions = { splint: 'worn', positionNote: 'POSITION', clockNote: '' } as const;
    const sessionId = await judged(await measured(patientId, { note: 'REMARK', conditions }));
    expectOk(await compare(sessionId));
    expectOk(await api['reports.saveConclusion']({ sessionId, text: 'CONCLUSION', basedOn: 0 }));
    const truth = {
      kind: 'other',
      knownOn: '2026-11-24',
      answer: null,
      text: 'TRUTH',
      supersedesId: null,
    } as const;
    expectOk(await api['truths.add']({ sessionId, truth }));
    return { sessionId, patientId };
  }
  /** Every answer of the host that is about this session; the patient's own record is not. */
  const frames = async ({ sessionId, patientId }: Awaited<ReturnType<typeof asked>>) =>
    (
      await Promise.all([
        frame('sessions.get', { sessionId }),
        frame('sessions.listForPatient', { patientId, limit: 50, offset: 0 }),
        frame('analyses.get', { sessionId, analysis }),
        frame('reports.conclusion', { sessionId }),
        frame('truths.list', { sessionId }),
        frame('predictions.shownInput', { sessionId }),
        frame('concordance.rows', { limit: 50, offset: 0 }),
        frame('concordance.analyses', {}),
        frame('readings.list', {}),
        frame('readings.get', { sessionId }),
      ])
    ).join('\n');

  it('tells a colleague nothing before the own lock, on any screen, and everything after it', async () => {
    const session = await asked();
    const { api } = clinic;
    // Twin: the first judge is told all of it.
    expect(new Set((await frames(session)).match(new RegExp(TOLD, 'g'))).size).toBe(11);
    await signIn(SECOND);
    expect((await frames(session)).match(TOLD)).toBeNull();
    const view = expectOk(await api['sessions.get']({ sessionId: session.sessionId }));
    expect(view).toMatchObject({ isWaitingForYou: true, judgements: [], prediction: null });
    expect(view.trials).toHaveLength(6);
    const { own } = expectOk(await api['readings.lock']({ sessionId: session.sessionId, reading: READING }));
    expect(own?.seenBefore).toEqual([]);
    expect(new Set((await frames(session)).match(new RegExp(TOLD, 'g'))).size).toBe(11);
  });

  it('opens to “look first”, once, on record, and the reading is then not blinded', async () => {
    const session = await asked();
    const { sessionId } = session;
    const { api } = clinic;
    expect(codeOf(await api['readings.lookFirst']({ sessionId }))).toBe('reading.own');
    await signIn(SECOND);
    expectOk(await api['readings.lookFirst']({ sessionId }));
    expect(codeOf(await api['readings.lookFirst']({ sessionId }))).toBe('reading.done');
    expect(await frames(session)).toMatch(TOLD);
    const db = clinic.host.clinic.opened?.db.raw;
    expect(db?.prepare("SELECT 1 FROM audit WHERE event = 'reading.looked_first'").all()).toHaveLength(1);
    const { own } = expectOk(await api['readings.lock']({ sessionId, reading: READING }));
    expect(own?.seenBefore).toContain('answers');
  });

  it('is not opened by taking the question back, nor written over unseen', async () => {
    const { sessionId } = await asked();
    await signIn(SECOND);
    expect(codeOf(await compare(sessionId, { secondLook: null }))).toBe('session.wrong_state');
    const conclusion = { sessionId, text: 'mine', basedOn: 1 };
    expect(codeOf(await clinic.api['reports.saveConclusion'](conclusion))).toBe('session.wrong_state');
  });
});

it('a comparison of a colleague is no final answer of the judge', async () => {
  const sessionId = await judged(await measured(await patient()));
  const final = async () =>
    expectOk(await clinic.api['concordance.rows']({ limit: 9, offset: 0 })).rows[0]?.finalAnswer;
  const secondLook = { wouldChangeMind: '', askColleague: false, finalAnswer: 'four-corner-fusion' } as const;
  await signIn(SECOND);
  expectOk(await compare(sessionId, { secondLook }));
  expect(await final()).toBeNull();
  await signIn(FIRST);
  expectOk(await compare(sessionId, { secondLook: { ...secondLook, finalAnswer: 'nonimpaired' } }));
  expect(await final()).toBe('nonimpaired');
});

describe('a session that was moved to another patient', () => {
  it('marks analysis, conclusion and forecast as of another person, and leaves the figures', async () => {
    const { api } = clinic;
    // The same sex and size: nothing but the move tells them apart.
    const wrong = await patient({ clinicNumber: 'A' });
    const right = await patient({ clinicNumber: 'B' });
    const sessionId = await judged(await measured(wrong));
    expectOk(await api['reports.saveConclusion']({ sessionId, text: 'may work again', basedOn: 0 }));
    const range = {
      lowN: toNewtons(4, 'kg'),
      highN: toNewtons(5, 'kg'),
      typedLow: '4',
      typedHigh: '5',
    } as const;
    expectOk(
      await api['forecasts.lock']({
        sessionId,
        forecast: { ...range, side: 'left', unit: 'kg', plannedOn: '2026-12-24' },
      }),
    );
    const marks = async () => [
      expectOk(await api['analyses.get']({ sessionId, analysis })).isForAnotherPerson,
      expectOk(await api['reports.conclusion']({ sessionId })).isForAnotherPerson,
      ...expectOk(await api['forecasts.get']({ sessionId })).hands.map((hand) => hand.isForAnotherPerson),
    ];
    const figures = async () => expectOk(await api['concordance.analyses']({}));
    const unmarked = [undefined, undefined, undefined, undefined];
    expect(await marks()).toEqual(unmarked);
    expect((await figures()).muscles).toHaveLength(1);
    const move = { sessionId, toPatientId: right, reason: 'mistaken' };
    const { moveId } = expectOk(await api['records.moveSession'](move));
    // The affected hand stands first; nothing was foretold of the other.
    expect(await marks()).toEqual([true, true, true, undefined]);
    expect(await figures()).toMatchObject({ muscles: [], leftOut: { changedAfterLock: 1 } });
    expectOk(await api['records.undoMove']({ moveId }));
    expect(await marks()).toEqual(unmarked);
    expect((await figures()).muscles).toHaveLength(1);
  });
});

describe('a blinded judge', () => {
  it('is told no words of earlier visits: neither conditions, episode, nor what a file called its channels', async () => {
    const { api } = clinic;
    const patientId = await patient();
    const conditions = { splint: 'worn', positionNote: 'fused wrist', clockNote: '' } as const;
    const sessionId = await measured(patientId, { conditions });
    const channels = [{ column: 1, role: 'force', name: 'fused wrist force', unit: 'kg' }] as const;
    const time = { kind: 'column', column: 0, unit: 's' } as const;
    await importTestRecording(clinic, bulk, sessionId, {
      name: 'pull',
      mapping: { delimiter: ';', decimalSign: '.', time, channels: [...channels] },
    });
    const { episodes } = expectOk(
      await api['episodes.save']({
        patientId,
        episodeId: null,
        fields: {
          side: 'left',
          diagnosis: 'collapse',
          operation: 'four-corner-fusion',
          operationNote: '',
          operationDate: '2026-03-02',
          startedOn: '2026-02-01',
          endedOn: null,
        },
      }),
    );
    expectOk(await api['episodes.assignSession']({ sessionId, episodeId: episodes[0]?.id ?? null }));
    await judged(sessionId);
    const told = async () =>
      (
        await Promise.all([
          frame('sessions.get', { sessionId }),
          frame('sessions.listForPatient', { patientId, limit: 50, offset: 0 }),
          frame('recordings.list', { patientId }),
          frame('recordings.listForSession', { sessionId }),
          frame('analyses.get', { sessionId, analysis }),
          frame('analyses.get', { sessionId, analysis: 'elbow-torque-fatigue' }),
        ])
      ).join('\n');
    const words = /fused wrist|"worn"|"episodeId":"/;
    // Twin: nobody is blinded yet.
    expect(await told()).toMatch(words);
    await measured(patientId, { isBlinded: true });
    const frames = await told();
    expect(frames.match(words)).toBeNull();
    expect(frames).toContain('"name":"channel 1"');
  });

  it('who became one while measuring stands with the moment in the trail; who gave it up is none again', async () => {
    const { api } = clinic;
    const patientId = await patient();
    const { session } = expectOk(await api['sessions.start']({ patientId, draft: EMPTY_DRAFT }));
    const set = async (isBlinded: boolean) =>
      expectOk(
        await api['sessions.saveDraft']({ sessionId: session.id, draft: { ...EMPTY_DRAFT, isBlinded } }),
      );
    const events = () =>
      clinic.host.clinic.opened?.db.raw
        .prepare("SELECT event FROM audit WHERE event LIKE 'session.%blinded' ORDER BY seq")
        .pluck()
        .all();
    await set(true);
    await set(true);
    expect(events()).toEqual(['session.blinded']);
    await set(false);
    await set(true);
    expect(events()).toEqual(['session.blinded', 'session.unblinded']);
    expect(expectOk(await api['sessions.get']({ sessionId: session.id })).session.isBlinded).toBe(false);
  });
});
