import { expect, test } from '../fixtures/app.ts';
import { readPatient } from '../fixtures/host-calls.ts';
import { Keys } from '../fixtures/keys.ts';
import { savedDraftLine, startSession, trialCell, typedTrials } from '../pages/bedside.ts';
import { judgementHeading } from '../pages/judgement.ts';
import { ERIKA, fillPatient, openPatient, strip } from '../pages/patients.ts';
import { openSampleClinic } from '../pages/welcome.ts';

const SENTENCES = [
  { typed: 'abc', sentence: 'Type the number only, for example 7.2.' },
  { typed: '1e999', sentence: 'Type the number in full, for example 7.2, without the letter e.' },
  { typed: '-3', sentence: 'A strength cannot be below zero.' },
  { typed: '7,2,1', sentence: 'There are two decimal marks here.' },
  { typed: '99999', sentence: 'This is more than any hand or gauge can give.' },
];

test('what is no number at the bedside is said in words, kept as typed and never saved', {
  tag: '@full',
}, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await openPatient(page, 'Okafor');
  const before = (await readPatient(page, 'Okafor')).sessions.length;
  await startSession(page);
  const keys = new Keys(page);
  await page.getByRole('textbox', { name: /^Left, trial 1/ }).fill('10.9');
  await trialCell(page, 'Right', 1).focus();
  for (const { typed, sentence } of SENTENCES) {
    await trialCell(page, 'Right', 1).fill('');
    await keys.type(typed);
    await keys.press('Enter');
    const message = page.getByRole('paragraph').filter({ hasText: sentence });
    await expect(message).toBeVisible();
    await expect(message).toContainText('Right, trial 1');
    await expect(trialCell(page, 'Right', 1)).toHaveValue(typed);
    await expect(trialCell(page, 'Right', 1)).toBeFocused();
    await expect(trialCell(page, 'Right', 1)).toHaveAttribute('aria-invalid', 'true');
    await keys.press('Control+Enter');
    await expect(trialCell(page, 'Right', 1)).toBeFocused();
    await expect(judgementHeading(page)).toBeHidden();
  }
  await expect(savedDraftLine(page)).toBeVisible();
  await trialCell(page, 'Right', 1).fill('8,4');
  await keys.press('Enter', 'Control+Enter');
  await expect(judgementHeading(page)).toBeVisible();
  const { sessions } = await readPatient(page, 'Okafor');
  expect(sessions).toHaveLength(before + 1);
  expect(sessions[0]?.trials.map((trial) => trial.typedText).sort()).toEqual(['10.9', '8,4']);
});

test('pain that is no whole number from 0 to 10 is said in words', { tag: '@full' }, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await openPatient(page, 'Okafor');
  await startSession(page);
  await trialCell(page, 'Right', 1).fill('8.4');
  await page.getByRole('textbox', { name: 'Right, pain 0 to 10' }).fill('11');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Pain is a whole number from 0 to 10.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Right, pain 0 to 10' })).toBeFocused();
  expect((await typedTrials(page))[0]).toBe('8.4');
});

test('an empty form is not saved, and says what is missing', { tag: '@full' }, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await openPatient(page, 'Okafor');
  await startSession(page);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Nothing is measured yet\. Type at least one value/)).toBeVisible();
  await expect(judgementHeading(page)).toBeHidden();
});

test('a new patient with letters, 1e999 and metres: each field says what it needs, nothing is lost', {
  tag: '@full',
}, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await page.keyboard.press('Alt+n');
  await fillPatient(page, { ...ERIKA, birthDate: '1968-02-30', heightCm: '1.66', weightKg: '1e999' });
  await page.getByRole('button', { name: 'Save patient' }).click();
  await expect(page.getByText('This is not a date of the calendar.')).toBeVisible();
  await expect(page.getByText('Type centimetres, not metres: 172, not 1.72.')).toBeVisible();
  await expect(page.getByText('Type the weight as a number, for example 68.')).toBeVisible();
  await expect(page.getByText('Not saved yet: 3 fields need a look.')).toBeVisible();
  await expect(page.getByLabel('Birth date')).toBeFocused();
  await expect(page.getByLabel('Name or pseudonym')).toHaveValue(ERIKA.name);
  await page.getByLabel('Birth date').fill(ERIKA.birthDate);
  await page.getByLabel('Height (cm)').fill('letters');
  await page.getByLabel('Weight (kg)').fill(ERIKA.weightKg);
  await expect(page.getByText('Type the height as a number, for example 172.')).toBeVisible();
  await page.getByLabel('Height (cm)').fill(ERIKA.heightCm);
  await page.keyboard.press('Enter');
  await expect(strip(page)).toContainText(ERIKA.name);
});
