import { expect, test } from '../fixtures/app.ts';
import { readHost } from '../fixtures/host-calls.ts';
import { Keys } from '../fixtures/keys.ts';
import { readRecorded, startRecording } from '../fixtures/recorder.ts';
import { FOUR_WRIST_STRENGTHS, SIX_TRIALS, startSession } from '../pages/bedside.ts';
import { answerByKey, lockButton } from '../pages/judgement.ts';
import { createPatient, ERIKA, openPatient, strip } from '../pages/patients.ts';
import { comparedHeading, openReadings, readingHeading, unlockAs } from '../pages/readings.ts';
import { modelAnswer, ownJudgement, resultHeading } from '../pages/result.ts';
import { createFirstUser, PASSPHRASE, passRecoveryCode } from '../pages/welcome.ts';

const FIRST = 'Dr A. Lindgren';
const SECOND = 'M. Rossi';
/** Name, diagnosis, operation, its date, who judged first, what was answered, and the model. */
const HIDDEN =
  /Testperson|SNAC|1968-03-04|2026-05-12|12 May|Lindgren|Resembles|wrist-state|probabilities|bundleHash/;

test('a disagreement: second look, a blinded second reader, both readings and the model side by side', {
  tag: '@full',
}, async ({ app }) => {
  // Five passphrases are derived at full cost, one after the other.
  test.setTimeout(120_000);
  const { page } = app;
  await createFirstUser(page, FIRST);
  await passRecoveryCode(page);
  await readHost(page, 'app.createUser', { name: SECOND, passphrase: PASSPHRASE });

  await test.step('the first reader disagrees and asks a colleague', async () => {
    await createPatient(page, { ...ERIKA });
    await startSession(page);
    const keys = new Keys(page);
    await keys.typeValues([...SIX_TRIALS, ...FOUR_WRIST_STRENGTHS]);
    await keys.press('Control+Enter');
    await answerByKey(page, keys, '2');
    await lockButton(page).click();
    await expect(modelAnswer(page)).toContainText(/wrist-state \d/);
    await page.getByRole('radio', { name: 'disagree', exact: true }).check();
    await page.getByLabel('What would change your mind?').fill('A radiograph.');
    await page.getByLabel('Ask a colleague').check();
    await page.getByRole('button', { name: 'Save, keep the session open' }).click();
    await expect(page.getByRole('region', { name: 'Second reading' })).toContainText('A colleague is asked.');
  });

  await test.step('who opens no page of the patient reads blinded: nothing hidden is on screen or on the wire', async () => {
    await unlockAs(page, SECOND);
    await startRecording(page);
    await openReadings(page);
    // The list of patients, where the app starts, shows names; the reading itself begins here.
    const before = await readRecorded(page);
    await page.getByRole('button', { name: /^Read and judge, / }).click();
    await expect(readingHeading(page)).toBeVisible();
    await expect(strip(page)).toHaveCount(0);
    await expect(page.getByRole('main')).toContainText('58 years, female');
    const keys = new Keys(page);
    await keys.press('3', 'Enter', 'ArrowRight');
    await page.getByRole('button', { name: /^wrist extension strength, .*: for$/ }).click();
    await expect(page.getByRole('main')).not.toContainText(HIDDEN);
    expect(await page.content()).not.toMatch(HIDDEN);
    const during = await readRecorded(page);
    const answers = during.answers.slice(before.answers.length);
    expect(answers.some((answer) => answer.includes('"typedText"'))).toBe(true);
    expect(answers.filter((answer) => HIDDEN.test(answer))).toEqual([]);
    const calls = during.calls.slice(before.calls.length);
    expect(calls.filter((name) => /^(sessions|patients|predictions)\./.test(name))).toEqual([]);
  });

  await test.step('after the lock both readings and the model stand side by side', async () => {
    await page.getByRole('button', { name: 'Lock and compare' }).click();
    await expect(comparedHeading(page)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Your reading' })).toContainText(`${SECOND}; blinded`);
    await expect(page.getByRole('region', { name: 'First reading' })).toContainText(
      'four-corner fusion, 55 %',
    );
    await expect(page.getByRole('region', { name: 'Model' })).toContainText(/wrist-state \d/);
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await expect(page.getByRole('button', { name: /^See the comparison, / })).toBeVisible();
  });

  await test.step('the first reader sees it on the result, and both answers stay as they were', async () => {
    await unlockAs(page, FIRST);
    await openPatient(page, 'Testperson');
    await page.getByRole('button', { name: /^Open, / }).click();
    await expect(resultHeading(page)).toBeVisible();
    await expect(ownJudgement(page)).toContainText('four-corner fusion, 55 %');
    await expect(page.getByRole('region', { name: 'Second reading' })).toContainText(
      `proximal row carpectomy, 55 % ${SECOND}; blinded`,
    );
  });
});
