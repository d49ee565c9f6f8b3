import { join } from 'node:path';
import { SAMPLE_KEY } from '../../electron/host/app/sample-store.ts';
import { closeStore, openStore } from '../../electron/host/db/open-store.ts';
import { deriveUse } from '../../electron/host/vault/vault.ts';
import { expect, test } from '../fixtures/app.ts';
import { askHost, readPatient } from '../fixtures/host-calls.ts';
import { Keys } from '../fixtures/keys.ts';
import { readRecorded, startRecording } from '../fixtures/recorder.ts';
import { FOUR_WRIST_STRENGTHS, SIX_TRIALS, startSession } from '../pages/bedside.ts';
import { answerByKey, judgementHeading } from '../pages/judgement.ts';
import { openPatient } from '../pages/patients.ts';
import { modelAnswer } from '../pages/result.ts';
import { openSampleClinic, patientsHeading } from '../pages/welcome.ts';

/** Rows of one session in the sample store; the app must be closed, as it holds the file's lock. */
function storedRows(storeFolder: string, sessionId: string): Record<string, number> {
  const db = openStore(join(storeFolder, 'sample', 'store.db'), deriveUse(SAMPLE_KEY, 'store'));
  try {
    const count = (table: string) =>
      db.raw.prepare(`SELECT count(*) FROM ${table} WHERE session_id = ?`).pluck().get(sessionId) as number;
    return {
      trial: count('trial'),
      receipt: count('receipt'),
      prediction: count('prediction'),
      explanation: count('explanation'),
    };
  } finally {
    closeStore(db);
  }
}

const WORDS_OF_A_RESULT =
  /Resembles nonimpaired|sets made this way|all sets: |What drove the model|out of range|wrist-state \d/i;

test('before the lock no prediction exists: not on screen, not on the wire, not computed, not stored', async ({
  app,
}) => {
  await openSampleClinic(app.page);
  await startRecording(app.page);
  await expect(patientsHeading(app.page)).toBeVisible();
  await openPatient(app.page, 'Kowalska');
  await startSession(app.page);
  const keys = new Keys(app.page);
  await keys.typeValues([...SIX_TRIALS, ...FOUR_WRIST_STRENGTHS]);
  await keys.press('Control+Enter');
  await expect(judgementHeading(app.page)).toBeVisible();
  // Earlier results of the same hand would tell as much: they are hidden while this judgement is open.
  await openPatient(app.page, 'Kowalska');
  await expect(app.page.getByRole('button', { name: /^Judge, / }).first()).toBeVisible();
  await expect(app.page.getByRole('main').locator('dt', { hasText: /^model$/ })).toHaveCount(0);
  await app.page
    .getByRole('button', { name: /^Judge, / })
    .first()
    .click();
  await answerByKey(app.page, keys, '2');
  await keys.press('Enter');
  await expect(app.page.getByText('opens after you lock')).toBeVisible();
  await expect(app.page.locator('body')).not.toContainText(WORDS_OF_A_RESULT);

  const before = await readRecorded(app.page);
  expect(before.calls).toContain('sessions.saveMeasurements');
  expect(before.calls.filter((name) => /^predictions\.|lockJudgement/.test(name))).toEqual([]);
  expect(before.answers.length).toBeGreaterThan(5);
  expect(before.answers.filter((answer) => /"(?:probabilities|modelInput|receipt)"/.test(answer))).toEqual(
    [],
  );
  // "start" loads the published files and the published test case; it sees no patient.
  expect(before.worker.filter((kind) => kind !== 'start')).toEqual([]);

  const { sessions } = await readPatient(app.page, 'Kowalska');
  const newest = sessions[0];
  expect(newest?.session.state).toBe('saved');
  const sessionId = newest?.session.id as NonNullable<typeof newest>['session']['id'];
  expect(await askHost(app.page, 'predictions.requestReceipt', { sessionId })).toMatchObject({
    ok: false,
    error: { code: 'judgement.not_locked' },
  });
  await app.stop();
  expect(storedRows(app.storeFolder, sessionId)).toEqual({
    trial: 10,
    receipt: 0,
    prediction: 0,
    explanation: 0,
  });

  // The same watch sees everything after the lock, so its silence before it means something.
  await app.open();
  await openSampleClinic(app.page);
  await startRecording(app.page);
  await openPatient(app.page, 'Kowalska');
  await app.page
    .getByRole('button', { name: /^Judge, / })
    .first()
    .click();
  await answerByKey(app.page, new Keys(app.page), '2');
  await app.page.getByRole('button', { name: 'Lock and show' }).click();
  await expect(modelAnswer(app.page)).toContainText(/wrist-state \d/);
  const after = await readRecorded(app.page);
  expect(after.calls).toContain('predictions.store');
  expect(after.worker).toContain('predict');
  expect(after.answers.some((answer) => answer.includes('"probabilities"'))).toBe(true);
  expect(after.calls.indexOf('sessions.lockJudgement')).toBeLessThan(
    after.calls.indexOf('predictions.requestReceipt'),
  );
  await app.stop();
  expect(storedRows(app.storeFolder, sessionId)).toMatchObject({ prediction: 1 });
});
