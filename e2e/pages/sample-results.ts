import { expect, type Page } from 'playwright/test';
import { readHost, type TimelineSession } from '../fixtures/host-calls.ts';
import { openPatient } from './patients.ts';
import { modelAnswer } from './result.ts';

type Prediction = NonNullable<TimelineSession['prediction']>;

/** Every result of the sample clinic that may be seen, with its patient and its place in the timeline. */
async function visibleResults(page: Page) {
  const { rows } = await readHost(page, 'patients.list', { search: '', limit: 100, offset: 0 });
  const found: { patient: string; place: number; prediction: Prediction }[] = [];
  for (const row of rows) {
    const course = await readHost(page, 'sessions.listForPatient', {
      patientId: row.id,
      limit: 100,
      offset: 0,
    });
    course.rows.forEach((session, place) => {
      if (session.prediction) found.push({ patient: row.displayName, place, prediction: session.prediction });
    });
  }
  return found;
}

/** Opens the first result of this kind; its line of the timeline is given on. */
export async function openResult(
  page: Page,
  what: string,
  isIt: (prediction: Prediction) => boolean,
): Promise<string> {
  const found = (await visibleResults(page)).find(({ prediction }) => isIt(prediction));
  if (found === undefined) throw new Error(`the sample clinic does not show ${what}`);
  await openPatient(page, found.patient);
  const entry = page.getByRole('main').getByRole('listitem').nth(found.place);
  const line = await entry.innerText();
  await entry.getByRole('button', { name: /^Open, / }).click();
  await expect(modelAnswer(page)).toContainText(/wrist-state \d/);
  return line;
}
