import { expect, type Page } from 'playwright/test';

export interface NewPatient {
  name: string;
  birthDate: string;
  sex: 'Female' | 'Male';
  heightCm: string;
  weightKg: string;
  dominantHand: 'Right' | 'Left';
  affectedSide: 'Right' | 'Left' | 'Both' | 'Neither';
  diagnosis: string;
  operation: 'None' | 'Four-corner fusion' | 'Proximal row carpectomy';
  operationDate?: string;
}

export const ERIKA: NewPatient = {
  name: 'Testperson, Erika',
  birthDate: '1968-03-04',
  sex: 'Female',
  heightCm: '166',
  weightKg: '68',
  dominantHand: 'Right',
  affectedSide: 'Left',
  diagnosis: 'SNAC wrist, stage II',
  operation: 'Four-corner fusion',
  operationDate: '2026-05-12',
};

const choose = (page: Page, group: string, choice: string) =>
  page.getByRole('group', { name: group, exact: true }).getByRole('radio', { name: choice }).check();

export async function fillPatient(page: Page, patient: NewPatient): Promise<void> {
  await page.getByLabel('Name or pseudonym').fill(patient.name);
  await page.getByLabel('Birth date').fill(patient.birthDate);
  await choose(page, 'Sex', patient.sex);
  await page.getByLabel('Height (cm)').fill(patient.heightCm);
  await page.getByLabel('Weight (kg)').fill(patient.weightKg);
  await choose(page, 'Dominant hand', patient.dominantHand);
  await choose(page, 'Affected side', patient.affectedSide);
  await page.getByLabel('Diagnosis (optional)').fill(patient.diagnosis);
  await choose(page, 'Operation', patient.operation);
  if (patient.operationDate) await page.getByLabel('Date of operation').fill(patient.operationDate);
}

export async function createPatient(page: Page, patient: NewPatient): Promise<void> {
  await openPatientList(page);
  await page.keyboard.press('Alt+n');
  await fillPatient(page, patient);
  await page.getByRole('button', { name: 'Save patient' }).click();
  await expect(strip(page)).toContainText(patient.name);
}

/** The line that says whose data these are. */
export const strip = (page: Page) => page.getByRole('region', { name: 'Patient', exact: true });

export async function openPatientList(page: Page): Promise<void> {
  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('heading', { name: 'Patients', level: 1 })).toBeVisible();
}

/** From anywhere to the timeline of the patient whose name begins like this. */
export async function openPatient(page: Page, nameStart: string): Promise<void> {
  await openPatientList(page);
  await page.getByRole('row').getByRole('button', { name: nameStart }).click();
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible();
}
