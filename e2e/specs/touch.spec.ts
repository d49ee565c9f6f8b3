import { handsOnSeconds } from '../../core/clinical/keystroke-level.ts';
import { expect, test } from '../fixtures/app.ts';
import { readPatient } from '../fixtures/host-calls.ts';
import { startTouch, touchTargets } from '../fixtures/touch.ts';
import { judgeButton, SIX_TRIALS, saveOnlyButton, trialCell, typedTrials } from '../pages/bedside.ts';
import { judgementHeading } from '../pages/judgement.ts';
import { openSampleClinic, patientsHeading } from '../pages/welcome.ts';

const TARGET_PX = 44;
const PAD_KEY_PX = 60;
const MAX_SECONDS_FOR_SIX_TRIALS = 30;

test('six trials by touch through the number pad', async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  const finger = await startTouch(page);
  await expect(patientsHeading(page)).toBeVisible();
  await finger.tap(page.getByRole('row').getByRole('button', { name: 'Lindqvist' }));
  await finger.tap(page.getByRole('button', { name: 'New session' }));

  const pad = page.getByRole('group', { name: 'Number pad' });
  await expect(pad).toBeVisible();
  await expect(trialCell(page, 'Right', 1)).toBeFocused();
  await expect(trialCell(page, 'Right', 1)).toHaveAttribute('inputmode', 'none');
  const key = (name: string) => pad.getByRole('button', { name, exact: true });
  let touches = 0;
  for (const trial of SIX_TRIALS) {
    for (const character of trial) {
      await finger.tap(key(character === '.' ? 'decimal point' : character));
      touches += 1;
    }
    await finger.tap(key('Next'));
    touches += 1;
  }
  expect(await typedTrials(page)).toEqual([...SIX_TRIALS]);
  const seconds = handsOnSeconds({ keys: 0, touches, decisions: SIX_TRIALS.length });
  expect(seconds).toBeLessThanOrEqual(MAX_SECONDS_FOR_SIX_TRIALS);
  console.log(
    `bedside by touch: six trials in ${touches} touches, hands-on estimate ${seconds.toFixed(1)} s`,
  );
  await finger.tap(saveOnlyButton(page));
  await expect(
    page.getByRole('listitem').filter({ hasText: 'measurements saved, not judged' }).first(),
  ).toBeVisible();
  const { sessions } = await readPatient(page, 'Lindqvist');
  expect(sessions[0]?.trials.map((trial) => trial.typedText).sort()).toEqual([...SIX_TRIALS].sort());
});

test('a wrong digit goes away with one touch, and a touch on a cell replaces its value', {
  tag: '@full',
}, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  const finger = await startTouch(page);
  await finger.tap(page.getByRole('row').getByRole('button', { name: 'Lindqvist' }));
  await finger.tap(page.getByRole('button', { name: 'New session' }));
  const pad = page.getByRole('group', { name: 'Number pad' });
  const key = (name: string) => pad.getByRole('button', { name, exact: true });
  for (const name of ['7', 'decimal point', '8', 'erase last character', '4']) await finger.tap(key(name));
  await expect(trialCell(page, 'Right', 1)).toHaveValue('7.4');
  await finger.tap(trialCell(page, 'Left', 1));
  await expect(trialCell(page, 'Left', 1)).toBeFocused();
  await finger.tap(key('5'));
  await finger.tap(trialCell(page, 'Right', 1));
  await expect(trialCell(page, 'Right', 1)).toBeFocused();
  await finger.tap(key('6'));
  await expect(trialCell(page, 'Right', 1)).toHaveValue('6');
  await expect(trialCell(page, 'Left', 1)).toHaveValue('5');
});

test('targets are large enough: pad keys 60 px, everything else 44 px', { tag: '@full' }, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  const finger = await startTouch(page);
  await expect(patientsHeading(page)).toBeVisible();
  const tooSmall = async (where: string) => {
    for (const { name, width, height } of await touchTargets(page)) {
      // Half a pixel is rounding of the layout.
      const isLarge = Math.min(width, height) >= TARGET_PX - 0.5;
      expect.soft(isLarge, `${where}: "${name.trim()}" is ${width} x ${height}`).toBe(true);
    }
  };
  await tooSmall('patients');
  await finger.tap(page.getByRole('row').getByRole('button', { name: 'Kowalska' }));
  await expect(page.getByRole('button', { name: /^Judge, / }).first()).toBeVisible();
  await tooSmall('timeline');
  await finger.tap(page.getByRole('button', { name: 'New session' }));
  await expect(judgeButton(page)).toBeVisible();
  await tooSmall('bedside');
  for (const padKey of await page.getByRole('group', { name: 'Number pad' }).getByRole('button').all()) {
    const box = await padKey.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(PAD_KEY_PX);
  }
  await finger.tap(page.getByRole('region', { name: 'Patient', exact: true }).getByRole('button').first());
  await finger.tap(page.getByRole('button', { name: /^Judge, / }).first());
  await expect(judgementHeading(page)).toBeVisible();
  await finger.tap(page.getByText('four-corner fusion', { exact: true }).first());
  await tooSmall('judgement');
});
