/** The screens of the main job, in the sample clinic. */
import type { Page } from 'playwright-core';
import { judge, lock, typeValues } from '../driver/main-job.ts';
import type { OpenAgain, Shooter } from './shoot.ts';

const openPatient = async (page: Page, name: string) => {
  await page.getByRole('button', { name: 'Patients' }).click();
  await page.getByRole('heading', { name: 'Patients', level: 1 }).waitFor();
  await page.getByText(name).first().click();
  await page.getByRole('heading', { name: 'Sessions, newest first' }).waitFor();
};
const entryOf = (page: Page, dayMonth: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: dayMonth }) });
const openResult = async (page: Page, name: string, day: string) => {
  await openPatient(page, name);
  await entryOf(page, day).getByRole('button', { name: /^Open/ }).click();
  await page.getByRole('heading', { name: 'Model' }).waitFor();
  await page
    .getByText(/trained on simulated people/)
    .first()
    .waitFor();
};
const openExplanation = async (page: Page) => {
  await page.getByRole('button', { name: "What drove the model's answer" }).click();
  await page.getByText('Method and checks').waitFor();
};

/** The visitor's first way through: list, patient, judgement, result, comparison. */
async function walkMainJob(page: Page, { shoot, crop }: Shooter): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample clinic' }).click();
  await page.getByText('Kowalska').first().waitFor();
  await shoot(page, 'patient-list');
  await page
    .getByRole('searchbox')
    .or(page.getByLabel(/search/i))
    .first()
    .fill('Zwicky');
  await page.getByText('Kowalska').waitFor({ state: 'detached' });
  await shoot(page, 'patient-list-no-hit');
  await page
    .getByRole('searchbox')
    .or(page.getByLabel(/search/i))
    .first()
    .fill('');
  await page.getByText('Kowalska').first().waitFor();

  await openPatient(page, 'Kowalska');
  await shoot(page, 'timeline');
  await page
    .getByRole('button', { name: /^Judge/ })
    .first()
    .click();
  await page.getByText('Today this pinch behaves most like').waitFor();
  await shoot(page, 'judgement-empty-with-guide');
  await page.getByRole('button', { name: 'Close guide' }).click();
  await page.getByRole('button', { name: 'Close guide' }).waitFor({ state: 'detached' });
  await shoot(page, 'judgement-empty');
  await judge(page, '2', 'wrist extension strength');
  await shoot(page, 'judgement-filled');
  await lock(page);
  await page.getByText('Resembles nonimpaired').first().waitFor();
  await page.getByRole('heading', { name: 'Compare' }).waitFor();
  await shoot(page, 'result-two-class');
  await openExplanation(page);
  await crop(page, 'result', page.getByText('Method and checks'));
  await shoot(page, 'result-explanation-opened');
  await page.getByText('Method and checks').click();
  await shoot(page, 'result-method-opened');
  await page.getByText('Method and checks').click();
  await page.getByRole('button', { name: 'Compare methods (for researchers)' }).click();
  await page.getByText(/^Method \d+ of/).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await shoot(page, 'methods-lab-stopped');
  await page.getByRole('switch').check();
  await page.getByRole('table', { name: /^Values/ }).waitFor({ timeout: 60_000 });
  await page.getByText('How to read the columns').click();
  await shoot(page, 'methods-lab');
  await page.getByRole('button', { name: 'Back to the result' }).first().click();
  await page.getByRole('group', { name: 'You and the model' }).waitFor();
  const verdict = page.getByRole('group', { name: 'You and the model' });
  await verdict.getByText('disagree', { exact: true }).click();
  await page.getByLabel('What would change your mind?').fill('A second set of wrist strengths next week.');
  await page.getByRole('heading', { name: 'Compare' }).scrollIntoViewIfNeeded();
  await shoot(page, 'compare-second-look');
  await page.getByRole('button', { name: 'Judge again' }).click();
  await page.getByRole('form', { name: 'Judge again' }).waitFor();
  await shoot(page, 'result-judge-again');
  await page.getByRole('button', { name: 'Leave it' }).click();
  await page.getByRole('button', { name: 'Save and close the session' }).click();
  await page.getByRole('heading', { name: 'Sessions, newest first' }).waitFor();
}

