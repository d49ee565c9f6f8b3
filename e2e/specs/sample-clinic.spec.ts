import { expect, test } from '../fixtures/app.ts';
import { readHost, readPatient } from '../fixtures/host-calls.ts';
import { createPatient, ERIKA, openPatientList } from '../pages/patients.ts';
import { type AtScreen, tourOfPatients, tourOfPlaces, tourOfSession } from '../pages/tour.ts';
import { openSampleClinic } from '../pages/welcome.ts';

test('every screen of the sample clinic says that its people are invented', { tag: '@full' }, async ({
  app,
}) => {
  const { page } = app;
  await openSampleClinic(page);
  const screens: string[] = [];
  const hasBanner: AtScreen = async (screen) => {
    screens.push(screen);
    await expect
      .soft(page.getByRole('region', { name: 'Sample clinic', includeHidden: true }), screen)
      .toContainText('Sample clinic: invented people.');
  };
  await tourOfSession(page, hasBanner);
  await openPatientList(page);
  await page.getByRole('searchbox', { name: 'Search patients' }).fill('');
  await tourOfPatients(page, hasBanner);
  await openPatientList(page);
  await page.getByRole('searchbox', { name: 'Search patients' }).fill('');
  await tourOfPlaces(page, hasBanner);
  expect(screens.length).toBeGreaterThan(15);
});

test('reset takes back what was typed and nothing else; it asks first', { tag: '@full' }, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  const whole = { search: '', limit: 100, offset: 0 };
  const first = await readHost(page, 'patients.list', whole);
  expect(first.total).toBeGreaterThanOrEqual(24);
  expect(first.rows.reduce((sum, row) => sum + row.sessionCount, 0)).toBeGreaterThanOrEqual(180);
  const kowalska = await readPatient(page, 'Kowalska');

  await createPatient(page, ERIKA);
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(
    page.getByText(/Reset takes back everything typed here\. Your own clinic is not touched/),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.keyboard.press('Enter');
  expect((await readHost(page, 'patients.list', whole)).total).toBe(first.total + 1);

  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await page.getByRole('button', { name: 'Reset now' }).click();
  await expect(page.getByText(`${first.total} patients`)).toBeVisible();
  await expect(page.getByText(ERIKA.name)).toBeHidden();
  expect(await readHost(page, 'patients.list', whole)).toEqual(first);
  expect(await readPatient(page, 'Kowalska')).toEqual(kowalska);
});

test('leaving the sample clinic leads back to the first screen; it opens again as it was left', async ({
  app,
}) => {
  const { page } = app;
  await openSampleClinic(page);
  await createPatient(page, ERIKA);
  await page.getByRole('button', { name: 'Leave sample clinic' }).click();
  await expect(page.getByRole('button', { name: 'Create a user' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText(ERIKA.name);
  await openSampleClinic(page);
  await expect(page.getByRole('row').filter({ hasText: ERIKA.name })).toBeVisible();
});
