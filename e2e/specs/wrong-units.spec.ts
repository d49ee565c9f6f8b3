import { expect, test } from '../fixtures/app.ts';
import { openSampleClinic } from '../pages/welcome.ts';

test('a mistake put into an invented person is refused beside the right answer, and nobody is asked of the store', {
  tag: '@full',
}, async ({ app }) => {
  const { page } = app;
  await openSampleClinic(page);
  await page.keyboard.press('Alt+3');
  await page.getByRole('button', { name: 'Try to fool it' }).click();
  const changed = page.getByRole('region', { name: 'Changed' });
  const measured = page.getByRole('region', { name: 'As measured' });
  await expect(measured).toContainText('nonimpaired');
  await page.getByLabel('Unit').selectOption('newtons typed as kg');
  await expect(changed).toContainText('Cannot tell: unlike the simulated people');
  await expect(measured).not.toContainText('Cannot tell');
  await expect(page.getByText(/refused for 100.0 % of 600 simulated people/)).toBeVisible();
  await page.getByLabel('Unit').selectOption('lb typed as kg');
  await expect(page.getByText(/Not promised\. A weak hand read in lb/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo all mistakes' }).click();
  await expect(changed).toContainText('nonimpaired');
});