/** The measurements of a session as typed, and a correction. */
async function walkMeasurements(page: Page, { shoot }: Shooter): Promise<void> {
  await openPatient(page, 'Kowalska');
  await entryOf(page, '1 Sep')
    .getByRole('button', { name: /^Measurements/ })
    .click();
  await page.getByText('as typed', { exact: true }).waitFor();
  await shoot(page, 'session-measurements');
  await page.getByRole('button', { name: 'Correct key pinch, left, trial 2' }).click();
  await page.locator('main form, main input').first().waitFor();
  await shoot(page, 'session-correction');
}

async function walkResults(page: Page, { shoot }: Shooter): Promise<void> {
  await openResult(page, 'Okafor', '21 Jul');
  await shoot(page, 'result-one-class');
  await openResult(page, 'Okafor', '10 Nov');
  await openExplanation(page);
  await shoot(page, 'result-no-explanation');
  await openResult(page, 'Okafor', '23 Jun');
  await shoot(page, 'result-abstention');
  await openResult(page, 'Pseudonym K-17', '17 Nov');
  await shoot(page, 'result-full-set');
  await openPatient(page, 'Pseudonym K-17');
  await page.getByRole('tab', { name: 'Trends' }).click();
  await page.getByRole('button', { name: 'Show the table' }).waitFor();
  await page.locator('.recharts-surface').first().waitFor();
  await shoot(page, 'trends');
  await page.getByRole('button', { name: 'Show the table' }).click();
  await shoot(page, 'trends-table');
}

/** A new session of the person with the longest name: bedside entry, blinded judgement, pattern A. */
async function walkBedside(page: Page, { shoot }: Shooter): Promise<void> {
  await openPatient(page, 'Bernard');
  await shoot(page, 'timeline-longest-name');
  await page.getByRole('button', { name: 'New session' }).first().click();
  await page.getByRole('heading', { name: 'Lateral pinch' }).waitFor();
  await shoot(page, 'bedside-empty');
  await page.getByLabel('Right, trial 1, kg').focus();
  await typeValues(page, ['11.2', '7.9', '11.6', '8.1', '11.4', '8.0', '3.1', '6.2', '7.6', '5.0']);
  await page.getByLabel('Blinded judgement').check();
  await page
    .getByText(/Draft saved|saved/i)
    .first()
    .waitFor();
  await shoot(page, 'bedside-filled');
  await page.getByRole('button', { name: 'number pad' }).click();
  await page.getByLabel('Left, trial 3, kg').focus();
  await shoot(page, 'bedside-number-pad');
  await page.getByLabel('Left, trial 3, kg').fill('80');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Yes, keep it' }).first().waitFor();
  await shoot(page, 'bedside-number-pad-with-question');
  await page.getByRole('button', { name: 'number pad' }).click();
  await page.getByLabel('Right, trial 2, kg').fill('eleven');
  await page.keyboard.press('Enter');
  await page
    .getByText(/Right, trial 2/)
    .first()
    .waitFor();
  await shoot(page, 'bedside-questions');
  await page.getByLabel('Right, trial 2, kg').fill('11.6');
  await page.getByLabel('Left, trial 3, kg').fill('8.0');
  for (const name of ['extension', 'flexion', 'radial deviation', 'ulnar deviation']) {
    await page
      .getByLabel(`Left wrist ${name}, N.m`)
      .or(page.getByLabel(new RegExp(`Left wrist ${name}`)))
      .first()
      .fill('');
  }
  await page.keyboard.press('Control+Enter');
  await page.getByText('Today this pinch behaves most like').waitFor();
  await shoot(page, 'judgement-blinded');
  await judge(page, '3', 'key pinch');
  await lock(page);
  await page.getByRole('button', { name: 'Add wrist strength' }).waitFor();
  await shoot(page, 'result-pattern-a');
  await page.getByRole('button', { name: 'Add wrist strength' }).click();
  await page
    .getByRole('heading', { name: /wrist strength/i })
    .first()
    .waitFor();
  await shoot(page, 'add-wrist-strength');
}

async function walkPlaces(page: Page, { shoot }: Shooter): Promise<void> {
  for (const place of ['Models', 'Help', 'Settings']) {
    await page.getByRole('button', { name: place, exact: true }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('main [aria-busy="true"]').waitFor({ state: 'detached' });
    await shoot(page, place === 'Settings' ? 'settings-sample-clinic' : place.toLowerCase());
  }
}

export async function walkSampleClinic(shooter: Shooter, open: OpenAgain): Promise<void> {
  const { page } = await open();
  for (const walk of [walkMainJob, walkMeasurements, walkResults, walkBedside, walkPlaces]) {
    if (shooter.isDone()) return;
    await walk(page, shooter);
  }
}
