/** What came first is told by the audit: setting the computer's clock back hides nothing. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  PatientFields,
  PatientId,
  SessionDraft,
  SessionId,
} from '../../../core/contract/schemas/clinical.ts';
import type { Driver } from '../../../core/contract/schemas/judgement.ts';
import { toNewtons } from '../../../core/units/quantities.ts';
import {
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  pinchTrial,
  sixTrials,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
} from '../app/test-clinic.ts';
import { TEST_PREDICTION } from '../app/test-judging.ts';

/** The rules here need no network: a bundle that agrees to everything. */
const BUNDLE_HASH = 'ab'.repeat(32);
const knownBundles = new Map([
  [
    BUNDLE_HASH,
    { modelId: 'wrist-state', version: '9.9.9', isAnswerOf: () => true, isExplanationOf: () => true },
  ],
]);
const DAY_MS = 86_400_000;

let clinic: TestClinic;
let ms: number;
beforeEach(async () => {
  ms = Date.parse('2026-11-24T08:00:00Z');
  clinic = await startTestClinic({
    knownBundles,
    clock: () => {
      ms += 1000;
      return new Date(ms);
    },
  });
  expectOk(await clinic.api['app.createUser']({ name: 'Dr Test', passphrase: TEST_PASSPHRASE }));
});
afterEach(() => clinic.remove());

/** Does something by another clock; then the clock is right again. */
async function byClock<T>(daysOff: number, work: () => Promise<T>): Promise<T> {
  ms += daysOff * DAY_MS;
  const value = await work();
  ms -= daysOff * DAY_MS;
  return value;
}

const patient = async (change: Partial<PatientFields> = {}): Promise<PatientId> =>
  expectOk(await clinic.api['patients.create']({ ...INVENTED_PATIENT, ...change })).id;

async function measured(
  patientId: PatientId,
  trials = sixTrials(),
  draft: SessionDraft = EMPTY_DRAFT,
): Promise<SessionId> {
  const { api } = clinic;
  const { session } = expectOk(await api['sessions.start']({ patientId, draft }));
  expectOk(await api['sessions.saveMeasurements']({ sessionId: session.id, trials, draft }));
  return session.id;
}

async function storeResult(sessionId: SessionId): Promise<void> {
  const { api } = clinic;
  const { receipt, inputHash } = expectOk(await api['predictions.requestReceipt']({ sessionId }));
  expectOk(await api['predictions.store']({ sessionId, receipt, inputHash, prediction: TEST_PREDICTION }));
}

async function locked(patientId: PatientId): Promise<SessionId> {
  const sessionId = await measured(patientId);
  const judgement = {
    answer: 'nonimpaired',
    confidencePercent: 60,
    drivers: [] as Driver[],
    isBlinded: false,
    durationMs: 9_000,
  } as const;
  expectOk(await clinic.api['sessions.lockJudgement']({ sessionId, judgedSide: 'left', judgement }));
  return sessionId;
}

async function withResult(patientId: PatientId): Promise<SessionId> {
  const sessionId = await locked(patientId);
  await storeResult(sessionId);
  return sessionId;
}

const view = async (sessionId: SessionId) => expectOk(await clinic.api['sessions.get']({ sessionId }));
const rows = async () => expectOk(await clinic.api['concordance.rows']({ limit: 9, offset: 0 }));
const move = async (sessionId: SessionId, toPatientId: PatientId) =>
  expectOk(await clinic.api['records.moveSession']({ sessionId, toPatientId, reason: 'mixed up' }));
const correct = async (sessionId: SessionId, kg: string) =>
  expectOk(
    await clinic.api['sessions.correctTrial']({
      sessionId,
      trial: pinchTrial('left', 1, kg),
      reason: 'misread',
    }),
  );
const compare = async (sessionId: SessionId) =>
  expectOk(
    await clinic.api['sessions.compare']({
      sessionId,
      comparison: {
        verdict: 'disagree',
        note: '',
        secondLook: { wouldChangeMind: '', askColleague: true, finalAnswer: 'four-corner-fusion' },
      },
    }),
  );

