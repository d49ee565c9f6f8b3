import { expect, test } from '../fixtures/app.ts';
import { modelsWithOneChangedByte } from '../fixtures/clinic-files.ts';
import { readPatient } from '../fixtures/host-calls.ts';
import { Keys } from '../fixtures/keys.ts';
import { chosenShell } from '../fixtures/shells.ts';
import { answerByKey, lockButton } from '../pages/judgement.ts';
import { openPatient } from '../pages/patients.ts';
import { modelAnswer, ownJudgement, resemblance } from '../pages/result.ts';
import { openSampleClinic } from '../pages/welcome.ts';

test('a model with one changed byte is not used; the judgement is safe and the untouched model answers later', {
  tag: '@full',
}, async ({ makeApp, scratchFolder }) => {
  test.skip(
    chosenShell() === 'electron',
    'Electron takes models from its program folder; its bundle is the same code',
  );
  const modelsFolder = modelsWithOneChangedByte(scratchFolder, 'member-2/weights.bin');
  const changed = makeApp(undefined, { modelsFolder });
  await changed.open();
  const { page } = changed;
  await openSampleClinic(page);
  await page.keyboard.press('Alt+3');
  await expect(page.getByText('This model will not be used.').first()).toBeVisible();
  await expect(page.getByText(/A file is missing or differs from what was published/).first()).toBeVisible();

  await openPatient(page, 'Kowalska');
  await page
    .getByRole('button', { name: /^Judge, / })
    .first()
    .click();
  await answerByKey(page, new Keys(page), '2');
  await lockButton(page).click();
  await expect(modelAnswer(page).getByRole('alert')).toContainText(
    /weights\.bin.* not the one that was shipped/,
  );
  await expect(modelAnswer(page)).toContainText('Your judgement is locked and safe');
  await expect(ownJudgement(page)).toContainText('four-corner fusion, 55 %');
  await expect(resemblance(page)).toBeHidden();
  const locked = (await readPatient(page, 'Kowalska')).sessions[0];
  expect(locked?.session.state).toBe('locked');
  expect(locked?.prediction).toBeNull();
  await changed.stop();

  const whole = makeApp(changed.ownFolder);
  await whole.open();
  await openSampleClinic(whole.page);
  await openPatient(whole.page, 'Kowalska');
  await whole.page.getByRole('button', { name: /^Show result, / }).click();
  await expect(modelAnswer(whole.page)).toContainText(/wrist-state \d/);
  await expect(ownJudgement(whole.page)).toContainText('four-corner fusion, 55 %');
});
