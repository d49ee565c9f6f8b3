import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { TEN_MINUTE_SAMPLES, tenMinuteFile } from '../../scripts/driver/ten-minute-file.ts';
import { expect, test } from '../fixtures/app.ts';
import { readHost, readPatient } from '../fixtures/host-calls.ts';
import { openPatient } from '../pages/patients.ts';
import { openSampleClinic } from '../pages/welcome.ts';

const PATIENT = 'Lindqvist';
/** Ten megabytes go to the host and back over the shell's pipe. */
const TRANSFER = { timeout: 60_000 };
const onset = (page: Page) => page.getByRole('slider', { name: /^onset/ });

test('a ten-minute file is mapped, cut, seen and marked, and is there after a restart', {
  tag: '@full',
}, async ({ app, scratchFolder }) => {
  test.setTimeout(240_000);
  await openSampleClinic(app.page);
  await openPatient(app.page, PATIENT);
  await app.page.getByRole('tab', { name: 'Recordings' }).click();
  await app.page.getByRole('button', { name: /^Import into/ }).click();
  const { page } = app;
  const file = join(scratchFolder, 'held pull.csv');
  writeFileSync(file, tenMinuteFile());
  await page.getByLabel('File of the recording').setInputFiles(file, TRANSFER);

  // The decimal comma is found; the unit is not stated by the file and must be asked for.
  await expect(page.getByRole('radio', { name: 'comma 1,5' })).toBeChecked();
  const unit = page.getByLabel('Unit of column 2 "Kraft"');
  await expect(unit).toHaveValue('');
  const importButton = page.getByRole('button', { name: 'Import recording' });
  await expect(importButton).toBeDisabled();
  await expect(page.getByText(/^Still needed: the unit of "Kraft"/)).toBeVisible();
  await unit.selectOption('N');
  await expect(page.getByText('600,000 samples over 600.0 s, 1,000 Hz')).toBeVisible(TRANSFER);
  await page.getByRole('group', { name: 'Side' }).getByText('left', { exact: true }).click();
  await page.getByLabel('Measure').selectOption('pinch-endurance');
  await page
    .getByRole('group', { name: /^Part that is looked at/ })
    .getByText('a part')
    .click();
  await page.getByLabel('Part ends, s').fill('590');
  await importButton.click();

  await expect(page.getByLabel('Time of peak, s')).toBeVisible(TRANSFER);
  await expect(page.getByText('590,001 of 600,000')).toBeVisible();
  await expect(page.getByText('N, stated at the import')).toBeVisible();
  await expect(onset(page)).toHaveAccessibleName('onset, proposed by Prehensa');
  await onset(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(onset(page)).toHaveAccessibleName(/^onset, placed by /);
  // Two steps are taken back one by one.
  const undo = page.getByRole('button', { name: 'Undo: onset moved' });
  const firstS = await onset(page).getAttribute('aria-valuenow');
  await expect(undo).toBeVisible();
  await onset(page).press('ArrowRight');
  await expect(onset(page)).not.toHaveAttribute('aria-valuenow', String(firstS));
  await undo.click();
  await expect(onset(page)).toHaveAttribute('aria-valuenow', String(firstS));
  await undo.click();
  await expect(onset(page)).toHaveAccessibleName('onset, proposed by Prehensa');
  await expect(undo).toBeHidden();
  await expect(page.getByLabel('Time of onset, s')).toBeFocused();
  const time = page.getByLabel('Time of peak, s');
  await time.fill('9999');
  await time.press('Enter');
  await expect(page.getByText('The part looked at ends at 590.000 s.')).toBeVisible();
  await expect(time).toHaveValue('9999');
  await onset(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(onset(page)).toHaveAccessibleName(/^onset, placed by /);
  const { patient } = await readPatient(page, PATIENT);
  const before = (await readHost(page, 'recordings.list', { patientId: patient.id }))[0];
  expect(before?.sampleCount).toBe(TEN_MINUTE_SAMPLES);
  expect(before?.view.crop).toEqual({ fromS: 0, toS: 590 });
  const moved = before?.view.marks?.find(({ kind }) => kind === 'onset');
  expect(moved?.placedBy.kind).toBe('person');

  await app.restart();
  await openSampleClinic(app.page);
  await openPatient(app.page, PATIENT);
  await app.page.getByRole('tab', { name: 'Recordings' }).click();
  await app.page
    .getByRole('button', { name: /^Open: / })
    .first()
    .click();
  await expect(onset(app.page)).toHaveAccessibleName(/^onset, placed by /, TRANSFER);
  await expect(onset(app.page)).toHaveAttribute('aria-valuenow', String(moved?.atS));
});
