import type { Page } from 'playwright/test';
import { emptySessionDraft } from '../../core/clinical/session-entries.ts';
import type { PatientId, SessionId, Side, TrialEntry } from '../../core/contract/schemas/clinical.ts';
import { toNewtons } from '../../core/units/quantities.ts';
import { expect, test } from '../fixtures/app.ts';
import { readHost } from '../fixtures/host-calls.ts';
import { readRecorded, startRecording } from '../fixtures/recorder.ts';
import { openPatient } from '../pages/patients.ts';
import { createFirstUser, passRecoveryCode, unlock } from '../pages/welcome.ts';

const dayFromNow = (days: number) => new Date(Date.now() + 86_400_000 * days).toISOString().slice(0, 10);

function trialsOf(kilograms: Record<Side, readonly string[]>): TrialEntry[] {
  return (['right', 'left'] as const).flatMap((side) =>
    kilograms[side].map((typedText, place) => ({
      measure: 'lateral-pinch' as const,
      side,
      trialNumber: place + 1,
      typedText,
      typedUnit: 'kg' as const,
      valueSi: toNewtons(Number(typedText), 'kg'),
      pain: null,
      isStoppedEarly: false,
      notTestedReason: null,
      isConfirmedUnusual: false,
    })),
  );
}

/** A visit without a judgement, past the screens: how it is typed is the matter of other specs. */
async function visit(page: Page, patientId: PatientId, left: readonly string[]): Promise<SessionId> {
  const draft = emptySessionDraft();
  const { session } = await readHost(page, 'sessions.start', { patientId, draft });
  const trials = trialsOf({ right: ['7.5', '7.4', '7.6'], left });
  await readHost(page, 'sessions.saveMeasurements', { sessionId: session.id, trials, draft });
  await readHost(page, 'sessions.close', { sessionId: session.id });
  return session.id;
}

test('a forecast: locked first, then the model’s, and both wait for another day', { tag: '@full' }, async ({
  app,
}) => {
  const { page } = app;
  await createFirstUser(page, 'Dr Test');
  await passRecoveryCode(page);
  const patient = await readHost(page, 'patients.create', {
    displayName: 'Testperson, Erika',
    clinicNumber: '',
    birthDate: '1968-03-04',
    sex: 'female',
    heightM: 1.66,
    weightKg: 68,
    dominantHand: 'right',
    affectedSide: 'left',
    diagnosis: 'SNAC wrist, stage II',
    operation: 'four-corner-fusion',
    operationNote: '',
    operationDate: dayFromNow(-84),
  });
  const first = await visit(page, patient.id, ['5.5', '5.7', '5.6']);

  await test.step('one key leads to an empty form; the keyboard is enough', async () => {
    await startRecording(page);
    // A page that is loaded anew may find the store open or locked.
    if (await page.getByLabel('Passphrase', { exact: true }).isVisible()) await unlock(page);
    await openPatient(page, 'Testperson');
    await expect(page.getByRole('button', { name: 'Forecast the next visit' })).toBeVisible();
    await page.keyboard.press('f');
    const from = page.getByLabel('From, kg');
    await expect(from).toBeFocused();
    await expect(from).toHaveValue('');
    const { worker, calls } = await readRecorded(page);
    expect(worker.filter((kind) => kind === 'forecast')).toEqual([]);
    expect(calls).not.toContain('forecasts.takeQuestion');
    await page.keyboard.type('5.6');
    await page.keyboard.press('Enter');
    await page.keyboard.type('6.4');
    await page.keyboard.press('Enter');
    await page.keyboard.type(dayFromNow(28));
    await page.keyboard.press('Enter');
  });

  await test.step('only then the network answers, and what it says is stored beside', async () => {
    await expect(page.getByText(/next-visit \d/)).toBeVisible();
    await expect(page.getByText('not a medical device').first()).toBeVisible();
    const { calls, worker } = await readRecorded(page);
    expect(calls.filter((name) => /^forecasts\.(?!get)/.test(name))).toEqual([
      'forecasts.lock',
      'forecasts.takeQuestion',
      'forecasts.storeModel',
    ]);
    expect(worker.filter((kind) => kind === 'forecast')).toHaveLength(1);
    const { hands } = await readHost(page, 'forecasts.get', { sessionId: first });
    expect(hands[0]).toMatchObject({ side: 'left', modelState: 'answered', outcome: { kind: 'waiting' } });
  });

  // The clock is the computer's: that a visit of another day scores both is a matter of the host's tests.
  await test.step('a second session of the same day is no next visit', async () => {
    await visit(page, patient.id, ['5.9', '6.1', '6.0']);
    await openPatient(page, 'Testperson');
    await page.getByRole('button', { name: 'Forecast the next visit' }).click();
    const earlier = page.getByRole('row').filter({ hasText: '5.6 to 6.4 kg' });
    await expect(earlier).toContainText('waits for the next visit');
    const { rows } = await readHost(page, 'forecasts.scoreboard', {});
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ sessionId: first, outcome: { kind: 'waiting' } });
    await page.keyboard.press('Alt+2');
    await expect(page.getByText(/^0 scored, 1 waiting for the next visit/)).toBeVisible();
    await expect(page.getByText(/^too few to say: n = 0/).first()).toBeVisible();
  });
});
