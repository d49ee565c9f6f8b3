import { expect, test } from '../fixtures/app.ts';
import { Keys } from '../fixtures/keys.ts';
import { judgeButton, SIX_TRIALS, savedDraftLine, startSession } from '../pages/bedside.ts';
import { answerByKey, judgementHeading, lockButton } from '../pages/judgement.ts';
import { openPatient, strip } from '../pages/patients.ts';
import { resultHeading } from '../pages/result.ts';
import { openSampleClinic } from '../pages/welcome.ts';

const DIAGNOSIS = 'Kienböck';
const OPERATION = 'proximal row carpectomy';
/** Day and month of the operation and of the newest visit. */
const DATES = /17 Mar 2026|10 Nov 2026|weeks since/;

test('a blinded session hides diagnosis, operation and dates until the lock', async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await openPatient(page, 'Okafor');
  await expect(strip(page)).toContainText(DIAGNOSIS);
  await expect(strip(page)).toContainText(OPERATION);
  await startSession(page);
  const keys = new Keys(page);
  await keys.typeValues(SIX_TRIALS);
  await page.getByLabel('Blinded judgement').check();
  await expect(savedDraftLine(page)).toBeVisible();

  const hidesEverything = async (where: string) => {
    await expect(page.locator('body'), `${where}: diagnosis`).not.toContainText(DIAGNOSIS);
    await expect(page.locator('body'), `${where}: dates`).not.toContainText(DATES);
    await expect(strip(page), `${where}: operation`).not.toContainText(OPERATION);
    await expect(strip(page), `${where}: says that it hides`).toContainText('hidden until you lock');
  };
  await hidesEverything('bedside');
  await judgeButton(page).click();
  await expect(judgementHeading(page)).toBeVisible();
  await hidesEverything('judgement');

  await test.step('the way round over the timeline, the trend and the form of the patient', async () => {
    await strip(page).getByRole('button', { name: 'Okafor, Daniel' }).click();
    await expect(page.getByText('date hidden (blinded)').first()).toBeVisible();
    await hidesEverything('timeline');
    await page.getByRole('button', { name: 'Open, date hidden (blinded)' }).first().click();
    await expect(page.getByRole('heading', { name: 'Measurements' })).toBeVisible();
    await expect(strip(page)).toContainText('Session, date hidden (blinded)');
    await expect(page.getByLabel('About this session')).toContainText('hidden (blinded)');
    await hidesEverything('earlier visit');
    await strip(page).getByRole('button', { name: 'Okafor, Daniel' }).click();
    await page.getByRole('tab', { name: 'Trends' }).click();
    await expect(page.getByText('The course is hidden while a blinded judgement is open.')).toBeVisible();
    await hidesEverything('trends');
    await page.getByRole('tab', { name: 'Report' }).click();
    await expect(page.getByText(/report is hidden while a blinded judgement is open/)).toBeVisible();
    await hidesEverything('report');
    await page.getByRole('button', { name: 'Edit patient' }).click();
    await expect(page.getByText('This patient can be edited after the lock.')).toBeVisible();
    await hidesEverything('edit patient');
  });
  await test.step('the list of patients', async () => {
    await page.keyboard.press('Alt+1');
    await expect(page.getByRole('row').filter({ hasText: 'Okafor' })).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'Okafor' })).not.toContainText(DIAGNOSIS);
  });

  await openPatient(page, 'Okafor');
  await page.getByRole('button', { name: /^Judge, / }).click();
  await answerByKey(page, keys, '3');
  await lockButton(page).click();
  await expect(resultHeading(page)).toBeVisible();
  await expect(strip(page)).toContainText(DIAGNOSIS);
  await expect(strip(page)).toContainText(OPERATION);
  await expect(page.getByRole('region', { name: /^Your judgement/ })).toContainText('blinded');
});

test('the search does not find a blinded patient by the hidden diagnosis', async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  const search = page.getByRole('searchbox', { name: 'Search patients' });
  await search.fill('Kienb');
  const okafor = page.getByRole('row').filter({ hasText: 'Okafor' });
  await expect(page.getByText(/^\d+ patients? found/)).toBeVisible();
  await expect(okafor).toHaveCount(1);
  await openPatient(page, 'Okafor');
  await startSession(page);
  await page.getByLabel('Blinded judgement').check();
  await expect(savedDraftLine(page)).toBeVisible();
  await page.keyboard.press('Alt+1');
  await search.fill('Kienb');
  // The others with this diagnosis, or nobody: never the one who is blinded.
  await expect(page.getByText(/^\d+ patients? found|No patient matches/).first()).toBeVisible();
  await expect(okafor).toHaveCount(0);
});
