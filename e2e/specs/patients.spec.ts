import type { Page } from 'playwright/test';
import { draftToEntries, emptySessionDraft } from '../../core/clinical/session-entries.ts';
import { expect, test } from '../fixtures/app.ts';
import { readHost, readPatient } from '../fixtures/host-calls.ts';
import { Keys } from '../fixtures/keys.ts';
import { savedDraftLine, startSession, trialCell, typedTrials } from '../pages/bedside.ts';
import { answerByKey, judgementHeading } from '../pages/judgement.ts';
import { createPatient, ERIKA, openPatient, openPatientList, strip } from '../pages/patients.ts';
import { createFirstUser, PASSPHRASE, passRecoveryCode, patientsHeading } from '../pages/welcome.ts';

const TWIN = { ...ERIKA, name: 'E. Testperson', diagnosis: 'Kienböck disease' };
const MAX_SECONDS_TO_SWITCH = 5;

/** One value of each hand, saved and closed without a judgement. */
async function measureAndClose(page: Page, name: string): Promise<void> {
  const { patient } = await readPatient(page, name);
  const draft = emptySessionDraft();
  const { session } = await readHost(page, 'sessions.start', { patientId: patient.id, draft });
  const cells = { 'lateral-pinch/right/1': '7.5', 'lateral-pinch/left/1': '4.5' };
  const trials = draftToEntries({ ...draft, cells }).entries;
  await readHost(page, 'sessions.saveMeasurements', { sessionId: session.id, trials, draft });
  await readHost(page, 'sessions.close', { sessionId: session.id });
}

test('find, archive, merge and take back; another user goes on with the draft', { tag: '@full' }, async ({
  app,
}) => {
  const { page } = app;
  await createFirstUser(page, 'Dr Test');
  await passRecoveryCode(page);
  await createPatient(page, ERIKA);
  await createPatient(page, TWIN);
  const row = (name: string) => page.getByRole('row').getByRole('button', { name });

  await test.step('search by diagnosis; archive, find the archived, undo', async () => {
    await openPatientList(page);
    await page.getByLabel('Search patients').fill('kienbock');
    await expect(page.getByText('1 patient found')).toBeVisible();
    await expect(row(TWIN.name)).toBeVisible();
    await row(TWIN.name).click();
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Archive patient' }).click();
    await expect(page.getByText(`${TWIN.name} is archived.`)).toBeVisible();
    await expect(row(ERIKA.name)).toBeVisible();
    await expect(row(TWIN.name)).toHaveCount(0);
    await page.getByLabel('Show archived').check();
    await expect(row(TWIN.name)).toContainText('archived');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText(`${TWIN.name} is back in the list.`)).toBeVisible();
    await expect(row(TWIN.name)).not.toContainText('archived');
  });

  await test.step('a session under the second record, merged into the first and taken back', async () => {
    await measureAndClose(page, TWIN.name);
    await openPatient(page, ERIKA.name);
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Merge with another record' }).click();
    await page.getByRole('button', { name: TWIN.name }).click();
    await expect(page.getByRole('row', { name: /^Diagnosis/ })).toContainText('differs');
    await page.getByRole('button', { name: 'Merge into one record' }).click();
    await expect(page.getByText(`${TWIN.name} is merged into this record.`)).toBeVisible();
    await expect(page.getByText('1 of 1 session')).toBeVisible();
    expect((await readPatient(page, ERIKA.name)).sessions).toHaveLength(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('The merge is taken back')).toBeVisible();
    await expect(page.getByText('No session yet')).toBeVisible();
    expect((await readPatient(page, TWIN.name)).sessions).toHaveLength(1);
  });

  await test.step('a draft holds the merge up, and F2 goes to it from the other patient', async () => {
    await openPatient(page, TWIN.name);
    await startSession(page);
    await new Keys(page).typeValues(['7.5']);
    await expect(savedDraftLine(page)).toBeVisible();
    await openPatient(page, ERIKA.name);
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Merge with another record' }).click();
    await page.getByRole('button', { name: TWIN.name }).click();
    await expect(page.getByText('A judgement of one of these records is still open.')).toBeVisible();
    await page.keyboard.press('F2');
    await expect(strip(page)).toContainText(TWIN.name);
    await expect(trialCell(page, 'Right', 1)).toHaveValue('7.5');
  });

  const second = await readHost(page, 'app.createUser', { name: 'Ben Test', passphrase: PASSPHRASE });
  const [first, ben] = ['Dr Test', 'Ben Test'].map(
    (name) => second.state.users.find((user) => user.name === name)?.id,
  );
  if (first === undefined || ben === undefined) throw new Error('a user is missing');
  const enter = async (userId: typeof ben) => {
    await readHost(page, 'app.lock', {});
    await readHost(page, 'app.unlock', { userId, passphrase: PASSPHRASE });
  };
  await enter(ben);
  await readHost(page, 'app.setPin', { passphrase: PASSPHRASE, pin: '2580' });
  await enter(first);
  await readHost(page, 'app.setPin', { passphrase: PASSPHRASE, pin: '9753' });

  await test.step('a user takes over by PIN within five seconds, and the draft in progress is kept', async () => {
    await expect(patientsHeading(page)).toBeVisible();
    await page.keyboard.press('F2');
    await expect(trialCell(page, 'Right', 1)).toHaveValue('7.5');
    await trialCell(page, 'Left', 1).fill('5.5');
    const started = performance.now();
    await page.keyboard.press('Alt+u');
    await expect(page.getByLabel('PIN of Ben Test')).toBeFocused();
    await page.keyboard.type('2580');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Ben Test goes on here.')).toBeVisible();
    const seconds = (performance.now() - started) / 1000;
    console.log(`change of user: 6 keys, ${seconds.toFixed(2)} s`);
    expect(seconds).toBeLessThan(MAX_SECONDS_TO_SWITCH);
    expect((await typedTrials(page)).slice(0, 2)).toEqual(['7.5', '5.5']);
    await expect(page.getByRole('button', { name: 'Ben Test: switch user' })).toBeVisible();
  });

  await test.step('a half-filled judgement does not pass to another user', async () => {
    await trialCell(page, 'Left', 1).press('Control+Enter');
    await expect(judgementHeading(page)).toBeVisible();
    await answerByKey(page, new Keys(page), '2');
    await expect(page.getByRole('radio', { checked: true }).first()).toBeVisible();
    await page.keyboard.press('Alt+u');
    await expect(page.getByLabel('PIN of Dr Test')).toBeFocused();
    await page.keyboard.type('9753');
    await page.keyboard.press('Enter');
    await expect(page.getByText('A judgement is of one person')).toBeVisible();
    await expect(judgementHeading(page)).toBeVisible();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  });
});
