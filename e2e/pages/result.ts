import type { Page } from 'playwright/test';

export const resultHeading = (page: Page) => page.getByRole('heading', { name: 'Result', level: 1 });
export const modelAnswer = (page: Page) => page.getByRole('region', { name: 'Model', exact: true });
export const resemblance = (page: Page) =>
  modelAnswer(page).getByText('Resembles nonimpaired', { exact: true });
export const ownJudgement = (page: Page) => page.getByRole('region', { name: /^Your judgement/ });
export const explanationOpener = (page: Page) =>
  page.getByRole('button', { name: "What drove the model's answer" });
