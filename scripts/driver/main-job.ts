/** The main job through the page as a clinician does it: fields by their labels, numbers by the keyboard. */
import type { Page } from 'playwright-core';

export const DEMO_PASSPHRASE = 'four quiet herons wading';

/** Creates the first user and passes the recovery code. @returns the code that was shown. */
export async function createFirstUser(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Create a user' }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Passphrase', { exact: true }).fill(DEMO_PASSPHRASE);
  await page.getByLabel('Passphrase again').fill(DEMO_PASSPHRASE);
  await page.getByRole('button', { name: 'Create user' }).click();
  const written = page.getByLabel('I have written it down');
  await written.waitFor();
  const code = /(?:[0-9A-Z]{4}[-\s]){6}[0-9A-Z]{4}/.exec(await page.locator('body').innerText())?.[0] ?? '';
  await written.check();
  await page.getByRole('button', { name: /^Go on/ }).click();
  await page.getByRole('heading', { name: 'Patients', level: 1 }).waitFor();
  return code;
}

export async function unlock(page: Page): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(DEMO_PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Patients', level: 1 }).waitFor();
}

export interface DemoPatient {
  name: string;
  birthDate: string;
  sex: 'Female' | 'Male';
  heightCm: string;
  weightKg: string;
  dominantHand: 'Right' | 'Left';
  affectedSide: 'Right' | 'Left';
  diagnosis: string;
  operation: 'Four-corner fusion' | 'Proximal row carpectomy' | 'None';
  operationDate: string;
}

const choose = (page: Page, group: string, choice: string) =>
  page.getByRole('group', { name: group, exact: true }).getByText(choice, { exact: true }).click();

export async function createPatient(page: Page, patient: DemoPatient): Promise<void> {
  await page.getByRole('button', { name: 'New patient' }).first().click();
  await page.getByLabel('Name or pseudonym').fill(patient.name);
  await page.getByLabel('Birth date').fill(patient.birthDate);
  await choose(page, 'Sex', patient.sex);
  await page.getByLabel('Height (cm)').fill(patient.heightCm);
  await page.getByLabel('Weight (kg)').fill(patient.weightKg);
  await choose(page, 'Dominant hand', patient.dominantHand);
  await choose(page, 'Affected side', patient.affectedSide);
  await page.getByLabel('Diagnosis (optional)').fill(patient.diagnosis);
  await choose(page, 'Operation', patient.operation);
  await page.getByLabel('Date of operation (optional)').fill(patient.operationDate);
  await page.getByRole('button', { name: /^Save patient/ }).click();
  await page.getByRole('button', { name: 'New session' }).first().waitFor();
}

/** Types values in the order of the walk, Enter after each. The cursor must stand in the first cell. */
export async function typeValues(page: Page, values: readonly string[]): Promise<void> {
  for (const value of values) {
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
  }
}

export async function startSession(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New session' }).first().click();
  await page.getByRole('heading', { name: 'Lateral pinch' }).waitFor();
}

export async function saveAndJudge(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await page.getByText('Today this pinch behaves most like').waitFor();
}

/** Answers by key, sets 55 %, names one driver that speaks for the answer. @param answerKey - '1' to '4'. */
export async function judge(page: Page, answerKey: string, driver: string): Promise<void> {
  await page.keyboard.press(answerKey);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page
    .getByRole('button', { name: `${driver}`, exact: false })
    .first()
    .click();
}

export async function lock(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Lock and show/ }).click();
}
