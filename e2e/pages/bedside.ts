import { expect, type Locator, type Page } from 'playwright/test';

export type Hand = 'Right' | 'Left';

/** Right and left in turn, as the cursor walks; kilograms. A visit that the model answers, as in the sample clinic. */
export const SIX_TRIALS = ['7.5', '5.5', '7.4', '5.7', '7.6', '5.6'] as const;
/** Extension, flexion, radial and ulnar deviation of the affected hand; newton metres. */
export const FOUR_WRIST_STRENGTHS = ['2.7', '4.9', '5.9', '3.8'] as const;

export const trialCell = (page: Page, hand: Hand, trial: number): Locator =>
  page.getByRole('textbox', { name: new RegExp(`^${hand}, trial ${trial}, `) });

export const wristCell = (page: Page, hand: Hand, direction: string): Locator =>
  page.getByRole('textbox', { name: new RegExp(`^${hand} wrist ${direction}`) });

/** Every trial as it stands in the form: R1 L1 R2 L2 R3 L3. */
export async function typedTrials(page: Page): Promise<string[]> {
  const values: string[] = [];
  for (const trial of [1, 2, 3]) {
    for (const hand of ['Right', 'Left'] as const) {
      values.push(await trialCell(page, hand, trial).inputValue());
    }
  }
  return values;
}

export const saveOnlyButton = (page: Page) => page.getByRole('button', { name: 'Save measurements only' });
export const judgeButton = (page: Page) => page.getByRole('button', { name: 'Save and judge' });

/** From the patient to a new form, the cursor in the first cell. */
export async function startSession(page: Page): Promise<void> {
  await page.keyboard.press('Alt+n');
  await expect(page.getByRole('heading', { name: 'Lateral pinch', level: 1 })).toBeVisible();
  await expect(trialCell(page, 'Right', 1)).toBeFocused();
}

export const savedDraftLine = (page: Page) => page.getByText(/draft saved at/);
