import { expect, test } from '../fixtures/app.ts';
import { Keys } from '../fixtures/keys.ts';
import { startSession } from '../pages/bedside.ts';
import { answerByKey, lockButton } from '../pages/judgement.ts';
import { openPatient, strip } from '../pages/patients.ts';
import { modelAnswer, ownJudgement, resemblance } from '../pages/result.ts';
import { openResult } from '../pages/sample-results.ts';
import { openSampleClinic } from '../pages/welcome.ts';

const CLASS_ROWS = ['nonimpaired', 'four-corner fusion', 'proximal row carpectomy'];

test('an abstention in the sample clinic says why and what to do, and shows no number', async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  const line = await openResult(
    page,
    'an abstention',
    ({ probabilities, refusals }) => probabilities === null && refusals.includes('out-of-range'),
  );
  expect(line).toContain('out of range: cannot tell');
  const model = modelAnswer(page);
  await expect(model.getByText('Out of range: cannot tell')).toBeVisible();
  await expect(model).toContainText('unlike those of the simulated people the model was trained on');
  await expect(model).toContainText(/Check .*unit/);
  await expect(resemblance(page)).toBeHidden();
  // The spread of the trials stands among the checks; of the answer there is no number.
  await expect(model.getByRole('table')).toHaveCount(0);
  await expect(model).toContainText('there is nothing to explain');
  await expect(ownJudgement(page)).toBeVisible();
});

test('a set of one class and a set of two classes in the sample clinic', async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  const model = modelAnswer(page);
  await openResult(page, 'a set of one class', (prediction) => prediction.predictionSet.length === 1);
  await expect(model.locator('[data-set="1"]')).toHaveText(new RegExp(`^(${CLASS_ROWS.join('|')})$`));
  await expect(model).toContainText(/(within|near the edge of) the range of the training people/);
  for (const name of CLASS_ROWS) await expect(model).toContainText(name);
  await openResult(page, 'a set of two classes', (prediction) => prediction.predictionSet.length === 2);
  const one = `(${CLASS_ROWS.join('|')})`;
  await expect(model.locator('[data-set="2"]')).toHaveText(new RegExp(`^${one} or ${one}$`));
  await expect(model).toContainText(/Why two: /);
});

test('a full set says "cannot tell", why all three, and still shows the probabilities', {
  tag: '@full',
}, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  const line = await openResult(page, 'a full set', (prediction) => prediction.predictionSet.length === 3);
  expect(line).toMatch(/cannot tell \{ .+, .+, .+ \}/);
  const model = modelAnswer(page);
  await expect(model.getByText('Cannot tell', { exact: true })).toBeVisible();
  await expect(model).toContainText('No class can be ruled out: all three stay possible.');
  await expect(model).toContainText(/Why all three: /);
  await expect(resemblance(page)).toBeVisible();
});

test('newtons typed as kilograms: asked about, and the model abstains instead of guessing', async ({
  app,
}) => {
  const { page } = app;
  await openSampleClinic(page);
  await openPatient(page, 'Okafor');
  await startSession(page);
  const keys = new Keys(page);
  // The second Enter says "yes, it is right" to the question about each value.
  for (const value of ['92', '110', '91', '111', '93', '110']) {
    await keys.type(value);
    await keys.press('Enter', 'Enter');
  }
  await keys.press('Control+Enter');
  await answerByKey(page, keys, '3');
  await lockButton(page).click();
  const model = modelAnswer(page);
  await expect(model.getByText('Out of range: cannot tell')).toBeVisible();
  await expect(resemblance(page)).toBeHidden();
  await expect(ownJudgement(page)).toContainText('proximal row carpectomy, 55 %');
  // A refusal is compared and closed like any other result.
  await page.getByRole('radio', { name: 'cannot tell' }).check();
  await page.getByRole('button', { name: 'Save and close the session' }).click();
  await expect(strip(page)).toContainText('Okafor');
  const entry = page.getByRole('main').getByRole('listitem').first();
  await expect(entry).toContainText('out of range: cannot tell');
  await expect(entry).toContainText('could not tell');
});
