import { expect, test } from '../fixtures/app.ts';
import { Keys } from '../fixtures/keys.ts';
import { judgementHeading } from '../pages/judgement.ts';
import { openPatient } from '../pages/patients.ts';
import { modelAnswer, ownJudgement, resemblance } from '../pages/result.ts';
import { openSampleClinic, patientsHeading } from '../pages/welcome.ts';

const MAX_ACTIONS = 12;
const MAX_SECONDS = 90;

test('first screen to first reveal in the sample clinic, by keyboard alone', async ({ app }) => {
  const { page } = app;
  const keys = new Keys(page);
  const startedMs = performance.now();

  // Every key counts, the Tab on the way to a button too.
  await expect(page.getByRole('button', { name: 'Open the sample clinic' })).toBeVisible();
  await keys.press('Tab', 'Enter');
  await expect(patientsHeading(page)).toBeVisible();
  await expect(page.getByRole('row').nth(1)).toContainText('Kowalska');
  await keys.press('Enter');
  const judge = page.getByRole('button', { name: /^Judge, / });
  await expect(judge).toBeVisible();
  await expect(page.locator('main')).toBeFocused();
  while (!(await judge.evaluate((button) => button === document.activeElement))) {
    expect(keys.presses, 'keys to reach "Judge"').toBeLessThan(MAX_ACTIONS);
    await keys.press('Tab');
  }
  await keys.press('Enter');
  await expect(judgementHeading(page)).toBeVisible();
  await keys.press('2', 'Enter', 'ArrowRight', 'Control+Enter');

  await expect(modelAnswer(page)).toContainText(/wrist-state \d/);
  await expect(
    resemblance(page).or(
      modelAnswer(page)
        .getByText(/cannot tell/i)
        .first(),
    ),
  ).toBeVisible();
  await expect(ownJudgement(page)).toContainText('four-corner fusion, 55 %');
  const seconds = (performance.now() - startedMs) / 1000;
  console.log(`sample clinic: ${keys.presses} actions, ${seconds.toFixed(1)} s without a person's thinking`);
  expect(keys.presses).toBeLessThanOrEqual(MAX_ACTIONS);
  expect(seconds).toBeLessThan(MAX_SECONDS);
});

test('the judgement locks with Enter alone, from the answer to the reveal', async ({ app }) => {
  const { page } = app;
  const keys = new Keys(page);
  await openSampleClinic(page);
  await openPatient(page, 'Kowalska');
  await page.getByRole('button', { name: /^Judge, / }).press('Enter');
  await expect(judgementHeading(page)).toBeVisible();
  await keys.press('2', 'Enter', 'ArrowRight', 'Enter', 'Enter', 'Enter');
  await expect(ownJudgement(page)).toContainText('four-corner fusion, 55 %');
});
