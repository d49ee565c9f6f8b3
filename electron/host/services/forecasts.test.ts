import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceId, PatientId, SessionId, TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import type { ForecastFields, ModelForecast } from '../../../core/contract/schemas/forecast.ts';
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
import { type Forecaster, forecasterOf } from './known-forecaster.ts';

const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
let forecaster: Forecaster;
beforeAll(async () => {
  const found = await forecasterOf(`models/next-visit/${current['next-visit']}`);
  if (found === null) throw new Error('the shipped next-visit cannot be read');
  forecaster = found;
});

let clinic: TestClinic;
let now: Date;
let patientId: PatientId;
let gauge: DeviceId;
beforeEach(async () => {
  now = new Date('2026-08-03T09:00:00Z');
  clinic = await startTestClinic({ clock: () => now });
  expectOk(await clinic.api['app.createUser']({ name: 'Dr Test', passphrase: TEST_PASSPHRASE }));
  patientId = expectOk(await clinic.api['patients.create'](INVENTED_PATIENT)).id;
  gauge = await device('Gauge A');
});
afterEach(() => clinic.remove());

const device = async (name: string): Promise<DeviceId> =>
  expectOk(
    await clinic.api['devices.create']({
      name,
      serial: '',
      kind: 'pinch-gauge',
      unit: 'kg',
      calibratedOn: null,
    }),
  ).id;

/** A saved session of six trials with the same gauge, closed unless it is to stay open for a judgement. */
async function visit(
  at: string,
  options: { isOpen?: boolean; trials?: TrialEntry[]; deviceId?: DeviceId | null } = {},
): Promise<SessionId> {
  now = new Date(at);
  const draft = { ...EMPTY_DRAFT, deviceId: options.deviceId === undefined ? gauge : options.deviceId };
  const { session } = expectOk(await clinic.api['sessions.start']({ patientId, draft }));
  expectOk(
    await clinic.api['sessions.saveMeasurements']({
      sessionId: session.id,
      trials: options.trials ?? sixTrials(),
      draft,
    }),
  );
  if (!options.isOpen) expectOk(await clinic.api['sessions.close']({ sessionId: session.id }));
  return session.id;
}

const RANGE: ForecastFields = {
  side: 'left',
  lowN: toNewtons(4.2, 'kg'),
  highN: toNewtons(5, 'kg'),
  typedLow: '4.2',
  typedHigh: '5',
  unit: 'kg',
  plannedOn: '2026-08-31',
};
const lock = (sessionId: SessionId, change: Partial<ForecastFields> = {}) =>
  clinic.api['forecasts.lock']({ sessionId, forecast: { ...RANGE, ...change } });
const view = async (sessionId: SessionId) => expectOk(await clinic.api['forecasts.get']({ sessionId }));
const affected = async (sessionId: SessionId) => (await view(sessionId)).hands[0]!;
async function askModel(sessionId: SessionId, change: (answer: ModelForecast) => ModelForecast = (a) => a) {
  const asked = expectOk(await clinic.api['forecasts.takeQuestion']({ sessionId, side: 'left' }));
  return clinic.api['forecasts.storeModel']({
    sessionId,
    side: 'left',
    forecast: change(forecaster(asked.question)),
  });
}

