import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directedPinch } from '../../electron/host/app/test-recording.ts';
import { expect, test } from '../fixtures/app.ts';
import { readHost } from '../fixtures/host-calls.ts';
import { Keys } from '../fixtures/keys.ts';
import { judgeButton } from '../pages/bedside.ts';
import { answerByKey, judgementHeading, lockButton } from '../pages/judgement.ts';
import { createPatient, ERIKA } from '../pages/patients.ts';
import { createFirstUser, passRecoveryCode } from '../pages/welcome.ts';

/** The file calls its channels x, y and z: which is which has to be said. */
const FILE = directedPinch(57)
  .text.replace('palmar', 'Fz')
  .replace('longitudinal', 'Fx')
  .replace('transverse', 'Fy');
const TRIALS = ['7.3', '5.9', '7.5', '6.1', '7.5', '6.0'];
const POSTURES = { flexed: ['7.1', '5.8'], extended: ['7.4', '6.0'], ulnar: ['7.5', '6.1'] };
const WRIST = ['3.4', '4.4', '6.2', '3.4'];

test('a pinch recorded in three directions is read by the model, and its stretches stand beside the brushed ones', {
  tag: '@full',
}, async ({ app, scratchFolder }) => {
  const { page } = app;
  const keys = new Keys(page);
  await createFirstUser(page, 'Dr Test');
  await passRecoveryCode(page);
  await createPatient(page, { ...ERIKA, birthDate: '1968-03-04' });
  await page.keyboard.press('Alt+n');
  await page
    .getByLabel('Protocol')
    .selectOption({ label: 'Key pinch in wrist postures, and wrist strength' });
  await page.getByRole('textbox', { name: /^Right, trial 1, / }).focus();
  for (const value of [...TRIALS, ...Object.values(POSTURES).flat(), ...WRIST]) {
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
  }
  await judgeButton(page).click();
  await expect(judgementHeading(page)).toBeVisible();

  await page.getByRole('button', { name: 'Import a recording' }).click();
  const file = join(scratchFolder, 'pull.csv');
  writeFileSync(file, FILE);
  await page.getByLabel('File of the recording').setInputFiles(file);
  for (const [column, direction] of [
    ['2 "Fz', 'palmar'],
    ['3 "Fx', 'longitudinal'],
    ['4 "Fy', 'transverse'],
  ]) {
    await page.getByLabel(`Direction of column ${column}`).selectOption(direction!);
  }
  await page.getByRole('group', { name: 'Side' }).getByText('left', { exact: true }).click();
  await page.getByLabel('Measure').selectOption('lateral-pinch');
  await page.getByRole('button', { name: 'Import recording' }).click();

  // Back at the judgement, with the palmar force to brush on; nothing was computed yet.
  await answerByKey(page, keys, '2');
  await expect(page.getByRole('button', { name: 'Import a recording' })).toBeHidden();
  await page.getByRole('button', { name: 'Add a stretch by numbers' }).click();
  await lockButton(page).click();

  await expect(page.getByText('postures and force trace read')).toBeVisible();
  await page.getByRole('button', { name: /^What drove the model/ }).click();
  const figure = page.getByRole('figure', {
    name: /^Force over time with your bands, as locked, and the model/,
  });
  await expect(figure).toBeVisible();
  await expect(figure.getByText(/^the model’s stretches, for .* rather than .*: \d/)).toBeVisible();
  await page.getByText('Each stretch, and the answer without it').click();
  const rows = page.getByRole('table', { name: /^Without it: this stretch alone/ }).getByRole('row');
  await expect(rows).toHaveCount(9);
  await expect(rows.nth(4)).toContainText(/\d+ % → \d+ %/);
  await page.getByRole('radio', { name: 'agree', exact: true }).check();
  await page.getByRole('button', { name: 'Save and close the session' }).click();
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible();
  const { rows: stored } = await readHost(page, 'concordance.rows', { limit: 10, offset: 0 });
  expect(stored[0]?.markedTrace?.marks).toHaveLength(1);
});
