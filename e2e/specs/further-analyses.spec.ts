import type { Page } from 'playwright/test';
import { emptySessionDraft } from '../../core/clinical/session-entries.ts';
import { toNewtons } from '../../core/units/quantities.ts';
import { expect, test } from '../fixtures/app.ts';
import { askHost, readHost, readPatient } from '../fixtures/host-calls.ts';
import { openPatient } from '../pages/patients.ts';
import { openSampleClinic } from '../pages/welcome.ts';

const PATIENT = 'Okafor';
const GROUPS = ['Thumb flexor', 'Adductor and first interosseous', 'Thumb abductors', 'Wrist extensors'];

const trial = (measure: string, trialNumber: number, kg: string) => ({
  measure,
  side: 'right',
  trialNumber,
  typedText: kg,
  typedUnit: 'kg',
  valueSi: toNewtons(Number(kg), 'kg'),
  pain: null,
  isStoppedEarly: false,
  notTestedReason: null,
  isConfirmedUnusual: false,
});

/** A closed session with what muscle parameters read, past the screens. */
async function measuredSession(page: Page) {
  const { patient } = await readPatient(page, PATIENT);
  const draft = emptySessionDraft();
  const { session } = await readHost(page, 'sessions.start', { patientId: patient.id, draft });
  const sessionId = session.id;
  const trials = [
    ...['9.1', '9.4', '9.2'].map((kg, index) => trial('lateral-pinch', index + 1, kg)),
    trial('lateral-pinch-flexion-20', 1, '8.4'),
    trial('lateral-pinch-extension-20', 1, '9.0'),
    trial('grip-2', 1, '38'),
  ];
  await readHost(page, 'sessions.saveMeasurements', { sessionId, trials, draft } as never);
  await readHost(page, 'sessions.close', { sessionId });
  return sessionId;
}

test('muscle parameters: judged, locked, then the model’s answer beside it', { tag: '@full' }, async ({
  app,
}) => {
  const { page } = app;
  await openSampleClinic(page);
  const sessionId = await measuredSession(page);
  const analysis = 'muscle-parameters' as const;
  await openPatient(page, PATIENT);
  await page.locator('button', { hasText: /^Open/ }).first().click();
  await page.getByRole('button', { name: 'Muscle parameters' }).click();
  const lock = page.getByRole('button', { name: 'Lock and show' });
  await expect(lock).toBeVisible();

  // Nothing of a model is on the page or in the store, and there is no receipt to get any.
  await expect(page.locator('body')).not.toContainText(/muscle-parameters-\d/);
  const receipt = await askHost(page, 'analyses.requestReceipt', { sessionId, analysis });
  expect(receipt.ok ? 'ok' : receipt.error.code).toBe('judgement.not_locked');

  for (const name of GROUPS) {
    await page.getByRole('group', { name, exact: true }).getByText('as expected').click();
  }
  await page.getByRole('slider', { name: 'How sure' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/of expected, interval \d+ to \d+ %/)).toBeVisible();
  await expect(page.getByText('Moves with general strength only')).toBeVisible();
  await expect(page.getByText(/^muscle-parameters-2 .*not a medical device$/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Muscle parameters', level: 1 })).toBeFocused();
  await expect
    .poll(
      async () => (await readHost(page, 'analyses.get', { sessionId, analysis })).explanation?.numbers.length,
    )
    .toBe(1);

  await app.restart();
  await openSampleClinic(app.page);
  const kept = await readHost(app.page, 'analyses.get', { sessionId, analysis });
  expect(kept.state).toBe('revealed');
  expect(kept.judgements.map(({ isAfterReveal }) => isAfterReveal)).toEqual([false]);
});