describe.each([
  ['right', 0],
  ['three days back', -3],
])('with the clock %s', (_name, daysOff) => {
  it('a session that was judged and then moved is in no figure, and says whose result it shows', async () => {
    const sessionId = await withResult(await patient());
    const to = await patient({ displayName: 'Testperson, Bert' });
    const { moveId } = await byClock(daysOff, () => move(sessionId, to));
    expect((await view(sessionId)).isForAnotherPerson).toBe(true);
    expect((await rows()).leftOut.changedAfterLock).toBe(1);
    // Put back, it is the person's own again.
    await byClock(2 * daysOff, async () => expectOk(await clinic.api['records.undoMove']({ moveId })));
    expect((await view(sessionId)).isForAnotherPerson).toBeUndefined();
    expect((await rows()).rows).toHaveLength(1);
  });

  it('of two moves the one that is undone is the one that is meant', async () => {
    const [a, b, c] = [await patient(), await patient(), await patient()];
    const sessionId = await measured(a);
    const first = await byClock(daysOff, () => move(sessionId, b));
    const second = await byClock(2 * daysOff, () => move(sessionId, c));
    for (const { moveId } of [second, first]) {
      expectOk(await clinic.api['records.undoMove']({ moveId }));
    }
    const judgement = {
      answer: 'nonimpaired',
      confidencePercent: 60,
      drivers: [] as Driver[],
      isBlinded: false,
      durationMs: 9_000,
    } as const;
    expectOk(await clinic.api['sessions.lockJudgement']({ sessionId, judgedSide: 'left', judgement }));
    await storeResult(sessionId);
    expect((await view(sessionId)).isForAnotherPerson).toBeUndefined();
    expect((await rows()).rows).toHaveLength(1);
  });

  it('a value corrected between lock and result leaves the figures, one corrected after the result does not', async () => {
    const after = await withResult(await patient());
    const between = await locked(await patient());
    await byClock(daysOff, () => correct(between, '9.9'));
    await storeResult(between);
    await byClock(daysOff, () => correct(after, '9.9'));
    expect((await rows()).rows.map(({ sessionId }) => sessionId)).toEqual([after]);
  });

  it('a value added between lock and result leaves the figures, one added after the result does not', async () => {
    const after = await withResult(await patient());
    const between = await locked(await patient());
    const add = async (sessionId: SessionId) =>
      expectOk(await clinic.api['sessions.addTrials']({ sessionId, trials: [pinchTrial('left', 4, '4.3')] }));
    await byClock(daysOff, () => add(between));
    await storeResult(between);
    await byClock(daysOff, () => add(after));
    expect((await rows()).rows.map(({ sessionId }) => sessionId)).toEqual([after]);
  });

  it('a comparison belongs to the result it was made on', async () => {
    const sessionId = await withResult(await patient());
    await byClock(daysOff, () => compare(sessionId));
    expect((await view(sessionId)).comparison).not.toBeNull();
    expect((await rows()).rows[0]?.finalAnswer).toBe('four-corner-fusion');
    await byClock(daysOff, async () => {
      await correct(sessionId, '9.9');
      await storeResult(sessionId);
    });
    expect((await view(sessionId)).comparison).toBeNull();
  });

  it('a reader who opened the page between the lock and the question had seen the answers', async () => {
    const { api } = clinic;
    expectOk(await api['app.createUser']({ name: 'Dr Reader', passphrase: TEST_PASSPHRASE }));
    const { users } = expectOk(await api['app.state']({}));
    const as = async (name: string) => {
      expectOk(await api['app.lock']({}));
      const userId = users.find((user) => user.name === name)!.id;
      expectOk(await api['app.unlock']({ userId, passphrase: TEST_PASSPHRASE }));
    };
    await as('Dr Test');
    const opened = await patient();
    const sessions = [await withResult(opened), await withResult(await patient())];
    await as('Dr Reader');
    await byClock(daysOff, async () => expectOk(await api['readings.noteOpened']({ patientId: opened })));
    await as('Dr Test');
    for (const sessionId of sessions) await byClock(2 * daysOff, () => compare(sessionId));
    await as('Dr Reader');
    const reading = {
      answer: 'nonimpaired',
      confidencePercent: 55,
      drivers: [] as Driver[],
      durationMs: 9_000,
    } as const;
    const seen = [];
    for (const sessionId of sessions) {
      seen.push(expectOk(await api['readings.lock']({ sessionId, reading })).own?.seenBefore);
    }
    expect(seen).toEqual([['answers'], []]);
  });
});

describe('a forecast is scored on what nobody could know', () => {
  const fields = {
    side: 'left',
    lowN: toNewtons(5.4, 'kg'),
    highN: toNewtons(5.6, 'kg'),
    typedLow: '5.4',
    typedHigh: '5.6',
    unit: 'kg',
    plannedOn: '2026-12-24',
  } as const;
  /** Two records of one person; the second visit is taken under the second record, before or after the lock. */
  async function twoRecords(isKnown: boolean) {
    const { api } = clinic;
    const [kept, double] = [await patient(), await patient({ displayName: 'Testperson, E.' })];
    const gauge = { name: 'Gauge', serial: '', kind: 'pinch-gauge', unit: 'kg', calibratedOn: null } as const;
    const draft = { ...EMPTY_DRAFT, deviceId: expectOk(await api['devices.create'](gauge)).id };
    const from = await measured(kept, sixTrials(), draft);
    expectOk(await api['sessions.close']({ sessionId: from }));
    const next = () =>
      byClock(30, async () => {
        const sessionId = await measured(double, sixTrials(undefined, ['5.1', '5.5', '5.3']), draft);
        expectOk(await api['sessions.close']({ sessionId }));
        return sessionId;
      });
    const known = isKnown ? await next() : null;
    expectOk(await api['forecasts.lock']({ sessionId: from, forecast: fields }));
    return { kept, double, from, sessionId: known ?? (await next()) };
  }
  const outcome = async (sessionId: SessionId) =>
    expectOk(await clinic.api['forecasts.scoreboard']({})).rows.find((row) => row.sessionId === sessionId)
      ?.outcome.kind;

  it.each([
    [true, 'known-before'],
    [false, 'scored'],
  ])('a visit measured before the lock: %s, then merged: %s', async (isKnown, kind) => {
    const { kept, double, from } = await twoRecords(isKnown);
    expectOk(await clinic.api['records.merge']({ keptId: kept, mergedId: double }));
    expect(await outcome(from)).toBe(kind);
  });

  it.each([
    [true, 'known-before'],
    [false, 'scored'],
  ])('a visit measured before the lock: %s, then moved: %s', async (isKnown, kind) => {
    const { kept, from, sessionId } = await twoRecords(isKnown);
    await move(sessionId, kept);
    expect(await outcome(from)).toBe(kind);
  });
});
