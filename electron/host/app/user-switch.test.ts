import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserId } from '../../../core/contract/schemas/clinical.ts';
import { assertPin } from '../vault/pin-verifier.ts';
import {
  codeOf,
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  pinchTrial,
  savedSession,
  sixTrials,
  startTestClinic,
  TEST_PASSPHRASE,
  type TestClinic,
} from './test-clinic.ts';

const PIN = '2580';
const OTHER_PASSPHRASE = 'nine quiet otters reading';

let clinic: TestClinic;
let anna: UserId;
let ben: UserId;
/** Two users; Ben has a PIN, Anna is signed in. */
beforeEach(async () => {
  clinic = await startTestClinic();
  const { api } = clinic;
  const first = expectOk(await api['app.createUser']({ name: 'Anna', passphrase: TEST_PASSPHRASE }));
  anna = first.state.user?.id as UserId;
  const second = expectOk(await api['app.createUser']({ name: 'Ben', passphrase: OTHER_PASSPHRASE }));
  ben = second.state.users.find((user) => user.name === 'Ben')?.id as UserId;
  await enter(ben, OTHER_PASSPHRASE);
  expectOk(await api['app.setPin']({ passphrase: OTHER_PASSPHRASE, pin: PIN }));
  await enter(anna, TEST_PASSPHRASE);
});
afterEach(() => clinic.remove());

async function enter(userId: UserId, passphrase: string) {
  expectOk(await clinic.api['app.lock']({}));
  expectOk(await clinic.api['app.unlock']({ userId, passphrase }));
}
const pinOf = async (userId: UserId) =>
  expectOk(await clinic.api['app.state']({})).users.find((user) => user.id === userId)?.pin;
const switchTo = (userId: UserId, pin: string | null) => clinic.api['app.switchUser']({ userId, pin });
const audited = () =>
  clinic.host.clinic.opened?.db.raw.prepare('SELECT event, user_id FROM audit ORDER BY seq').all() as {
    event: string;
    user_id: string;
  }[];

describe('another user takes over by PIN', () => {
  it('keeps the draft, and what follows is theirs', async () => {
    const { api } = clinic;
    const patient = expectOk(await api['patients.create'](INVENTED_PATIENT));
    const draft = { ...EMPTY_DRAFT, cells: { 'lateral-pinch/right/1': '7.2' } };
    const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft }));
    const state = expectOk(await switchTo(ben, PIN));
    expect(state.user).toEqual({ id: ben, name: 'Ben' });
    expect(expectOk(await api['sessions.get']({ sessionId: session.id })).draft).toEqual(draft);
    expectOk(await api['sessions.saveMeasurements']({ sessionId: session.id, trials: sixTrials(), draft }));
    // The broken twin named Anna, who had only begun, in the timeline and on the report.
    const shown = expectOk(await api['sessions.get']({ sessionId: session.id }));
    expect(shown.session).toMatchObject({ userName: 'Ben', begunByName: 'Anna' });
    expect(new Set(shown.trials.map(({ userName }) => userName))).toEqual(new Set(['Ben']));
    expect(expectOk(await api['records.openSessions']({}))[0]).toMatchObject({ userName: 'Ben' });
    expect(audited().slice(-2)).toEqual([
      { event: 'user.switched', user_id: ben },
      { event: 'session.saved', user_id: ben },
    ]);
  });

  it('a correction names whoever made it; the session stays with whoever measured', async () => {
    const { api } = clinic;
    const { session } = await savedSession(clinic);
    expect(session.begunByName).toBeUndefined();
    expectOk(await switchTo(ben, PIN));
    const corrected = await api['sessions.correctTrial']({
      sessionId: session.id,
      trial: pinchTrial('left', 2, '4.6'),
      reason: 'misread the gauge',
    });
    const view = expectOk(corrected);
    expect(view.session.userName).toBe('Anna');
    expect(view.history.map(({ userName }) => userName)).toEqual(['Anna']);
    const names = view.trials.map(({ version, userName }) => `${version} ${userName}`);
    expect(names.filter((name) => name === '2 Ben')).toHaveLength(1);
  });

  it('three wrong PINs turn it off, also for the right one, until the passphrase is used', async () => {
    expect(await switchTo(ben, '1111')).toMatchObject({
      error: { code: 'pin.wrong', detail: { triesLeft: 2 } },
    });
    expect(codeOf(await switchTo(ben, '1111'))).toBe('pin.wrong');
    expect(codeOf(await switchTo(ben, '1111'))).toBe('pin.off');
    expect(await pinOf(ben)).toBe('off');
    expect(codeOf(await switchTo(ben, PIN))).toBe('pin.off');
    // Another user's passphrase, a lock or a restart gives no further try.
    await enter(anna, TEST_PASSPHRASE);
    expect(codeOf(await switchTo(ben, PIN))).toBe('pin.off');
    await enter(ben, OTHER_PASSPHRASE);
    await enter(anna, TEST_PASSPHRASE);
    expect(codeOf(await switchTo(ben, PIN))).toBe('ok');
  });

  it('wrong tries in a row count, a right one starts anew', async () => {
    for (let round = 0; round < 2; round++) {
      await switchTo(ben, '1111');
      await switchTo(ben, '1111');
      expect(codeOf(await switchTo(ben, PIN))).toBe('ok');
      await enter(anna, TEST_PASSPHRASE);
    }
  });

  it('opens no locked store, nobody without a PIN, and nobody unknown', async () => {
    expect(codeOf(await switchTo(ben, null))).toBe('pin.wrong');
    expectOk(await switchTo(ben, PIN));
    expect(await pinOf(anna)).toBe('none');
    expect(codeOf(await switchTo(anna, PIN))).toBe('pin.off');
    const stranger = '00000000-0000-4000-8000-000000000001' as UserId;
    expect(codeOf(await switchTo(stranger, PIN))).toBe('vault.not_authorised');
    expectOk(await clinic.api['app.lock']({}));
    expect(codeOf(await switchTo(ben, PIN))).toBe('store.locked');
  });
});

