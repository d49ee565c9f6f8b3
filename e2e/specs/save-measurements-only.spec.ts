import { expect, test } from '../fixtures/app.ts';
import { readPatient } from '../fixtures/host-calls.ts';
import { Keys } from '../fixtures/keys.ts';
import { readRecorded, startRecording } from '../fixtures/recorder.ts';
import { judgeButton, SIX_TRIALS, startSession } from '../pages/bedside.ts';
import { judgementHeading } from '../pages/judgement.ts';
import { openPatient } from '../pages/patients.ts';
import { openSampleClinic } from '../pages/welcome.ts';

for (const { where, keysBefore, key } of [
  { where: 'in a field', keysBefore: [], key: 'Control+s' },
  { where: 'on the button after the last value', keysBefore: ['Enter'], key: 's' },
]) {
  test(`one key saves the measurements, ${where}: no judgement, no prediction`, async ({ app }) => {
    const { page } = app;
    await openSampleClinic(page);
    await startRecording(page);
    await openPatient(page, 'Lindqvist');
    await startSession(page);
    const keys = new Keys(page);
    await keys.typeValues(SIX_TRIALS.slice(0, -1));
    await keys.type(SIX_TRIALS[5]);
    await keys.press(...keysBefore);
    if (keysBefore.length > 0) await expect(judgeButton(page)).toBeFocused();
    await keys.press(key);
    const entry = page.getByRole('main').getByRole('listitem').first();
    await expect(entry).toContainText('measurements saved, not judged');
    await expect(entry).toContainText('7.5 kg');
    const { sessions } = await readPatient(page, 'Lindqvist');
    expect(sessions[0]?.session.state).toBe('saved');
    expect(sessions[0]?.trials).toHaveLength(6);
    const { calls, worker } = await readRecorded(page);
    expect(calls.filter((name) => /^predictions\.|udgement/.test(name))).toEqual([]);
    expect(worker.filter((kind) => kind !== 'start')).toEqual([]);
  });
}

test('one key leaves the judgement open, and the session can be closed without one', {
  tag: '@full',
}, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await openPatient(page, 'Kowalska');
  await page
    .getByRole('button', { name: /^Judge, / })
    .first()
    .click();
  await expect(judgementHeading(page)).toBeVisible();
  await page.keyboard.press('s');
  const entry = page.getByRole('main').getByRole('listitem').first();
  await expect(entry).toContainText('measurements saved, not judged');
  await entry.getByRole('button', { name: /^Close without judgement/ }).click();
  // It cannot be taken back, so it asks.
  await expect(entry).toContainText('It cannot be judged afterwards');
  expect((await readPatient(page, 'Kowalska')).sessions[0]?.session.state).toBe('saved');
  await entry.getByRole('button', { name: /^Yes, close/ }).click();
  await expect(entry).toContainText('closed');
  const { sessions } = await readPatient(page, 'Kowalska');
  expect(sessions[0]?.judgements).toEqual([]);
  expect(sessions[0]?.prediction).toBeNull();
});
