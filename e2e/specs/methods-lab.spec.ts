import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures/app.ts';
import { readRecorded, startRecording } from '../fixtures/recorder.ts';
import {
  backButtons,
  compareMethodsButton,
  methodsHeading,
  relevanceSwitch,
  sizesTable,
  valuesTable,
} from '../pages/methods-lab.ts';
import { explanationOpener, modelAnswer } from '../pages/result.ts';
import { openResult } from '../pages/sample-results.ts';
import { openSampleClinic, patientsHeading } from '../pages/welcome.ts';

test.use({ shellOptions: { scryptCost: 2 ** 10 } });

test('methods side by side on a closed result: progress, cancel, table, layer-wise relevance after its switch', {
  tag: '@full',
}, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await startRecording(page);
  await expect(patientsHeading(page)).toBeVisible();
  await openResult(page, 'an answer', ({ probabilities }) => probabilities !== null);
  await explanationOpener(page).click();
  await compareMethodsButton(page).click();
  await expect(methodsHeading(page)).toBeVisible();
  await expect(page.getByText(/Nothing here shows that the answer is right/)).toBeVisible();
  await expect(page.getByText(/Method \d+ of 10 runs/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The comparison was stopped.')).toBeVisible();
  await expect(valuesTable(page)).toBeHidden();
  await expect(relevanceSwitch(page)).not.toBeChecked();
  await expect(relevanceSwitch(page)).toHaveAccessibleDescription(/subject of granted patents/);
  // A new question starts a new comparison: one run shows the table and the method behind the switch.
  await relevanceSwitch(page).check();

  await expect(valuesTable(page)).toBeVisible({ timeout: 30_000 });
  await expect(valuesTable(page).getByRole('row')).toHaveCount(11);
  await expect(sizesTable(page).getByRole('row')).toHaveCount(2);
  await expect(valuesTable(page).getByRole('row', { name: /^Layer-wise relevance/ })).toBeVisible();
  await expect(
    page.getByText(/^What speaks for .* rather than .*, compared with nonimpaired people/),
  ).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([]);

  await expect(backButtons(page)).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(modelAnswer(page)).toBeVisible();
  const recorded = await readRecorded(page);
  expect(recorded.worker.filter((kind) => kind !== 'start')).toEqual([
    'methods-lab',
    'cancel',
    'methods-lab',
  ]);
  // Nothing of it is stored, and no receipt is asked for.
  expect(recorded.calls.filter((name) => /^predictions\./.test(name))).toEqual([
    'predictions.logExplanationOpened',
    'predictions.logMethodsCompared',
    'predictions.shownInput',
  ]);
});
