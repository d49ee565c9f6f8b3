import { expect, type Locator, type Page } from 'playwright/test';
import { Keys } from '../fixtures/keys.ts';
import { FOUR_WRIST_STRENGTHS, judgeButton, SIX_TRIALS, startSession, trialCell } from './bedside.ts';
import { answerByKey, judgementHeading, lockButton } from './judgement.ts';
import { createPatient, ERIKA, openPatient, openPatientList } from './patients.ts';
import { explanationOpener, modelAnswer } from './result.ts';
import { createFirstUser, passRecoveryCode, tryPassphrase } from './welcome.ts';

/** Called on each screen, once it is complete, with its name and its primary action. */
export type AtScreen = (screen: string, primary: Locator) => Promise<void>;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 });

/** The screens before the records are open, in a new clinic. */
export async function tourOfEntry(page: Page, at: AtScreen): Promise<void> {
  await at('first screen', button(page, 'Open the sample clinic'));
  await button(page, 'Create a user').click();
  await button(page, 'Create user').click();
  await expect(page.getByText('Choose a passphrase.')).toBeVisible();
  await at('create a user, with errors', button(page, 'Create user'));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await createFirstUser(page, 'Dr Test');
  await at('recovery code', page.getByLabel('I have written it down'));
  await passRecoveryCode(page);
  await expect(page.getByText('No patients yet')).toBeVisible();
  await at('patients, none yet', button(page, 'Add the first patient'));
  await createPatient(page, ERIKA);
  await expect(page.getByText('No session yet')).toBeVisible();
  await at('timeline, no session yet', button(page, 'New session').first());
  await page.getByRole('tab', { name: 'Trends' }).click();
  await expect(page.getByText('No course yet')).toBeVisible();
  await at('trends, no session yet', button(page, 'New session').first());
  await page.keyboard.press('Alt+l');
  await expect(heading(page, 'Unlock the records')).toBeVisible();
  await tryPassphrase(page, 'not the passphrase');
  await expect(page.getByText('That does not open the records.')).toBeVisible();
  await at('unlock, after a wrong passphrase', button(page, 'Unlock'));
  await button(page, 'I forgot my passphrase').click();
  await at('set a new passphrase', button(page, 'Set passphrase and unlock'));
}