describe('the forecast duel', () => {
  it('takes no range that is not what was typed', async () => {
    const sessionId = await visit('2026-08-03T09:00:00Z');
    const twins: Partial<ForecastFields>[] = [
      { typedLow: '4.3' },
      { typedHigh: 'about 5' },
      { typedHigh: '-5' },
      { unit: 'N' },
      { lowN: 0 },
    ];
    for (const twin of twins) expect(codeOf(await lock(sessionId, twin))).toBe('input.invalid');
    expect(codeOf(await lock(sessionId, { typedLow: '4,2', typedHigh: '5.0' }))).toBe('ok');
  });

  it('starts empty, with the affected hand first and nothing of the model', async () => {
    const hand = await affected(await visit('2026-08-03T09:00:00Z'));
    expect(hand).toMatchObject({
      side: 'left',
      isAffected: true,
      clinician: null,
      model: null,
      modelState: 'forecast-not-locked',
    });
    expect(hand.lastN).toBeCloseTo(toNewtons(4.4, 'kg'), 9);
  });

  it('hands nothing to the model before the lock, in the service and in the store', async () => {
    const sessionId = await visit('2026-08-03T09:00:00Z');
    expect(codeOf(await clinic.api['forecasts.takeQuestion']({ sessionId, side: 'left' }))).toBe(
      'judgement.not_locked',
    );
    const { db } = clinic.host.clinic.opened!;
    const user = db.raw.prepare('SELECT id FROM app_user').get() as { id: string };
    expect(() =>
      db.raw
        .prepare("INSERT INTO forecast VALUES ('x', ?, 'left', 'model', ?, '{}', '2026-08-03T09:00:00Z')")
        .run(sessionId, user.id),
    ).toThrow(/before the clinician/);
  });

  it('scores both at the next visit, by the best trial of that hand', async () => {
    const sessionId = await visit('2026-08-03T09:00:00Z');
    expectOk(await lock(sessionId));
    const answered = expectOk(await askModel(sessionId)).hands[0]!;
    expect(answered.modelState).toBe('answered');
    expect(answered.model?.quantilesN).toHaveLength(5);
    expect(answered.outcome).toEqual({ kind: 'waiting' });
    expect(codeOf(await clinic.api['forecasts.takeQuestion']({ sessionId, side: 'left' }))).toBe(
      'judgement.not_locked',
    );
    await visit('2026-08-31T09:00:00Z', { trials: sixTrials(undefined, ['4.6', '4.8', '4.7']) });
    const { rows, heldBack } = expectOk(await clinic.api['forecasts.scoreboard']({}));
    expect(heldBack).toBe(0);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.outcome).toMatchObject({ kind: 'scored', pinchPeakN: toNewtons(4.8, 'kg') });
    expect(rows[0]?.model?.quantilesN).toEqual(answered.model?.quantilesN);
  });

  it('takes no second session of the same day for the next visit', async () => {
    const sessionId = await visit('2026-08-03T09:00:00Z');
    expectOk(await lock(sessionId));
    await visit('2026-08-03T10:00:00Z', { trials: sixTrials(undefined, ['4.6', '4.8', '4.7']) });
    expect((await affected(sessionId)).outcome).toEqual({ kind: 'waiting' });
    await visit('2026-08-31T09:00:00Z', { trials: sixTrials(undefined, ['5.0', '5.2', '5.1']) });
    expect((await affected(sessionId)).outcome).toMatchObject({
      kind: 'scored',
      pinchPeakN: toNewtons(5.2, 'kg'),
      isFarFromPlan: false,
    });
  });

  it.each([
    // Planned after 28 days: from 14 to 56 days it is the visit that was meant.
    ['2026-08-16', true],
    ['2026-08-17', false],
    ['2026-09-28', false],
    ['2026-09-29', true],
  ])('marks a next visit on %s as far from the plan: %s', async (day, isFarFromPlan) => {
    const sessionId = await visit('2026-08-03T09:00:00Z');
    expectOk(await lock(sessionId));
    await visit(`${day}T09:00:00Z`);
    expect((await affected(sessionId)).outcome).toMatchObject({ kind: 'scored', isFarFromPlan });
  });

  it('refuses an answer that the bundle does not give, and a bundle it does not know', async () => {
    const sessionId = await visit('2026-08-03T09:00:00Z');
    expectOk(await lock(sessionId));
    const wider = (answer: ModelForecast): ModelForecast => ({
      ...answer,
      quantilesN: answer.quantilesN!.map((forceN) => forceN * 1.01) as ModelForecast['quantilesN'],
    });
    expect(codeOf(await askModel(sessionId, wider))).toBe('prediction.mismatch');
    expect(codeOf(await askModel(sessionId, (a) => ({ ...a, bundleHash: 'f'.repeat(64) })))).toBe(
      'model.not_found',
    );
    expect((await affected(sessionId)).model).toBeNull();
  });

  it('locks once, with a planned date after this visit, and not after a later visit has begun', async () => {
    const sessionId = await visit('2026-08-03T09:00:00Z');
    expect(codeOf(await lock(sessionId, { plannedOn: '2026-08-03' }))).toBe('session.incomplete');
    expectOk(await lock(sessionId));
    expect(codeOf(await lock(sessionId))).toBe('session.wrong_state');
    const later = await visit('2026-08-31T09:00:00Z');
    expect(codeOf(await lock(sessionId, { side: 'right' }))).toBe('session.wrong_state');
    expect((await view(sessionId)).hands.every(({ isTooLate }) => isTooLate)).toBe(true);
    expectOk(await lock(later, { plannedOn: '2026-09-28' }));
  });

  it('hides the model and asks it nothing while a judgement of the patient is open', async () => {
    const first = await visit('2026-08-03T09:00:00Z');
    expectOk(await lock(first));
    expectOk(await askModel(first));
    const open = await visit('2026-08-31T09:00:00Z', { isOpen: true });
    expect(await affected(first)).toMatchObject({ model: null, modelState: 'judgement-open' });
    expectOk(await lock(open, { plannedOn: '2026-09-28' }));
    expect(codeOf(await clinic.api['forecasts.takeQuestion']({ sessionId: open, side: 'left' }))).toBe(
      'judgement.not_locked',
    );
    expect(expectOk(await clinic.api['forecasts.scoreboard']({}))).toEqual({ rows: [], heldBack: 2 });
    expectOk(await clinic.api['sessions.close']({ sessionId: open }));
    expect((await affected(first)).model).not.toBeNull();
    expectOk(await askModel(open));
  });

  it('scores nothing measured with another device, or after a correction', async () => {
    const other = await device('Gauge B');
    const first = await visit('2026-08-03T09:00:00Z');
    expectOk(await lock(first));
    const second = await visit('2026-08-31T09:00:00Z', { deviceId: other });
    expect((await affected(first)).outcome.kind).toBe('other-device');
    expectOk(await lock(second, { plannedOn: '2026-09-28' }));
    // The visit on the other device is no part of the course.
    expect((await affected(second)).visits).toHaveLength(1);
    const trial = sixTrials().find(({ side, trialNumber }) => side === 'left' && trialNumber === 2)!;
    expectOk(
      await clinic.api['sessions.correctTrial']({
        sessionId: first,
        trial: { ...trial, typedText: '4.9', valueSi: toNewtons(4.9, 'kg') },
        reason: 'misread',
      }),
    );
    expect((await affected(first)).outcome.kind).toBe('corrected');
  });

  it('takes a gauge that is not named for one of its own, as the trends do', async () => {
    const first = await visit('2026-08-03T09:00:00Z', { deviceId: null });
    const second = await visit('2026-08-17T09:00:00Z', { deviceId: null });
    expectOk(await lock(second));
    // Nothing says that the visit before was taken with the same gauge: neither the page nor the network goes by it.
    expect((await affected(second)).visits).toHaveLength(1);
    const asked = expectOk(await clinic.api['forecasts.takeQuestion']({ sessionId: second, side: 'left' }));
    expect(asked.question.visits).toHaveLength(1);
    await visit('2026-08-31T09:00:00Z', { deviceId: null });
    expect((await affected(second)).outcome.kind).toBe('device-not-named');
    expect((await affected(first)).visits).toHaveLength(1);
  });

  it.each([
    [[3, 1], 'not-three-trials'],
    [[2, 3], 'not-three-trials'],
    [[3, 3], 'scored'],
  ] as const)(
    'compares the best of three with the best of three alone: %j trials are %s',
    async (trials, kind) => {
      const withTrials = (count: number) =>
        sixTrials().filter(({ side, trialNumber }) => side === 'right' || trialNumber <= count);
      const first = await visit('2026-08-03T09:00:00Z', { trials: withTrials(trials[0]) });
      expectOk(await lock(first));
      await visit('2026-08-31T09:00:00Z', { trials: withTrials(trials[1]) });
      const { outcome } = await affected(first);
      expect(outcome).toMatchObject(kind === 'scored' ? { kind } : { kind, trials });
    },
  );

  it('asks the network nothing about the hand that was not operated, and marks its forecast', async () => {
    const sessionId = await visit('2026-08-03T09:00:00Z');
    const locked = expectOk(
      await lock(sessionId, {
        side: 'right',
        lowN: toNewtons(7, 'kg'),
        typedLow: '7',
        highN: toNewtons(8, 'kg'),
        typedHigh: '8',
      }),
    );
    expect(locked.hands.find(({ side }) => side === 'right')?.modelState).toBe('not-the-affected-hand');
    expect(codeOf(await clinic.api['forecasts.takeQuestion']({ sessionId, side: 'right' }))).toBe(
      'session.incomplete',
    );
    expectOk(await lock(sessionId));
    const { rows } = expectOk(await clinic.api['forecasts.scoreboard']({}));
    expect(rows.map(({ clinician, isOfSoundHand }) => [clinician.side, isOfSoundHand])).toEqual([
      ['right', true],
      ['left', undefined],
    ]);
  });

  it('scores the next visit as first saved: what is typed with both forecasts known decides nothing', async () => {
    const first = await visit('2026-08-03T09:00:00Z');
    expectOk(await lock(first));
    expectOk(await askModel(first));
    const second = await visit('2026-08-31T09:00:00Z', { isOpen: true });
    const trial = sixTrials().find(({ side, trialNumber }) => side === 'left' && trialNumber === 2)!;
    const kg = (text: string) => ({ ...trial, typedText: text, valueSi: toNewtons(Number(text), 'kg') });
    now = new Date('2026-08-31T09:10:00Z');
    const added = { ...kg('6.3'), trialNumber: 4 };
    expectOk(await clinic.api['sessions.addTrials']({ sessionId: second, trials: [added] }));
    expectOk(await clinic.api['sessions.close']({ sessionId: second }));
    const correct = async (changed: TrialEntry) =>
      expectOk(
        await clinic.api['sessions.correctTrial']({
          sessionId: second,
          trial: changed,
          reason: 'misread',
        }),
      );
    await correct(kg('9.5'));
    const scored = async () => {
      const { outcome } = expectOk(await clinic.api['forecasts.scoreboard']({})).rows[0]!;
      expect((await affected(first)).outcome).toEqual(outcome);
      return outcome;
    };
    expect(await scored()).toMatchObject({
      kind: 'scored',
      pinchPeakN: toNewtons(4.4, 'kg'),
      isCorrectedSince: true,
    });
    // Taken away altogether, it is still the truth.
    const none = { typedText: '', valueSi: null, notTestedReason: 'pain' } as const;
    for (const each of sixTrials().filter(({ side }) => side === 'left')) await correct({ ...each, ...none });
    await correct({ ...added, ...none });
    expect(await scored()).toMatchObject({ kind: 'scored', isCorrectedSince: true });
  });

  it('asks the network nothing without a date of operation', async () => {
    patientId = expectOk(
      await clinic.api['patients.create']({ ...INVENTED_PATIENT, operation: 'none', operationDate: null }),
    ).id;
    const sessionId = await visit('2026-08-03T09:00:00Z');
    expectOk(await lock(sessionId));
    expect((await affected(sessionId)).modelState).toBe('no-surgery-date');
    expect(codeOf(await clinic.api['forecasts.takeQuestion']({ sessionId, side: 'left' }))).toBe(
      'session.incomplete',
    );
  });
});
