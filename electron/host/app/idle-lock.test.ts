import { afterEach, expect, it } from 'vitest';
import { PREFERENCE_DEFAULTS } from '../../../core/contract/channels/preferences.ts';
import { codeOf, expectOk, savedSession, startTestClinic, type TestClinic } from './test-clinic.ts';

const IDLE_LOCK_MS = PREFERENCE_DEFAULTS.lockMinutes * 60_000;

let clinic: TestClinic | undefined;
afterEach(() => clinic?.remove());

it('locks a clinic that nobody used for ten minutes, and not a moment before', async () => {
  let now = 0;
  clinic = await startTestClinic({ monotonicMs: () => now });
  const { patient } = await savedSession(clinic);
  const ask = () => clinic?.api['patients.get']({ id: patient.id });
  now = IDLE_LOCK_MS - 1;
  await clinic.host.lockIfIdle();
  expect(codeOf((await ask()) as never)).toBe('ok');
  // The call above counted as use.
  now += IDLE_LOCK_MS - 1;
  await clinic.host.lockIfIdle();
  expect(codeOf((await ask()) as never)).toBe('ok');
  now += IDLE_LOCK_MS;
  await clinic.host.lockIfIdle();
  expect(codeOf((await ask()) as never)).toBe('store.locked');
  expect(expectOk(await clinic.api['app.state']({})).phase).toBe('locked');
});

it('follows the time that the clinic has set, at once', async () => {
  let now = 0;
  clinic = await startTestClinic({ monotonicMs: () => now });
  await savedSession(clinic);
  expectOk(await clinic.api['preferences.set']({ lockMinutes: 1 }));
  now = 60_000;
  await clinic.host.lockIfIdle();
  expect(expectOk(await clinic.api['app.state']({})).phase).toBe('locked');
});

it('leaves the sample clinic open: it holds nobody', async () => {
  let now = 0;
  clinic = await startTestClinic({ monotonicMs: () => now });
  expectOk(await clinic.api['app.openSampleClinic']({}));
  now = 3 * IDLE_LOCK_MS;
  await clinic.host.lockIfIdle();
  expect(expectOk(await clinic.api['app.state']({})).phase).toBe('open');
});

it('locks after a sleep in which the monotonic clock stood still, whatever is touched first', async () => {
  let wall = 0;
  clinic = await startTestClinic({ monotonicMs: () => 0, wallMs: () => wall });
  await savedSession(clinic);
  wall = IDLE_LOCK_MS - 1;
  await clinic.host.lockIfIdle();
  expect(expectOk(await clinic.api['app.state']({})).phase).toBe('open');
  wall += IDLE_LOCK_MS;
  // Waking up, the page asks before the timer looks.
  expectOk(await clinic.api['app.state']({}));
  await clinic.host.lockIfIdle();
  expect(expectOk(await clinic.api['app.state']({})).phase).toBe('locked');
});

it('locks at once when the shell says that the screen was locked', async () => {
  clinic = await startTestClinic();
  await savedSession(clinic);
  await clinic.host.lock();
  expect(expectOk(await clinic.api['app.state']({})).phase).toBe('locked');
});