/** The screens around patients, in the sample clinic. */
export async function tourOfPatients(page: Page, at: AtScreen): Promise<void> {
  await expect(page.getByRole('row').filter({ hasText: 'Kowalska' })).toBeVisible();
  await at('patients', button(page, 'New patient'));
  await page.getByRole('searchbox', { name: 'Search patients' }).fill('nobody');
  await expect(page.getByText('No patient matches')).toBeVisible();
  await at('patients, no match', button(page, 'Clear the search'));
  await button(page, 'New patient').click();
  await button(page, 'Save patient').click();
  await expect(page.getByText('Type a name or a pseudonym.')).toBeVisible();
  await at('new patient, with errors', button(page, 'Save patient'));
  // The longest name of the sample clinic.
  await openPatient(page, 'Bernard');
  await expect(button(page, /^Judge, /)).toBeVisible();
  await at('timeline', button(page, 'New session'));
  await button(page, /^Measurements, /)
    .first()
    .click();
  await expect(heading(page, 'Measurements')).toBeVisible();
  await button(page, /^Correct /)
    .first()
    .click();
  await button(page, 'Save the correction').click();
  await expect(page.getByRole('textbox', { name: 'Corrected value' })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await at('measurements, with a correction begun', button(page, 'Save the correction'));
  await button(page, 'Leave as it is').click();
  await openPatient(page, 'Bernard');
  await button(page, 'Edit patient').click();
  await expect(heading(page, 'Edit patient')).toBeVisible();
  await at('edit patient', button(page, 'Save changes'));
  await openPatient(page, 'Kowalska');
  await tourOfRecord(page, at);
  await openPatient(page, 'Kowalska');
  await page.getByRole('tab', { name: 'Trends' }).click();
  await expect(page.getByRole('figure', { name: /^Key pinch of both hands/ })).toBeVisible();
  await at('trends, chart', button(page, 'Show the table'));
  await button(page, 'Show the table').click();
  await expect(page.getByRole('table', { name: /^Newest first/ })).toBeVisible();
  await at('trends, table', button(page, 'Show the chart'));
  await page.getByRole('tab', { name: 'Report' }).click();
  await expect(page.getByRole('article', { name: /^Hand report/ })).toBeVisible();
  await at('report for the surgeon', button(page, 'Save as PDF'));
  await page.getByRole('radio', { name: 'The patient' }).check();
  await expect(page.getByRole('article', { name: /^Your hand on/ })).toBeVisible();
  await at('page for the patient', button(page, 'Save as PDF'));
}

/** What can be done with a patient's record as a whole; nothing of it is carried out. */
async function tourOfRecord(page: Page, at: AtScreen): Promise<void> {
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await choose('Episodes of care');
  await button(page, /^Add (an|the first) episode$/).click();
  await at('episode, being added', button(page, 'Save episode'));
  // Neither of these waits for a judgement: a merge is refused while one is open.
  await openPatient(page, 'Rossi, G');
  await choose('Merge with another record');
  await page
    .getByRole('list', { name: 'Patients found' })
    .getByRole('button', { name: /Tanaka/ })
    .click();
  await at('merge, compared', button(page, 'Merge into one record'));
}

/** The other places of the top bar, and what can be opened from anywhere; in the sample clinic. */
export async function tourOfPlaces(page: Page, at: AtScreen): Promise<void> {
  // Nobody goes on before there is something to see. One press has to be enough from then on.
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('Alt+3');
  await expect(
    page.getByText(/^Verified: networks, calibration and test case are as published/),
  ).toBeVisible();
  await at('models', button(page, 'Models'));
  await page.getByText('What was measured of it').first().click();
  await page.getByText('Known failures').first().click();
  await expect(page.getByRole('table', { name: /^Mistakes that it often does not notice/ })).toBeVisible();
  await at('models, known failures', button(page, 'Models'));
  await button(page, 'Try to fool it').click();
  await expect(page.getByRole('region', { name: 'Changed' })).toContainText('Answered from');
  await at('try to fool it', button(page, 'Back to the models'));
  await page.keyboard.press('Alt+4');
  await expect(heading(page, 'Settings')).toBeVisible();
  await at('settings', button(page, /Add a (pinch gauge|device)|Add device/).first());
  await page.keyboard.press('Alt+5');
  await expect(heading(page, 'Help')).toBeVisible();
  await expect(page.getByRole('table').first()).toBeVisible();
  await at('help', button(page, 'Replay the guide'));
  await openPatientList(page);
  await page.getByRole('row').nth(1).getByRole('button').focus();
  await page.keyboard.press('Escape');
  await page.locator('main').focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await at('list of shortcuts', button(page, 'Close the list of shortcuts'));
  await page.keyboard.press('Escape');
}

/** The screens of one session, in the sample clinic. */
export async function tourOfSession(page: Page, at: AtScreen): Promise<void> {
  await openPatient(page, 'Kowalska');
  await startSession(page);
  await at('bedside, empty', judgeButton(page));
  const keys = new Keys(page);
  await keys.typeValues(SIX_TRIALS.slice(0, 4));
  await trialCell(page, 'Right', 3).fill('72');
  await trialCell(page, 'Left', 3).fill('letters');
  await page.getByLabel('Note').focus();
  await expect(page.getByRole('paragraph').filter({ hasText: '72 kg is more than' })).toBeVisible();
  await expect(page.getByRole('paragraph').filter({ hasText: 'Type the number only' })).toBeVisible();
  await page.getByRole('group', { name: 'Unit of pinch' }).getByRole('radio', { name: 'lb' }).click();
  await expect(button(page, 'Stay with kg')).toBeVisible();
  await at('bedside, with questions', judgeButton(page));
  await button(page, 'Stay with kg').click();
  await button(page, 'number pad').click();
  await expect(page.getByRole('group', { name: 'Number pad' })).toBeVisible();
  await at('bedside, with the number pad', judgeButton(page));
  await button(page, 'number pad').click();
  await trialCell(page, 'Right', 3).fill(SIX_TRIALS[4]);
  await trialCell(page, 'Left', 3).fill(SIX_TRIALS[5]);
  await judgeButton(page).click();
  await expect(judgementHeading(page)).toBeVisible();
  await at('judgement, empty', lockButton(page));
  await answerByKey(page, new Keys(page), '2');
  await at('judgement, answered', lockButton(page));
  await lockButton(page).click();
  await expect(modelAnswer(page)).toContainText(/wrist-state \d/);
  await at('result', button(page, 'Save and close the session'));
  await explanationOpener(page).click();
  await expect(
    page.getByText(/^Compared with nonimpaired people|^No reliable explanation/).first(),
  ).toBeVisible();
  await page.getByText('Method and checks').click();
  await at('result, explained', button(page, 'Save and close the session'));
  await button(page, 'Add wrist strength').click();
  await expect(heading(page, 'Add wrist strength')).toBeVisible();
  await at('add wrist strength', button(page, 'Add to the session'));
  await new Keys(page).typeValues(FOUR_WRIST_STRENGTHS);
  await button(page, 'Add to the session').click();
  await expect(modelAnswer(page)).not.toContainText('Needs wrist strength');
  await page.getByRole('radio', { name: 'disagree', exact: true }).check();
  await at('result, with wrist strength and a second look', button(page, 'Save and close the session'));
  await button(page, 'Save, keep the session open').click();
  await expect(button(page, 'Close the session')).toBeVisible();
  await at('result, compared', button(page, 'Close the session'));
}
