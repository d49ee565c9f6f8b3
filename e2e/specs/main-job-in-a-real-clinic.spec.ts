import { handsOnSeconds } from '../../core/clinical/keystroke-level.ts';
import { expect, test } from '../fixtures/app.ts';
import { readPatient } from '../fixtures/host-calls.ts';
import { Keys } from '../fixtures/keys.ts';
import { FOUR_WRIST_STRENGTHS, judgeButton, SIX_TRIALS, startSession } from '../pages/bedside.ts';
import { answerByKey, lockButton } from '../pages/judgement.ts';
import { createPatient, ERIKA, openPatient, strip } from '../pages/patients.ts';
import { explanationOpener, modelAnswer, ownJudgement, resemblance, resultHeading } from '../pages/result.ts';
import { createFirstUser, passRecoveryCode, shownRecoveryCode, unlock } from '../pages/welcome.ts';

const MAX_KEYS_FOR_SIX_TRIALS = 30;
const MAX_SECONDS_FOR_SIX_TRIALS = 30;
const NOTE = 'Grip of the thumb was painful at first.';

test('measure, judge, lock, reveal, compare, follow, restart and read back', { tag: '@full' }, async ({
  app,
}) => {
  await test.step('a user, whose recovery code is shown once', async () => {
    await createFirstUser(app.page, 'Dr Test');
    const code = await shownRecoveryCode(app.page);
    expect(code).toMatch(/^[0-9A-Z]{4}(?:[-\s][0-9A-Z]{4}){6}$/);
    await expect(app.page.getByRole('button', { name: 'Go on' })).toBeDisabled();
    await passRecoveryCode(app.page);
    await expect(app.page.locator('body')).not.toContainText(code);
    await app.page.reload();
    await expect(app.page.getByText('No patients yet')).toBeVisible();
    await expect(app.page.locator('body')).not.toContainText(code);
  });

  await test.step('a new patient', async () => {
    await createPatient(app.page, ERIKA);
    await expect(strip(app.page)).toContainText('left hand affected');
    await expect(strip(app.page)).toContainText('four-corner fusion');
    await expect(strip(app.page)).toContainText('SNAC wrist, stage II');
  });

  await test.step('six trials and four wrist strengths by keyboard', async () => {
    await startSession(app.page);
    const keys = new Keys(app.page);
    await keys.typeValues(SIX_TRIALS);
    expect(keys.presses).toBeLessThanOrEqual(MAX_KEYS_FOR_SIX_TRIALS);
    const seconds = handsOnSeconds({ keys: keys.presses, touches: 0, decisions: SIX_TRIALS.length });
    expect(seconds).toBeLessThanOrEqual(MAX_SECONDS_FOR_SIX_TRIALS);
    console.log(`bedside: six trials in ${keys.presses} keys, hands-on estimate ${seconds.toFixed(1)} s`);
    await keys.typeValues(FOUR_WRIST_STRENGTHS);
    await expect(judgeButton(app.page)).toBeFocused();
    const rows = app.page.getByRole('table', { name: /^Lateral pinch/ }).getByRole('row');
    await expect(rows.filter({ hasText: 'Right' })).toContainText('7.5 kg');
    await expect(rows.filter({ hasText: 'Left' })).toContainText('5.6 kg');
    await expect(rows.filter({ hasText: 'Left' })).toContainText('75 %');
    await expect(app.page.getByText(/mean of 3 trials · spread = population SD ÷ mean/)).toBeVisible();
    await keys.press('Enter');
  });

  await test.step('an own judgement that starts empty, then the lock', async () => {
    await expect(app.page.getByRole('radio', { name: 'nonimpaired' })).toBeFocused();
    await expect(app.page.getByRole('radio', { checked: true })).toHaveCount(0);
    await expect(app.page.getByRole('slider', { name: 'How sure' })).toHaveAttribute(
      'aria-valuetext',
      'not set',
    );
    const keys = new Keys(app.page);
    await answerByKey(app.page, keys, '2');
    await keys.press('Enter', 'Enter');
    // Enter passes from the slider over the drivers to the lock; one driver is named on the way back.
    await expect(lockButton(app.page)).toBeFocused();
    await app.page.getByRole('button', { name: /^wrist extension strength, .*: for$/ }).press('Enter');
    // On a driver Enter presses it and goes nowhere.
    await expect(resultHeading(app.page)).toBeHidden();
    await keys.press('Control+Enter');
    await expect(resultHeading(app.page)).toBeVisible();
  });

  await test.step('the model beside the judgement, with its doubt', async () => {
    await expect(ownJudgement(app.page)).toContainText('four-corner fusion, 55 %');
    await expect(ownJudgement(app.page)).toContainText('wrist extension strength + for');
    const model = modelAnswer(app.page);
    await expect(resemblance(app.page)).toBeVisible();
    await expect(model).toContainText(/five networks .*%/);
    await expect(model).toContainText(/the right class was one of them for \d+ % of [\d,]+ simulated people/);
    await expect(model).toContainText(/wrist-state \d+\.\d+\.\d+ · [0-9a-f]{8}/);
    await expect(model).toContainText('trained on simulated people, research use');
    // First the answer with its doubt, then how much it resembles nonimpaired.
    const text = await model.innerText();
    expect(text.indexOf('right class')).toBeLessThan(text.indexOf('Resembles nonimpaired'));
  });

  await test.step('the explanation, closed until it is opened', async () => {
    await expect(explanationOpener(app.page)).toHaveAttribute('aria-expanded', 'false');
    await explanationOpener(app.page).press('Enter');
    const panel = app.page.getByRole('region', { name: "What drove the model's answer" });
    await expect(panel).toContainText(
      /Compared with nonimpaired people of her sex, age and size|No reliable/,
    );
    await expect(panel).toContainText(/overlap \d of 1 named|No reliable explanation/);
    await expect(panel).toContainText(/Answers still possible: .+\.|Measured again with usual scatter/);
  });

  await test.step('disagree, with a second look', async () => {
    await app.page.getByRole('radio', { name: 'disagree', exact: true }).check();
    await app.page.getByLabel('What would change your mind?').fill('A second measurement in two weeks.');
    await app.page.getByLabel('Ask a colleague').check();
    await app.page.getByLabel('Your answer after the second look').selectOption('cannot tell');
    await app.page.getByLabel('Note').fill(NOTE);
    await app.page.getByRole('button', { name: 'Save and close the session' }).click();
    await expect(app.page.getByRole('tab', { name: 'Timeline' })).toBeVisible();
  });

  const readsBack = async () => {
    const entry = app.page.getByRole('main').getByRole('listitem').first();
    await expect(entry).toContainText('7.5 kg');
    await expect(entry).toContainText('5.6 kg');
    await expect(entry).toContainText('four-corner fusion, 55 %');
    await expect(entry).toContainText('disagreed');
    await expect(entry).toContainText('closed');
  };
  await test.step('the session in the timeline, both hands in the trend', async () => {
    await readsBack();
    await app.page.getByRole('tab', { name: 'Trends' }).click();
    await expect(app.page.getByRole('heading', { name: 'Key pinch', level: 1 })).toBeVisible();
    await expect(app.page.getByRole('figure', { name: /^Key pinch of both hands/ })).toBeVisible();
    await app.page.getByRole('button', { name: 'Show the table' }).click();
    const table = app.page.getByRole('table', { name: /^Newest first/ });
    await expect(table).toContainText('7.5');
    await expect(table).toContainText('5.6');
  });

  await test.step('restart, unlock, read back', async () => {
    await app.restart();
    await unlock(app.page);
    await openPatient(app.page, 'Testperson');
    await readsBack();
    await app.page.getByRole('button', { name: /^Open, / }).click();
    await expect(ownJudgement(app.page)).toContainText('four-corner fusion, 55 %');
    await expect(resemblance(app.page)).toBeVisible();
    const compared = app.page.getByRole('region', { name: 'Compare' });
    await expect(compared).toContainText('disagree');
    await expect(compared).toContainText(NOTE);
    await expect(compared).toContainText('what would change it: A second measurement in two weeks.');
    await expect(compared).toContainText('a colleague is asked');
    await expect(compared).toContainText('answer afterwards: cannot tell');
    const { sessions } = await readPatient(app.page, 'Testperson');
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.trials.map((trial) => trial.typedText).sort()).toEqual(
      [...SIX_TRIALS, ...FOUR_WRIST_STRENGTHS].sort(),
    );
    expect(sessions[0]?.explanation).not.toBeNull();
  });
});