describe('a PIN', () => {
  it('is set with the own passphrase only, and wrong ones wait as at the door', async () => {
    const { api } = clinic;
    const set = (passphrase: string, pin: string | null) => api['app.setPin']({ passphrase, pin });
    expect(codeOf(await set(OTHER_PASSPHRASE, PIN))).toBe('vault.wrong_passphrase');
    for (let i = 0; i < 3; i++) await set('wrong', PIN);
    expect(codeOf(await set(TEST_PASSPHRASE, PIN))).toBe('vault.wait');
    expect(await pinOf(anna)).toBe('none');
  });

  it('is taken away', async () => {
    await enter(ben, OTHER_PASSPHRASE);
    expectOk(await clinic.api['app.setPin']({ passphrase: OTHER_PASSPHRASE, pin: null }));
    expect(await pinOf(ben)).toBe('none');
  });

  it('stands in the store as a verifier, never as itself', () => {
    const row = clinic.host.clinic.opened?.db.raw.prepare('SELECT * FROM user_pin').get();
    expect(JSON.stringify(row)).toMatch(/scrypt\$\d+\$/);
    expect(JSON.stringify(row)).not.toContain(PIN);
  });

  it.each(['1111', '1234', '98765', '123', '123456789', '12a4', ''])('%j is too easy or none', (pin) => {
    expect(() => assertPin(pin)).toThrow('pin.weak');
  });
  it.each(['2580', '1122', '13579', '20261124'])('%s may be used', (pin) => {
    expect(() => assertPin(pin)).not.toThrow();
  });
});

describe('in the sample clinic', () => {
  it('the name is enough where there are several invented users; a PIN cannot be set', async () => {
    const { api, host } = clinic;
    expectOk(await api['app.lock']({}));
    expectOk(await api['app.openSampleClinic']({}));
    const reader = { id: '00000000-0000-4000-8000-000000000777' as UserId, name: 'Dr Second' };
    expect(codeOf(await switchTo(reader.id, null))).toBe('vault.not_authorised');
    host.clinic.addSampleUser(reader);
    expect(expectOk(await switchTo(reader.id, null)).user).toEqual(reader);
    expect(codeOf(await api['app.setPin']({ passphrase: TEST_PASSPHRASE, pin: PIN }))).toBe('sample.only');
  });
});
