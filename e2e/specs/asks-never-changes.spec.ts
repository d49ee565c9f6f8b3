import { expect, test } from '../fixtures/app.ts';
import { readPatient } from '../fixtures/host-calls.ts';
import { Keys } from '../fixtures/keys.ts';
import { judgeButton, SIX_TRIALS, startSession, trialCell, typedTrials } from '../pages/bedside.ts';
import { judgementHeading } from '../pages/judgement.ts';
import { openPatient } from '../pages/patients.ts';
import { openSampleClinic } from '../pages/welcome.ts';

test('an implausible value is asked about and never changed', async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await openPatient(page, 'Okafor');
  await startSession(page);
  const keys = new Keys(page);
  await keys.type('72');
  const question = page
    .getByRole('paragraph')
    .filter({ hasText: '72 kg is more than a hand usually gives. Is it right?' });
  await expect(question).toBeHidden();
  await keys.press('Enter');
  await expect(question).toBeVisible();
  await expect(trialCell(page, 'Right', 1)).toHaveValue('72');
  await expect(trialCell(page, 'Right', 1)).toBeFocused();

  await test.step('it does not stop the next value, and is not saved unanswered', async () => {
    await page.getByRole('textbox', { name: /^Left, trial 1/ }).fill('10.9');
    await keys.press('Control+Enter');
    await expect(trialCell(page, 'Right', 1)).toBeFocused();
    await expect(question).toBeVisible();
    await expect(judgementHeading(page)).toBeHidden();
  });
  await test.step('kept by a second Enter, stored as typed and marked', async () => {
    await keys.press('Enter');
    await expect(question).toBeHidden();
    await keys.press('Control+Enter');
    await expect(judgementHeading(page)).toBeVisible();
    const { sessions } = await readPatient(page, 'Okafor');
    const trial = sessions[0]?.trials.find(({ side }) => side === 'right');
    expect(trial).toMatchObject({ typedText: '72', typedUnit: 'kg', isConfirmedUnusual: true });
    expect(trial?.valueSi).toBeCloseTo(706.08, 1);
    const other = sessions[0]?.trials.find(({ side }) => side === 'left');
    expect(other).toMatchObject({ typedText: '10.9', isConfirmedUnusual: false });
  });
});

test('a trial far from the others of its hand is asked about', async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await openPatient(page, 'Okafor');
  await startSession(page);
  const keys = new Keys(page);
  await keys.typeValues(['7.5', '5.5', '7.4', '5.7', '16']);
  const question = page
    .getByRole('paragraph')
    .filter({ hasText: '16 kg is more than twice the other trials' });
  await expect(question).toBeVisible();
  await page.getByRole('button', { name: 'Change it' }).click();
  await expect(trialCell(page, 'Right', 3)).toBeFocused();
  await keys.type('7.6');
  await keys.press('Enter');
  await expect(question).toBeHidden();
  expect((await typedTrials(page)).slice(0, 5)).toEqual(['7.5', '5.5', '7.4', '5.7', '7.6']);
});

test('a change of unit under typed values is asked about and never converts them', async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await openPatient(page, 'Okafor');
  await startSession(page);
  const keys = new Keys(page);
  const units = page.getByRole('group', { name: 'Unit of pinch' });
  await keys.typeValues(SIX_TRIALS);
  await units.getByRole('radio', { name: 'lb' }).click();
  const question = page.getByText(/6 values are typed in kg\. They are not converted/);
  await expect(question).toBeVisible();
  await expect(units.getByRole('radio', { name: 'kg' })).toBeChecked();
  await page.getByRole('button', { name: 'Stay with kg' }).click();
  await expect(question).toBeHidden();
  await expect(units.getByRole('radio', { name: 'kg' })).toBeChecked();

  await units.getByRole('radio', { name: 'lb' }).click();
  await page.getByRole('button', { name: 'Change to lb, keep the numbers' }).click();
  await expect(units.getByRole('radio', { name: 'lb' })).toBeChecked();
  expect(await typedTrials(page)).toEqual([...SIX_TRIALS]);
  await judgeButton(page).click();
  await expect(judgementHeading(page)).toBeVisible();
  const { sessions } = await readPatient(page, 'Okafor');
  const trial = sessions[0]?.trials.find(({ side, trialNumber }) => side === 'right' && trialNumber === 1);
  expect(trial).toMatchObject({ typedText: '7.5', typedUnit: 'lb' });
  expect(trial?.valueSi).toBeCloseTo(33.36, 2);
});
