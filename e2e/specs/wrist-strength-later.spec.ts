import { expect, test } from '../fixtures/app.ts';
import { readPatient } from '../fixtures/host-calls.ts';
import { Keys } from '../fixtures/keys.ts';
import { FOUR_WRIST_STRENGTHS, SIX_TRIALS, startSession } from '../pages/bedside.ts';
import { answerByKey, lockButton } from '../pages/judgement.ts';
import { createPatient, ERIKA } from '../pages/patients.ts';
import { explanationOpener, modelAnswer, ownJudgement, resemblance } from '../pages/result.ts';
import { openSampleClinic } from '../pages/welcome.ts';

test('typed pinch alone gives a wide result; wrist strength added later gives a new one', async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await createPatient(page, ERIKA);
  await startSession(page);
  const keys = new Keys(page);
  await keys.typeValues(SIX_TRIALS);
  await keys.press('Control+Enter');
  await answerByKey(page, keys, '2');
  await lockButton(page).click();

  const model = modelAnswer(page);
  await expect(model).toContainText('Needs wrist strength (20 s).');
  await expect(model).toContainText('no wrist strength, which tells the groups apart best');
  await expect(resemblance(page)).toBeVisible();
  const first = (await readPatient(page, ERIKA.name)).sessions[0]?.prediction;
  expect(first?.inputPattern).toBe('A');
  expect(first?.predictionSet.length).toBeGreaterThanOrEqual(2);
  // Never a silent guess: what was not measured has no value.
  const wrist = first?.features.filter(({ id }) => id.startsWith('wrist-')) ?? [];
  expect(wrist.map(({ value, measured }) => ({ value, measured }))).toEqual(
    Array.from({ length: 4 }, () => ({ value: null, measured: null })),
  );
  await explanationOpener(page).click();
  const panel = page.getByRole('region', { name: "What drove the model's answer" });
  await expect(panel).toContainText(/Compared with|No reliable explanation/);

  await model.getByRole('button', { name: 'Add wrist strength' }).click();
  await expect(page.getByRole('heading', { name: 'Add wrist strength', level: 1 })).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Left wrist extension/ })).toBeFocused();
  const more = new Keys(page);
  await more.typeValues(FOUR_WRIST_STRENGTHS);
  await more.press('Enter');

  await expect(model).toContainText(/wrist-state \d/);
  await expect(model).not.toContainText('Needs wrist strength');
  await expect(ownJudgement(page)).toContainText('four-corner fusion, 55 %');
  const session = (await readPatient(page, ERIKA.name)).sessions[0];
  expect(session?.prediction?.inputPattern).toBe('B');
  expect(
    session?.prediction?.features.find(({ id }) => id === 'wrist-flexion-percent-expected')?.measured,
  ).toBe(4.9);
  expect(session?.prediction?.predictionSet.length).toBeLessThanOrEqual(first?.predictionSet.length ?? 0);
  expect(session?.judgements).toHaveLength(1);
  expect(session?.trials).toHaveLength(10);
});
