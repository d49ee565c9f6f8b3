import type { Page } from 'playwright/test';

export const compareMethodsButton = (page: Page) =>
  page.getByRole('button', { name: 'Compare methods (for researchers)', exact: true });
export const methodsHeading = (page: Page) =>
  page.getByRole('heading', { name: 'Compare methods', level: 1 });
export const valuesTable = (page: Page) => page.getByRole('table', { name: /^Values/ });
export const relevanceSwitch = (page: Page) =>
  page.getByRole('switch', { name: 'Include layer-wise relevance' });
export const sizesTable = (page: Page) => page.getByRole('table', { name: /^Sizes only/ });
export const backButtons = (page: Page) => page.getByRole('button', { name: 'Back to the result' });
