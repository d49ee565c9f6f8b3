import { expect, type Page } from 'playwright/test';
import { openPatient } from './patients.ts';
import type { AtScreen } from './tour.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 });
/** The one at the head of the page: another one stands with the figures. */
const trainingCases = (page: Page) => page.getByRole('button', { name: 'Training cases', exact: true });
/** Opens the session at a place of the timeline, newest first. */
const openSession = (page: Page, place: number) =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .nth(place)
    .getByRole('button', { name: /^Open, / })
    .click();

/** Figures over sessions, training cases and second readings; in the sample clinic. */
export async function tourOfFigures(page: Page, at: AtScreen): Promise<void> {
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('Alt+2');
  await expect(heading(page, 'Concordance')).toBeVisible();
  await expect(page.getByText(/^\d+ of \d+ judgements$/)).toBeVisible();
  await at('concordance', trainingCases(page));
  await button(page, 'Second readings').click();
  await expect(heading(page, 'Second readings')).toBeVisible();
  await at('second readings', button(page, 'Patients'));
  await page.keyboard.press('Alt+2');
  await trainingCases(page).click();
  await expect(heading(page, 'Training cases')).toBeVisible();
  await at('training cases', button(page, /^(Begin|Go on|Next case|Work)/).first());
}

/** Recordings, the analyses beside the wrist's state, and the forecast; in the sample clinic. */
export async function tourOfAnalyses(page: Page, at: AtScreen): Promise<void> {
  await openPatient(page, 'Eriksen');
  await page.getByRole('tab', { name: 'Recordings' }).click();
  await expect(button(page, /^Import into/)).toBeVisible();
  await at('recordings', button(page, /^Import into/));
  await button(page, /^Import into/).click();
  await expect(heading(page, 'Import a recording')).toBeVisible();
  await at('import a recording', button(page, /Choose a file/));
  await openPatient(page, 'Eriksen');
  await page.getByRole('tab', { name: 'Recordings' }).click();
  await button(page, /^Open/).first().click();
  await expect(page.getByRole('heading', { name: 'Marks' })).toBeVisible();
  await at('recording', button(page, 'Set this recording aside'));
  await openPatient(page, 'Mensah');
  await openSession(page, 1);
  await button(page, 'Muscle parameters').click();
  await expect(heading(page, 'Muscle parameters')).toBeVisible();
  await expect(page.getByText(/of expected, interval/).first()).toBeVisible();
  await at('muscle parameters', button(page, /^Back/).first());
  await openPatient(page, 'Nakamura');
  await openSession(page, 1);
  await button(page, /^Elbow/).click();
  await expect(heading(page, /^Elbow/)).toBeVisible();
  await at('elbow', button(page, /^Back/).first());
  await openPatient(page, 'Costa');
  await button(page, 'Forecast the next visit').click();
  await expect(heading(page, 'Forecast the next visit')).toBeVisible();
  await at('forecast', button(page, /^Lock/));
}
